"""The most that goes out about one theater's showings in a day, on its own calendar.

A theater that pastes a wrong week, or whose programme is suddenly on everybody's list, must not make a mail provider
think ill of the whole house. What is over the cap is held to the next morning while it is useful then, says so in the
ledger, and ends in words where its time is over: nothing is lost in the dark. Never held, though counted: answers, and
whatever is about something within the next 36 hours: each reminder, each late cancellation, a talk that is open now.

Counting is a conditional update, so that workers side by side cannot go over it together. A message is counted when it
is about to be handed over for the first time; a retry is the same message.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db.models import F

from .delivery import Ending, Fate, too_late
from .kinds import About, CountedFor, kind_of
from .models import DailyTally, Notice
from .quiet_hours import MORNING, at_hour

SOON = dt.timedelta(hours=36)


def may_wait(counted: CountedFor, now: dt.datetime) -> bool:
    """Whether what is about this can be held to tomorrow at all: not where it happens within 36 hours."""
    at = counted.happens_at
    return at is None or at <= now or at - now > SOON


def next_morning(counted: CountedFor, now: dt.datetime) -> dt.datetime:
    """09:00 of the theater's next day: when its count begins anew and the night is over."""
    return at_hour(now.astimezone(counted.zone).date() + dt.timedelta(days=1), MORNING, counted.zone)


def fate_over_the_cap(
    counted: CountedFor, now: dt.datetime, useful_until: dt.datetime, most: int, in_doubt: int = 0
) -> Fate:
    """What becomes of a notice for which there is no room today."""
    until = next_morning(counted, now)
    said = f"{counted.name} has sent its {most:,} messages of the day"
    if until >= useful_until:
        return too_late(f"{said}, and its time is over by tomorrow.", in_doubt)
    return Fate(Ending.HOLD, f"Waits for tomorrow: {said}.", until)


def held_over_the_cap(
    sending: Collection[Notice], abouts: Mapping[int, About], now: dt.datetime
) -> dict[int, Fate]:
    """Count `sending` towards their theaters' days; gives the fate of those for which there is no room, by notice id.

    A few statements for each theater among them, whatever their number; none where there is no cap.
    """
    most: int = settings.NOTICE_THEATER_DAILY_CAP
    if not most:
        return {}
    by_theater: dict[str, list[tuple[Notice, CountedFor]]] = defaultdict(list)
    for notice in sending:
        if notice.attempts == 0 and (counted := _counted_for(notice, abouts.get(notice.pk))):
            by_theater[counted.key].append((notice, counted))
    held: dict[int, Fate] = {}
    for members in by_theater.values():
        held |= _count(members, now, most)
    return held


def _counted_for(notice: Notice, about: About) -> CountedFor | None:
    kind = kind_of(notice.kind)
    return kind.counted_for(about) if kind and kind.counted_for and about is not None else None


def _count(members: list[tuple[Notice, CountedFor]], now: dt.datetime, most: int) -> dict[int, Fate]:
    """Count those of one theater: first who may not wait, then the others as far as there is room."""
    patient = [(n, c) for n, c in members if may_wait(c, now) and not _answers(n)]
    tally = _tally(members[0][1], now)
    DailyTally.objects.filter(pk=tally.pk).update(count=F("count") + len(members) - len(patient))
    room = _take(tally.pk, len(patient), most)
    return {
        notice.pk: fate_over_the_cap(counted, now, notice.useful_until, most, notice.in_doubt)
        for notice, counted in patient[room:]
    }


def _answers(notice: Notice) -> bool:
    kind = kind_of(notice.kind)
    return kind is not None and kind.answers


def _tally(counted: CountedFor, now: dt.datetime) -> DailyTally:
    day = now.astimezone(counted.zone).date()
    return DailyTally.objects.get_or_create(key=counted.key, day=day, defaults={"name": counted.name})[0]


def _take(pk: int, wanted: int, most: int) -> int:
    """Take room for as many of `wanted` as there is; gives how many. What another worker takes meanwhile is its own."""
    while wanted:
        count = DailyTally.objects.values_list("count", flat=True).get(pk=pk)
        taken = min(wanted, max(0, most - count))
        if not taken:
            return 0
        if DailyTally.objects.filter(pk=pk, count=count).update(count=F("count") + taken):
            return taken
    return 0


def full_today(now: dt.datetime) -> list[str]:
    """Names of the theaters whose cap is reached, for staff: of days that may be today somewhere."""
    most: int = settings.NOTICE_THEATER_DAILY_CAP
    lately = DailyTally.objects.filter(day__gte=now.date() - dt.timedelta(days=1), count__gte=most)
    return sorted(set(lately.values_list("name", flat=True))) if most else []
