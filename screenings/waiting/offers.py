"""A place that opens is offered to those who wait, in turn, for a limited time.

Every act locks the showing's row first and counts under the lock, as all acts on seats do (`rsvps`). An offer holds its
seats like an RSVP that is going, until it is taken, left or over; then they are offered to whoever is next. What makes
a place open offers it in the same transaction, and a task looks after what only time brings about: an offer that runs
out, a night that ends. It may run twice, late or not at all for a while: turns are not lost by that.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from common.local_time import get_zone
from notices import busy, ledger
from notices.ledger import Subject
from notices.quiet_hours import quiet_until

from .. import page_tags, plans
from ..change_notices import Known, plain
from ..models import Rsvp, Screening
from .line import MOST_UNANSWERED, InLine, Turn, offer_until, turns

PLACE_OFFERED = "place_offered"
SUBJECT_KIND = "rsvp"
NOTHING_OFFERED = {"offered_seats": None, "offered_until": None}


def lock_showing(screening: Screening) -> Screening:
    """The showing as it stands, held until the transaction ends."""
    locked = Screening.objects.select_for_update(of=("self",)).select_related("engagement__theater")
    return locked.get(pk=screening.pk)


def counts_seats(screening: Screening) -> bool:
    """Whether seats are kept here."""
    return screening.entry == Screening.Entry.RESERVED and screening.capacity is not None


def unheld(screening: Screening, now: dt.datetime, *, besides: Rsvp | None = None) -> int | None:
    """Seats that nobody holds at `now`, not counting those of the RSVP `besides`; None where they are not counted.

    Those in line are not thought of: see `seats_left`.
    """
    if not counts_seats(screening):
        return None
    holding = screening.rsvps.holding_a_seat(now)
    if besides is not None and besides.pk:
        holding = holding.exclude(pk=besides.pk)
    assert screening.capacity is not None
    return max(0, screening.capacity - holding.seats())


def note_fullness(screening: Screening, now: dt.datetime) -> None:
    """The programme's pages say whether a showing is full: where it is on the edge of it, they are made anew."""
    if unheld(screening, now) == 0:
        page_tags.touch(page_tags.tags_of(screening))


def _line(screening: Screening, now: dt.datetime, besides: Rsvp | None = None) -> list[InLine]:
    """Those in line who have no offer at `now`."""
    waiting = screening.rsvps.in_line().exclude(offered_until__gt=now)
    if besides is not None and besides.pk:
        waiting = waiting.exclude(pk=besides.pk)
    return [InLine(*row) for row in waiting.values_list("pk", "party_size", "wants_all", "unanswered")]


def seats_left(screening: Screening, now: dt.datetime, *, besides: Rsvp | None = None) -> int | None:
    """Seats that are nobody's at `now`: neither held, nor the turn of somebody in line. None where none are counted.

    In the last minutes, when nobody is offered anything any more, what is free is whoever's comes first.
    """
    free = unheld(screening, now, besides=besides)
    if not free or offer_until(screening.starts_at, now) is None:
        return free
    return free - sum(turn.seats for turn in turns(free, _line(screening, now, besides)))


def offer_places(screening: Screening, now: dt.datetime) -> int:
    """Offer what is free to those whose turn it is, under the showing's lock. Gives how many offers were made.

    First, offers that ran out go to the end of the line. At night nobody is offered anything, unless the showing
    starts within twelve hours; what is free stays theirs until the morning.
    """
    _let_run_out(screening, now)
    if screening.status != Screening.Status.SCHEDULED or screening.starts_at <= now:
        return 0
    if quiet_until(now, get_zone(screening.zone), screening.starts_at):
        return 0
    return sum(_offer(screening, turn, now) for turn in turns(unheld(screening, now), _line(screening, now)))


def _offer(screening: Screening, turn: Turn, now: dt.datetime) -> bool:
    """Hold seats for one, and owe them the mail. False where there is no time left for that.

    Who sits in a film is not written to until it is over: their time begins then.
    """
    rsvp = screening.rsvps.select_related("person").get(pk=turn.id)
    begins = max(now, busy.busy_until(rsvp.person_id, now) or now)
    until = offer_until(screening.starts_at, begins)
    if until is None:
        return False
    rsvp.offered_seats, rsvp.offered_until = turn.seats, until
    rsvp.revision += 1
    rsvp.save(update_fields=["offered_seats", "offered_until", "revision"])
    ledger.plan(
        rsvp.person,
        PLACE_OFFERED,
        Subject(SUBJECT_KIND, rsvp.pk, rsvp.revision),
        due_at=now,
        useful_until=until,
        facts={"seats": turn.seats, "of": rsvp.party_size, "until": until.isoformat()},
        now=now,
        urgent=True,
    )
    return True


def _let_run_out(screening: Screening, now: dt.datetime) -> None:
    """Offers whose time is over: who was offered all their seats goes to the end of the line, with one offer
    unanswered; who was offered fewer keeps their place, and is waited for until all have room."""
    over = screening.rsvps.filter(state=Rsvp.State.WAITING, offered_until__lte=now)
    fewer = over.filter(offered_seats__lt=F("party_size")).update(wants_all=True, **NOTHING_OFFERED)
    if over.update(unanswered=F("unanswered") + 1, queued_at=now, **NOTHING_OFFERED) or fewer:
        page_tags.touch({f"seats-{screening.pk}", *page_tags.tags_of(screening)})


