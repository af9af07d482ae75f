"""Forms of the guide builder: one small form for each block."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from screenings.models import Film

from .models import Block, Excerpt, Guide, GuideSection, Prompt

_GROUPS = (
    (0, "the whole room"),
    (1, "each alone"),
    (2, "pairs"),
    (3, "groups of three"),
    (4, "groups of four"),
    (6, "groups of six"),
)
# Of a passage, in letters: some seven thousand words.
LONGEST_TEXT = 40_000
# The shape of a BCP 47 tag.
LANGUAGE_TAG = RegexValidator(
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Write a short name such as en, fr or pt-BR."
)


class StartForm(forms.Form):
    """A guide's film, title and starting point."""

    film = forms.ModelChoiceField(
        Film.objects.order_by("title"), to_field_name="slug", empty_label=None, label="Film"
    )
    title = forms.CharField(label="Title", max_length=200)
    language = forms.CharField(
        label="Language",
        max_length=12,
        initial="en",
        help_text="Its short name: en, es, fr, ar, zh …",
        validators=[LANGUAGE_TAG],
    )
    begin = forms.ChoiceField(
        label="Begin with",
        choices=[("outline", "an outline to write over"), ("blank", "nothing")],
        initial="outline",
    )


class CopyForm(forms.Form):
    title = forms.CharField(label="Title of your guide", max_length=200)


class FactsForm(forms.ModelForm):
    """What a guide says of itself. Only the film's team may call it the film's own, and no copy is."""

    language = StartForm.base_fields["language"]

    class Meta:
        model = Guide
        fields = ["title", "language", "is_films_own"]
        labels = {"is_films_own": "This guide is by the film’s team, and says so"}

    def __init__(self, *args: Any, may_speak: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_speak:
            del self.fields["is_films_own"]


class SectionForm(forms.Form):
    """Which section to add: those that the guide has not got."""

    kind = forms.ChoiceField(label="Another section")

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        have = {section.kind for section in guide.sections.all()}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in GuideSection.Kind.choices if value not in have
        ]


class HeadingForm(forms.Form):
    heading = forms.CharField(label="Heading", max_length=120, required=False)


class TextForm(forms.ModelForm):
    """The guide's own words, or a tip for who leads."""

    text = forms.CharField(
        label="Words", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )

    class Meta:
        model = Block
        fields = ["text"]


class ActionForm(TextForm):
    text = forms.CharField(
        label="What to do", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    class Meta(TextForm.Meta):
        fields = ["text", "url"]
        labels = {"url": "Where (a web address)"}


class ExcerptForm(forms.Form):
    """A quote of the film's interviews that stands and has not been withdrawn."""

    excerpt = forms.ModelChoiceField(
        Excerpt.objects.none(), to_field_name="uuid", empty_label=None, label="Quote"
    )

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excerpt"].queryset = excerpts_for(guide)  # type: ignore[attr-defined]


class PromptForm(forms.ModelForm):
    """A question; `MAIN` is what everybody fills in, the rest is folded away."""

    MAIN = ("question", "moment", "minutes", "group_size")

    group_size = forms.TypedChoiceField(label="Who talks", choices=_GROUPS, coerce=int)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=120, initial=5)
    excerpt = forms.ModelChoiceField(
        Excerpt.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label="none",
        label="Rests on the quote",
    )

    class Meta:
        model = Prompt
        fields = [
            "question", "moment", "minutes", "group_size",
            "sensitivity", "excerpt", "if_silent", "if_heated", "follow_up", "tip",
        ]  # fmt: skip
        labels = {
            "sensitivity": "How near it goes",
            "if_silent": "If the room is silent",
            "if_heated": "If it gets heated",
            "follow_up": "To ask next",
            "tip": "A tip for who leads",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "dir": "auto"})
            for name in ("question", "if_silent", "if_heated", "follow_up", "tip")
        }

    def __init__(
        self, *args: Any, guide: Guide, choices: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excerpt"].queryset = excerpts_for(guide)  # type: ignore[attr-defined]
        if choices is not None:
            self.fields["excerpt"].choices = choices  # type: ignore[attr-defined]
        if self.instance.excerpt_id:
            self.initial["excerpt"] = str(self.instance.excerpt.uuid)
        size = self.instance.group_size
        if size not in dict(_GROUPS):
            self.fields["group_size"].choices = [*_GROUPS, (size, f"groups of {size}")]  # type: ignore[attr-defined]

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.MAIN]


def excerpts_for(guide: Guide) -> Any:
    """The quotes that may stand in a guide: of its film's interviews, not withdrawn."""
    return Excerpt.objects.filter(source__interview__film=guide.film_id, withdrawn_at=None).select_related(
        "source__interview"
    )


def excerpt_choices(guide: Guide) -> list[tuple[str, str]]:
    """The quotes as a list to choose from, once for all forms of a page."""
    named = [
        (str(one.uuid), f"{one.speaker}: {' '.join(one.exact.split())[:70]}") for one in excerpts_for(guide)
    ]
    return [("", "none"), *named]
