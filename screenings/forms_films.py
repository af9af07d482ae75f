"""Forms about what films are called, and about two records of one film."""

from __future__ import annotations

from typing import Any

from django import forms

from .films import find_film
from .models import Film, FilmAlias


class TitleForm(forms.Form):
    """One more title by which a film goes."""

    title = forms.CharField(
        label="It is also called",
        max_length=200,
        help_text="A title in another language, a short form that theaters use.",
        error_messages={"required": "Write the title."},
    )

    def __init__(self, *args: Any, film: Film, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.film = film

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        meant = find_film(title)
        if meant and meant != self.film:
            raise forms.ValidationError(
                f"This title means another film here, {meant}. If both are one film, their records can be made one."
            )
        return title


class AliasForm(forms.Form):
    """Which of a film's titles to take away."""

    alias = forms.ModelChoiceField(FilmAlias.objects.none())

    def __init__(self, *args: Any, film: Film, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["alias"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = film.aliases.all()


class FoundFilmField(forms.CharField):
    """A film by its address (`the-salt-road`) or by any of its titles."""

    def clean(self, value: Any) -> Film:
        typed = super().clean(value).strip("/ ").rpartition("/")[2]
        film = Film.objects.filter(slug=typed).first() or find_film(typed)
        if film is None:
            raise forms.ValidationError("No film goes by this title or address.")
        return film


class TwoRecordsForm(forms.Form):
    """Two records of one film, however site staff name them."""

    keep = FoundFilmField(label="The record that stands", max_length=200, help_text="Title or address.")
    other = FoundFilmField(label="The record that becomes part of it", max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("keep") and data.get("keep") == data.get("other"):
            self.add_error("other", "This is the same record.")
        return data


class OwnRecordForm(forms.Form):
    """Another record of the film, among the films of whose team one is."""

    other = forms.ModelChoiceField(
        Film.objects.none(), label="The record that becomes part of this one", to_field_name="slug"
    )

    def __init__(self, *args: Any, films: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = films
