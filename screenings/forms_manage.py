"""Forms of those who manage: a theater's facts, a film's page, a proposal and its decision."""

from __future__ import annotations

from typing import Any

from django import forms

from .gazetteer import find_cities
from .models import City, Film, Theater, TheaterProposal
from .models.places import zone_name
from .zones import Keep

WEEKDAYS = [
    (4, "Friday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (5, "Saturday"),
    (6, "Sunday"),
    (0, "Monday"),
    (1, "Tuesday"),
]
LOCALES = [
    ("en-US", "English, United States"),
    ("en-CA", "English, Canada"),
    ("en-GB", "English, United Kingdom"),
    ("en-IE", "English, Ireland"),
    ("en-AU", "English, Australia"),
    ("fr-FR", "French, France"),
    ("fr-CH", "French, Switzerland"),
    ("de-DE", "German, Germany"),
    ("de-AT", "German, Austria"),
    ("de-CH", "German, Switzerland"),
    ("es-ES", "Spanish, Spain"),
    ("es-MX", "Spanish, Mexico"),
]
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TheaterFactsForm(forms.ModelForm):
    """What a theater says of itself."""

    play_week_start = forms.TypedChoiceField(
        label="The play week starts on",
        choices=WEEKDAYS,
        coerce=int,
        help_text="Friday in most of the trade.",
    )
    locale = forms.ChoiceField(label="Showtimes are written in", choices=LOCALES)

    class Meta:
        model = Theater
        fields = [
            "name",
            "address",
            "postal_code",
            "phone",
            "website",
            "locale",
            "play_week_start",
            "usual_from",
            "usual_until",
            "trailer_minutes",
            "turnaround_minutes",
            "hearing_loop",
            "caption_devices",
            "step_free",
        ]
        labels = {
            "usual_from": "Usual hours: first showing from",
            "usual_until": "Last showing starts by",
            "trailer_minutes": "Minutes of trailers before a film",
            "turnaround_minutes": "Minutes between two showings on one screen",
            "hearing_loop": "Hearing loop",
            "caption_devices": "Caption devices",
            "step_free": "Step-free access",
        }
        widgets = {"usual_from": TIME, "usual_until": TIME}


class FilmFactsForm(forms.ModelForm):
    """A film's page, as its team keeps it."""

    class Meta:
        model = Film
        fields = [
            "year",
            "running_minutes",
            "languages",
            "synopsis",
            "content_notes",
            "website",
            "trailer_url",
        ]
        labels = {
            "running_minutes": "Running time in minutes",
            "content_notes": "What some may want to know before",
            "trailer_url": "The trailer’s address",
        }


class _CityChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: City) -> str:
        return ", ".join(filter(None, [obj.name, obj.region, obj.country]))


class ProposalForm(forms.ModelForm):
    """A theater that is missing. The city is found by name; where several bear it the form asks which."""

    city_name = forms.CharField(
        label="City", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    city_choice = _CityChoice(
        City.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        label="Which of these?",
        empty_label=None,
    )

    field_order = ["name", "city_name", "city_choice", "address", "phone", "website", "note"]

    class Meta:
        model = TheaterProposal
        fields = ["name", "address", "phone", "website", "note"]
        labels = {"name": "The theater’s name", "note": "Your part in it"}
        help_texts = {"note": "Who you are there, and how we can check it."}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name := self.data.get("city_name", "").strip():
            self._offer(find_cities(name, limit=50))

    def _offer(self, found: list[City]) -> None:
        exact = [city for city in found if city.name.casefold() == self.data["city_name"].strip().casefold()]
        self.offered = (exact or found)[:12]
        field = self.fields["city_choice"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = City.objects.filter(pk__in=[city.pk for city in self.offered]).order_by(
            "-population"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("city_choice") or not data.get("city_name"):
            data["city"] = data.get("city_choice")
        elif len(self.offered) == 1:
            data["city"] = self.offered[0]
        elif self.offered:
            self.add_error("city_choice", "Several places are called that. Choose one.")
        else:
            self.add_error(
                "city_name", "We know no city of this name. Try its English name, or the next larger town."
            )
        return data


class DecisionForm(forms.Form):
    """Site staff's word on a proposal."""

    answer = forms.ChoiceField(choices=[("approve", "Approve"), ("decline", "Decline")])
    reason = forms.CharField(max_length=300, required=False, label="Reason, if you decline")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == "decline" and not data.get("reason"):
            self.add_error("reason", "Say why: the person who proposed it will read it.")
        return data


class ZoneForm(forms.Form):
    """Another clock for a theater, and what should stay of its coming showings."""

    zone = forms.CharField(
        label="Time zone",
        max_length=64,
        validators=[zone_name],
        help_text="As the IANA calls it: America/New_York, Europe/Paris.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    keep = forms.ChoiceField(
        label="What should stay?",
        choices=[
            (
                Keep.WALL.value,
                "The hour on the wall: 7:00 stays 7:00. Who comes is told of the other moment.",
            ),
            (Keep.INSTANT.value, "The moment: 7:00 becomes what the new clock shows then."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what should stay."},
    )
