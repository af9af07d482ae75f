"""A round: claimed notices on their way out, and no more of them in doubt at once than may be."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection

from . import ledger
from .daily_cap import held_over_the_cap
from .delivery import Answer, Ending, Fate, fate_after
from .doubts import Doubts
from .kinds import kind_of
from .ledger import Claim, Ended
from .looks import Look, look_at, nobody_writes
from .mail_merge import Outgoing
from .marks import begin_to_mark
from .models import Notice
from .post import Post
from .scribe import Scribe
from .smtp_line import Done, Errand, Event, NotReached, Ready, Reply, Unbegun

log = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]

# How long the clerk listens before it looks after its lease again.
PATIENCE_SECONDS = 0.5
# How long it listens when something could be done meanwhile.
MOMENT_SECONDS = 0.005
# More is claimed when fewer than this wait.
LOW = 20
# Mails written ahead while the database writes.
AHEAD = 2
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


class Supply(Protocol):
    """Where a round has its notices from."""

    @property
    def has_more(self) -> bool: ...

    def claim(self, lease: uuid.UUID | None = None) -> Claim:
        """Some more, under a lease that is held already, or a new one."""


class Round:
    """What one worker has claimed on its way out, and what it claims along the way: the clerk's side of `post`.

    No more than `NOTICE_IN_DOUBT` messages of this process (1, by default) are between the commit that says that they
    start and the commit that says how they ended; the end of one and the start of the next are one statement, and so
    one commit. Before that the envelopes of the next are asked for, over as many lines as that takes. Whoever kills this
    process leaves no more in doubt than that.

    What acts change (a showing moves, somebody leaves a list) takes the row back in the same transaction, and that
    statement does not start it. All else that a notice hangs on was read a second before its start, at most.
    """

    def __init__(
        self, claim: Claim, supply: Supply, post: Post, doubts: Doubts, clock: Clock, tally: Tally
    ) -> None:
        self.claim, self.supply, self.post, self.doubts = claim, supply, post, doubts
        self.clock, self.tally = clock, tally
        self.waiting: deque[Notice] = deque()
        self.written: deque[Errand] = deque()
        self.asked: set[Errand] = set()
        self.ready: deque[Errand] = deque()
        self.started: set[Errand] = set()
        self.unwritten: list[Ended] = []
        self.places = 0
        self.losses = 0
        self.heard = True
        self.lease_for = lease_for()
        self.held_until = clock() + self.lease_for
        self.scribe = Scribe(clock)
        self.looks: dict[int, Look] = {}

    def deliver(self) -> None:
        """Every notice to its fate. Where the mail server is not there, all wait for it.

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
        self._take_in(self.claim.notices)
        while self.waiting or self.written or self.asked or self.ready or self.started or self.unwritten:
            self._keep_hold()
            events = self._give_out()
            self._take_more()
            self._write_ahead()
            events += self.post.hear(0 if events else self._patience())
            self._note(events)
            self._mark()

    def _take_more(self) -> None:
        """Before the last of what was claimed is on its way, so that the mail server never waits for the database."""
        if len(self.waiting) < LOW and self.supply.has_more and self.clock() < self.held_until:
            self._take_in(self.supply.claim(self.claim.lease).notices)

    def _take_in(self, notices: Collection[Notice]) -> None:
        """Look at what has been claimed: a few queries for all. What its theater has no room for today waits."""
        looks = look_at(notices, self.clock())
        self.looks = {notice.pk: self.looks[notice.pk] for notice in self._unstarted()} | looks
        self.scribe = Scribe(self.clock)
        sending = [notice for notice in notices if looks[notice.pk].fate.ending is Ending.SEND]
        abouts = {notice.pk: looks[notice.pk].about for notice in sending}
        over = held_over_the_cap(sending, abouts, self.clock())
        self.unwritten += [Ended(notice, over[notice.pk]) for notice in sending if notice.pk in over]
        self.waiting += (notice for notice in notices if notice.pk not in over)

    def _unstarted(self) -> list[Notice]:
        return [*self.waiting, *(errand.notice for errand in (*self.written, *self.asked, *self.ready))]

    def _look_again(self) -> None:
        """Read afresh what the fate of each that has not started hangs on."""
        self.looks = look_at(self._unstarted(), self.clock())

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
        if self.held_until - now < self.lease_for * 0.75:
            ledger.renew(self.claim.lease, now, self.lease_for)
            self.held_until = now + self.lease_for

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

    def _write_meanwhile(self) -> None:
        """Write mails that ask the database nothing: those whose like has been written."""
        while len(self.written) < AHEAD and self.waiting:
            notice = self.waiting[0]
            look = self.looks[notice.pk]
            if look.fate.ending is not Ending.SEND or not self.scribe.knows(notice, look.about):
                break
            self.waiting.popleft()
            if mail := self._mail_of(notice):
                self.written.append(Errand(notice, mail))

    def _mail_of(self, notice: Notice) -> Outgoing | EmailMessage | None:
        """The mail of a notice; None where it could not be written, which ends it."""
        kind = kind_of(notice.kind)
        if kind is None:
            self.unwritten.append(Ended(notice, nobody_writes(notice, self.clock()), tries=1))
            return None
        try:
            return self.scribe.write(kind, notice, self.looks[notice.pk].about)
        except DatabaseError:
            raise  # It is not the letter's fault: whoever claims the notice next writes it.
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
            self._look_again()
        self._drop_what_need_not_go()
        if self.heard and self.asked and not self.ready:
            return  # The next may be ready in a moment, and goes into the same statement.
        starting = self._take_places()
        if starting or self.unwritten:
            self._commit(starting)
        self._give_places_back()

    def _commit(self, starting: Sequence[Errand]) -> None:
        good_until = time.monotonic() + self.lease_for.total_seconds() / 2
        lost: list[Event] = []
        begun = self._write_down(
            [errand.notice for errand in starting], lambda: lost.extend(self._load(starting))
        )
        gone = {event.errand for event in lost}
        for errand in starting:
            if errand not in gone:
                self._start(errand, errand.notice.pk in begun and time.monotonic() < good_until)
        self._note(lost)
        self._look_into([errand.notice for errand in starting if errand.notice.pk not in begun])

    def _load(self, starting: Sequence[Errand]) -> list[Event]:
        """While the database writes that they start, let messages go ahead up to the dot that ends them."""
        for errand in starting:
            self.post.load(errand)
        return self.post.flush()

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

    def _write_down(
        self, starting: Collection[Notice] = (), meanwhile: Callable[[], object] = lambda: None
    ) -> set[int]:
        """Gives the ids of those that may start. While the database writes, `meanwhile` is done and the next mail is
        made; where that asks the database after all, the mark is waited for first."""
        ended, self.unwritten = self.unwritten, []
        try:
            committed = begin_to_mark(ended, starting, self.claim.lease, self.clock(), self.lease_for)
            begun: set[int] | None = None

            def wait_first(execute: Callable[..., object], *asked: object) -> object:
                nonlocal begun
                begun = committed() if begun is None else begun
                return execute(*asked)

            try:
                with connection.execute_wrapper(wait_first):
                    meanwhile()
                    self._write_meanwhile()
            finally:
                begun = committed() if begun is None else begun
        except DatabaseError:
            self.unwritten = ended + self.unwritten
            raise
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
        give_up_at = time.monotonic() + self.lease_for.total_seconds() / 2
        while self.unwritten and time.monotonic() < give_up_at:
            connection.close()
            with contextlib.suppress(DatabaseError):
                self._write_down()
                return
            time.sleep(0.1)
