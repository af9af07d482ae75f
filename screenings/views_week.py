"""The week's page: paste, settle the doubts, see the difference, publish, undo."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Hashable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person
from accounts.permits import permit
from common.local_time import LocalTimeError

from .forms_week import AddShowingForm, PasteForm, RunningTimeForm, answers_from
from .models import Film, Publication, Theater, WeekDraft
from .permits import SENTENCES, theater_for
from .showings import NotPossible, time_film
from .spoken_times import say_day, tonight_in
from .week_drafts import (
    ReadWeek,
    StaleDraft,
    copy_day,
    create_new_films,
    edit_to,
    edit_to_time,
    films_of,
    read_week,
    save_draft,
)
from .week_page import find_place, lay_grid, mark_doubts, tell
from .week_publishing import Scope, difference_from_live, may_be_undone, publish_week, undo
from .week_text import TooMuchText
from .week_view import week_start
from .week_words import last_week_in_words


class WeekDoor:
    """One request to the week's page: its theater, its week, its draft."""

    def __init__(self, request: HttpRequest, slug: str, starting: str) -> None:
        self.request = request
        self.theater: Theater = theater_for(request, slug, "screenings.list_week")
        self.now = timezone.now()
        self.today = tonight_in(self.theater.tzinfo, self.now)
        self.starting = self._first_day(starting)
        self.draft = WeekDraft.objects.filter(theater=self.theater, week_starting=self.starting).first()
        assert isinstance(request.user, Person)
        self.person: Person = request.user

    def _first_day(self, starting: str) -> dt.date:
        try:
            return week_start(self.theater, dt.date.fromisoformat(starting))
        except ValueError as error:
            raise Http404("No such day.") from error

    def read(self) -> ReadWeek:
        draft = self.draft
        return read_week(
            self.theater,
            self.starting,
            draft.text if draft else "",
            today=self.today,
            answers=draft.answers if draft else {},
            edits=draft.edits if draft else (),
        )

    def save(self, **given: Any) -> None:
        self.draft = save_draft(self.theater, self.starting, by=self.person, now=self.now, **given)

    def back(self, part: str = "") -> HttpResponse:
        response = redirect("week", slug=self.theater.slug, starting=self.starting.isoformat())
        response["Location"] += f"#{part}" if part else ""
        return response

    # -- acts of the page's forms -----------------------------------------------------------------------------
    def paste(self) -> HttpResponse:
        form = PasteForm(self.request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        try:
            self.save(text=text, seen=form.cleaned_data["seen"])
        except StaleDraft as error:
            form.add_error("text", str(error))
            return self.show(form, status=409)
        return self.back("week")

    def copy_last_week(self) -> HttpResponse:
        text = last_week_in_words(self.theater, self.starting)
        if not text:
            messages.warning(self.request, "Nothing was listed the week before. Paste this one.")
            return self.back()
        self.save(text=text)
        messages.success(self.request, "Last week, moved on by seven days. Change what is different.")
        return self.back("week")

    def settle(self) -> HttpResponse:
        answers = answers_from(self.request.POST, self.read().doubts)
        if answers:
            self.save(answers=answers)
        return self.back("week")

    def drop(self) -> HttpResponse:
        showing = find_place(self.read().showings, self.request.POST.get("place", ""))
        if showing:
            self.save(edits=[edit_to("drop", showing)])
        return self.back("grid")

    def add(self) -> HttpResponse:
        form = self.add_form(self.request.POST)
        if not form.is_valid():
            return self.show(add_form=form, status=422)
        self.save(edits=[edit_to("put", form.showing())])
        return self.back("grid")

    def say_running_time(self) -> HttpResponse:
        """Kept with the film where there is one, else with the draft until publishing creates it."""
        form = RunningTimeForm(self.request.POST)
        untimed = {str(key): key for key, minutes in self.read().running_minutes.items() if not minutes}
        if not form.is_valid():
            messages.error(self.request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        elif (key := untimed.get(form.cleaned_data["film"])) is not None:
            minutes = form.cleaned_data["minutes"]
            if isinstance(key, int):
                time_film(Film.objects.get(pk=key), minutes, now=self.now)
            else:
                self.save(edits=[edit_to_time(str(key), minutes)])
            messages.success(self.request, f"{self.read().titles[key]}: {minutes} minutes.")
        return self.back("remarks")

    def copy_a_day(self) -> HttpResponse:
        try:
            day, to = (dt.date.fromisoformat(self.request.POST.get(name, "")) for name in ("day", "to"))
        except ValueError:
            return self.back("grid")
        if day != to:
            self.save(edits=copy_day(self.read().showings, day, to))
        return self.back("grid")

    def publish(self) -> HttpResponse:
        permit(self.person, "screenings.publish_week", self.theater, SENTENCES["screenings.publish_week"])
        if self.draft is None or self.request.POST.get("seen") != str(self.draft.revision):
            messages.error(
                self.request, "The week was changed since you saw it. Look at it again, then publish."
            )
            return self.back("difference")
        try:
            key, scope = self._key_and_scope()
            publication = publish_week(
                self.theater,
                self.starting,
                create_new_films(self.read()),
                by=self.person,
                now=self.now,
                request_key=key,
                scope=scope,
            )
        except LocalTimeError as error:
            messages.error(self.request, f"{error} Nothing was published; your draft is kept.")
            return self.back("difference")
        messages.success(self.request, _published(publication))
        return self.back()

    def _key_and_scope(self) -> tuple[uuid.UUID, Scope]:
        post = self.request.POST
        try:
            key = uuid.UUID(post.get("request_key", ""))
            night = dt.date.fromisoformat(post["night"]) if post.get("night") else None
            film = int(post["film"]) if post.get("film") else None
        except ValueError as error:
            raise Http404("This form was not ours.") from error
        return key, Scope(night, film)

    def undo(self) -> HttpResponse:
        permit(self.person, "screenings.publish_week", self.theater, SENTENCES["screenings.publish_week"])
        publication = self.theater.publications.filter(pk=self.request.POST.get("publication") or 0).first()
        if publication is None:
            raise Http404("Nothing was published under that number.")
        try:
            undo(publication, now=self.now)
        except NotPossible as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request, "Undone: the week is as it was, and nobody was told. Your draft is kept."
            )
        return self.back()

    # -- the page ---------------------------------------------------------------------------------------------
    def add_form(self, data: Any = None) -> AddShowingForm:
        films = [(f"id:{film.pk}", film.title) for film in films_of(self.theater, self.today)]
        films += [(f"new:{title}", title) for title in self.read().new_titles]
        nights = [self.starting + dt.timedelta(days=n) for n in range(7)]
        return AddShowingForm(data, films=films, nights=[(d.isoformat(), say_day(d)) for d in nights])

    def show(
        self, form: PasteForm | None = None, add_form: AddShowingForm | None = None, status: int = 200
    ) -> HttpResponse:
        draft, locale = self.draft, self.theater.locale
        week = self.read()
        difference = difference_from_live(self.theater, self.starting, week.showings, self.now)
        titles = week.titles | _titles_of(row.showing.film for row in difference.cancelled)
        last = self.theater.publications.filter(week_starting=self.starting).first()
        context = {
            "theater": self.theater,
            "starting": self.starting,
            "before": self.starting - dt.timedelta(days=7),
            "after": self.starting + dt.timedelta(days=7),
            "draft": draft,
            "form": form
            or PasteForm(
                initial={"text": draft.text if draft else "", "seen": draft.revision if draft else 0}
            ),
            "lines": mark_doubts(draft.text, week.doubts) if draft else [],
            "doubts": week.doubts,
            "week": week,
            "grid": lay_grid(week.showings, week.titles, self.starting, locale),
            "nights": [self.starting + dt.timedelta(days=n) for n in range(7)],
            "add_form": add_form or self.add_form(),
            "told": tell(difference, titles, locale),
            "unchanged": len(difference.unchanged),
            "films": [(key, title) for key, title in week.titles.items() if isinstance(key, int)],
            "request_key": uuid.uuid4(),
            "undoable": last if last and last.changes and may_be_undone(last, self.now) else None,
        }
        return render(self.request, "screenings/manage/week.html", context, status=status)


def _titles_of(films: Any) -> dict[Hashable, str]:
    return dict(Film.objects.filter(pk__in=set(films)).values_list("pk", "title"))


def _published(publication: Publication) -> str:
    count = len(publication.changes)
    if not count:
        return "The week was live already: nothing changed."
    return f"Live: {count} change{'' if count == 1 else 's'}. You can undo it for ten minutes; people are told after that."


ACTS: dict[str, Callable[[WeekDoor], HttpResponse]] = {
    "paste": WeekDoor.paste,
    "copy_last_week": WeekDoor.copy_last_week,
    "settle": WeekDoor.settle,
    "drop": WeekDoor.drop,
    "add": WeekDoor.add,
    "copy_day": WeekDoor.copy_a_day,
    "running_time": WeekDoor.say_running_time,
    "publish": WeekDoor.publish,
    "undo": WeekDoor.undo,
}


@never_cache
def this_week(request: HttpRequest, slug: str) -> HttpResponse:
    """The week that a manager writes now: the next one to begin, on its first two days the one that runs."""
    theater = theater_for(request, slug, "screenings.list_week")
    today = tonight_in(theater.tzinfo, timezone.now())
    starting = week_start(theater, today + dt.timedelta(days=5))
    return redirect("week", slug=theater.slug, starting=starting.isoformat())


@never_cache
def week(request: HttpRequest, slug: str, starting: str) -> HttpResponse:
    """The page; each of its forms posts to it with the name of its act."""
    door = WeekDoor(request, slug, starting)
    if request.method != "POST":
        return door.show()
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("No such act.")
    try:
        return act(door)
    except TooMuchText as error:
        messages.error(request, str(error))
        return door.back()
