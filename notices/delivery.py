"""The fate of a notice, given its facts: pure functions of plain values, no database and no mail server in sight.

The guarantee of the ledger stands in `fate` and `fate_after`: a notice ends in exactly one stated way, nothing
starts after it has stopped being useful, true or wanted, and at most two transmissions may end in doubt (nobody
saw whether the server took the message); then the row is *uncertain*, shown to staff, and never sent again. So
nobody gets more than two copies.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

MOST_IN_DOUBT = 2
HAS_LEFT = "The person has left this list."
# After a refusal for now, or no answer; the last step repeats while the notice is useful.
RETRY_AFTER = tuple(dt.timedelta(seconds=seconds) for seconds in (10, 30, 60, 300, 900))


class Ending(Enum):
    """What is done with a notice; all but SEND and HOLD end it. The values are `Notice.State`'s."""

    SEND = "send"
    HOLD = "due"
    SENT = "sent"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    DECLINED = "declined"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Answer(Enum):
    """How a transmission went."""

    ACCEPTED = "accepted"
    REFUSED = "refused for good (5xx)"
    REFUSED_FOR_NOW = "refused for now (4xx), or not reached"
    NO_ANSWER = "the message was handed over and nobody saw the reply"


@dataclass(frozen=True)
class Verdict:
    """What a notice's kind says of it now. `ending` None: still true and wanted; else SUPERSEDED or DECLINED."""

    ending: Ending | None = None
    reason: str = ""


TRUE_AND_WANTED = Verdict()


def no_longer_true(reason: str) -> Verdict:
    return Verdict(Ending.SUPERSEDED, reason)


def not_wanted(reason: str) -> Verdict:
    return Verdict(Ending.DECLINED, reason)


@dataclass(frozen=True)
class Fate:
    """What to do, why in words (for staff), and for HOLD until when. `is_retry`: something went wrong and is tried
    again, while the notice stays owed since its due time."""

    ending: Ending
    reason: str = ""
    until: dt.datetime | None = None
    is_retry: bool = False


def fate(
    verdict: Verdict,
    *,
    now: dt.datetime,
    useful_until: dt.datetime,
    in_doubt: int = 0,
    is_wanted: bool = True,
    quiet_until: dt.datetime | None = None,
    busy_until: dt.datetime | None = None,
) -> Fate:
    """What becomes of a due notice at `now`: SEND, HOLD until an instant, or an ending.

    `in_doubt` counts transmissions whose end nobody saw: at two the row is UNCERTAIN and never resent.
    `is_wanted` is the person's preference; `quiet_until` when the night ends and `busy_until` when a film
    that the person sits in ends (None where neither holds this notice). What cannot go before
    `useful_until` is EXPIRED: nothing is ever sent late.
    """
    if in_doubt >= MOST_IN_DOUBT:
        return Fate(Ending.UNCERTAIN, "Two transmissions ended in doubt: it is not sent a third time.")
    if verdict.ending is not None:
        return Fate(verdict.ending, verdict.reason)
    if not is_wanted:
        return Fate(Ending.DECLINED, HAS_LEFT)
    if now >= useful_until:
        return too_late("Its time was over before it could be sent.", in_doubt)
    return _held(quiet_until, busy_until, now, useful_until, in_doubt) or Fate(Ending.SEND)


def too_late(reason: str, in_doubt: int) -> Fate:
    """EXPIRED; UNCERTAIN where a transmission ended in doubt before: it may have arrived in time."""
    return Fate(Ending.UNCERTAIN if in_doubt else Ending.EXPIRED, reason)


def _held(
    quiet_until: dt.datetime | None,
    busy_until: dt.datetime | None,
    now: dt.datetime,
    useful_until: dt.datetime,
    in_doubt: int,
) -> Fate | None:
    if quiet_until is None and busy_until is None:
        return None
    waits = {quiet_until: "night at the theater", busy_until: "a film is running that the person sits in"}
    until = max((at for at in waits if at is not None and at > now), default=None)
    if until is None:
        return None
    if until >= useful_until:
        return too_late(f"It had to wait ({waits[until]}), and its time was over by then.", in_doubt)
    return Fate(Ending.HOLD, f"Waits: {waits[until]}.", until)


def fate_after(
    answer: Answer,
    said: str,
    *,
    now: dt.datetime,
    useful_until: dt.datetime,
    attempts: int,
    in_doubt: int = 0,
) -> Fate:
    """What becomes of a notice whose transmission number `attempts` (from 1) ended with `answer` at `now`.

    Refused for good fails at once. Refused for now, and in doubt for the first time, is tried again after 10,
    30, 60, 300, 900 s (then every 900 s) while that is before `useful_until`. `in_doubt` counts this
    transmission too: at two it is UNCERTAIN. `said` is the server's word, for staff.
    """
    if answer is Answer.ACCEPTED:
        return Fate(Ending.SENT)
    if answer is Answer.REFUSED:
        return Fate(Ending.FAILED, said)
    if in_doubt >= MOST_IN_DOUBT:
        return Fate(Ending.UNCERTAIN, said)
    again_at = now + RETRY_AFTER[min(max(attempts, 1), len(RETRY_AFTER)) - 1]
    if again_at >= useful_until:
        return too_late(f"{said} Its time is over before another try.", in_doubt)
    return Fate(Ending.HOLD, said, again_at, is_retry=True)
