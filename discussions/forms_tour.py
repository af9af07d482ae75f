"""The form that makes a tour."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from accounts.models import Person
from interviews.models import Guide
from screenings.models import Screening

from .forms import RoomChoicesForm
from .run_sheet import LENGTHS
from .tours import showings_for


class _Showings(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Screening) -> str:
        return f"{obj.theater.city.name}: {obj.theater}, {obj.local_start:%a %-d %b, %H:%M}"


class TourForm(RoomChoicesForm):
    """A name, showings of the guide's film, and what is chosen for every room of the tour."""

    name = forms.CharField(
        max_length=120,
        label="What the tour is called",
        help_text="People see it in every room that they join.",
    )
    showings = _Showings(
        Screening.objects.none(),
        label="Showings",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose one showing at least.",
            "invalid_choice": "One of these showings has a room already or is not yours to host. Choose again.",
        },
        help_text="Those ahead at theaters that made you a manager or invited you as organizer.",
    )
    minutes = forms.TypedChoiceField(
        label="Time to talk",
        coerce=int,
        choices=[(str(length), f"{length} minutes") for length in LENGTHS],
        initial="30",
    )
    field_order = ("name", "showings", "minutes")

    def __init__(self, *args: Any, person: Person, guide: Guide, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["showings"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = showings_for(person, guide, now).select_related("engagement__theater__city")
