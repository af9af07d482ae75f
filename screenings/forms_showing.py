"""Forms of one showing's page: when it is, what it is called, whether it is off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from common.local_time import LocalTimeError, RepeatedTime, get_zone, to_utc

from .labels import LABELS
from .models import Screening

AT_ONCE = "at once"


class TellForm(forms.Form):
    """What every act on a showing asks: which showing was seen, and when to tell those who come."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    tell = forms.ChoiceField(
        label="Tell those who come",
        required=False,
        choices=[("", "in ten minutes"), (AT_ONCE, "at once")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, screening: Screening, audience: int) -> None:
        super().__init__(data, auto_id=f"{self.prefix_of_ids}-%s")
        self.screening = screening
        self.fields["seen"].initial = screening.revision
        if not audience:
            del self.fields["tell"]

    prefix_of_ids = "tell"

    @property
    def tell_at_once(self) -> bool:
        return bool(self.cleaned_data.get("tell") == AT_ONCE)


class MoveForm(TellForm):
    """Another time on the theater's clock."""

    prefix_of_ids = "move"
    date = forms.DateField(
        label="Date",
        help_text="As the calendar has it: half past midnight on Friday night is Saturday.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say on which date.", "invalid": "This is not a date."},
    )
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Say at what time.", "invalid": "This is not a time."},
    )
    fold = forms.TypedChoiceField(
        label="Which of the two?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "not said"), (0, "the first, before the clocks go back"), (1, "the second, after")],
    )

    field_order = ["seen", "date", "time", "fold", "tell"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        wall = dt.datetime.fromisoformat(self.screening.wall_time)
        self.fields["date"].initial, self.fields["time"].initial = wall.date(), wall.time()
        self.is_repeated = bool(data and data.get("fold"))

    @property
    def wall(self) -> dt.datetime:
        return dt.datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("date") and data.get("time"):
            try:
                to_utc(self.wall, get_zone(self.screening.engagement.theater.zone), data.get("fold"))
            except RepeatedTime as error:
                self.is_repeated = True
                self.add_error("fold", f"{error} Say which you mean.")
            except (LocalTimeError, OverflowError) as error:
                self.add_error("time", str(error))
        return data


class LabelsForm(TellForm):
    prefix_of_ids = "labels"
    labels = forms.MultipleChoiceField(
        label="Labels", required=False, choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    sold_out = forms.BooleanField(label="Sold out", required=False)

    field_order = ["seen", "labels", "sold_out", "tell"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["labels"].initial = list(self.screening.labels)
        self.fields["sold_out"].initial = self.screening.sold_out


class EntryForm(TellForm):
    """How one gets in. Nobody is told of it: it is no news to those who come."""

    prefix_of_ids = "entry"
    entry = forms.ChoiceField(
        label="How one gets in", choices=Screening.Entry.choices, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label="Seats kept here",
        required=False,
        min_value=1,
        max_value=20000,
        help_text="With a reserved seat: how many there are. What is asked for beyond waits in line.",
        error_messages={"min_value": "One seat at least.", "max_value": "No house has so many seats."},
    )
    ticket_url = forms.URLField(
        label="Where tickets are sold",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "This is not a web address."},
    )

    field_order = ["seen", "entry", "capacity", "ticket_url"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields.pop("tell", None)
        for name in ("entry", "capacity", "ticket_url"):
            self.fields[name].initial = getattr(self.screening, name)

    @property
    def tell_at_once(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("entry") == Screening.Entry.RESERVED and not data.get("capacity"):
            self.add_error("capacity", "Say how many seats there are to keep.")
        return data


class CancelForm(TellForm):
    prefix_of_ids = "cancel"
    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="Those who meant to come read it.",
        error_messages={"required": "Say why, in a few words: people have planned their evening."},
    )

    field_order = ["seen", "reason", "tell"]


class ReinstateForm(TellForm):
    prefix_of_ids = "reinstate"
