"""The forms of bringing an interview in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Person
from screenings.models import Film

from .importing import films_of
from .models import Interview
from .office_files import FORMATS
from .visible_text import MAX_BYTES

MAX_PASTED = 600_000
ACCEPTED = ",".join(f".{name}" for name in (*FORMATS, "htm", "markdown"))


class ImportForm(forms.Form):
    """An interview by its text, its file or its address: one of them."""

    film = forms.ModelChoiceField(Film.objects.none(), label="About which film", empty_label=None)
    url = forms.URLField(
        label="Its address",
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
        help_text="We fetch the page once, as any reader would.",
        error_messages={"invalid": "This is no web address. It begins with https:// and names a site."},
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="Text, web page, Markdown, subtitles (VTT, SRT), Word (.docx) or PDF; up to 20 MB.",
    )
    text = forms.CharField(
        label="Or the text itself",
        required=False,
        strip=False,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "data-kept": "import-text"}),
        help_text="All of it, adverts too: what is not the interview is found and left out.",
        error_messages={
            "max_length": "That is more than can be pasted. Save it as a file and choose that; it is still here."
        },
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["film"].queryset = films_of(person)  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                f"This file has {(file.size or 0) // (1024 * 1024)} MB; one of at most {MAX_BYTES // (1024 * 1024)} MB can be read."
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("url", "file", "text") if _is_given(data.get(name))]
        if not given and not self.errors:
            self.add_error("url", "Give us one of the three: an address, a file, or the text.")
        if len(given) > 1:
            self.add_error(given[0], "Give us one of the three at a time; the others are still here.")
        return data

    def content(self) -> tuple[bytes, str]:
        """The bytes handed in and the file's name; empty where an address was given."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file:
            return file.read(), file.name or ""
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), ""


def _is_given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


class FactsForm(forms.ModelForm):
    """Where an interview was published, when and by whom: as read in it, to be looked over."""

    class Meta:
        model = Interview
        fields = ["title", "publication", "published_on", "byline", "url"]
        labels = {
            "title": "Title",
            "publication": "Published in",
            "published_on": "Published on",
            "byline": "By",
            "url": "Where it can be read",
        }
        help_texts = {"publication": "Readers see it under every quote."}
        widgets = {"published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
