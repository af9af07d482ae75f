"""The form on which anybody tries a week, and the one that brings it to a theater."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from .forms_manage import LOCALES
from .gazetteer import find_cities
from .models import Theater
from .week_trial import HABITS, MOST_CHARACTERS, next_week_in

TOO_LONG = "That is more than a week of showtimes. Paste one week; nothing was kept of this."


class TrialForm(forms.Form):
    """A week, and where its words and clocks are at home."""

    text = forms.CharField(
        label="Your week, as you wrote it",
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={
            "required": "Paste a week first: film, days, times.",
            "max_length": TOO_LONG,
        },
    )
    locale = forms.ChoiceField(label="Written in", choices=LOCALES, initial="en-US")
    city_name = forms.CharField(
        label="City",
        max_length=120,
        required=False,
        help_text="For its clocks. Without one we take the country’s best known.",
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    starting = forms.DateField(
        label="First day of the week",
        required=False,
        help_text="Without one: the next play week.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is not a date. Leave it empty for the next play week."},
    )

    def __init__(self, data: Any = None, *, today: dt.date) -> None:
        super().__init__(data, auto_id="try-%s")
        self.today = today

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_city_name(self) -> str:
        """Find whose clocks are meant; kept in `zone`."""
        name = str(self.cleaned_data["city_name"]).strip()
        found = find_cities(name, limit=1)
        if name and not found:
            raise forms.ValidationError(
                "We know no city of this name. Try its English name, or the next larger town."
            )
        self.zone = found[0].zone if found else ""
        return found[0].name if found else ""

    def clean_starting(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["starting"]
        if day and abs((day - self.today).days) > 730:
            raise forms.ValidationError("This is more than two years away. Check the year.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        locale = data.get("locale")
        if locale:
            data["zone"] = getattr(self, "zone", "") or HABITS[locale][0]
            data["starting"] = data.get("starting") or next_week_in(locale, self.today)
        return data


class TheaterChoiceForm(forms.Form):
    """Which of one's theaters a week is for."""

    theater = forms.ModelChoiceField(
        Theater.objects.none(),
        label="For which theater?",
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the theater.", "invalid_choice": "Choose one of your theaters."},
    )

    def __init__(self, *args: Any, theaters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theater"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = theaters
        if len(theaters) == 1:
            field.initial = theaters[0].slug
