"""The forms of quoting: marked words, an excerpt's note and place, on what right, why something is taken back."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person

from .models import Excerpt, Guide, GuideMembership, GuideSection, RightToQuote
from .rights import GROUNDS


class MarkedForm(forms.Form):
    """Places as a browser counts them (UTF-16 code units of the visible text)."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=0)
    part = forms.IntegerField(required=False, min_value=0)
    speaker = forms.CharField(required=False, max_length=120)


class WordsForm(forms.Form):
    """Words of a turn by its number, for who marks nothing with a finger."""

    turn = forms.IntegerField(label="Number of the turn", min_value=1)
    opening = forms.CharField(
        label="First words", required=False, max_length=400, help_text="As they stand. Empty: from its start."
    )
    closing = forms.CharField(
        label="Last words", required=False, max_length=400, help_text="Empty: to its end."
    )


class NoteForm(forms.ModelForm):
    class Meta:
        model = Excerpt
        fields = ["note"]
        labels = {"note": "Editor’s note"}
        help_texts = {
            "note": "Beside a mistake of the source: the year is wrong, a name is misspelt. The quote stays as it was printed."
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class RightForm(forms.Form):
    """On what right something is quoted; the four grounds each need their own facts."""

    right = forms.ChoiceField(label="On what right")
    right_note = forms.CharField(
        label="What it rests on",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A permission: from whom. A licence: which. A quotation: what is said about the words. Readers see this.",
    )
    right_given_on = forms.DateField(
        label="Given on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    right_until = forms.DateField(
        label="Good until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, otherwise: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = [("", otherwise), *RightToQuote.choices]  # type: ignore[attr-defined]
        self.fields["right"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        right, given, until = data.get("right"), data.get("right_given_on"), data.get("right_until")
        if not right:
            return {"right": "", "right_note": "", "right_given_on": None, "right_until": None}
        if not data.get("right_note", "").strip():
            self.add_error("right_note", f"{GROUNDS[RightToQuote(right)]}? Write it down.")
        if right == RightToQuote.PERMISSION and not given:
            self.add_error("right_given_on", "Say when the permission was given.")
        if given and until and until < given:
            self.add_error("right_until", "It would end before it was given.")
        return data


class PlaceForm(forms.Form):
    """Where in a guide an excerpt goes."""

    guide = forms.ModelChoiceField(Guide.objects.none(), empty_label=None, label="Guide")
    section = forms.ChoiceField(
        choices=GuideSection.Kind.choices, initial=GuideSection.Kind.FILMMAKER, label="Section"
    )

    def __init__(self, *args: Any, person: Person, excerpt: Excerpt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = GuideMembership.objects.filter(person=person).values("guide")
        guides = Guide.objects.filter(film=excerpt.source.interview.film, pk__in=own)
        self.fields["guide"].queryset = guides  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="It is kept in the trail with your name. Readers see only that the words were withdrawn, and when.",
    )
