"""The live week in the theater's own words: for the newsletter, the answering machine and the door."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .answering_machine import write_script
from .door_sheet import PAPERS, make_door_sheet, paper_of
from .listings.film_facts import film_facts
from .models import Film, Screening, Theater
from .permits import theater_for
from .week_view import week_start
from .week_words import as_showing, week_of, write_week


def _week(request: HttpRequest, slug: str, starting: str) -> tuple[Theater, dt.date, list[Screening]]:
    """The theater, the first day of its play week that holds `starting`, and what is live in it."""
    theater = theater_for(request, slug, "screenings.list_week")
    try:
        first = week_start(theater, dt.date.fromisoformat(starting))
    except (ValueError, OverflowError) as error:
        raise Http404("No such day.") from error
    return theater, first, week_of(theater, first)


@never_cache
@require_safe
def week_words(request: HttpRequest, slug: str, starting: str) -> HttpResponse:
    """Text to copy, a script to read aloud, a sheet to print."""
    theater, first, live = _week(request, slug, starting)
    context = {
        "theater": theater,
        "starting": first,
        "newsletter": write_week(theater, live, first),
        "script": write_script(
            map(as_showing, live), theater=theater.name, locale=theater.locale, week_starting=first
        ),
        "papers": [(paper, words) for paper, words in PAPERS.items()],
        "usual_paper": paper_of(theater.locale),
    }
    return render(request, "screenings/manage/week_words.html", context)


@never_cache
@require_safe
def door_sheet(request: HttpRequest, slug: str, starting: str) -> HttpResponse:
    """The sheet as a PDF; `?paper=a4` or `letter`, else what lies in the theater's printers."""
    theater, first, live = _week(request, slug, starting)
    paper = request.GET.get("paper", "")
    pdf = make_door_sheet(
        map(as_showing, live),
        _billings(live),
        theater=theater.name,
        place=" · ".join(filter(None, [theater.address, theater.city.name, theater.phone])),
        url=urljoin(settings.BASE_URL, reverse("theater", args=[theater.slug])),
        locale=theater.locale,
        week_starting=first,
        paper=paper if paper in PAPERS else paper_of(theater.locale),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{theater.slug}-{first}.pdf"'
    return response


def _billings(live: list[Screening]) -> dict[str, str]:
    """What the sheet says of each film under its title. Two queries."""
    films = Film.objects.filter(pk__in={row.engagement.film_id for row in live}).prefetch_related("credits")
    return {film.title: _billing(film) for film in films}


def _billing(film: Film) -> str:
    directors = film_facts(film).directors
    minutes = f"{film.running_minutes} min" if film.running_minutes else ""
    return " · ".join(filter(None, [directors, str(film.year or ""), minutes]))
