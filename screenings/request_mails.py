"""The mails of “bring it here”: the one that asks to confirm, and the one that says that the film opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from notices.delivery import TRUE_AND_WANTED, Verdict, no_longer_true
from notices.kinds import Kind, SubjectKind
from notices.models import Notice

from . import rsvp_links
from .letter_times import say_day
from .listings.booking_rows import in_release
from .listings.venue_facts import say_address
from .mail_lists import OPENINGS
from .models import CityRequest, Engagement
from .reach import is_within_reach
from .requests import asking, openings


@dataclass(frozen=True)
class Asked:
    """A request as a mail is about it: where its film plays within reach of its city, soonest opening first."""

    request: CityRequest
    near: list[Engagement] = field(default_factory=list)


def load_requests(notices: Collection[Notice]) -> Mapping[int, Asked]:
    """What notices about requests are about, by notice id: two queries, however many ask."""
    ids = {notice.subject_id for notice in notices}
    asked = CityRequest.objects.select_related("film", "city", "person").in_bulk(ids)
    opening = [one for one in notices if one.kind == openings.FILM_OPENS and one.subject_id in asked]
    films = {asked[one.subject_id].film_id for one in opening}
    booked = list(_booked(films, max(one.due_at for one in opening))) if opening else []
    return {
        notice.pk: Asked(asked[notice.subject_id], _near(asked[notice.subject_id], booked))
        for notice in notices
        if notice.subject_id in asked
    }


def _booked(films: Collection[int], now: dt.datetime) -> QuerySet[Engagement]:
    return in_release(now).filter(film__in=films).for_listing().order_by("opens_on", "pk")


def _near(asked: CityRequest, booked: Iterable[Engagement]) -> list[Engagement]:
    theirs = (one for one in booked if one.film_id == asked.film_id)
    return [one for one in theirs if is_within_reach(asked.city, one.theater.city)]


def _name(about: Asked) -> str:
    return f"{about.request.film.title} in {about.request.city.name}"


REQUEST = SubjectKind(asking.SUBJECT_KIND, load_requests, _name)


def _check_confirmation(notice: Notice, about: Asked, now: dt.datetime) -> Verdict:
    if about.request.confirmed_at is not None:
        return no_longer_true("It was confirmed meanwhile.")
    return TRUE_AND_WANTED


def _context(notice: Notice, about: Asked, now: dt.datetime) -> Mapping[str, object]:
    return {"film": about.request.film.title, "city": about.request.city.name}


def _private(notice: Notice, about: Asked) -> Mapping[str, str]:
    assert notice.person is not None
    return {
        "confirm_url": settings.BASE_URL + rsvp_links.request_path(about.request),
        "mine_url": rsvp_links.mine_url(notice.person),
    }


def _check_opening(notice: Notice, about: Asked, now: dt.datetime) -> Verdict:
    """The booking stands: one that was taken back within the quiet spell is told to nobody."""
    if not about.near:
        return no_longer_true("It is not booked there any more.")
    return TRUE_AND_WANTED


def _opening_context(notice: Notice, about: Asked, now: dt.datetime) -> Mapping[str, object]:
    first = about.near[0]
    today = now.astimezone(first.theater.tzinfo).date()
    return {
        **_context(notice, about, now),
        "opens": say_day(first.opens_on, today),
        "plays_already": first.opens_on <= today,
        "theaters": [
            {
                "name": engagement.theater.name,
                "address": say_address(engagement.theater),
                "city": engagement.theater.city.name,
                "opens": say_day(engagement.opens_on, today),
            }
            for engagement in about.near
        ],
        "url": settings.BASE_URL + reverse("film", args=[about.request.film.slug]),
    }


def _zone(about: Asked) -> ZoneInfo:
    return about.request.city.tzinfo


CONFIRMATION = Kind(
    code=asking.CONFIRMATION,
    name="Please confirm: bring it here",
    template="emails/request_confirm.html",
    context=_context,
    check=_check_confirmation,
    private=_private,
    answers=True,
)
FILM_OPENS_MAIL = Kind(
    code=openings.FILM_OPENS,
    name="A film opens in your city",
    template="emails/film_opens.html",
    context=_opening_context,
    check=_check_opening,
    private=_private,
    mail_list=OPENINGS,
    zone=_zone,
)
