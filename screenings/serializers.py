"""The documents of the API for theaters' own systems: what is sent, what is told, with examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from .box_office.showing_sets import OUTCOMES
from .labels import LABEL_CHOICES, LABELS
from .models import TheaterToken
from .week_text import MAX_CHARACTERS

MOST_ROWS = 2_000
OWN_ID = r"^[A-Za-z0-9][A-Za-z0-9._:@~\-]{0,63}$"
STARTS_AT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:00)?(Z|[+\-]\d{2}:\d{2})?$"
ID_HELP = (
    "Your own id of the showing: 1 to 64 letters, digits and `. _ : @ ~ -`, the same for as long as it is that "
    "showing. Showings that came here otherwise (a pasted week) are named `hl:` and our code."
)
STARTS_HELP = (
    "Date and time on the theater’s clock, `2026-08-07T19:00`, or with an offset, `2026-08-07T19:00-04:00`. "
    "An hour that the clocks skip is refused; one that happens twice needs its offset."
)


class Strict(serializers.Serializer[Any]):
    """A document that holds nothing that we do not know: a mistyped name must not be a value left out."""

    read_along: frozenset[str] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields and name not in self.read_along]
            if unknown:
                raise serializers.ValidationError(
                    {name: f"We know no field “{name}”." for name in unknown}, "unknown-field"
                )
        return super().to_internal_value(data)


class NewFilm(Strict):
    """A film that we may not know yet: made where no film has its title."""

    title = serializers.CharField(max_length=200)
    director = serializers.CharField(max_length=200, required=False)
    year = serializers.IntegerField(min_value=1888, max_value=2100, required=False)
    running_minutes = serializers.IntegerField(min_value=1, max_value=1500, required=False)


class ShowingRow(Strict):
    """One showing of a set. Name its film by `film` (our name for it) or by `title`.

    What an answer of ours has besides (`code`, `url`, `night`, `revision`, `outcome`) may be sent back; it is not read.
    """

    read_along = frozenset({"code", "url", "night", "revision", "outcome"})

    id = serializers.RegexField(OWN_ID, help_text=ID_HELP)
    film = serializers.SlugField(max_length=120, required=False, help_text="Our name for the film.")
    title = serializers.CharField(
        max_length=200,
        required=False,
        help_text="The film’s title, where `film` is not sent. Case, accents and punctuation do not matter.",
    )
    starts_at = serializers.RegexField(STARTS_AT, help_text=STARTS_HELP)
    zone = serializers.CharField(
        max_length=64,
        required=False,
        help_text="The IANA zone that your hours are in; refused unless it is the theater’s.",
    )
    screen = serializers.CharField(
        max_length=60,
        required=False,
        allow_blank=True,
        help_text="The screen’s name. Left out: as it stands.",
    )
    labels = serializers.ListField(
        child=serializers.CharField(max_length=20),
        max_length=len(LABELS),
        required=False,
        help_text="Codes: " + ", ".join(f"`{code}` {words}" for code, words in LABELS.items()) + ".",
    )
    sold_out = serializers.BooleanField(required=False, default=False)
    ticket_url = serializers.URLField(
        max_length=500,
        required=False,
        allow_blank=True,
        help_text="Where tickets are sold. Left out: as it stands.",
    )
    status = serializers.ChoiceField(
        ["scheduled", "cancelled"],
        required=False,
        help_text="`cancelled` is the same as leaving the row out, with a `cancel_reason`.",
    )
    cancel_reason = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Read by those who meant to come.",
    )


class ShowingSet(Strict):
    """All showings of the nights that the address names: those that stand and are not among them are cancelled.

    An answer of ours may be sent back as it came, changed where it should change.
    """

    read_along = frozenset({"theater", "first", "last", "zone", "changes", "undoable_until", "etag"})

    showings = ShowingRow(many=True)
    new_films = NewFilm(
        many=True,
        required=False,
        help_text="Films that rows name by a title that we may not know yet.",
    )

    def validate_showings(self, rows: list[Any]) -> list[Any]:
        if len(rows) > MOST_ROWS:
            raise serializers.ValidationError(f"At most {MOST_ROWS} showings at once.", "too-many")
        return rows

    def validate_new_films(self, films: list[Any]) -> list[Any]:
        if len(films) > 200:
            raise serializers.ValidationError("At most 200 new films at once.", "too-many")
        return films


class Showing(serializers.Serializer[Any]):
    """A showing as it stands."""

    id = serializers.CharField(help_text=ID_HELP)
    film = serializers.CharField(help_text="Our name for the film, as in `/films/…/`.")
    title = serializers.CharField()
    starts_at = serializers.CharField(help_text="On the theater’s clock, with its offset.")
    zone = serializers.CharField(help_text="An IANA zone.")
    night = serializers.DateField(
        help_text="The business date: what starts before 5 am is of the night before."
    )
    screen = serializers.CharField()
    labels = serializers.ListField(child=serializers.ChoiceField(LABEL_CHOICES))
    sold_out = serializers.BooleanField()
    ticket_url = serializers.CharField()
    status = serializers.ChoiceField(["scheduled", "cancelled"])
    cancel_reason = serializers.CharField()
    code = serializers.CharField(help_text="Our code.")
    url = serializers.URLField(help_text="The showing’s public page.")
    revision = serializers.IntegerField(help_text="Rises with every change that people are told of.")


class Showings(serializers.Serializer[Any]):
    """All showings of some nights, the cancelled among them, in the order of their starts."""

    theater = serializers.CharField()
    first = serializers.DateField(help_text="The first night.")
    last = serializers.DateField(help_text="The last night.")
    zone = serializers.CharField()
    showings = Showing(many=True)


class Changes(serializers.Serializer[Any]):
    """How many showings were (or would be) added, moved, changed, put on again, cancelled, left as they were."""

    def get_fields(self) -> dict[str, Any]:
        return {act: serializers.IntegerField(min_value=0) for act in OUTCOMES}


class SetShowing(Showing):
    """A showing as it stands now, and what the set did to it (empty for what was cancelled or past before)."""

    outcome = serializers.ChoiceField([*OUTCOMES, ""])


class SetResult(Showings):
    """What a set did, and all showings of its nights as they stand now."""

    showings = SetShowing(many=True)
    changes = Changes()
    undoable_until = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when a manager can undo this on the week’s page; nobody is told before. Null: nothing changed.",
    )
    etag = serializers.CharField(help_text="The ETag of these nights now, for the next `If-Match`.")


class Cancellation(Strict):
    """Why a showing is off."""

    reason = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Read by those who meant to come.",
    )


class Nights(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()


class TheaterFacts(serializers.Serializer[Any]):
    """What a system needs to know of its theater."""

    theater = serializers.CharField(help_text="The theater’s name in addresses.")
    name = serializers.CharField()
    zone = serializers.CharField(help_text="The IANA zone of its clocks.")
    locale = serializers.CharField(help_text="How its texts are read (BCP 47).")
    this_week = Nights(help_text="The play week that runs.")
    next_week = Nights()
    screens = serializers.ListField(child=serializers.CharField())


class TokenFacts(serializers.Serializer[Any]):
    """Whose token this is, and what it may do."""

    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(TheaterToken.Scope.values))
    theater = TheaterFacts()


class PastedWeek(Strict):
    """A week as the theater wrote it."""

    text = serializers.CharField(
        max_length=MAX_CHARACTERS,
        trim_whitespace=False,
        style={"base_template": "textarea.html"},
        help_text="Films, days, times, as in a newspaper.",
    )
    answers = serializers.DictField(
        child=serializers.CharField(max_length=300),
        required=False,
        help_text="A doubt’s `key` → the `value` of one of its choices, or what its `takes` allows.",
    )
    publish = serializers.BooleanField(
        required=False,
        default=False,
        help_text="`false`: only told what it means (a dry run). `true`: published, if nothing is doubtful.",
    )


class WeekShowing(serializers.Serializer[Any]):
    """A showing that the text makes certain."""

    film = serializers.CharField(help_text="Our name for the film; empty for one that publishing makes.")
    title = serializers.CharField()
    starts_at = serializers.CharField()
    night = serializers.DateField()
    labels = serializers.ListField(child=serializers.ChoiceField(LABEL_CHOICES))
    sold_out = serializers.BooleanField()


class Choice(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class WeekDoubt(serializers.Serializer[Any]):
    """What the reader will not guess. `start` and `end` are code points of the text."""

    key = serializers.CharField()
    reason = serializers.CharField()
    message = serializers.CharField()
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    choices = Choice(many=True)
    takes = serializers.CharField(
        help_text="What else may be answered: `dates` (ISO, by commas), `times` (HH:MM, by commas), "
        "`title` (`alias:` a known title, `create:` a new one), or nothing."
    )


class WeekRemark(serializers.Serializer[Any]):
    """What a careful colleague would ask; it refuses nothing."""

    code = serializers.CharField()
    sentence = serializers.CharField()


@extend_schema_serializer(component_name="WeekReading")
class WeekReading(serializers.Serializer[Any]):
    """What a week's text means, and what publishing it changes (or changed)."""

    theater = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    published = serializers.BooleanField()
    showings = WeekShowing(many=True)
    new_films = serializers.ListField(
        child=serializers.CharField(), help_text="Titles of films that publishing makes."
    )
    doubts = WeekDoubt(many=True)
    remarks = WeekRemark(many=True)
    changes = Changes()
    changes_in_words = serializers.ListField(child=serializers.CharField())
