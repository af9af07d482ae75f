"""What the pages of an RSVP say: the showing in words, where the RSVP stands, and what can be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Person
from notices import wishes
from notices.kinds import MailList, mail_lists
from notices.models import Preference

from . import rsvp_links
from .listings.showing_rows import ShowingRow, showing_row
from .listings.venue_facts import VenueFacts, venue_facts
from .models import CityRequest, Rsvp, Screening
from .reminders import DAY_BEFORE, HOURS_BEFORE, window
from .spoken_times import say_day, say_night, say_time, tonight_in
from .waiting.line import MOST_UNANSWERED


@dataclass(frozen=True, slots=True)
class Offer:
    """Seats that are theirs to take until then, on the theater's clock; `missing` more than those were asked for."""

    seats: int
    until: str
    missing: int


@dataclass(frozen=True, slots=True)
class RsvpPage:
    """One RSVP. `mails` says what will come; `seats` is 0 where seats are not kept here; `is_asked_no_more` is who let
    offers run out."""

    code: str
    state: str
    row: ShowingRow
    near: str
    date: str
    venue: VenueFacts
    entry: str
    seats: int
    held_until: str
    offer: Offer | None
    is_asked_no_more: bool
    name: str
    access_needs: str
    mails: str
    wants_reminders: bool
    wants_prompts: bool
    calendar_url: str
    mine_url: str
    confirm_url: str


@dataclass(frozen=True, slots=True)
class ListRow:
    list: MailList
    wanted: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A film that is asked for in a city; not yet, where the address has not confirmed it."""

    pk: int
    film: str
    film_url: str
    city: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class MinePage:
    """Everything of one address: showings that are not over, soonest first, films asked for, the lists, the languages
    that our mail can be in."""

    email: str
    rsvps: tuple[RsvpPage, ...]
    requests: tuple[RequestRow, ...]
    lists: tuple[ListRow, ...]
    wishes_path: str
    languages: tuple[tuple[str, str], ...]
    language: str


def rsvp_page(rsvp: Rsvp, now: dt.datetime) -> RsvpPage:
    """The page of an RSVP read with its showing: no query."""
    showing = rsvp.screening
    wall, today = showing.local_start, tonight_in(showing.theater.tzinfo, now)
    return RsvpPage(
        code=showing.code,
        state=rsvp.state,
        row=showing_row(showing, now, today),
        near=say_night(showing.night, now.astimezone(showing.theater.tzinfo), wall.time()),
        date=say_day(wall.date(), today),
        venue=venue_facts(showing.theater),
        entry=showing.entry,
        seats=rsvp.party_size if showing.entry == Screening.Entry.RESERVED else 0,
        held_until=_say_hold(rsvp, now),
        offer=_offer(rsvp, now),
        is_asked_no_more=rsvp.unanswered >= MOST_UNANSWERED,
        name=rsvp.name,
        access_needs=rsvp.access_needs,
        mails=say_mails(rsvp, now),
        wants_reminders=rsvp.wants_reminders,
        wants_prompts=rsvp.wants_prompts,
        calendar_url=reverse("screening_calendar", args=[showing.code]),
        mine_url=rsvp_links.mine_path(rsvp.person),
        confirm_url=rsvp_links.confirm_path(rsvp),
    )


def _say_hold(rsvp: Rsvp, now: dt.datetime) -> str:
    """Until when a seat is held, on the theater's clock; `""` where none is."""
    if rsvp.held_until is None or rsvp.held_until <= now:
        return ""
    return _say_clock(rsvp, rsvp.held_until, now)


def _say_clock(rsvp: Rsvp, at: dt.datetime, now: dt.datetime) -> str:
    """`4:15 pm`, with the day where it is another, on the theater's clock: a phone's own may be wrong."""
    theater = rsvp.screening.theater
    there, today = at.astimezone(theater.tzinfo), now.astimezone(theater.tzinfo).date()
    clock = say_time(there, theater.locale)
    return clock if there.date() == today else f"{clock} on {say_day(there.date(), today)}"


def _offer(rsvp: Rsvp, now: dt.datetime) -> Offer | None:
    if rsvp.offered_until is None or rsvp.offered_seats is None or rsvp.offered_until <= now:
        return None
    until = _say_clock(rsvp, rsvp.offered_until, now)
    return Offer(rsvp.offered_seats, until, rsvp.party_size - rsvp.offered_seats)


def say_reminders(screening: Screening, now: dt.datetime) -> str:
    """When reminders planned at `now` would come: `the day before and two hours before`; `""` for too late."""
    words = {DAY_BEFORE: "the day before", HOURS_BEFORE: "two hours before"}
    return " and ".join(said for reminder, said in words.items() if window(reminder, screening, now))


def say_mails(rsvp: Rsvp, now: dt.datetime) -> str:
    """What will come by mail, in a sentence; `""` for nothing."""
    reminders = say_reminders(rsvp.screening, now) if rsvp.wants_reminders else ""
    parts = filter(None, [reminders, "up to four times after the film" if rsvp.wants_prompts else ""])
    said = ", and ".join(parts)
    return f"We write to you {said}." if said else ""


def mine_page(person: Person, now: dt.datetime) -> MinePage:
    """The page of one address: three queries."""
    upcoming = (
        Rsvp.objects.filter(person=person, screening__ends_at__gt=now)
        .exclude(screening__status=Screening.Status.DRAFT)
        .select_related("person", *rsvp_links.WITH_SHOWING)
    )
    left = set(
        Preference.objects.filter(person=person, kind="", channel="email", wanted=False).values_list(
            "mail_list", flat=True
        )
    )
    return MinePage(
        email=person.email,
        rsvps=tuple(rsvp_page(rsvp, now) for rsvp in upcoming.order_by("screening__starts_at")),
        requests=tuple(_request_row(asked) for asked in _asked_for(person)),
        lists=tuple(ListRow(each, each.code not in left) for each in mail_lists().values()),
        wishes_path=wishes.wishes_path(person),
        languages=tuple(settings.LETTER_LANGUAGES),
        language=person.language,
    )


def _asked_for(person: Person) -> QuerySet[CityRequest]:
    return person.city_requests.select_related("film", "city").order_by("film__title", "city__name")


def _request_row(asked: CityRequest) -> RequestRow:
    return RequestRow(
        pk=asked.pk,
        film=asked.film.title,
        film_url=reverse("film", args=[asked.film.slug]),
        city=asked.city.name,
        confirmed=asked.confirmed_at is not None,
    )
