"""From words that somebody marked on a page to what can be quoted of them: one person's words, without labels.

A mark knows nothing of turns: it may begin in a question, run over a name and end in the answer. What is quoted is the
part of it that one speaker said; what lies between is left out, and shown as left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Person

from .excerpts import CannotCut, cut, speaker_of, tighten
from .models import Excerpt, Source, Turn
from .selectors import Span
from .shares import TOO_MUCH, share_of


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker said of the marked words. `speaker` is `""` where nobody is named."""

    speaker: str
    segments: tuple[Span, ...]


class TwoSpeakers(CannotCut):
    """Words of several people are marked; `parts` are what each of them said."""

    def __init__(self, parts: Sequence[Said]) -> None:
        self.parts = tuple(parts)
        names = " and ".join(part.speaker or "somebody unnamed" for part in parts)
        super().__init__(f"You marked words of {names}. A quote is one person’s: choose whose.")


def parts_of(source: Source, start: int, end: int) -> list[Said]:
    """What each speaker said of [start, end), in the order of reading; names and labels between turns are nobody's.

    Where no turn is touched (narration), it is one part: of whoever is quoted there. Raises CannotCut as `tighten`.
    """
    ((start, end),) = tighten(source.visible_text, [(start, end)])
    touched = source.turns.filter(start__lt=end, end__gt=start)
    by_speaker: dict[str, list[Span]] = {}
    for turn in touched:
        by_speaker.setdefault(_speaker(source, turn, start, end), []).extend(_within(turn, start, end))
    parts = [
        Said(speaker, tuple(_joined(source.visible_text, sorted(spans))))
        for speaker, spans in by_speaker.items()
    ]
    return [part for part in parts if part.segments] or [
        Said(speaker_of(source, start, end), ((start, end),))
    ]


def _speaker(source: Source, turn: Turn, start: int, end: int) -> str:
    return turn.speaker or speaker_of(source, max(start, turn.start), min(end, turn.end))


def _within(turn: Turn, start: int, end: int) -> Iterable[Span]:
    for low, high in turn.segments:
        if max(low, start) < min(high, end):
            yield max(low, start), min(high, end)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans that hold words, those with nothing but space between them as one."""
    joined: list[Span] = []
    for start, end in spans:
        if not text[start:end].strip():
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def quote_marked(
    source: Source,
    start: int,
    end: int,
    *,
    part: int | None = None,
    speaker: str = "",
    by: Person | None,
    now: dt.datetime,
) -> Excerpt:
    """Cut the words [start, end) of `source`, code points of its visible text, as one person's.

    `part` chooses among several people's (counted from 0, as `parts_of` gives them); `speaker` says whose words they
    are where nobody is named. Raises TwoSpeakers where several people said them and none is chosen, CannotCut as `cut`
    does and for more than half of the interview.
    """
    parts = parts_of(source, start, end)
    if len(parts) > 1 and (part is None or not 0 <= part < len(parts)):
        raise TwoSpeakers(parts)
    said = parts[part or 0] if len(parts) > 1 else parts[0]
    if not (said.speaker or speaker.strip()):
        raise CannotCut("Nobody is named for these words: write whose they are.")
    refuse_too_much(source, said.segments)
    return cut(source, said.segments, speaker=said.speaker or speaker, by=by, now=now)


def refuse_too_much(source: Source, segments: Sequence[Span]) -> None:
    """Raise CannotCut for more than half of an interview: nothing is lost, the mark can be made shorter."""
    share = share_of(source, segments)
    if share.part > TOO_MUCH:
        raise CannotCut(
            f"This is {share}: more than half. That is the interview and not a quote of it. Mark less, and link to the rest."
        )
