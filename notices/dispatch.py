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
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.utils import timezone, translation

from . import channels, ledger, mail_merge
from .busy import busy_until
from .daily_cap import held_over_the_cap
from .delivery import RETRY_AFTER, Answer, Ending, Fate, fate, fate_after, no_longer_true
from .doubts import Doubts, doubts_of_this_process
from .kinds import About, Kind, kind_of, load_subjects
from .ledger import Claim, Ended
from .letters import Letter, compose
from .mail import private_values, write_mail
from .mail_merge import Merge, Outgoing
from .marks import mark
from .models import Notice
from .post import Post, open_post, takes_bytes
from .quiet_hours import quiet_until
from .smtp_line import Done, Errand, Event, NotReached, Ready, Reply, Unbegun
from .suppression import IS_SUPPRESSED, closed_to
from .wishes import Refusal, is_refused, refusals

log = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]

CHUNK = 200
# How long the clerk listens before it looks after its lease again.
PATIENCE_SECONDS = 0.5
# How long it listens when something could be done meanwhile.
MOMENT_SECONDS = 0.005
# What a notice hangs on is read again after this time.
LOOK_IS_GOOD_FOR = dt.timedelta(seconds=1)
# New connections lost one after the other, before the mail server is taken to be away.
LOSSES_IN_A_ROW = 3


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
    """Send what is due, chunk by chunk, until nothing is or the time is up.

    Urgent rows come first in every chunk.
    """
    tally, stop_at = Tally(), clock() + for_at_most
    doubts = doubts_of_this_process(settings.NOTICE_IN_DOUBT)
    with open_post() as post:
        while clock() < stop_at:
            claim = ledger.claim(clock(), limit=CHUNK, lease_for=lease_for(), urgent_only=urgent_only)
            if not claim.notices:
                break
            Round(claim, post, doubts, clock, tally).deliver()
    return tally


