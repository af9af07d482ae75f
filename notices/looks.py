"""The last look at notices before they go: everything that their fate hangs on is read afresh."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from . import channels
from .busy import Busy, busy_between, until_at
from .delivery import RETRY_AFTER, Answer, Ending, Fate, fate, fate_after, no_longer_true
from .kinds import About, Kind, kind_of, load_subjects
from .models import Notice
from .quiet_hours import quiet_until
from .suppression import IS_SUPPRESSED, closed_to
from .wishes import Refusal, is_refused, refusals

log = logging.getLogger(__name__)

# What a notice hangs on is read again after this time.
LOOK_IS_GOOD_FOR = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Look:
    """What was found for a notice: its fate, what it is about (None where that is gone), and until when that counts:
    a second at most, and not at all where within that second the clock alone makes it another."""

    fate: Fate
    about: About
    good_until: dt.datetime


def look_at(notices: Collection[Notice], now: dt.datetime) -> dict[int, Look]:
    """The fate of each of `notices` at `now`, everything that it hangs on read afresh: by notice id.

    A fixed number of queries for any number of notices, and those that a kind's own check makes.
    """
    later = now + LOOK_IS_GOOD_FOR
    people = {notice.person_id for notice in notices if notice.person_id}
    proved = {n.address: n.person.confirmed_at if n.person else None for n in notices}
    found = _Found(
        abouts=load_subjects(notices),
        left=refusals(people),
        closed=closed_to(proved),
        busy=busy_between(people, now, later),
    )
    judge_now, judge_later = _Judge(found, now), _Judge(found, later)
    looks = {}
    for notice in notices:
        fate = judge_now.fate_of(notice)
        stays = fate.ending is not Ending.SEND or judge_later.fate_of(notice) == fate
        looks[notice.pk] = Look(fate, found.abouts.get(notice.pk), later if stays else now)
    return looks


@dataclass(frozen=True)
class _Found:
    """What the database says: what notices are about, who has left which list, which addresses are closed, who sits
    in a film."""

    abouts: Mapping[int, About]
    left: Collection[Refusal]
    closed: Collection[str]
    busy: Collection[Busy]


class _Judge:
    """Says what becomes of notices at one instant."""

    def __init__(self, found: _Found, at: dt.datetime) -> None:
        self.found, self.at = found, at
        self.busy_until = until_at(found.busy, at)

    def fate_of(self, notice: Notice) -> Fate:
        """The fate of one notice. One that cannot be judged waits by itself, and holds nobody else up."""
        if notice.address in self.found.closed:
            return Fate(Ending.DECLINED, IS_SUPPRESSED)
        busy = self.busy_until.get(notice.person_id) if notice.person_id else None
        try:
            return _fate(notice, self.found.abouts.get(notice.pk), self.at, busy, self.found.left)
        except Exception as error:
            log.exception("Notice %s (%s) cannot be judged.", notice.pk, notice.kind)
            return _mend_first(notice, self.at, f"It cannot be judged: {error!r}")


def _fate(
    notice: Notice,
    about: About,
    now: dt.datetime,
    busy: dt.datetime | None,
    left: Collection[Refusal],
) -> Fate:
    kind = kind_of(notice.kind)
    if kind is None:
        return Fate(Ending.SEND)
    if not channels.is_known(notice.channel):
        return _mend_first(notice, now, f"Nobody here carries “{notice.channel}”.")
    return fate(
        kind.check(notice, about, now) if about is not None else no_longer_true("What it is about is gone."),
        now=now,
        useful_until=notice.useful_until,
        in_doubt=notice.in_doubt,
        is_wanted=not is_refused(left, notice.person_id, kind, notice.channel),
        quiet_until=None if about is None else _quiet_until(kind, about, now),
        busy_until=None if kind.answers else busy,
    )


def _quiet_until(kind: Kind, about: About, now: dt.datetime) -> dt.datetime | None:
    zone = None if kind.answers or kind.zone is None else kind.zone(about)
    if zone is None:
        return None
    return quiet_until(now, zone, kind.news_of_start(about) if kind.news_of_start else None)


def nobody_writes(notice: Notice, now: dt.datetime) -> Fate:
    """A kind that this process does not know waits for one that does (a newer release, say)."""
    return _mend_first(notice, now, f"Nobody here knows how to write “{notice.kind}”.")


def _mend_first(notice: Notice, now: dt.datetime, said: str) -> Fate:
    """Wait as long as between late retries: only a person can mend this."""
    return fate_after(
        Answer.REFUSED_FOR_NOW,
        said,
        now=now,
        useful_until=notice.useful_until,
        attempts=len(RETRY_AFTER),
        in_doubt=notice.in_doubt,
    )
