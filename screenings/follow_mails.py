"""The mails of following: the one that asks to confirm, a theater's week, a film's new cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from notices.delivery import TRUE_AND_WANTED, Verdict, no_longer_true
from notices.kinds import CountedFor, Kind, SubjectKind, register, register_subject
from notices.models import Notice

from . import follow_links, follows
from .labels import say_label
from .letter_times import say_day, say_time
from .mail_lists import FOLLOWING
from .models import Engagement, Film, Follow, Screening, Theater

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Followed:
    """A follow, and what a notice tells by it: a week's showings, or bookings."""

    follow: Follow
    showings: tuple[Screening, ...] = ()
    bookings: tuple[Engagement, ...] = ()


def load_follows(notices: Collection[Notice]) -> Mapping[int, Followed]:
    """What notices about follows are about, by notice id: three queries."""
    found = Follow.objects.select_related("person", "theater__city", "film").in_bulk(
        {notice.subject_id for notice in notices}
    )
    theaters = {follow.theater_id for follow in found.values() if follow.theater_id}
    films = {follow.film_id for follow in found.values() if follow.film_id}
    weeks = [dt.date.fromisoformat(notice.facts["week"]) for notice in notices if "week" in notice.facts]
    nights = (min(weeks), max(weeks) + WEEK) if weeks else (dt.date.max, dt.date.max)
    showings = Screening.objects.published().filter(
        engagement__theater__in=theaters, night__gte=nights[0], night__lt=nights[1]
    )
    bookings = Engagement.objects.filter(film__in=films).for_listing().order_by("opens_on", "id")
    rows, booked = list(showings.for_listing()) if weeks else [], list(bookings) if films else []
    return {
        notice.pk: _followed(found[notice.subject_id], notice, rows, booked)
        for notice in notices
        if notice.subject_id in found
    }


def _followed(
    follow: Follow, notice: Notice, showings: list[Screening], bookings: list[Engagement]
) -> Followed:
    if "week" in notice.facts:
        first = dt.date.fromisoformat(notice.facts["week"])
        ours = (row for row in showings if row.engagement.theater_id == follow.theater_id)
        return Followed(follow, showings=tuple(row for row in ours if first <= row.night < first + WEEK))
    if "since" in notice.facts:
        since = dt.datetime.fromisoformat(notice.facts["since"])
        of_film = [row for row in bookings if row.film_id == follow.film_id]
        known = {row.theater.city_id for row in of_film if row.created_at < since}
        return Followed(follow, bookings=tuple(row for row in of_film if row.theater.city_id not in known))
    return Followed(follow)


def find_follows(words: str) -> Collection[int]:
    named = Follow.objects.filter(theater__name__icontains=words) | Follow.objects.filter(
        film__title__icontains=words
    )
    return named.order_by("-pk").values_list("pk", flat=True)[:1000]


SUBJECT = SubjectKind(
    follows.SUBJECT_KIND, load_follows, lambda about: f"following {about.follow.subject}", find_follows
)


def check_confirmation(notice: Notice, about: Followed, now: dt.datetime) -> Verdict:
    if about.follow.state != notice.facts.get("state"):
        return no_longer_true("It was answered meanwhile.")
    if about.follow.revision != notice.subject_revision:
        return no_longer_true("A newer one is owed.")
    return TRUE_AND_WANTED


def check_news(notice: Notice, about: Followed, now: dt.datetime) -> Verdict:
    """Still followed, and still something to tell."""
    if about.follow.state != Follow.State.FOLLOWING:
        return no_longer_true("The person follows it no more.")
    coming = any(row.ends_at > now and not row.is_cancelled for row in about.showings)
    if not coming and not _coming_bookings(about, now):
        return no_longer_true("Nothing of it is to come.")
    return TRUE_AND_WANTED


def _coming_bookings(about: Followed, now: dt.datetime) -> list[Engagement]:
    news = follows.CITY_IS_NEWS_FOR
    return [row for row in about.bookings if (row.closes_on or row.opens_on + news) >= now.date()]


