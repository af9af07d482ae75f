"""The listing's pages: public, the same for everyone."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from common.public_pages import public_page
from common.short_codes import normalise_code

from . import slots
from .calendar_file import calendar_of
from .forms_rsvp import rsvp_form_context
from .listings.city_page import city_page
from .listings.film_facts import film_facts
from .listings.film_page import film_page
from .listings.home_page import home_page
from .listings.places import LETTERS_NEEDED, MATCHES_SHOWN, cities_with_showings, find_cities
from .listings.screening_page import screening_page
from .listings.theater_page import theater_page
from .models import City, Film, FormerFilmAddress, Screening, Theater

# The first paying audience sat down in December 1895; dates count to 9999 and a week must fit behind them.
YEARS_OF_CINEMA = range(1895, 9999)


def asked_day(request: HttpRequest, name: str) -> dt.date | None:
    """The day that the query names (`?day=2026-08-07`); None where it names none that a film could be shown on."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day and day.year in YEARS_OF_CINEMA else None


@public_page
def cover(request: HttpRequest) -> HttpResponse:
    return render(request, "screenings/home.html", {"page": home_page(timezone.now())})


@public_page
def film(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = Film.objects.prefetch_related("credits").filter(slug=slug).first(), timezone.now()
    if found is None:
        former = get_object_or_404(FormerFilmAddress.objects.select_related("film"), slug=slug)
        return redirect("film", slug=former.film.slug, permanent=True)
    context = {
        "film": found,
        "facts": film_facts(found),
        "page": film_page(found, now),
        "guides": slots.fill("film.guides", found, now=now),
    }
    return render(request, "screenings/film.html", context)


@public_page
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
    return render(request, "screenings/cities.html", context)


@public_page
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(City, slug=slug)
    page = city_page(found, timezone.now(), asked_day(request, "day"))
    return render(request, "screenings/city.html", {"city": found, "page": page})


@public_page
def theater(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Theater.objects.select_related("city"), slug=slug)
    page = theater_page(found, timezone.now(), asked_day(request, "week"))
    return render(request, "screenings/theater.html", {"theater": found, "page": page})


def published_screening(code: str) -> Screening:
    """The showing of a code however it is typed, and of one that was listed twice the one that stands.

    Raises Http404 for a draft as for none.
    """
    showings, typed = Screening.objects.published().for_listing(), normalise_code(code)
    found = showings.prefetch_related("engagement__film__credits")
    twin = Screening.objects.filter(code=typed).values("same_as")
    return found.filter(code=typed).first() or get_object_or_404(found, pk__in=twin)


def screening_context(screening: Screening, now: dt.datetime) -> dict[str, object]:
    """What `screenings/screening.html` shows of a showing; a page that answers a form adds `rsvp_form`."""
    return {
        "screening": screening,
        "page": screening_page(screening, now),
        "guide": slots.fill("screening.guide", screening, now=now),
    }


@public_page
def screening(request: HttpRequest, code: str) -> HttpResponse:
    found, now = published_screening(code), timezone.now()
    if code != found.code:
        return redirect("screening", code=found.code, permanent=True)
    context = {**screening_context(found, now), **rsvp_form_context(found, now)}
    return render(request, "screenings/screening.html", context)


@public_page
def screening_calendar(request: HttpRequest, code: str) -> HttpResponse:
    found = published_screening(code)
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8")


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C); a page, for the icons' addresses carry the hash of their bytes."""
    return render(request, "screenings/manifest.json", content_type="application/manifest+json")