def take_offers_back(screening: Screening) -> None:
    """The showing is off, and so are its offers, in the caller's transaction: they count against nobody."""
    screening.rsvps.filter(offered_seats__isnull=False).update(**NOTHING_OFFERED)


class OfferIsOver(ValueError):
    """The place is not theirs to take any more; the message is a sentence for the person."""

    def __init__(self, *, in_line: bool) -> None:
        super().__init__(
            "The time to take it is over, and the place went to the next in line."
            + (" You are still on the waiting list." if in_line else "")
        )


def _reread(rsvp: Rsvp, screening: Screening) -> Rsvp:
    fresh = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    fresh.screening = screening
    return fresh


@transaction.atomic
def take(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """Who was offered a place takes it, by their own link: they go, as many as were offered. Twice is once.

    Where the offer has run out and nobody else's turn has come, it is theirs all the same. Raises OfferIsOver, with
    nothing changed.
    """
    screening = lock_showing(rsvp.screening)
    rsvp = _reread(rsvp, screening)
    if rsvp.state == Rsvp.State.GOING:
        return rsvp
    if rsvp.state != Rsvp.State.WAITING:
        raise OfferIsOver(in_line=False)
    if screening.status != Screening.Status.SCHEDULED or screening.starts_at <= now:
        raise OfferIsOver(in_line=True)
    seats = _seats_for(rsvp, now)
    if not seats:
        raise OfferIsOver(in_line=True)
    rsvp.party_size = seats
    return let_in(rsvp, now)


def _seats_for(rsvp: Rsvp, now: dt.datetime) -> int:
    """How many seats one in line may take at `now`: those on offer; else those whose turn is theirs; else all of
    them, where that many are nobody's."""
    if rsvp.offered_until is not None and rsvp.offered_until > now:
        return rsvp.offered_seats or 0
    screening = rsvp.screening
    _let_run_out(screening, now)
    in_turn = {turn.id: turn.seats for turn in turns(unheld(screening, now), _line(screening, now))}
    left = seats_left(screening, now, besides=rsvp)
    others = rsvp.party_size if left is None or left >= rsvp.party_size else 0
    return in_turn.get(rsvp.pk, others)


def let_in(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """From the line into the house, in the caller's transaction: what is owed to who goes is planned with it."""
    leave_line(rsvp)
    rsvp.state = Rsvp.State.GOING
    rsvp.agreed_to = plain(Known.of(rsvp.screening))
    rsvp.confirmed_at = now
    rsvp.revision += 1
    rsvp.save()
    note_fullness(rsvp.screening, now)
    ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), [PLACE_OFFERED], "They took it.", now)
    plans.plan_for(rsvp.screening, [rsvp], now)
    return rsvp


def leave_line(rsvp: Rsvp) -> None:
    """Out of the line; nothing is stored."""
    rsvp.queued_at = rsvp.offered_seats = rsvp.offered_until = None
    rsvp.unanswered, rsvp.wants_all = 0, False


def queue(rsvp: Rsvp, now: dt.datetime) -> None:
    """To the end of the line; nothing is stored."""
    leave_line(rsvp)
    rsvp.state, rsvp.queued_at = Rsvp.State.WAITING, now


@transaction.atomic
def wait_for_all(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """Who was offered fewer seats than they are lets the next in line have them, and keeps their own place until all
    have room. Where they were offered all, or nothing, nothing happens."""
    screening = lock_showing(rsvp.screening)
    rsvp = _reread(rsvp, screening)
    if rsvp.offered_seats and rsvp.offered_seats < rsvp.party_size:
        rsvp.offered_seats = rsvp.offered_until = None
        rsvp.wants_all = True
        rsvp.save(update_fields=["offered_seats", "offered_until", "wants_all"])
        ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), [PLACE_OFFERED], "They wait for all seats.", now)
        offer_places(screening, now)
    return rsvp


@transaction.atomic
def still_waiting(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """Who let offers run out says that they still want to come: they are asked again, from where they stand."""
    screening = lock_showing(rsvp.screening)
    rsvp = _reread(rsvp, screening)
    if rsvp.state == Rsvp.State.WAITING and rsvp.unanswered:
        rsvp.unanswered = 0
        rsvp.save(update_fields=["unanswered"])
        offer_places(screening, now)
    return rsvp


def go_on(now: dt.datetime) -> int:
    """Offer on what has run out, or became free otherwise, wherever somebody waits: one transaction for each showing.
    Gives how many offers were made."""
    waited_for = Screening.objects.scheduled().filter(
        starts_at__gt=now, rsvps__state=Rsvp.State.WAITING, rsvps__unanswered__lt=MOST_UNANSWERED
    )
    made = 0
    for screening in waited_for.order_by("starts_at").distinct():
        with transaction.atomic():
            made += offer_places(lock_showing(screening), now)
    return made
