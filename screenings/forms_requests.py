"""“Not in your city?”: a city, and an address or none."""

from __future__ import annotations

from typing import Any

from django import forms

from .gazetteer import find_cities
from .models import City
from .rsvps import LONGEST_ADDRESS

CITIES_OFFERED = 8


class BringForm(forms.Form):
    """What somebody says who wants a film in their city. `place` is a city chosen from those that `city` may mean."""

    city = forms.CharField(
        label="Your city",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "data-city-letters": ""}),
        error_messages={"required": "Write the name of your city, or its first three letters."},
    )
    place = forms.ModelChoiceField(City.objects.all(), to_field_name="slug", required=False)
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="To tell you first when it opens near you, and for nothing else.",
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={
            "invalid": "This does not look like an e-mail address. Check it and send again.",
            "max_length": "This address is too long to be one. Check it and send again.",
        },
    )
    device = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="bring-%s")

    def clean(self) -> dict[str, Any]:
        """`cities` is which the name may mean: one where it is settled."""
        data = super().clean() or {}
        self.cities: list[City] = []
        if data.get("place"):
            self.cities = [data["place"]]
        elif data.get("city"):
            self.cities = find_cities(data["city"], CITIES_OFFERED)
            if not self.cities:
                self.add_error("city", "No city that we know begins so. Check the spelling.")
        return data
