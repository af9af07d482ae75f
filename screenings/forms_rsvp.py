"""The form on a showing's page: one field, two ticks; how many seats, where seats are kept here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from .models import Screening
from .rsvp_pages import say_reminders
from .rsvps import LARGEST_PARTY, LONGEST_ADDRESS
from .waiting.offers import seats_left

NOTHING_TICKED = "Tick one of the two, or there is nothing to send you."
NOT_TICKED = "Tick it, or there is nothing to send you."


UNTOLD = "Tick this, so that we may tell the theater. Or leave the line above empty."
FOR_THE_DOOR = ("name", "access_needs", "tell_theater")


def seats_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Seats",
        coerce=int,
        initial=1,
        choices=[(seats, seats) for seats in range(1, LARGEST_PARTY + 1)],
        error_messages={"invalid_choice": f"One to {LARGEST_PARTY} seats can be kept here."},
    )


def name_field() -> forms.CharField:
    return forms.CharField(
        label="A name for the door", required=False, max_length=60, widget=_typed("name"), strip=True
    )


def needs_field() -> forms.CharField:
    return forms.CharField(
        label="What the theater should know",
        required=False,
        max_length=300,
        help_text="A place for a wheelchair, a seat near the screen, a dog that guides.",
        widget=_typed("off"),
    )


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="Tell the theater this",
        required=False,
        help_text="Only its people read it, and we erase it the day after.",
    )


def _typed(autocomplete: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "dir": "auto"})


def refuse_untold_needs(form: forms.Form, data: dict[str, Any]) -> None:
    """Needs are kept with consent only: without it the form comes back, as it was left."""
    if data.get("access_needs") and not data.get("tell_theater"):
        form.add_error("tell_theater", UNTOLD)


@dataclass(frozen=True)
class Asks:
    """What the form asks: more where seats are kept here (`entry`), and whether to remind, where there is time to
    (`reminders`: when, in words). It is the form that nobody has filled in yet."""

    entry: str
    reminders: str


def asks_of(screening: Screening, now: dt.datetime) -> Asks:
    return Asks(screening.entry, say_reminders(screening, now))


class RsvpForm(forms.Form):
    """What somebody says who means to come to a showing."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=LONGEST_ADDRESS,
        help_text="Only to write to you about this showing. No account.",
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "Write your e-mail address, and we send you the link that settles it.",
            "invalid": "This does not look like an e-mail address. Check it and send again.",
            "max_length": "This address is too long to be one. Check it and send again.",
        },
    )
    party_size = seats_field()
    wants_reminders = forms.BooleanField(required=False, initial=True)
    wants_prompts = forms.BooleanField(
        label="Write to me after the film: when the talk opens, and questions to take home", required=False
    )
    name = name_field()
    access_needs = needs_field()
    tell_theater = consent_field()

    def __init__(self, asks: Asks, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="rsvp-%s")
        self.asks = asks
        if asks.entry != Screening.Entry.RESERVED:
            del self.fields["party_size"], self.fields["name"]
        if asks.entry == Screening.Entry.TICKETS:
            del self.fields["access_needs"], self.fields["tell_theater"]
        if asks.reminders:
            self.fields["wants_reminders"].label = f"Remind me, {asks.reminders}"
        else:
            del self.fields["wants_reminders"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_untold_needs(self, data)
        ticks = [name for name in ("wants_reminders", "wants_prompts") if name in self.fields]
        only_mail = self.asks.entry == Screening.Entry.TICKETS
        if only_mail and not any(data.get(name) for name in ticks):
            self.add_error(ticks[0], NOTHING_TICKED if ticks[1:] else NOT_TICKED)
        return data

    @property
    def asked(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [field for field in self if field.name not in FOR_THE_DOOR]

    @property
    def for_the_door(self) -> list[forms.BoundField]:
        """What the theater may be told; nobody has to."""
        return [field for field in self if field.name in FOR_THE_DOOR]

    @property
    def door_is_open(self) -> bool:
        """Whether something was written there."""
        return any(field.value() or field.errors for field in self.for_the_door)


class PartyForm(forms.Form):
    """On one's own page: how many come, and what the list at the door says of them."""

    party_size = seats_field()
    name = name_field()
    access_needs = needs_field()
    tell_theater = consent_field()

    def __init__(self, screening: Screening, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        if screening.entry != Screening.Entry.RESERVED:
            del self.fields["party_size"], self.fields["name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_untold_needs(self, data)
        return data


WORDS = {
    Screening.Entry.TICKETS: (
        "Remind me",
        "By mail. This is no ticket: those are the theater’s.",
        "Remind me",
    ),
    Screening.Entry.OPEN: ("Coming?", "Say so, and we remind you. You need no ticket.", "I’m coming"),
    Screening.Entry.RESERVED: ("Coming?", "Free, and a seat is kept for you.", "Keep my seat"),
}
TOO_SOON = (
    "After the film",
    "It starts too soon for a reminder. A question can still come.",
    "Send it to me",
)
FULL = ("Full", "Every seat is taken. Places do come free.", "Put me on the waiting list")
HOLD = "Until you confirm, by the link that we mail you, the seat is held for 30 minutes only."


def rsvp_form_context(
    screening: Screening, now: dt.datetime, form: RsvpForm | None = None
) -> dict[str, object]:
    """What `screenings/_rsvp_form.html` shows: nothing (`rsvp_form` None) where nobody can come any more.

    `form` is the one to show again, as it was left.
    """
    if screening.status != Screening.Status.SCHEDULED or screening.starts_at <= now:
        return {"rsvp_form": None}
    left, asks = seats_left(screening, now), form.asks if form else asks_of(screening, now)
    heading, lead, act = FULL if left == 0 else WORDS[Screening.Entry(screening.entry)]
    if asks.entry == Screening.Entry.TICKETS and not asks.reminders:
        heading, lead, act = TOO_SOON
    return {
        "rsvp_form": form or asks,
        "rsvp_heading": heading,
        "rsvp_lead": lead,
        "rsvp_left": f"{left} {'seat' if left == 1 else 'seats'} left." if left else "",
        "rsvp_act": act,
        "rsvp_hold": HOLD if left else "",
    }
