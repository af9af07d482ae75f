"""The way of a notice out of the house: claimed, looked at again, written, handed to the mail server, settled.

Celery rings `work_off` and a plain loop can ring it as well: whoever runs it claims for itself, so that a bell
that is lost costs nothing but the time to the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from . import channels, ledger, mail_merge
from .busy import busy_until
from .carriers import Carriers, Done, Errand, Event, Ready, Unreached, carriers
from .daily_cap import held_over_the_cap
from .delivery import RETRY_AFTER, Answer, Ending, Fate, fate, fate_after, no_longer_true
from .kinds import About, Kind, kind_of, load_subjects
from .ledger import Claim, Ended
from .letters import Letter, compose
from .mail import private_values, write_mail
from .mail_merge import Merge, Outgoing
from .models import Notice
from .post import takes_bytes
from .quiet_hours import quiet_until
from .suppression import IS_SUPPRESSED, closed_to
from .wishes import Refusal, is_refused, refusals

log = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]

CHUNK = 100
# How long the clerk listens before it looks after its lease again.
PATIENCE_SECONDS = 0.5


@dataclass
class Tally:
    """How many notices ended how in one run."""

    by_ending: dict[str, int] = field(default_factory=dict)

    def count(self, fate: Fate) -> None:
        self.by_ending[fate.ending.name.lower()] = self.by_ending.get(fate.ending.name.lower(), 0) + 1

    @property
    def total(self) -> int:
        return sum(self.by_ending.values())


def lease_for() -> dt.timedelta:
    """How long a claim lasts: longer than the two answers of a mail server that one transmission waits for."""
    return dt.timedelta(seconds=settings.NOTICE_LEASE_SECONDS)


def work_off(
    *,
    urgent_only: bool = False,
    for_at_most: dt.timedelta = dt.timedelta(seconds=30),
    clock: Clock = timezone.now,
) -> Tally:
    """Send what is due, chunk by chunk, over up to `NOTICE_CONNECTIONS` connections, until nothing is or the time is
    up.

    Urgent rows come first in every chunk.
    """
    tally, stop_at = Tally(), clock() + for_at_most
    with carriers(settings.NOTICE_CONNECTIONS) as crew:
        while clock() < stop_at:
            claim = ledger.claim(clock(), limit=CHUNK, lease_for=lease_for(), urgent_only=urgent_only)
            if not claim.notices:
                break
            Round(claim, crew, clock, tally).deliver()
    return tally


class Round:
    """One claimed chunk on its way out.

    The clerk's side of `carriers`: all that the carriers say at one time is answered by one look and written in one
    transaction, which is committed before any of them may start.
    """

    def __init__(self, claim: Claim, crew: Carriers, clock: Clock, tally: Tally) -> None:
        self.lease, self.crew, self.clock, self.tally = claim.lease, crew, clock, tally
        self.waiting = deque(claim.notices)
        self.under_way = 0
        self.unwritten: list[Ended] = []
        self.held_until = clock() + lease_for()
        self.scribe = Scribe(clock)

    def deliver(self) -> None:
        """Every notice of the chunk to its fate. Where the mail server is not there, all wait for it.

        Raises DatabaseError where the database went away, having written down first, if it is back within half a
        lease, what the mail server had taken by then.
        """
        try:
            self._deliver()
        except DatabaseError:
            self._save_what_was_sent()
            raise

    def _deliver(self) -> None:
        self._end_what_need_not_go()
        while self.waiting or self.under_way:
            self._keep_hold()
            self._give_out()
            if self.under_way:
                self._attend(self.crew.hear(PATIENCE_SECONDS))

    def _end_what_need_not_go(self) -> None:
        """What is not true, wanted or timely any more needs no letter: a few queries for the whole chunk."""
        looks = look_at(self.waiting, self.clock())
        self.abouts = {pk: look.about for pk, look in looks.items()}
        ended = [n for n in self.waiting if looks[n.pk].fate.ending is not Ending.SEND]
        self._write_down([Ended(notice, looks[notice.pk].fate) for notice in ended])
        sending = [n for n in self.waiting if looks[n.pk].fate.ending is Ending.SEND]
        over = held_over_the_cap(sending, self.abouts, self.clock())
        self._write_down([Ended(n, over[n.pk]) for n in sending if n.pk in over])
        self.waiting = deque(n for n in sending if n.pk not in over)

    def _keep_hold(self) -> None:
        """Renew the lease when a quarter of it is gone: a slow server must not let the rest of the chunk slip."""
        now = self.clock()
        if self.held_until - now < lease_for() * 0.75:
            ledger.renew(self.lease, now, lease_for())
            self.held_until = now + lease_for()

    def _give_out(self) -> None:
        """Keep every carrier busy."""
        while self.waiting and self.under_way < self.crew.most:
            notice = self.waiting.popleft()
            if mail := self._mail_of(notice):
                self.crew.hand(Errand(notice, mail), self.under_way)
                self.under_way += 1

    def _mail_of(self, notice: Notice) -> Outgoing | EmailMessage | None:
        """The mail of a notice; None where it could not be written, which ends it."""
        kind = kind_of(notice.kind)
        if kind is None:
            self._write_down([Ended(notice, _nobody_writes(notice, self.clock()), tries=1)])
            return None
        try:
            return self.scribe.write(kind, notice, self.abouts[notice.pk])
        except Exception as error:
            log.exception("Notice %s (%s) cannot be written.", notice.pk, notice.kind)
            failed = Fate(Ending.FAILED, f"It cannot be written: {error}")
            self._write_down([Ended(notice, failed, tries=1)])
            return None

    def _attend(self, events: Sequence[Event]) -> None:
        """Answer everything that carriers said at one time."""
        ready = [event.errand for event in events if isinstance(event, Ready)]
        self.under_way -= len(events) - len(ready)
        self._note_endings(events)
        begun = self._start(ready)
        for errand in ready:
            errand.answer(errand.notice.pk in begun, good_for=lease_for().total_seconds() / 2)
        for event in events:
            if isinstance(event, Unreached):
                self._without(event)

    def _note_endings(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Done) and (ended := self._ended(event)):
                self.unwritten.append(ended)

    def _save_what_was_sent(self) -> None:
        """The database has gone: nothing else begins, what is under way ends, and how is written when it is back."""
        self.crew.call_back()
        while self.under_way:
            events = self.crew.hear(PATIENCE_SECONDS)
            for event in events:
                if isinstance(event, Ready):
                    event.errand.answer(yes=False)
            self.under_way -= sum(not isinstance(event, Ready) for event in events)
            self._note_endings(events)
        give_up_at = time.monotonic() + lease_for().total_seconds() / 2
        while self.unwritten and time.monotonic() < give_up_at:
            connection.close()
            with contextlib.suppress(DatabaseError):
                self._write_down(self.unwritten)
                return
            time.sleep(0.1)

    def _start(self, ready: Sequence[Errand]) -> set[int]:
        """Look once more, with everything read afresh; then, in one transaction, how others ended and which of
        `ready` start: their ids."""
        now = self.clock()
        looks = look_at([errand.notice for errand in ready], now) if ready else {}
        wanted = [e.notice for e in ready if looks[e.notice.pk].fate.ending is Ending.SEND]
        stopped = [
            Ended(e.notice, f) for e in ready if (f := looks[e.notice.pk].fate).ending is not Ending.SEND
        ]
        with transaction.atomic():
            self._write_down([*self.unwritten, *stopped])
            begun = ledger.begin(wanted, self.lease, now, lease_for())
        self.unwritten = []
        return begun

    def _ended(self, event: Done) -> Ended | None:
        """How a transmission ended; None where it never started, which is settled already."""
        notice, reply = event.errand.notice, event.reply
        if reply.answer is None:
            return None
        doubts = int(reply.answer is Answer.NO_ANSWER)
        after = fate_after(
            reply.answer,
            reply.said,
            now=self.clock(),
            useful_until=notice.useful_until,
            attempts=notice.attempts + 1,
            in_doubt=notice.in_doubt + doubts,
        )
        return Ended(notice, after, tries=1, doubts=doubts)

    def _write_down(self, ended: Collection[Ended]) -> None:
        ledger.settle(ended, self.lease, self.clock())
        for one in ended:
            self.tally.count(one.fate)

    def _without(self, event: Unreached) -> None:
        """A carrier has left. While others have a server to talk to its errand is theirs; else everything waits."""
        self.waiting.appendleft(event.errand.notice)
        if self.crew.at_work:
            return
        log.warning("%s %d notices wait.", event.said, len(self.waiting))
        wait = partial(fate_after, Answer.REFUSED_FOR_NOW, event.said, now=self.clock())
        self._write_down(
            [
                Ended(
                    n,
                    wait(useful_until=n.useful_until, attempts=n.attempts + 1, in_doubt=n.in_doubt),
                    tries=1,
                )
                for n in self.waiting
            ]
        )
        self.waiting.clear()


class Scribe:
    """Writes the mails of one round: one letter and one MIME message for all that are alike."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._merges: dict[Hashable, Merge | None] = {}
        self._takes_bytes = takes_bytes()

    def write(self, kind: Kind, notice: Notice, about: About) -> Outgoing | EmailMessage:
        """The mail of a notice. Raises whatever says that it cannot be written (`mail.CannotBeWritten`,
        BadHeaderError, a template's or a kind's own mistake)."""
        with translation.override(notice.language):
            if not self._takes_bytes:
                letter = self._compose(kind, notice, about).filled(private_values(kind, notice, about))
                return write_mail(kind, notice, letter, kind.attachments(notice, about))
            merge = self._merge(kind, notice, about)
            if merge and (filled := merge.fill(kind, notice, about)):
                return filled
            letter = self._compose(kind, notice, about)
            return mail_merge.alone(kind, notice, about, letter, kind.attachments(notice, about))

    def _compose(self, kind: Kind, notice: Notice, about: About) -> Letter:
        return compose(kind, notice, about, self.clock())

    def _merge(self, kind: Kind, notice: Notice, about: About) -> Merge | None:
        if kind.alike is None:
            return None
        key = (kind.code, notice.language, kind.alike(notice, about))
        if key not in self._merges:
            letter = self._compose(kind, notice, about)
            self._merges[key] = mail_merge.merge_of(
                kind, notice, letter, lambda: kind.attachments(notice, about)
            )
        return self._merges[key]


