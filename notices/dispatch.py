"""The way of a notice out of the house: claimed, looked at again, written, handed to the mail server, settled.

Celery rings `work_off` and a plain loop can ring it as well: whoever runs it claims for itself, so that a bell
that is lost costs nothing but the time to the next one.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from . import ledger
from .busy import busy_until
from .delivery import RETRY_AFTER, Answer, Ending, Fate, fate, fate_after, no_longer_true
from .kinds import About, Kind, kind_of, load_subjects
from .ledger import Claim
from .letters import compose
from .mail import private_values, write_mail
from .models import Notice, Preference
from .post import NotReached, Post
from .quiet_hours import quiet_until

log = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]

CHUNK = 50


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
    """Send what is due, chunk by chunk over one connection, until nothing is or the time is up.

    Urgent rows come first in every chunk.
    """
    tally, stop_at = Tally(), clock() + for_at_most
    with Post() as post:
        while clock() < stop_at:
            claim = ledger.claim(clock(), limit=CHUNK, lease_for=lease_for(), urgent_only=urgent_only)
            if not claim.notices:
                break
            Round(claim, post, clock, tally).deliver()
    return tally


class Round:
    """One claimed chunk on its way out."""

    def __init__(self, claim: Claim, post: Post, clock: Clock, tally: Tally) -> None:
        self.lease, self.post, self.clock, self.tally = claim.lease, post, clock, tally
        self.waiting = list(claim.notices)
        self.held_until = clock() + lease_for()
        self.last_look = Fate(Ending.SEND)

    def deliver(self) -> None:
        """Every notice of the chunk to its fate. Where the mail server is not there, all wait for it."""
        self._end_what_need_not_go()
        while self.waiting:
            notice = self.waiting.pop(0)
            try:
                self._keep_hold()
                self._deliver(notice)
            except NotReached as error:
                self._wait_for_the_server([notice, *self.waiting], str(error))
                self.waiting = []

    def _end_what_need_not_go(self) -> None:
        """What is not true, wanted or timely any more needs no letter: a few queries for the whole chunk."""
        looks = look_at(self.waiting, self.clock())
        self.abouts = {pk: look.about for pk, look in looks.items()}
        for notice in list(self.waiting):
            if looks[notice.pk].fate.ending is not Ending.SEND:
                self._end(notice, looks[notice.pk].fate)
                self.waiting.remove(notice)

    def _keep_hold(self) -> None:
        """Renew the lease when a quarter of it is gone: a slow server must not let the rest of the chunk slip."""
        now = self.clock()
        if self.held_until - now < lease_for() * 0.75:
            ledger.renew(self.lease, now, lease_for())
            self.held_until = now + lease_for()

    def _deliver(self, notice: Notice) -> None:
        kind = kind_of(notice.kind)
        if kind is None:
            return self._end(notice, _nobody_writes(notice, self.clock()), tries=1)
        try:
            mail = self._write(kind, notice)
        except Exception as error:
            log.exception("Notice %s (%s) cannot be written.", notice.pk, notice.kind)
            return self._end(notice, Fate(Ending.FAILED, f"It cannot be written: {error}"), tries=1)
        self._hand_over(notice, mail)

    def _write(self, kind: Kind, notice: Notice) -> EmailMultiAlternatives:
        about = self.abouts[notice.pk]
        with translation.override(notice.person.language):
            letter = compose(kind, notice, about, self.clock())
            private = private_values(kind, notice, about)
            mail = write_mail(kind, notice, letter.filled(private), kind.attachments(notice, about))
        mail.message()  # What cannot be a message (a forged header) fails here, before anything is said.
        return mail

    def _hand_over(self, notice: Notice, mail: EmailMultiAlternatives) -> None:
        reply = self.post.send(mail, lambda: self._may_start(notice))
        if reply.answer is None:
            if self.last_look.ending is not Ending.SEND:
                self._end(notice, self.last_look)
            return
        doubts = int(reply.answer is Answer.NO_ANSWER)
        after = fate_after(
            reply.answer,
            reply.said,
            now=self.clock(),
            useful_until=notice.useful_until,
            attempts=notice.attempts + 1,
            in_doubt=notice.in_doubt + doubts,
        )
        self._end(notice, after, tries=1, doubts=doubts)

    def _may_start(self, notice: Notice) -> bool:
        """Look once more, with everything read afresh, and note that the transmission starts."""
        now = self.clock()
        self.last_look = look_at([notice], now)[notice.pk].fate
        return self.last_look.ending is Ending.SEND and ledger.begin(notice, self.lease, now, lease_for())

    def _end(self, notice: Notice, fate: Fate, *, tries: int = 0, doubts: int = 0) -> None:
        self.tally.count(fate)
        if fate.ending is Ending.HOLD and not fate.is_retry:
            ledger.postpone(notice, self.lease, fate)
        else:
            ledger.settle(notice, self.lease, fate, self.clock(), tries=tries, doubts=doubts)

    def _wait_for_the_server(self, notices: Collection[Notice], said: str) -> None:
        log.warning("%s %d notices wait.", said, len(notices))
        for notice in notices:
            after = fate_after(
                Answer.REFUSED_FOR_NOW,
                said,
                now=self.clock(),
                useful_until=notice.useful_until,
                attempts=notice.attempts + 1,
                in_doubt=notice.in_doubt,
            )
            self._end(notice, after, tries=1)


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
    people = {notice.person_id for notice in notices}
    busy = busy_until(people, now)
    left = set(
        Preference.objects.filter(person_id__in=people, wanted=False).values_list(
            "person_id", "mail_list", "channel"
        )
    )
    looks = {}
    for notice in notices:
        about = abouts.get(notice.pk)
        looks[notice.pk] = Look(_judge(notice, about, now, busy.get(notice.person_id), left), about)
    return looks


def _judge(
    notice: Notice,
    about: About,
    now: dt.datetime,
    busy: dt.datetime | None,
    left: Collection[tuple[int, str, str]],
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
    left: Collection[tuple[int, str, str]],
) -> Fate:
    kind = kind_of(notice.kind)
    if kind is None:
        return Fate(Ending.SEND)
    on_list = kind.mail_list.code if kind.mail_list else ""
    return fate(
        kind.check(notice, about, now) if about is not None else no_longer_true("What it is about is gone."),
        now=now,
        useful_until=notice.useful_until,
        in_doubt=notice.in_doubt,
        is_wanted=(notice.person_id, on_list, notice.channel) not in left,
        quiet_until=None if about is None else _quiet_until(kind, about, now),
        busy_until=None if kind.answers else busy,
    )


def _quiet_until(kind: Kind, about: About, now: dt.datetime) -> dt.datetime | None:
    if kind.answers or kind.zone is None:
        return None
    return quiet_until(now, kind.zone(about), kind.news_of_start(about) if kind.news_of_start else None)