def page_url(subject: Theater | Film) -> str:
    name = "theater" if isinstance(subject, Theater) else "film"
    return settings.BASE_URL + reverse(name, args=[subject.slug])


def confirmation_context(notice: Notice, about: Followed, now: dt.datetime) -> Mapping[str, object]:
    subject = about.follow.subject
    return {
        "subject": str(subject),
        "is_theater": isinstance(subject, Theater),
        "following": about.follow.state == Follow.State.FOLLOWING,
        "url": page_url(subject),
    }


def week_context(notice: Notice, about: Followed, now: dt.datetime) -> Mapping[str, object]:
    """The nights to come, each with its showings as people say them."""
    theater = about.follow.theater
    assert theater
    coming = [row for row in about.showings if row.ends_at > now and not row.is_cancelled]
    nights = [
        {"day": say_day(night), "showings": [_line(row) for row in rows]}
        for night, rows in groupby(coming, key=lambda row: row.night)
    ]
    return {"theater": theater.name, "nights": nights, "first": nights[0]["day"], "url": page_url(theater)}


def _line(row: Screening) -> dict[str, object]:
    return {
        "time": say_time(row.local_start, row.engagement.theater.locale),
        "film": row.film.title,
        "labels": ", ".join(say_label(code) for code in row.labels),
        "sold_out": row.sold_out,
        "url": settings.BASE_URL + reverse("screening", args=[row.code]),
    }


def cities_context(notice: Notice, about: Followed, now: dt.datetime) -> Mapping[str, object]:
    film = about.follow.film
    assert film
    bookings = _coming_bookings(about, now)
    return {
        "film": film.title,
        "cities": list(dict.fromkeys(row.theater.city.name for row in bookings)),
        "bookings": [
            {
                "city": row.theater.city.name,
                "theater": row.theater.name,
                "opens": say_day(row.opens_on, now.date()),
                "open": row.opens_on <= now.date(),
                "url": page_url(row.theater),
            }
            for row in bookings
        ],
        "url": page_url(film),
    }


def private_links(notice: Notice, about: Followed) -> Mapping[str, str]:
    return {"follow_url": follow_links.settle_url(about.follow)}


def _zone(about: Followed) -> ZoneInfo:
    """The theater's clock; of a film, that of its first new city."""
    theater = about.follow.theater
    if theater is None and about.bookings:
        theater = about.bookings[0].theater
    return theater.tzinfo if theater else ZoneInfo("UTC")


def _counted_for(about: Followed) -> CountedFor | None:
    """A theater's week counts towards its daily cap."""
    theater = about.follow.theater
    return CountedFor(f"theater:{theater.pk}", theater.name, theater.tzinfo) if theater else None


def _alike(notice: Notice, about: Followed) -> Hashable:
    """The same news is the same letter, but for the links."""
    rows = (*about.showings, *about.bookings)
    stands = tuple((row.pk, getattr(row, "revision", 0)) for row in rows)
    return about.follow.theater_id, about.follow.film_id, str(notice.facts), stands


def register_all() -> None:
    """Make the mails known to the ledger (called once, when the house opens)."""
    register_subject(SUBJECT)
    register(
        Kind(
            code=follows.CONFIRMATION,
            name="Please confirm that you follow",
            template="emails/follow_confirm.html",
            context=confirmation_context,
            check=check_confirmation,
            private=private_links,
            answers=True,
        ),
        Kind(
            code=follows.WEEK,
            name="A theater’s week",
            template="emails/week_published.html",
            context=week_context,
            check=check_news,
            private=private_links,
            mail_list=FOLLOWING,
            zone=_zone,
            alike=_alike,
            counted_for=_counted_for,
        ),
        Kind(
            code=follows.NEW_CITIES,
            name="A film’s new cities",
            template="emails/new_cities.html",
            context=cities_context,
            check=check_news,
            private=private_links,
            mail_list=FOLLOWING,
            zone=_zone,
            alike=_alike,
        ),
    )
