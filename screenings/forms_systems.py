"""The form by which a manager makes a token for one of the theater's systems."""

from __future__ import annotations

from typing import Any

from django import forms

from .models import Theater, TheaterToken


class TokenForm(forms.Form):
    name = forms.CharField(
        label="Which system is it for?",
        max_length=24,
        help_text="The trail names it so: “Box office”, “Web site”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give it a name, so that you know it again.",
            "max_length": "At most 24 characters.",
        },
    )
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        choices=TheaterToken.Scope.choices,
        initial=TheaterToken.Scope.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one at least."},
    )

    def __init__(self, data: Any = None, *, theater: Theater) -> None:
        super().__init__(data)
        self.theater = theater

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.theater.tokens.filter(name=name, revoked_at=None).exists():
            raise forms.ValidationError(
                f"There is a token “{name}” already. If it was lost, revoke it and make it anew."
            )
        return name