class Round:
    """One claimed chunk on its way out: the clerk's side of `post`.

    No more than `NOTICE_IN_DOUBT` messages of this process (1, by default) are between the commit that says that they
    start and the commit that says how they ended; the end of one and the start of the next are one statement, and so
    one commit. Before that the envelopes of the next are asked for, over as many lines as that takes. Whoever kills this
    process leaves no more in doubt than that.

    What acts change (a showing moves, somebody leaves a list) takes the row back in the same transaction, and that
    statement does not start it. All else that a notice hangs on was read a second before its start, at most.
    """

    def __init__(self, claim: Claim, post: Post, doubts: Doubts, clock: Clock, tally: Tally) -> None:
        self.lease, self.post, self.doubts, self.clock, self.tally = claim.lease, post, doubts, clock, tally
        self.waiting = deque(claim.notices)
        self.written: deque[Errand] = deque()
        self.asked: set[Errand] = set()
        self.ready: deque[Errand] = deque()
        self.started: set[Errand] = set()
        self.unwritten: list[Ended] = []
        self.places = 0
        self.losses = 0
        self.heard = True
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
        finally:
            self.doubts.give_back(self.places)

    def _deliver(self) -> None:
        self._look()
        self._hold_over_the_cap()
        while self.waiting or self.written or self.asked or self.ready or self.started or self.unwritten:
            self._keep_hold()
            events = self._give_out()
            self._write_ahead()
            events += self.post.hear(0 if events else self._patience())
            self._note(events)
            self._mark()

    def _look(self) -> None:
        """Read afresh what the fate of each that has not started hangs on: a few queries for the whole chunk."""
        under_way = (errand.notice for errand in (*self.written, *self.asked, *self.ready))
        self.looks = look_at([*self.waiting, *under_way], self.clock())

    def _hold_over_the_cap(self) -> None:
        """What its theater has no room for today waits; the rest of the chunk is counted."""
        sending = [n for n in self.waiting if self.looks[n.pk].fate.ending is Ending.SEND]
        abouts = {notice.pk: self.looks[notice.pk].about for notice in sending}
        over = held_over_the_cap(sending, abouts, self.clock())
        self.unwritten += [Ended(notice, over[notice.pk]) for notice in sending if notice.pk in over]
        self.waiting = deque(notice for notice in self.waiting if notice.pk not in over)

    def _is_to_go(self, notice: Notice) -> bool:
        """What the look said. What is not true, wanted or timely any more ends here."""
        fate = self.looks[notice.pk].fate
        if fate.ending is Ending.SEND:
            return True
        self.unwritten.append(Ended(notice, fate))
        return False

    def _keep_hold(self) -> None:
        """Renew the lease when a quarter of it is gone: a slow server must not let the rest of the chunk slip."""
        now = self.clock()
        if self.held_until - now < lease_for() * 0.75:
            ledger.renew(self.lease, now, lease_for())
            self.held_until = now + lease_for()

    # --- towards the mail server ---------------------------------------------------------------------------------

    @property
    def _wants_more_lines(self) -> bool:
        """Whether messages could start, and none is ready."""
        return bool(self.waiting or self.written) and not self.ready and len(self.started) < self.doubts.most

    def _give_out(self) -> list[Event]:
        """Ask for the envelopes of the next; over more lines where nothing was heard while a message could start."""
        events: list[Event] = []
        if self._wants_more_lines and not self.post.has_room and not (self.asked and self.heard):
            self._grow()
        while self.post.has_room and (errand := self._next()):
            self.asked.add(errand)
            events += self.post.offer(errand)
        return events + self.post.flush()

    def _grow(self) -> None:
        try:
            self.post.grow()
        except NotReached as error:
            self._all_wait(str(error))

    def _next(self) -> Errand | None:
        while self.written:
            if self._is_to_go((errand := self.written.popleft()).notice):
                return errand
        while self.waiting:
            notice = self.waiting.popleft()
            if self._is_to_go(notice) and (mail := self._mail_of(notice)):
                return Errand(notice, mail)
        return None

    def _write_ahead(self) -> None:
        """Write the next mail while the server thinks."""
        if not self.written and (errand := self._next()):
            self.written.append(errand)

    def _mail_of(self, notice: Notice) -> Outgoing | EmailMessage | None:
        """The mail of a notice; None where it could not be written, which ends it."""
        kind = kind_of(notice.kind)
        if kind is None:
            self.unwritten.append(Ended(notice, _nobody_writes(notice, self.clock()), tries=1))
            return None
        try:
            return self.scribe.write(kind, notice, self.looks[notice.pk].about)
        except Exception as error:
            log.exception("Notice %s (%s) cannot be written.", notice.pk, notice.kind)
            failed = Fate(Ending.FAILED, f"It cannot be written: {error}")
            self.unwritten.append(Ended(notice, failed, tries=1))
            return None

    # --- from the mail server ------------------------------------------------------------------------------------

    def _patience(self) -> float:
        """How long to listen before something else is to be done."""
        if self.ready and not self.started:
            return 0
        if self.unwritten or self._wants_more_lines:
            return MOMENT_SECONDS
        return PATIENCE_SECONDS

    def _note(self, events: Collection[Event]) -> None:
        self.heard = bool(events)
        for event in events:
            if isinstance(event, Ready):
                self.asked.discard(event.errand)
                self.ready.append(event.errand)
            elif isinstance(event, Done):
                self._note_end(event)
            else:
                self._note_loss(event)

    def _note_end(self, event: Done) -> None:
        self.losses = 0
        self.asked.discard(event.errand)
        self.started.discard(event.errand)
        self.unwritten.append(self._ended(event.errand.notice, event.reply))

    def _note_loss(self, event: Unbegun) -> None:
        """A line was lost before the message began: over another one, where it had carried others before, as servers
        hang up when they have waited. A new line that is lost counts against the message, which may be why; some
        in a row against the server."""
        self.asked.discard(event.errand)
        if event.errand in self.ready:
            self.ready.remove(event.errand)
        if not event.is_new:
            self.written.appendleft(event.errand)
            return
        self.losses += 1
        gone = Reply(Answer.REFUSED_FOR_NOW, event.said)
        self.unwritten.append(self._ended(event.errand.notice, gone))
        if self.losses >= LOSSES_IN_A_ROW:
            self._all_wait(event.said)

    def _ended(self, notice: Notice, reply: Reply) -> Ended:
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

    def _all_wait(self, said: str) -> None:
        """The mail server is away: what has not been asked for waits for it."""
        left = [*(errand.notice for errand in self.written), *self.waiting]
        self.written.clear()
        self.waiting.clear()
        log.warning("%s %d notices wait.", said, len(left))
        away = Reply(Answer.REFUSED_FOR_NOW, said)
        self.unwritten += [self._ended(notice, away) for notice in left if self._is_to_go(notice)]

    # --- in the ledger -------------------------------------------------------------------------------------------

    def _mark(self) -> None:
        """One statement: how messages ended, and which start. It is committed before any does."""
        if self.ready and self.clock() >= min(self.looks[e.notice.pk].good_until for e in self.ready):
            self._look()
        self._drop_what_need_not_go()
        if self.heard and self.asked and not self.ready:
            return  # The next may be ready in a moment, and goes into the same statement.
        starting = self._take_places()
        if starting or self.unwritten:
            self._commit(starting)
        self._give_places_back()

    def _commit(self, starting: Sequence[Errand]) -> None:
        good_until = time.monotonic() + lease_for().total_seconds() / 2
        begun = self._write_down([errand.notice for errand in starting])
        for errand in starting:
            self._start(errand, errand.notice.pk in begun and time.monotonic() < good_until)
        self._look_into([errand.notice for errand in starting if errand.notice.pk not in begun])

    def _drop_what_need_not_go(self) -> None:
        for errand in list(self.ready):
            if not self._is_to_go(errand.notice):
                self.ready.remove(errand)
                self.post.drop(errand)

    def _take_places(self) -> list[Errand]:
        """Those of the ready that may be in doubt now. Where another thread of this process waits for its turn, it has
        it first."""
        free = self.places - len(self.started)
        if free and self.doubts.is_awaited:
            return []
        if free < len(self.ready):
            patience = 0 if self.started or self.unwritten else PATIENCE_SECONDS
            taken = self.doubts.take(len(self.ready) - free, patience)
            self.places, free = self.places + taken, free + taken
        return [self.ready.popleft() for _ in range(min(free, len(self.ready)))]

    def _start(self, errand: Errand, may_start: bool) -> None:
        """Start a message that the ledger knows to start; a yes that comes late counts for nothing, as the notice may be
        another worker's by now."""
        if may_start:
            self.started.add(errand)
            self.post.start(errand)
        else:
            self.post.drop(errand)

    def _look_into(self, notices: Collection[Notice]) -> None:
        """What might not start is lost to somebody else, or its time is over: then that is written."""
        if notices:
            looks = look_at(notices, self.clock())
            gone = [n for n in notices if looks[n.pk].fate.ending is not Ending.SEND]
            self.unwritten += [Ended(notice, looks[notice.pk].fate) for notice in gone]

    def _write_down(self, starting: Collection[Notice] = ()) -> set[int]:
        ended = self.unwritten
        begun = mark(ended, starting, self.lease, self.clock(), lease_for())
        self.unwritten = []
        for one in ended:
            self.tally.count(one.fate)
        return begun

    def _give_places_back(self) -> None:
        surplus, self.places = self.places - len(self.started), len(self.started)
        self.doubts.give_back(surplus)

    def _save_what_was_sent(self) -> None:
        """The database has gone: nothing else begins, what is under way ends, and how is written when it is back."""
        while self.started:
            self._note(self.post.hear(PATIENCE_SECONDS))
        give_up_at = time.monotonic() + lease_for().total_seconds() / 2
        while self.unwritten and time.monotonic() < give_up_at:
            connection.close()
            with contextlib.suppress(DatabaseError):
                self._write_down()
                return
            time.sleep(0.1)


