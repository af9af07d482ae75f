"""What mails say of a showing: the facts as people say them, and the calendar file that goes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from common.any_of import AnyOf
from common.local_time import get_zone, night_of
from notices.kinds import Attachment, CountedFor, SubjectKind
from notices.models import Notice

from . import letter_times, plans
from .calendar_file import calendar_of, method_of
from .labels import say_label
from .listings.venue_facts import say_address
from .models import Rsvp, Screening
from .spoken_times import say_when

Said = TypeVar("Said")


@dataclass(frozen=True)
class Attendance:
    """A showing, and the RSVP of the person who is written to (None where they have none). `said` is what was asked of the
    showing; notices about it that are looked at together share it."""

    screening: Screening
    rsvp: Rsvp | None
    said: dict[Callable[[Screening], object], object] = field(default_factory=dict, repr=False, compare=False)

    def of_showing(self, ask: Callable[[Screening], Said]) -> Said:
        """What `ask` says of the showing, asked once in a look, however many are written to."""
        if ask not in self.said:
            self.said[ask] = ask(self.screening)
        return cast(Said, self.said[ask])


def load_attendances(notices: Collection[Notice]) -> Mapping[int, Attendance]:
    """What notices about showings are about, by notice id: two queries."""
    ids = {notice.subject_id for notice in notices}
    showings = Screening.objects.for_listing().in_bulk(ids)
    people = {notice.person_id for notice in notices if notice.person_id}
    rsvps: dict[tuple[int, int | None], Rsvp] = {
        (rsvp.screening_id, rsvp.person_id): rsvp
        for rsvp in Rsvp.objects.filter(AnyOf(F("person_id"), people), screening_id__in=ids)
    }
    said: dict[int, dict[Callable[[Screening], object], object]] = {pk: {} for pk in showings}
    return {
        notice.pk: Attendance(
            showings[notice.subject_id],
            rsvps.get((notice.subject_id, notice.person_id)),
            said[notice.subject_id],
        )
        for notice in notices
        if notice.subject_id in showings
    }


def load_rsvps(notices: Collection[Notice]) -> Mapping[int, Attendance]:
    """What notices about RSVPs are about, by notice id: one query."""
    ids = {notice.subject_id for notice in notices}
    rsvps = Rsvp.objects.select_related(
        "person", "screening__engagement__film", "screening__engagement__theater__city", "screening__screen"
    ).in_bulk(ids)
    return {
        notice.pk: Attendance(rsvps[notice.subject_id].screening, rsvps[notice.subject_id])
        for notice in notices
        if notice.subject_id in rsvps
    }


def name_showing(about: Attendance) -> str:
    """`The Salt Road, Fri 7 Aug, 7:00 pm, The Lantern`: for staff."""
    showing = about.screening
    when = say_when(showing.local_start, showing.theater.locale)
    return f"{showing.film.title}, {when}, {showing.theater.name}"


def find_showings(words: str) -> Collection[int]:
    """Ids of the showings whose film's title holds `words`, newest first, a thousand at most."""
    showings = Screening.objects.filter(engagement__film__title__icontains=words)
    return showings.order_by("-starts_at").values_list("pk", flat=True)[:1000]


def find_rsvps(words: str) -> Collection[int]:
    rsvps = Rsvp.objects.filter(screening__engagement__film__title__icontains=words)
    return rsvps.order_by("-pk").values_list("pk", flat=True)[:1000]


SHOWING = SubjectKind(plans.SUBJECT_KIND, load_attendances, name_showing, find_showings)
RSVP = SubjectKind("rsvp", load_rsvps, name_showing, find_rsvps)


def showing_context(screening: Screening, now: dt.datetime) -> dict[str, object]:
    """What a mail's template says of a showing as of `now`, on the theater's clock and in the language that
    is active."""
    theater, wall = screening.theater, screening.local_start
    here = now.astimezone(get_zone(screening.zone))
    today = night_of(here)
    return {
        "film": screening.film.title,
        "near": letter_times.say_night(screening.night, here, wall.time()),
        "day": letter_times.say_day(wall.date(), today),
        "time": letter_times.say_time(wall, theater.locale),
        "when": letter_times.say_when(wall, theater.locale, today),
        "zone": letter_times.say_zone(screening.zone),
        "theater": theater.name,
        "screen": screening.screen.name if screening.screen else "",
        "address": say_address(theater),
        "phone": theater.phone,
        "labels": [say_label(code) for code in screening.labels],
        "ticket_url": screening.ticket_url,
        "entry": screening.entry,
        "url": settings.BASE_URL + reverse("screening", args=[screening.code]),
        "calendar_url": settings.BASE_URL + reverse("screening_calendar", args=[screening.code]),
    }


def counted_for(about: Attendance) -> CountedFor:
    """Mail about a showing counts towards its theater's daily cap."""
    theater = about.screening.theater
    return CountedFor(f"theater:{theater.pk}", theater.name, theater.tzinfo, about.screening.starts_at)


def as_it_stands(screening: Screening) -> Hashable:
    """What all that mails say of a showing hangs on, within one look at the database."""
    return screening.pk, screening.revision, screening.updated_at


def calendar_attachment(screening: Screening) -> Attachment:
    """The showing's calendar file (RFC 5545): the same UID always, SEQUENCE its revision, an alarm."""
    return Attachment(
        "screening.ics",
        calendar_of(screening),
        "text/calendar",
        {"charset": "utf-8", "method": method_of(screening)},
    )
