"""The discussion is open: mail to those who come and asked for it, the moment a host puts the house lights up.

It is owed in the transaction that puts the lights up and taken back, where it is unsent, in the one that ends the talk or
puts the lights out again. So it never comes in the dark, nor leads to a room that is closed. Phones that bring up the
lights by themselves mail nobody: whoever has the room's code could.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from notices import ledger
from notices.delivery import TRUE_AND_WANTED, Verdict, no_longer_true
from notices.kinds import CountedFor, Kind
from notices.ledger import Owed
from notices.models import Notice
from screenings import plans
from screenings.mail_lists import PROMPTS
from screenings.models import Rsvp, Screening
from screenings.rsvp_mails import check_after_the_film, private_link, zone_of
from screenings.showing_mail import Attendance, as_it_stands, counted_for, showing_context

from .models import Discussion, RoomAct

CODE = "discussion_open"
# Who has not come in by then has gone home.
USEFUL_FOR = dt.timedelta(hours=1)
PUT_UP = Q(kind="lights_up", undone_at=None)
BY_A_HOST = RoomAct.objects.filter(PUT_UP, discussion=OuterRef("pk"))
OVER = "The discussion is over."


def talk_at(screening: Screening) -> Discussion | None:
    """The showing's room while it talks: a host has put its lights up, and it is not closing yet. One query."""
    return screening.discussions.filter(Exists(BY_A_HOST), phase=Discussion.Phase.LIGHTS_UP).first()


def replan(room: Discussion, now: dt.datetime) -> None:
    """After any change of a room's phase, logged and not yet stored, in its transaction: those who come are owed the news
    that it talks; where it does not, they are owed it no more."""
    screening = room.screening
    if screening is None:
        return
    talks = room.phase == Discussion.Phase.LIGHTS_UP and room.acts.filter(PUT_UP).exists()
    if talks and screening.status == Screening.Status.SCHEDULED:
        going = screening.rsvps.going().filter(wants_prompts=True).order_by("pk")
        ledger.plan_all(_owed(room, screening, going.iterator(ledger.BATCH), now), now)
    else:
        ledger.supersede(plans.subject_of(screening), [CODE], OVER, now)


def plan_talk(screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime) -> Iterator[Owed]:
    """What is owed to those of `rsvps` who want it, where the showing's room talks by now: one query, and none where
    nobody wants it."""
    wanted = [rsvp for rsvp in rsvps if rsvp.wants_prompts]
    if wanted and (room := talk_at(screening)):
        yield from _owed(room, screening, wanted, now)


def _owed(room: Discussion, screening: Screening, rsvps: Iterable[Rsvp], now: dt.datetime) -> Iterator[Owed]:
    told_from = _told_from(room, screening)
    if told_from + USEFUL_FOR <= now:
        return
    for rsvp in rsvps:
        yield Owed(
            person_id=rsvp.person_id,
            kind=CODE,
            subject=plans.subject_of(screening),
            due_at=max(now, told_from),
            useful_until=told_from + USEFUL_FOR,
            urgent=True,
        )


def _told_from(room: Discussion, screening: Screening) -> dt.datetime:
    """When the lights went up, unless that was before the listed end: then at the end, and what the host said it runs
    late. A thumb that slips in the dark rings nowhere."""
    lights = room.lights_up_at
    if lights is not None and lights >= screening.ends_at:
        return lights
    return screening.ends_at + dt.timedelta(minutes=room.late_minutes)


def check(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    verdict = check_after_the_film(notice, about)
    if verdict is TRUE_AND_WANTED and about.of_showing(talk_at) is None:
        return no_longer_true(OVER)
    return verdict


def context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    room = about.of_showing(talk_at)
    assert room is not None  # `check` has just seen it.
    return {
        **showing_context(about.screening, now),
        "code": room.code,
        "has_door_code": bool(room.door_code),
        "room_url": settings.BASE_URL + reverse("room", args=[room.code]),
    }


def counted_while_it_talks(about: Attendance) -> CountedFor:
    """Counted towards the theater's day, and never held to the next: the talk is now."""
    room, counted = about.of_showing(talk_at), counted_for(about)
    return replace(counted, happens_at=_told_from(room, about.screening) + USEFUL_FOR) if room else counted


def alike(notice: Notice, about: Attendance) -> Hashable:
    return as_it_stands(about.screening), about.of_showing(talk_at)


DISCUSSION_OPEN = Kind(
    code=CODE,
    name="The discussion is open",
    template="emails/discussion_open.html",
    context=context,
    check=check,
    private=private_link,
    mail_list=PROMPTS,
    zone=zone_of,
    alike=alike,
    counted_for=counted_while_it_talks,
)
