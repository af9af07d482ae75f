"""Coming to a showing: said, proved, taken back.

Whoever types an address says nothing yet about its owner: an RSVP is *pending* until the owner of the mailbox
confirms it, and is answered alike whether we know the address or not. Every act locks the showing's row and counts
under the lock, so that no seat is given twice (on SQLite the transaction holds the write lock from its start).
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Sum

from accounts.models import Person
from notices import ledger, unsubscribe
from notices.ledger import Subject
from notices.models import Notice

from . import plans
from .change_notices import Known, plain
from .mail_lists import PROMPTS, REMINDERS
from .models import Rsvp, Screening

CONFIRMATION = "rsvp_confirm"
SUBJECT_KIND = "rsvp"

SEAT_HELD_FOR = dt.timedelta(minutes=30)
CONFIRMATION_IS_USEFUL_FOR = dt.timedelta(hours=24)
LARGEST_PARTY = 8
LONGEST_ADDRESS = 254

# Confirmations may be asked for again, but nobody's mailbox is filled by a stranger.
MAIL_NOT_AGAIN_WITHIN = dt.timedelta(minutes=2)
MAILS_PER_RSVP = 3
MAILS_PER_PERSON = 10
COUNTED_OVER = dt.timedelta(days=1)


class RsvpRefused(ValueError):
    """The RSVP cannot be. The message is a sentence for the person; `field` is the field that it is about."""

    field: ClassVar[str | None] = None


class MalformedAddress(RsvpRefused):
    field = "email"

    def __init__(self) -> None:
        super().__init__("This does not look like an e-mail address. Check it and send again.")


class PartyTooLarge(RsvpRefused):
    field = "party_size"

    def __init__(self) -> None:
        super().__init__(
            f"One to {LARGEST_PARTY} seats can be kept here. For a larger group, ask the theater."
        )


class NotListed(RsvpRefused):
    def __init__(self) -> None:
        super().__init__("This showing is not announced yet. Nothing was kept.")


class ShowingCancelled(RsvpRefused):
    def __init__(self) -> None:
        super().__init__("This showing is cancelled, so there is nothing to come to. Nothing was kept.")


class ShowingPast(RsvpRefused):
    def __init__(self, *, over: bool) -> None:
        super().__init__(f"This showing {'is over' if over else 'has begun already'}. Nothing was kept.")


def refuse_what_cannot_be(screening: Screening, now: dt.datetime) -> None:
    """Pass where one can still say that one comes to `screening`; else raise the RsvpRefused that says why."""
    if screening.status == Screening.Status.DRAFT:
        raise NotListed
    if screening.is_cancelled:
        raise ShowingCancelled
    if screening.starts_at <= now:
        raise ShowingPast(over=screening.ends_at <= now)


def _known(who: Person | str) -> Person:
    """The person of an address. Raises MalformedAddress."""
    if isinstance(who, Person):
        return who
    address = who.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise MalformedAddress from error
    if len(address) > LONGEST_ADDRESS:
        raise MalformedAddress
    return Person.objects.for_address(address)


def _lock(screening: Screening) -> Screening:
    """The showing as it stands, held until the transaction ends."""
    locked = Screening.objects.select_for_update(of=("self",)).select_related("engagement__theater")
    return locked.get(pk=screening.pk)


def seats_left(screening: Screening, now: dt.datetime, *, besides: Rsvp | None = None) -> int | None:
    """Seats that nobody holds at `now`, not counting those of the RSVP `besides`; None where they are not counted."""
    if screening.entry != Screening.Entry.RESERVED or screening.capacity is None:
        return None
    holding = screening.rsvps.holding_a_seat(now)
    if besides is not None and besides.pk:
        holding = holding.exclude(pk=besides.pk)
    taken = holding.aggregate(seats=Sum("party_size"))["seats"] or 0
    return max(0, screening.capacity - taken)


def _has_room(rsvp: Rsvp, screening: Screening, now: dt.datetime) -> bool:
    left = seats_left(screening, now, besides=rsvp)
    return left is None or rsvp.party_size <= left


@transaction.atomic
def rsvp_to(
    screening: Screening,
    who: Person | str,
    *,
    now: dt.datetime,
    wants_reminders: bool = True,
    wants_prompts: bool = False,
    party_size: int = 1,
) -> Rsvp:
    """Somebody typed an address (`who`, or its person): they may want to come.

    The RSVP is pending: only a mail that asks to confirm is owed, and where seats are reserved one is held for 30
    minutes if there is one. The same again is the same row, with what was said last; the mail comes again at
    most twice a day, and no sooner than after two minutes. Who goes already stays so, unchanged: a stranger
    may have typed the address; their mail says that it stands.

    Raises RsvpRefused, with nothing kept.
    """
    if not 1 <= party_size <= LARGEST_PARTY:
        raise PartyTooLarge
    screening = _lock(screening)
    refuse_what_cannot_be(screening, now)
    person = _known(who)
    rsvp = Rsvp.objects.filter(person=person, screening=screening).first()
    if rsvp is None:
        rsvp = Rsvp(person=person, screening=screening, created_at=now)
    rsvp.screening = screening
    if rsvp.state not in (Rsvp.State.GOING, Rsvp.State.WAITING):
        rsvp.state = Rsvp.State.PENDING
        rsvp.wants_reminders, rsvp.wants_prompts = wants_reminders, wants_prompts
        rsvp.party_size = party_size
    mailed = _may_be_mailed(rsvp, now)
    _hold_seat(rsvp, now, until=now + SEAT_HELD_FOR if mailed else rsvp.held_until)
    if mailed:
        _ask_to_confirm(rsvp, now)
    else:
        rsvp.save()
    return rsvp


def _hold_seat(rsvp: Rsvp, now: dt.datetime, *, until: dt.datetime | None) -> None:
    """Hold a pending RSVP's seats until then, where seats are reserved and there are as many."""
    reserved = rsvp.screening.entry == Screening.Entry.RESERVED
    pending = rsvp.state == Rsvp.State.PENDING
    rsvp.held_until = until if pending and reserved and _has_room(rsvp, rsvp.screening, now) else None