def _nobody_writes(notice: Notice, now: dt.datetime) -> Fate:
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


@dataclass(frozen=True)
class Look:
    """What was found for a notice: its fate, and what it is about (None where that is gone)."""

    fate: Fate
    about: About


def look_at(notices: Collection[Notice], now: dt.datetime) -> dict[int, Look]:
    """The fate of each of `notices` at `now`, everything that it hangs on read afresh: by notice id.

    A fixed number of queries for any number of notices, and those that a kind's own check makes.
    """
    abouts = load_subjects(notices)
    people = {notice.person_id for notice in notices if notice.person_id}
    busy = busy_until(people, now)
    left = refusals(people)
    closed = closed_to(
        {notice.address: notice.person.confirmed_at if notice.person else None for notice in notices}
    )
    looks = {}
    for notice in notices:
        about = abouts.get(notice.pk)
        if notice.address in closed:
            looks[notice.pk] = Look(Fate(Ending.DECLINED, IS_SUPPRESSED), about)
            continue
        until = busy.get(notice.person_id) if notice.person_id else None
        looks[notice.pk] = Look(_judge(notice, about, now, until, left), about)
    return looks


def _judge(
    notice: Notice,
    about: About,
    now: dt.datetime,
    busy: dt.datetime | None,
    left: Collection[Refusal],
) -> Fate:
    """The fate of one notice. One that cannot be judged waits by itself, and holds nobody else up."""
    try:
        return _fate(notice, about, now, busy, left)
    except Exception as error:
        log.exception("Notice %s (%s) cannot be judged.", notice.pk, notice.kind)
        return _mend_first(notice, now, f"It cannot be judged: {error!r}")


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
    if kind.answers or kind.zone is None:
        return None
    return quiet_until(now, kind.zone(about), kind.news_of_start(about) if kind.news_of_start else None)
