"""The form that opens a room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from accounts.models import Person
from screenings.models import Screening

from .permits import published_guides, showings_to_host


class _ShowingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Screening) -> str:
        return f"{obj.film}, {obj.local_start:%a %-d %b, %H:%M}, {obj.theater}"


class OpenRoomForm(forms.Form):
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

    def __init__(self, *args: Any, person: Person, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["screening"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = showings_to_host(person, now)
