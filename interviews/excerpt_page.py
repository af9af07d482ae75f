"""An excerpt as an editor trims it: its words with their places, its cuts and its brackets, each of which can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .directions import direction_of
from .models import Excerpt
from .source_page import verbatim
from .utf16_offsets import Utf16Places


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the source (`at`: their first UTF-16 code unit), an editor's words (`place`), or a cut (`gap`)."""

    kind: str
    html: SafeString
    at: int = 0
    place: int = 0
    gap: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Trimmable:
    """The pieces in the order of reading."""

    pieces: tuple[Piece, ...]
    dir: str

    @property
    def cuts(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "cut"]

    @property
    def insertions(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "editor"]


def trimmable(excerpt: Excerpt) -> Trimmable:
    """The excerpt in pieces."""
    return Trimmable(tuple(_pieces(excerpt)), direction_of(excerpt.exact))


def _pieces(excerpt: Excerpt) -> Iterator[Piece]:
    text = excerpt.source.visible_text
    places = Utf16Places(text)
    for number, (start, end) in enumerate(excerpt.segments):
        if number:
            left_out = text[excerpt.segments[number - 1][1] : start]
            yield Piece("cut", verbatim("[…]"), gap=number - 1, words=" ".join(left_out.split()))
        at = start
        for place, words in excerpt.insertions:
            if start <= place <= end:
                if at < place:
                    yield Piece("words", verbatim(text[at:place]), at=places(at))
                yield Piece("editor", verbatim(f"[{words}]"), place=place, words=words)
                at = place
        if at < end:
            yield Piece("words", verbatim(text[at:end]), at=places(at))