def _may_be_mailed(rsvp: Rsvp, now: dt.datetime) -> bool:
    """Whether another confirmation may be owed: neither too soon after the last nor too often in a day."""
    lately = Notice.objects.filter(
        person_id=rsvp.person_id, kind=CONFIRMATION, created_at__gt=now - COUNTED_OVER
    )
    if lately.count() >= MAILS_PER_PERSON:
        return False
    ours = list(
        lately.about(SUBJECT_KIND, rsvp.pk or 0).order_by("-created_at").values_list("created_at", flat=True)
    )
    return not ours or (len(ours) < MAILS_PER_RSVP and ours[0] <= now - MAIL_NOT_AGAIN_WITHIN)


def _ask_to_confirm(rsvp: Rsvp, now: dt.datetime) -> None:
    """Store the RSVP under a new revision, and owe the mail."""
    rsvp.revision += 1
    rsvp.save()
    ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), [CONFIRMATION], "A newer one is owed.", now)
    ledger.plan(
        rsvp.person,
        CONFIRMATION,
        Subject(SUBJECT_KIND, rsvp.pk, rsvp.revision),
        due_at=now,
        useful_until=min(now + CONFIRMATION_IS_USEFUL_FOR, rsvp.screening.starts_at),
        facts={"state": rsvp.state},
        now=now,
    )


@transaction.atomic
def confirm(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """The owner of the address says yes, by a link from their own mailbox: *going*, or *waiting* where no seat is
    left. What is owed to who goes is planned in the same transaction. Confirming twice is once.

    Who had withdrawn comes after all; who had left a list and ticked it here is on it again. Raises RsvpRefused where the showing is past, cancelled or hidden.
    """
    screening = _lock(rsvp.screening)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.screening = screening
    if rsvp.state in (Rsvp.State.GOING, Rsvp.State.WAITING):
        return rsvp
    refuse_what_cannot_be(screening, now)
    rsvp.state = Rsvp.State.GOING if _has_room(rsvp, screening, now) else Rsvp.State.WAITING
    rsvp.held_until = None
    rsvp.confirmed_at = now
    rsvp.agreed_to = plain(Known.of(screening))
    rsvp.revision += 1
    rsvp.save()
    Person.objects.filter(pk=rsvp.person_id, confirmed_at=None).update(confirmed_at=now)
    ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), [CONFIRMATION], "It was confirmed meanwhile.", now)
    if rsvp.wants_reminders:
        unsubscribe.start(rsvp.person, REMINDERS.code, now)
    if rsvp.wants_prompts:
        unsubscribe.start(rsvp.person, PROMPTS.code, now)
    plans.plan_for(screening, [rsvp], now)
    return rsvp


@transaction.atomic
def withdraw(rsvp: Rsvp, now: dt.datetime) -> Rsvp:
    """The person does not come after all: their seat is free, and what was owed is not sent. Twice is once."""
    screening = _lock(rsvp.screening)
    rsvp = Rsvp.objects.get(pk=rsvp.pk)
    rsvp.screening = screening
    if rsvp.state == Rsvp.State.WITHDRAWN:
        return rsvp
    rsvp.state = Rsvp.State.WITHDRAWN
    rsvp.held_until = None
    rsvp.revision += 1
    rsvp.save()
    plans.take_back(screening, "The person does not come.", now, people=[rsvp.person_id])
    ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), None, "The person does not come.", now)
    return rsvp


@transaction.atomic
def set_wishes(rsvp: Rsvp, *, reminders: bool, prompts: bool, now: dt.datetime) -> Rsvp:
    """How a person wants to hear about a showing that they go to: what is owed follows."""
    screening = _lock(rsvp.screening)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.screening = screening
    rsvp.wants_reminders, rsvp.wants_prompts = reminders, prompts
    rsvp.save(update_fields=["wants_reminders", "wants_prompts"])
    plans.take_back(screening, "The person wants other mail.", now, people=[rsvp.person_id])
    plans.plan_for(screening, [rsvp], now)
    return rsvp
