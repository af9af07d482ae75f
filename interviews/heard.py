"""What a film's interviews say, as plain values: the newest text of each, in turns."""

from __future__ import annotations

from dataclasses import dataclass

from screenings.models import Film

from .models import Interview, Source, Turn
from .selectors import Span


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """A turn: its kind (`Turn.Kind`), who speaks, and where its words are in the text."""

    kind: str
    speaker: str
    segments: tuple[Span, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """An interview: `key` is its number in the archive, `text` its visible text."""

    key: int
    publication: str
    language: str
    text: str
    turns: tuple[HeardTurn, ...]

    def words_of(self, turn: HeardTurn) -> str:
        return " ".join(" ".join(self.text[start:end] for start, end in turn.segments).split())


def heard_about(film: Film) -> list[Heard]:
    """The film's interviews in the order of publication; those that were withdrawn are left out. A few queries."""
    sources = (
        Source.objects.filter(interview__film=film, withdrawn_at=None)
        .defer("content", "source_map")
        .select_related("interview")
        .prefetch_related("turns")
        .order_by("retrieved_at", "id")
    )
    newest = {source.interview_id: source for source in sources}
    order = (
        Interview.objects.filter(pk__in=newest).order_by("published_on", "id").values_list("pk", flat=True)
    )
    return [_heard(newest[key]) for key in order]


def _heard(source: Source) -> Heard:
    turns = tuple(_turn(turn) for turn in source.turns.all())
    interview = source.interview
    return Heard(interview.pk, interview.publication, interview.language, source.visible_text, turns)


def _turn(turn: Turn) -> HeardTurn:
    segments = tuple((start, end) for start, end in turn.segments)
    return HeardTurn(turn.kind, turn.speaker, segments, turn.position + 1)