class Scribe:
    """Writes the mails of one round: one letter and one MIME message for all that are alike."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._merges: dict[Hashable, Merge | None] = {}
        self._takes_bytes = takes_bytes()

    def write(self, kind: Kind, notice: Notice, about: About) -> Outgoing | EmailMessage:
        """The mail of a notice. Raises whatever says that it cannot be written (`mail.CannotBeWritten`,
        BadHeaderError, a template's or a kind's own mistake)."""
        merge = self._merge(kind, notice, about) if self._takes_bytes else None
        if merge and (filled := merge.fill(kind, notice, about)):
            return filled
        with translation.override(notice.language):
            if not self._takes_bytes:
                letter = self._compose(kind, notice, about).filled(private_values(kind, notice, about))
                return write_mail(kind, notice, letter, kind.attachments(notice, about))
            letter = self._compose(kind, notice, about)
            return mail_merge.alone(kind, notice, about, letter, kind.attachments(notice, about))

    def _compose(self, kind: Kind, notice: Notice, about: About) -> Letter:
        return compose(kind, notice, about, self.clock())

    def _merge(self, kind: Kind, notice: Notice, about: About) -> Merge | None:
        if kind.alike is None:
            return None
        key = (kind.code, notice.language, kind.alike(notice, about))
        if key not in self._merges:
            with translation.override(notice.language):
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
    """What was found for a notice: its fate, what it is about (None where that is gone), and until when that counts:
    a second at most, and not at all where within that second the clock alone makes it another."""

    fate: Fate
    about: About
    good_until: dt.datetime


def look_at(notices: Collection[Notice], now: dt.datetime) -> dict[int, Look]:
    """The fate of each of `notices` at `now`, everything that it hangs on read afresh: by notice id.

    A fixed number of queries for any number of notices, and those that a kind's own check makes.
    """
    people = {notice.person_id for notice in notices if notice.person_id}
    proved = {n.address: n.person.confirmed_at if n.person else None for n in notices}
    found = _Found(
        abouts=load_subjects(notices),
        left=refusals(people),
        closed=closed_to(proved),
    )
    later = now + LOOK_IS_GOOD_FOR
    judge_now, judge_later = _Judge(found, people, now), _Judge(found, people, later)
    looks = {}
    for notice in notices:
        fate = judge_now.fate_of(notice)
        stays = fate.ending is not Ending.SEND or judge_later.fate_of(notice) == fate
        looks[notice.pk] = Look(fate, found.abouts.get(notice.pk), later if stays else now)
    return looks


@dataclass(frozen=True)
class _Found:
    """What the database says: what notices are about, who has left which list, which addresses are closed."""

    abouts: Mapping[int, About]
    left: Collection[Refusal]
    closed: Collection[str]


class _Judge:
    """Says what becomes of notices at one instant."""

    def __init__(self, found: _Found, people: Collection[int], at: dt.datetime) -> None:
        self.found, self.at = found, at
        self.busy = busy_until(people, at)

    def fate_of(self, notice: Notice) -> Fate:
        """The fate of one notice. One that cannot be judged waits by itself, and holds nobody else up."""
        if notice.address in self.found.closed:
            return Fate(Ending.DECLINED, IS_SUPPRESSED)
        busy = self.busy.get(notice.person_id) if notice.person_id else None
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
