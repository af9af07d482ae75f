"""Forms of publishing a guide and of where it is offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Person
from screenings.models import Engagement, Film, Screening
from screenings.permits import is_of_films_team

from .models import Guide


class PublishForm(forms.Form):
    changelog = forms.CharField(
        label="What is new",
        max_length=300,
        required=False,
        help_text="One line, which stands beside the version.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class OfferForm(forms.Form):
    """Where this person may say which guide is offered: their film, its engagements and showings at their theater."""

    place = forms.ChoiceField(label="Offer it at")

    def __init__(self, *args: Any, guide: Guide, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"{row._meta.model_name}-{row.pk}": row for row in _places(guide, person)}
        self.fields["place"].choices = [(key, _say(row)) for key, row in self.places.items()]  # type: ignore[attr-defined]


Place = Film | Engagement | Screening


def _places(guide: Guide, person: Person) -> list[Place]:
    """The film for its team; bookings and coming showings for managers of their theaters."""
    managed = {"theater__memberships__person": person, "theater__memberships__role": "manager"}
    engagements = Engagement.objects.filter(film=guide.film, **managed).select_related("theater", "film")
    screenings = Screening.objects.filter(
        engagement__in=engagements, status=Screening.Status.SCHEDULED, ends_at__gt=timezone.now()
    ).select_related("engagement__theater", "engagement__film")
    films: list[Place] = [guide.film] if is_of_films_team(person, guide.film) else []
    return [*films, *engagements, *screenings.order_by("starts_at")[:60]]


def _say(place: Place) -> str:
    if isinstance(place, Film):
        return f"every showing of {place}"
    if isinstance(place, Engagement):
        return f"all of {place.theater}, from {place.opens_on:%-d %b %Y}"
    return f"{place.engagement.theater}, {place.local_start:%a %-d %b, %-I:%M %p}"
