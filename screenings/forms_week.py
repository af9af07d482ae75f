"""Forms of the week's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from .labels import LABELS
from .week_difference import Wanted
from .week_text import MAX_CHARACTERS, SKIP, Doubt


class PasteForm(forms.Form):
    text = forms.CharField(
        label="The week as you wrote it",
        max_length=MAX_CHARACTERS,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={
            "max_length": "That is more than a week of showtimes. Paste one week; nothing was kept of this."
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def answers_from(data: Any, doubts: Iterable[Doubt]) -> dict[str, str]:
    """The answers a posted form gives to `doubts`: a choice's value, or what was typed where a doubt takes that."""
    answers: dict[str, str] = {}
    for doubt in doubts:
        chosen = data.get(f"doubt-{doubt.key}", "")
        typed = " ".join(data.get(f"typed-{doubt.key}", "").split())
        if typed and doubt.takes == "title":
            answers[doubt.key] = f"create:{typed[:200]}"
        elif (
            chosen == SKIP or chosen in {choice.value for choice in doubt.choices} or _is_title(chosen, doubt)
        ):
            answers[doubt.key] = chosen
    return answers


def _is_title(chosen: str, doubt: Doubt) -> bool:
    return doubt.takes == "title" and chosen.startswith("alias:")


class AddShowingForm(forms.Form):
    """One more showing, put into the grid by hand."""

    film = forms.ChoiceField(label="Film")
    night = forms.TypedChoiceField(label="Night", coerce=dt.date.fromisoformat)
    time = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    labels = forms.MultipleChoiceField(
        label="Labels", required=False, choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, films: Iterable[tuple[str, str]], nights: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("film", films), ("night", nights)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def showing(self) -> Wanted:
        """The showing that the form describes; a time before 5 in the morning is late that night."""
        day: dt.date = self.cleaned_data["night"]
        time: dt.time = self.cleaned_data["time"]
        if time.hour < 5:
            day += dt.timedelta(days=1)
        film = self.cleaned_data["film"]
        key: int | str = int(film[3:]) if film.startswith("id:") else film[4:]
        return Wanted(key, dt.datetime.combine(day, time), 0, tuple(self.cleaned_data["labels"]))


class RunningTimeForm(forms.Form):
    """How long a film lasts, where nobody has said so yet; `film` is its id, or the title of one to be created."""

    film = forms.CharField(max_length=220, widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=1500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Write the running time in minutes.",
            "invalid": "Write the running time in whole minutes.",
            "min_value": "A film lasts a minute at least.",
            "max_value": "No film lasts longer than 1500 minutes.",
        },
    )
