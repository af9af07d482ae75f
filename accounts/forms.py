"""Forms of signing in and of the profile."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings

from .models import Person
from .sign_in import DIGITS


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "Write your e-mail address, and we send a code to it.",
            "invalid": "This does not look like an e-mail address. Check it and ask again.",
            "max_length": "This address is too long to be one. Check it and ask again.",
        },
    )


def read_digits(text: str) -> str:
    """The decimal digits in `text`, of any script, as ASCII: people paste “１２３ 456” and “123-456”."""
    return "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "Type the six digits from our mail.",
            "max_length": "That is longer than a code. Type the six digits from our mail.",
        },
    )

    def clean_code(self) -> str:
        """Six ASCII digits. Anything else is not a guess and costs none."""
        digits = read_digits(self.cleaned_data["code"])
        if len(digits) != DIGITS:
            found = "no digit" if not digits else f"{len(digits)} digit{'s' * (len(digits) > 1)}"
            raise forms.ValidationError(f"A code has six digits; there is {found} here. Nothing was used up.")
        return digits


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(
        label="Language of our mail", choices=settings.LETTER_LANGUAGES, help_text="Pages are in English."
    )

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": "Your name"}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        error_messages = {
            "name": {"max_length": "A name here has at most 120 characters. Shorten it and save again."}
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


PASSKEY_NAME_ERRORS = {
    "required": "A passkey needs a name, so that you can tell it from the others.",
    "max_length": "A passkey’s name has at most 60 characters. Shorten it and save again.",
}


class PasskeyForm(AddWebAuthnForm):
    """allauth's form for a new key, which here is always one that signs in by itself."""

    name = forms.CharField(
        label="Its name", max_length=60, required=False, error_messages=PASSKEY_NAME_ERRORS
    )

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        """As allauth checks it; what is not even shaped like a passkey is refused, too, in words."""
        try:
            return dict(super().clean())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label="Its name", max_length=60, error_messages=PASSKEY_NAME_ERRORS)
