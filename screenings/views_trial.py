"""The theaters' front page: what this is, and a week read on the spot. Nothing is stored until one signs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.limits import Limit, is_within
from accounts.models import Person
from accounts.next_page import with_next
from common.public_forms import public_form
from common.public_pages import public_page

from .forms_trial import TOO_LONG, TheaterChoiceForm, TrialForm
from .forms_week import answers_from
from .models import Theater, TheaterRole
from .permits import theater_for
from .spoken_times import say_zone
from .week_drafts import save_draft
from .week_page import lay_grid, mark_doubts
from .week_text import Doubt
from .week_trial import try_week
from .week_view import week_start

EXAMPLE = """\
THE SALT ROAD (91 min)
Fri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00; no 7:00 Wed
Sat 7:00 + Q&A with the director

NIGHT FERRY
Fri & Sat 9:30; Sun 10:30; Tue 7:00 OC
"""
TRIALS = Limit("try-week", 120, dt.timedelta(minutes=10))
TOO_OFTEN = "Many weeks were read for your network just now. Wait ten minutes and send it again."
SESSION_KEY = "brought_week"


def _page(request: HttpRequest, form: TrialForm, status: int = 200, **facts: Any) -> HttpResponse:
    context = {"form": form, "example": EXAMPLE, **facts}
    return render(request, "screenings/for_theaters.html", context, status=status)


def _today() -> dt.date:
    return timezone.now().date()


@public_page
def for_theaters(request: HttpRequest) -> HttpResponse:
    """What a theater has from this, and where to try it."""
    return _page(request, TrialForm(today=_today()))


@public_form
def try_a_week(request: HttpRequest) -> HttpResponse:
    """Read the week that was sent, and show what it means; doubts are settled by sending it again with answers."""
    if request.method != "POST":
        return redirect("for_theaters")
    try:
        form = TrialForm(request.POST, today=_today())
    except RequestDataTooBig:
        form = TrialForm(today=_today())
        return _page(request, form, status=413, refused=TOO_LONG)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not is_within(request, TRIALS):
        return _page(request, form, status=429, refused=TOO_OFTEN)
    return _page(request, form, **_reading(request, form.cleaned_data))


def _reading(request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a week that was read."""

    def answer(doubts: Sequence[Doubt]) -> dict[str, str]:
        return answers_from(request.POST, doubts)

    text, locale, starting = data["text"], data["locale"], data["starting"]
    trial = try_week(text, zone=data["zone"], locale=locale, week_starting=starting, answer=answer)
    return {
        "trial": trial,
        "lines": mark_doubts(text, trial.doubts),
        "doubts": trial.doubts,
        "grid": lay_grid(trial.showings, {s.film: str(s.film) for s in trial.showings}, starting, locale),
        "starting": starting,
        "clocks": say_zone(data["zone"]),
        "given": data,
    }


@public_form
@require_POST
def bring_week(request: HttpRequest) -> HttpResponse:
    """Keep the week in this browser's session and go on to the theater it is for, by the door if need be."""
    try:
        form = TrialForm(request.POST, today=_today())
    except RequestDataTooBig:
        return _page(request, TrialForm(today=_today()), status=413, refused=TOO_LONG)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    answers = _reading(request, given)["trial"].answers
    request.session[SESSION_KEY] = {
        "text": given["text"], "starting": given["starting"].isoformat(), "answers": answers,
    }  # fmt: skip
    onward = reverse("choose_theater")
    return redirect(onward if request.user.is_authenticated else with_next(settings.LOGIN_URL, onward))


@never_cache
def choose_theater(request: HttpRequest) -> HttpResponse:
    """For which of one's theaters the week is that one tried; there it becomes the week's draft."""
    person = request.user
    assert isinstance(person, Person)
    brought = request.session.get(SESSION_KEY)
    if brought is None:
        return redirect("home")
    theaters = Theater.objects.filter(
        memberships__person=person, memberships__role__in=[TheaterRole.MANAGER, TheaterRole.STAFF]
    )
    form = TheaterChoiceForm(request.POST or None, theaters=theaters)
    if request.method == "POST" and form.is_valid():
        return _bring(request, person, form.cleaned_data["theater"].slug, brought)
    context = {"form": form, "theaters": theaters, "text": brought["text"]}
    return render(
        request, "screenings/manage/choose_theater.html", context, status=422 if form.errors else 200
    )


def _bring(request: HttpRequest, person: Person, slug: str, brought: dict[str, Any]) -> HttpResponse:
    theater = theater_for(request, slug, "screenings.list_week")
    starting = week_start(theater, dt.date.fromisoformat(brought["starting"]))
    save_draft(
        theater, starting, by=person, now=timezone.now(), text=brought["text"], answers=brought["answers"]
    )
    del request.session[SESSION_KEY]
    messages.success(request, "Here is the week you tried. Films that we know are recognized now.")
    return redirect("week", slug=theater.slug, starting=starting.isoformat())
