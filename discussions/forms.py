"""The forms that open a room, settle how it is kept, and make links to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from accounts.models import Person
from screenings.models import Screening

from .models import Discussion, RoomKey
from .opening import POLICIES, Choices
from .permits import published_guides, showings_to_host
from .run_sheet import LENGTHS


class _ShowingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Screening) -> str:
        return f"{obj.film}, {obj.local_start:%a %-d %b, %H:%M}, {obj.theater}"


class RoomChoicesForm(forms.Form):
    """What can be settled of a room at its opening and later."""

    is_moderated = forms.ChoiceField(
        label="Is someone moderating?",
        choices=[
            ("no", "No: I am alone up there"),
            ("yes", "Yes: someone reads along on another phone"),
        ],
        help_text="Alone, questions appear on phones at once and two reports hide one. With a moderator nothing "
        "appears before it was let through. Either way nothing reaches the big screen without your tap.",
    )
    policy = forms.CharField(
        max_length=300,
        label="Who decides what is asked?",
        help_text="Everybody in the room can read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=POLICIES[0],
    )
    kept_days = forms.TypedChoiceField(
        label="Answers are kept",
        coerce=int,
        choices=[("0", "until tomorrow morning"), ("7", "for a week"), ("30", "for 30 days")],
        initial="30",
        help_text="Then they are erased; only counts stay.",
    )
    words_may_leave = forms.BooleanField(
        required=False,
        label="Words may leave the room",
        help_text="The joining page says so, before anybody writes. At a theater its manager must agree, too. "
        "It can be allowed until the first phone has joined, and taken back at any time.",
    )
    door_code = forms.CharField(
        required=False,
        max_length=12,
        label="Door code",
        help_text="A word that you say aloud. It keeps out who only saw the room’s code in a picture.",
    )
    captions_url = forms.URLField(
        required=False,
        max_length=500,
        label="Live captions",
        assume_scheme="https",
        help_text="The address where somebody captions live; phones get a link.",
    )

    def clean_captions_url(self) -> str:
        url: str = self.cleaned_data["captions_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError("The address of captions begins with https://.")
        return url

    @property
    def choices(self) -> Choices:
        """What was chosen, once the form is valid."""
        given = self.cleaned_data
        return Choices(
            is_moderated=given["is_moderated"] == "yes",
            policy=given["policy"],
            door_code=given["door_code"].strip(),
            captions_url=given["captions_url"],
            kept_days=given["kept_days"],
            words_may_leave=given["words_may_leave"],
        )

    @staticmethod
    def initial_of(room: Discussion) -> dict[str, object]:
        return {
            "is_moderated": "yes" if room.is_moderated else "no",
            "policy": room.policy or POLICIES[0],
            "kept_days": str(room.kept_days),
            "words_may_leave": room.words_may_leave,
            "door_code": room.door_code,
            "captions_url": room.captions_url,
        }


class OpenRoomForm(RoomChoicesForm):
    """A room of one's own, or one at a showing of a theater that has invited its host."""

    title = forms.CharField(
        max_length=200,
        label="What it is called",
        help_text="People see it when they join: “After The Salt Road”.",
    )
    guide = forms.ModelChoiceField(published_guides(), label="Guide", empty_label=None)
    screening = _ShowingChoice(
        Screening.objects.none(),
        required=False,
        label="At a showing",
        empty_label="None: a class, a library, a living room",
        error_messages={
            "invalid_choice": "A room for a theater’s showing needs its invitation. Ask a manager there to add you as organizer."
        },
    )
    minutes = forms.TypedChoiceField(
        label="Time to talk",
        coerce=int,
        choices=[(str(length), f"{length} minutes") for length in LENGTHS],
        initial="30",
        help_text="A plan is proposed from the guide. You can change every step of it.",
    )
    field_order = ("title", "guide", "screening", "minutes")

    def __init__(self, *args: Any, person: Person, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["screening"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = showings_to_host(person, now)


class LinkForm(forms.Form):
    """A new link into a room for somebody who leads it with the host."""

    role = forms.ChoiceField(
        label="They are",
        choices=[
            (RoomKey.Role.CO_HOST, "Co-host"),
            (RoomKey.Role.MODERATOR, "Moderator"),
            (RoomKey.Role.SCRIBE, "Scribe"),
            (RoomKey.Role.SCREEN, "Projector"),
            (RoomKey.Role.HOST, "Host: a spare for yourself"),
        ],
    )
    name = forms.CharField(
        required=False, max_length=80, label="Whose link it is", help_text="So that you know later."
    )

    # What each of them does, for who makes the link.
    ROLES = (
        ("A co-host", "does what you do, save closing the room and making links."),
        ("A moderator", "lets through, hides, groups, sees to the microphone."),
        ("A scribe", "writes down what is said."),
        ("The projector’s computer", "shows the big screen and takes the clicker."),
        ("A spare", "is for your other phone, should this one die."),
    )
