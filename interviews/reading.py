"""What was read of an interview: turns, quotations, front matter, listings, and every span that is none of them."""

from dataclasses import dataclass
from typing import Any

from interviews.listings_mentioned import Listing
from interviews.quotations import Quotation
from interviews.text_map import VisibleText
from interviews.turn_sequence import NARRATION, QUESTION

Span = tuple[int, int]


@dataclass(frozen=True)
class Turn:
    """One speaker's uninterrupted speech, or a stretch of narration. Segments are code points of the visible text;
    captions and the like in the midst of a turn lie between its segments. `confidence` is from 0 to 1."""

    kind: str
    speaker: str | None
    segments: tuple[Span, ...]
    confidence: float

    @property
    def start(self) -> int:
        return self.segments[0][0]

    @property
    def end(self) -> int:
        return self.segments[-1][1]

    def text(self, visible: VisibleText | str) -> str:
        """The words of the turn, segments joined by an empty line."""
        text = visible if isinstance(visible, str) else visible.text
        return "\n\n".join(text[start:end] for start, end in self.segments)


@dataclass(frozen=True)
class Meta:
    """Title, byline, publication and date as printed or as the page's head says; `spans` where they are printed."""

    title: str | None
    byline: str | None
    publication: str | None
    date: str | None
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Reading:
    """What was read. The segments of the turns, `labels`, the spans of `meta`, `furniture` and `unplaced` together are
    every character of the visible text that is no white space, none twice."""

    turns: tuple[Turn, ...]
    quotations: tuple[Quotation, ...]
    labels: tuple[Span, ...]
    furniture: tuple[Span, ...]
    meta: Meta
    listings: tuple[Listing, ...]
    unplaced: tuple[Span, ...]
    language: str = "en"

    @property
    def is_interview(self) -> bool:
        """Whether somebody asks and somebody answers, each at least twice, and that is likelier than not."""
        spoken = [turn for turn in self.turns if turn.kind != NARRATION]
        asked = sum(turn.kind == QUESTION for turn in spoken)
        if asked < 2 or len(spoken) - asked < 2:
            return False
        return sum(turn.confidence for turn in spoken) >= 0.5 * len(spoken)

    def as_json(self, visible: VisibleText | str) -> dict[str, Any]:
        """The reading as plain values: turns, quotations, meta, listings, labels, furniture, unplaced; spans are
        [start, end] in code points of the visible text."""
        text = visible if isinstance(visible, str) else visible.text
        return {
            "turns": [_turn_json(turn, text) for turn in self.turns],
            "quotations": [_quotation_json(quotation, text) for quotation in self.quotations],
            "meta": {
                "title": self.meta.title,
                "byline": self.meta.byline,
                "publication": self.meta.publication,
                "date": self.meta.date,
            },
            "listings": [_listing_json(listing, text) for listing in self.listings],
            "labels": [list(span) for span in self.labels],
            "furniture": [list(span) for span in self.furniture],
            "unplaced": [list(span) for span in self.unplaced],
            "is_interview": self.is_interview,
            "language": self.language,
        }


def _turn_json(turn: Turn, text: str) -> dict[str, Any]:
    return {
        "kind": turn.kind,
        "speaker": turn.speaker,
        "text": turn.text(text),
        "start": turn.start,
        "end": turn.end,
        "segments": [list(span) for span in turn.segments],
        "confidence": turn.confidence,
    }


def _quotation_json(quotation: Quotation, text: str) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "speaker": quotation.speaker,
        "text": quotation.text(text),
        "start": quotation.start,
        "end": quotation.end,
        "segments": [list(span) for span in quotation.segments],
        "confidence": quotation.confidence,
    }
    return plain if quotation.group is None else {**plain, "group": quotation.group}


def _listing_json(listing: Listing, text: str) -> dict[str, Any]:
    plain = {
        name: getattr(listing, name) for name in ("venue", "city", "date", "address", "phone", "start", "end")
    }
    return {**plain, "text": text[listing.start : listing.end]}
