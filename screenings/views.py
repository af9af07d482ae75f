"""The listing's pages: public, the same for everyone."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from common.prepared_queries import prepared
from common.public_pages import cacheable_page, public_page, tagged

from . import slots
from .calendar_file import calendar_of
from .forms_rsvp import rsvp_form_context
from .listings import linked_data, share_card
from .listings.city_page import city_page
from .listings.film_facts import film_facts, with_credits
from .listings.film_page import film_page
from .listings.filters import asked_label
from .listings.home_page import home_page
from .listings.page_head import head_of, head_of_screening
from .listings.places import LETTERS_NEEDED, MATCHES_SHOWN, cities_with_showings, find_cities
from .listings.screening_page import screening_page
from .listings.showing_rows import titles_of
from .listings.theater_page import theater_page
from .models import City, Film, FormerFilmAddress, Screening, Theater
from .published import published_screening

Found = TypeVar("Found")

# The first paying audience sat down in December 1895; dates count to 9999 and a week must fit behind them.
YEARS_OF_CINEMA = range(1895, 9999)


def asked_day(request: HttpRequest, name: str) -> dt.date | None:
    """The day that the query names (`?day=2026-08-07`); None where it names none that a film could be shown on."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day and day.year in YEARS_OF_CINEMA else None


@prepared
def _films(*, slug: str) -> QuerySet[Film]:
    return Film.objects.select_related("still").defer("still__image").filter(slug=slug)


@prepared
def _cities(*, slug: str) -> QuerySet[City]:
    return City.objects.filter(slug=slug)


@prepared
def _theaters(*, slug: str) -> QuerySet[Theater]:
    return Theater.objects.select_related("city").filter(slug=slug)


def _the_one(found: list[Found]) -> Found:
    """The row of a name that one row may have. Raises Http404 where none has."""
    if not found:
        raise Http404("No such page.")
    return found[0]


@cacheable_page
def cover(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return tagged(render(request, "screenings/home.html", {"page": home_page(now)}), ["listing"], now)


@cacheable_page
def film(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = _films(slug=slug)
    if not found:
        former = get_object_or_404(FormerFilmAddress.objects.select_related("film"), slug=slug)
        return redirect("film", slug=former.film.slug, permanent=True)
    context = film_context(with_credits(found[0]), now, asked_label(request.GET.get("label", "")))
    return tagged(render(request, "screenings/film.html", context), context["page"].tags, now)


def film_context(film: Film, now: dt.datetime, label: str = "") -> dict[str, Any]:
    """What `screenings/film.html` shows of a film read with its still and credits."""
    page, still = film_page(film, now, label), getattr(film, "still", None)
    return {
        "film": film,
        "facts": film_facts(film),
        "page": page,
        "still": still,
        "guides": slots.fill("film.guides", film, now=now),
        "head": head_of(film, share_card.card_of_release(film, page.openings, now)),
        "linked_data": linked_data.as_block(linked_data.movie(film, still)),
    }


@cacheable_page
def cities(request: HttpRequest) -> HttpResponse:
    """Cities by their first letters, or all where something is on. What matches one city alone is that city."""
    now, typed = timezone.now(), request.GET.get("q", "").strip()[:80]
    found = find_cities(typed, now)
    if len(found) == 1:
        return redirect(found[0].url)
    context = {
        "typed": typed,
        "found": found,
        "playing": cities_with_showings(now),
        "too_short": len(typed) < LETTERS_NEEDED,
        "shown_at_most": MATCHES_SHOWN,
    }
    return tagged(render(request, "screenings/cities.html", context), ["listing"], now)


@cacheable_page
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = _the_one(_cities(slug=slug)), timezone.now()
    page = city_page(found, now, asked_day(request, "day"), asked_label(request.GET.get("label", "")))
    card = share_card.card_of_city(found, titles_of(page.nights), now)
    context = {"city": found, "page": page, "head": head_of(found, card)}
    return tagged(render(request, "screenings/city.html", context), page.tags, now)


@cacheable_page
def theater(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = _the_one(_theaters(slug=slug)), timezone.now()
    page = theater_page(found, now, asked_day(request, "week"), asked_label(request.GET.get("label", "")))
    context = {
        "theater": found,
        "page": page,
        "head": head_of(found, share_card.card_of_theater(found, titles_of(page.nights), now)),
        "linked_data": linked_data.as_block(linked_data.movie_theater(found)),
    }
    return tagged(render(request, "screenings/theater.html", context), page.tags, now)


def screening_context(screening: Screening, now: dt.datetime) -> dict[str, Any]:
    """What `screenings/screening.html` shows of a showing; a page that answers a form adds `rsvp_form`."""
    return {
        "screening": screening,
        "page": screening_page(screening, now),
        "head": head_of_screening(screening, share_card.card_of_screening(screening)),
        "linked_data": linked_data.as_block(
            linked_data.screening_event(screening, getattr(screening.film, "still", None))
        ),
        "guide": slots.fill("screening.guide", screening, now=now),
    }


@cacheable_page
def screening(request: HttpRequest, code: str) -> HttpResponse:
    found, now = published_screening(code), timezone.now()
    if code != found.code:
        return redirect("screening", code=found.code, permanent=True)
    context = {**screening_context(found, now), **rsvp_form_context(found, now)}
    return tagged(render(request, "screenings/screening.html", context), context["page"].tags, now)


@public_page
def screening_calendar(request: HttpRequest, code: str) -> HttpResponse:
    found = published_screening(code)
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8")


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C); a page, for the icons' addresses carry the hash of their bytes."""
    return render(request, "screenings/manifest.json", content_type="application/manifest+json")
