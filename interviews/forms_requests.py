"""The forms of a request for a change: asking, without an account; answering."""

from __future__ import annotations

import uuid

from django import forms

from .models import ChangeRequest


class AskForm(forms.Form):
    """What is wrong, and who says so. `key` makes a form that is sent twice one request."""

    part = forms.ChoiceField(
        label="Your part in it", choices=ChangeRequest.Part.choices, initial=ChangeRequest.Part.READER
    )
    words = forms.CharField(
        label="What should change",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A wrong word, a wrong name, words that are not to be quoted: say which, and why.",
    )
    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Only to answer you about this.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Your answer",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="It goes to them by mail, without your address.",
    )
