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

from accounts.models import Person
from common.plain_lines import plain_line
from notices import ledger, unsubscribe
from notices.ledger import Subject
from notices.models import Notice

from . import plans
from .change_notices import Known, plain
from .mail_lists import PROMPTS, REMINDERS
from .models import Rsvp, Screening
from .waiting.offers import leave_line, lock_showing, note_fullness, offer_places, queue, seats_left

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

# What stands against a script whatever becomes of the cache (`accounts.limits` counts by client there): addresses
# that nobody has confirmed, by showing and in the whole house, and how many of a showing's seats they may hold.
MOST_UNCONFIRMED, MOST_IN_THE_HOUSE = 600, 5000
UNCONFIRMED_COUNTED_OVER = dt.timedelta(hours=1)
SMALLEST_SHARE_HELD = 8


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


class NotSoManySeats(RsvpRefused):
    """`seats` is how many the person could have."""

    field = "party_size"

    def __init__(self, seats: int) -> None:
        super().__init__(
            f"There are not so many: {seats} {'seat' if seats == 1 else 'seats'} at most can be yours. Nothing was changed."
        )


class TooManyJustNow(RsvpRefused):
    def __init__(self) -> None:
        super().__init__(
            "Very many asked for this showing just now, and we wait for them to confirm. Nothing was kept; "
            "try again in an hour."
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


def _known(who: Person | str, language: str) -> Person:
    """The person of an address; a new one is written to in `language`. Raises MalformedAddress."""
    if isinstance(who, Person):
        return who
    address = who.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise MalformedAddress from error
    if len(address) > LONGEST_ADDRESS:
        raise MalformedAddress
    return Person.objects.for_address(address, language)


@transaction.atomic
def rsvp_to(
    screening: Screening,
    who: Person | str,
    *,
    now: dt.datetime,
    wants_reminders: bool = True,
    wants_prompts: bool = False,
    party_size: int = 1,
    name: str = "",
    access_needs: str = "",
    language: str = "en",
) -> Rsvp:
    """Somebody typed an address (`who`, or its person): they may want to come.

    The RSVP is pending: only a mail that asks to confirm is owed, and where seats are reserved one is held for 30
    minutes if there is one. The same again is the same row, with what was said last; the mail comes again at
    most twice a day, and no sooner than after two minutes. Who goes already stays so, unchanged: a stranger
    may have typed the address; their mail says that it stands. `name` and `access_needs` are for the theater's list
    at the door; needs are given only where the person agreed that the theater is told. `language` is for letters to who
    is new here.

    Raises RsvpRefused, with nothing kept.
    """
    if not 1 <= party_size <= LARGEST_PARTY:
        raise PartyTooLarge
    screening = lock_showing(screening)
    refuse_what_cannot_be(screening, now)
    _refuse_a_flood(screening, now)
    person = _known(who, language)
    rsvp = Rsvp.objects.filter(person=person, screening=screening).first()
    if rsvp is None:
        rsvp = Rsvp(person=person, screening=screening, created_at=now)
    rsvp.screening = screening
    held = _seats_held(rsvp, now)
    if rsvp.state not in (Rsvp.State.GOING, Rsvp.State.WAITING):
        rsvp.state = Rsvp.State.PENDING
        rsvp.wants_reminders, rsvp.wants_prompts = wants_reminders, wants_prompts
        rsvp.party_size = party_size
        rsvp.name, rsvp.access_needs = plain_line(name, 60), plain_line(access_needs, 300)
    mailed = _may_be_mailed(rsvp, now)
    _hold_seat(rsvp, now, held, until=now + SEAT_HELD_FOR if mailed else rsvp.held_until)
    if mailed:
        _ask_to_confirm(rsvp, now)
    else:
        rsvp.save()
    return rsvp


def _refuse_a_flood(screening: Screening, now: dt.datetime) -> None:
    lately = Rsvp.objects.filter(state=Rsvp.State.PENDING, created_at__gt=now - UNCONFIRMED_COUNTED_OVER)
    most = max(MOST_UNCONFIRMED, 3 * (screening.capacity or 0))
    if lately.filter(screening=screening).count() >= most or lately.count() >= MOST_IN_THE_HOUSE:
        raise TooManyJustNow


def _may_hold(rsvp: Rsvp, now: dt.datetime) -> bool:
    """Whether unconfirmed RSVPs hold no more than half of the seats, this one included: who confirms finds the rest."""
    unconfirmed = rsvp.screening.rsvps.filter(state=Rsvp.State.PENDING, held_until__gt=now).exclude(
        pk=rsvp.pk
    )
    share = max(SMALLEST_SHARE_HELD, (rsvp.screening.capacity or 0) // 2)
    return unconfirmed.seats() + rsvp.party_size <= share


def _seats_held(rsvp: Rsvp, now: dt.datetime) -> int:
    """How many seats a pending RSVP holds at `now`."""
    holds = rsvp.held_until is not None and rsvp.held_until > now
    return rsvp.party_size if holds and rsvp.state == Rsvp.State.PENDING else 0


def _has_room(rsvp: Rsvp, now: dt.datetime, held: int) -> bool:
    """Whether a party has room: in the seats that it holds, or in seats that are nobody's."""
    if rsvp.party_size <= held:
        return True
    left = seats_left(rsvp.screening, now, besides=rsvp)
    return left is None or rsvp.party_size <= left


def _hold_seat(rsvp: Rsvp, now: dt.datetime, held: int, *, until: dt.datetime | None) -> None:
    """Hold a pending RSVP's seats until then, where seats are reserved and there are as many; `held` are its
    already."""
    reserved = rsvp.screening.entry == Screening.Entry.RESERVED
    pending = rsvp.state == Rsvp.State.PENDING
    holds = pending and reserved and _has_room(rsvp, now, held) and (bool(held) or _may_hold(rsvp, now))
    rsvp.held_until = until if holds else None


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
    screening = lock_showing(rsvp.screening)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.screening = screening
    if rsvp.state in (Rsvp.State.GOING, Rsvp.State.WAITING):
        return rsvp
    refuse_what_cannot_be(screening, now)
    if _has_room(rsvp, now, _seats_held(rsvp, now)):
        rsvp.state = Rsvp.State.GOING
    else:
        queue(rsvp, now)
    rsvp.held_until = None
    rsvp.confirmed_at = now
    rsvp.agreed_to = plain(Known.of(screening))
    rsvp.revision += 1
    rsvp.save()
    note_fullness(screening, now)
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
    """The person does not come after all: what was owed is not sent, and their seats are offered to those who wait.
    Twice is once."""
    screening = lock_showing(rsvp.screening)
    rsvp = Rsvp.objects.get(pk=rsvp.pk)
    rsvp.screening = screening
    if rsvp.state == Rsvp.State.WITHDRAWN:
        return rsvp
    note_fullness(screening, now)
    leave_line(rsvp)
    rsvp.state = Rsvp.State.WITHDRAWN
    rsvp.held_until = None
    rsvp.name = rsvp.access_needs = ""
    rsvp.revision += 1
    rsvp.save()
    plans.take_back(screening, "The person does not come.", now, people=[rsvp.person_id])
    ledger.supersede(Subject(SUBJECT_KIND, rsvp.pk), None, "The person does not come.", now)
    offer_places(screening, now)
    return rsvp


@transaction.atomic
def set_party(
    rsvp: Rsvp, *, party_size: int, name: str = "", access_needs: str = "", now: dt.datetime
) -> Rsvp:
    """How many come, and what the list at the door says of them. Seats given back are offered to those who wait.

    Raises RsvpRefused, with nothing changed, where more are asked for than are free.
    """
    if not 1 <= party_size <= LARGEST_PARTY:
        raise PartyTooLarge
    screening = lock_showing(rsvp.screening)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.screening = screening
    had, rsvp.party_size = rsvp.party_size, party_size
    more = seats_left(screening, now)
    if rsvp.state == Rsvp.State.GOING and more is not None and party_size > had + more:
        raise NotSoManySeats(had + more)
    if rsvp.offered_seats:
        rsvp.offered_seats = min(rsvp.offered_seats, party_size)
    rsvp.name, rsvp.access_needs = plain_line(name, 60), plain_line(access_needs, 300)
    rsvp.save(update_fields=["party_size", "offered_seats", "name", "access_needs"])
    if party_size < had:
        offer_places(screening, now)
    return rsvp


@transaction.atomic
def set_wishes(rsvp: Rsvp, *, reminders: bool, prompts: bool, now: dt.datetime) -> Rsvp:
    """How a person wants to hear about a showing that they go to: what is owed follows."""
    screening = lock_showing(rsvp.screening)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.screening = screening
    rsvp.wants_reminders, rsvp.wants_prompts = reminders, prompts
    rsvp.save(update_fields=["wants_reminders", "wants_prompts"])
    plans.take_back(screening, "The person wants other mail.", now, people=[rsvp.person_id])
    plans.plan_for(screening, [rsvp], now)
    return rsvp
