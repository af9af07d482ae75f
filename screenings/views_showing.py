"""One showing by itself: moved, relabelled, cancelled, on again. What is past stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person
from accounts.permits import permit

from . import showings
from .forms_showing import CancelForm, EntryForm, LabelsForm, MoveForm, ReinstateForm, TellForm
from .models import Rsvp, Screening
from .permits import SENTENCES, theater_for
from .showings import NotPossible

CHANGE = "screenings.change_showing"
FORMS: tuple[type[TellForm], ...] = (MoveForm, LabelsForm, EntryForm, CancelForm, ReinstateForm)


class ShowingDoor:
    """One request to a showing's page."""

    def __init__(self, request: HttpRequest, slug: str, code: str) -> None:
        self.request, self.now = request, timezone.now()
        self.theater = theater_for(request, slug, "screenings.list_week")
        found = Screening.objects.published().for_listing().filter(engagement__theater=self.theater)
        self.screening = get_object_or_404(found, code=code)
        self.coming = self.screening.rsvps.aggregate(
            people=Count("pk", filter=Q(state=Rsvp.State.GOING)),
            seats=Sum("party_size", filter=Q(state=Rsvp.State.GOING), default=0),
            waiting=Count("pk", filter=Q(state=Rsvp.State.WAITING)),
            needs=Count("pk", filter=Q(state=Rsvp.State.GOING) & ~Q(access_needs="")),
        )

    @property
    def audience(self) -> int:
        return int(self.coming["people"] + self.coming["waiting"])

    def form(self, kind: type[TellForm], data: Any = None) -> TellForm:
        return kind(data, screening=self.screening, audience=self.audience)

    def show(self, sent: TellForm | None = None) -> HttpResponse:
        forms = {kind.prefix_of_ids: self.form(kind) for kind in FORMS}
        if sent:
            forms[sent.prefix_of_ids] = sent
        context = {
            "theater": self.theater,
            "screening": self.screening,
            "coming": self.coming,
            "is_past": self.screening.starts_at <= self.now,
            "sent": sent,
            **{f"{name}_form": form for name, form in forms.items()},
        }
        status = 422 if sent else 200
        return render(self.request, "screenings/manage/showing.html", context, status=status)

    def act(self, kind: type[TellForm], do: Callable[[Any, Any], str]) -> HttpResponse:
        """Do what a form says, if it was filled in before the showing as it stands; say what happened."""
        person = self.request.user
        assert isinstance(person, Person)
        permit(person, CHANGE, self.theater, SENTENCES[CHANGE])
        form = self.form(kind, self.request.POST)
        if not form.is_valid():
            return self.show(form)
        if form.cleaned_data["seen"] != self.screening.revision:
            messages.warning(
                self.request, "This showing was changed since you saw it. Here it is as it is now."
            )
            return self.back()
        try:
            messages.success(self.request, f"{do(self, form)} {self._telling(form)}".strip())
        except NotPossible as error:
            messages.error(self.request, str(error))
        return self.back()

    def _telling(self, form: TellForm) -> str:
        if not self.audience or isinstance(form, EntryForm):
            return ""
        return (
            "Those who come are being told."
            if form.tell_at_once
            else "Those who come are told in ten minutes."
        )

    def back(self) -> HttpResponse:
        return redirect("manage_showing", slug=self.theater.slug, code=self.screening.code)


def _move(door: ShowingDoor, form: MoveForm) -> str:
    showings.move(
        door.screening,
        form.wall,
        fold=form.cleaned_data["fold"],
        now=door.now,
        tell_at_once=form.tell_at_once,
    )
    return "Moved. Who goes stays going."


def _relabel(door: ShowingDoor, form: LabelsForm) -> str:
    showings.relabel(
        door.screening,
        form.cleaned_data["labels"],
        sold_out=form.cleaned_data["sold_out"],
        now=door.now,
        tell_at_once=form.tell_at_once,
    )
    return "Saved."


def _cancel(door: ShowingDoor, form: CancelForm) -> str:
    showings.cancel(
        door.screening, reason=form.cleaned_data["reason"], now=door.now, tell_at_once=form.tell_at_once
    )
    return "Cancelled. It stays on the pages, struck through, with your reason."


def _reinstate(door: ShowingDoor, form: ReinstateForm) -> str:
    showings.reinstate(door.screening, now=door.now, tell_at_once=form.tell_at_once)
    return "On again, at its time."


def _admit(door: ShowingDoor, form: EntryForm) -> str:
    said = {name: form.cleaned_data[name] for name in ("entry", "capacity", "ticket_url")}
    showings.admit(door.screening, **said, now=door.now)
    return "Saved. Its public page says so now."


ACTS: dict[str, tuple[type[TellForm], Callable[[Any, Any], str]]] = {
    "move": (MoveForm, _move),
    "labels": (LabelsForm, _relabel),
    "entry": (EntryForm, _admit),
    "cancel": (CancelForm, _cancel),
    "reinstate": (ReinstateForm, _reinstate),
}


@never_cache
def manage_showing(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The page; each of its forms posts to it with the name of its act."""
    door = ShowingDoor(request, slug, code)
    if request.method != "POST":
        return door.show()
    try:
        kind, do = ACTS[request.POST.get("act", "")]
    except KeyError as error:
        raise Http404("No such act.") from error
    return door.act(kind, do)


@never_cache
def door_list(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """For whoever stands at the door: how many come, under which names, and what they need. To be printed."""
    door = ShowingDoor(request, slug, code)
    context = {
        "theater": door.theater,
        "screening": door.screening,
        "coming": door.coming,
        "parties": door.screening.rsvps.going().order_by("name", "pk"),
    }
    return render(request, "screenings/manage/door_list.html", context)
