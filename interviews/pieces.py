"""A page cut into pieces, in order: labels, front matter, furniture, and speech that has no kind yet."""

from dataclasses import dataclass
from itertools import pairwise

from interviews.blocks import Block, Page, part_of
from interviews.front_matter import FrontMatter
from interviews.furniture import Furniture, credit_end, shared_credits
from interviews.label_shapes import Label
from interviews.languages import Language
from interviews.people import People
from interviews.run_on_questions import run_on_questions
from interviews.sentences import tighten
from interviews.turn_evidence import weigh
from interviews.turn_sequence import ANSWER, QUESTION, Unit
from interviews.turn_signs import Signs, signs_in, time_before
from interviews.voices import Voice

Span = tuple[int, int]
LABEL, META, FURNITURE, UNPLACED, SPEECH = "label", "meta", "furniture", "unplaced", "speech"


@dataclass
class Piece:
    """A stretch of the text and what it was taken for; speech has a unit, of which the kind is found later."""

    start: int
    end: int
    role: str
    unit: Unit | None = None


class Finding:
    """What was found on a page so far, and from it the page as pieces, speech still without kinds."""

    def __init__(
        self,
        page: Page,
        language: Language,
        people: People,
        labels: list[Label],
        voices: list[Voice],
        furniture: Furniture,
        front: FrontMatter,
    ) -> None:
        self.page, self.language, self.voices = page, language, voices
        self.furniture, self.front = furniture, front
        self.labels = {label.block: label for label in labels}
        self.label_above: Label | None = None
        self.credits = shared_credits(page)
        self.interviewee = _interviewee(voices, people)
        apart = furniture.all | front.blocks
        self.signs = self._signs_beside_labels(apart)
        self.tails = run_on_questions(page, self._kinds(), apart)

    def _signs_beside_labels(self, apart: set[int]) -> Signs:
        """Where labels say who speaks, only signs that questions alone bear say more."""
        if len(self.labels) < 3:
            return signs_in(self.page, apart)
        signs = signs_in(self.page, apart)
        bare = {index: end for index, end in signs.ends.items() if index not in self.labels}
        return Signs() if signs.both else Signs(bare)

    def _kinds(self) -> dict[int, str]:
        return {
            index: voice.kind
            for index, label in self.labels.items()
            for voice in self.voices
            if label.key in voice.keys
        }

    def pieces(self) -> list[Piece]:
        """The page in order, every block as one or more pieces."""
        pieces: list[Piece] = []
        for index, block in enumerate(self.page.blocks):
            if index in self.furniture.all:
                pieces += self._furniture(index, block)
            elif index in self.front.blocks:
                pieces.append(Piece(block.start, block.end, META))
            else:
                pieces += self._labelled_speech(index, block)
        return pieces

    def _furniture(self, index: int, block: Block) -> list[Piece]:
        rest = credit_end(block, self.credits)
        if not rest:
            role = UNPLACED if index in self.furniture.doubtful else FURNITURE
            return [Piece(block.start, block.end, role)]
        return [
            Piece(block.start, block.start + rest, FURNITURE),
            *self._speech(index, block, block.start + rest),
        ]

    def _labelled_speech(self, index: int, block: Block) -> list[Piece]:
        label = self.labels.get(index)
        sign = self.signs.ends.get(index)
        if label and label.end > label.start:
            speech = self._speech(index, block, label.end)
            self.label_above = None if speech else label
            return [Piece(label.start, label.end, LABEL), *speech]
        sign = sign or time_before(block)
        if sign:
            start = block.start + sign
            head = tighten(self.page.text, block.start, start) or (block.start, start)
            return [Piece(*head, LABEL), *self._speech(index, block, start)]
        return self._speech(index, block, block.start)

    def _speech(self, index: int, block: Block, start: int) -> list[Piece]:
        tail = self.tails.get(index, 0) + block.start
        cuts = [start, tail, block.end] if tail > start else [start, block.end]
        pieces = []
        for number, (begin, end) in enumerate(pairwise(cuts)):
            span = tighten(self.page.text, begin, end)
            if span:
                pieces.append(Piece(*span, SPEECH, self._unit(index, block, span, is_tail=number > 0)))
        return pieces

    def _unit(self, index: int, block: Block, span: Span, *, is_tail: bool) -> Unit:
        evidence = weigh(part_of(block, self.page.text, *span), self.language, self.interviewee)
        unit = Unit(index, *span, evidence, block.style, is_tail=is_tail)
        if is_tail:
            return unit
        label, self.label_above = self.labels.get(index) or self.label_above, None
        if label:
            unit.voice = next(i for i, voice in enumerate(self.voices) if label.key in voice.keys)
            unit.said_by = self.voices[unit.voice].kind
        elif index in self.signs.ends and not self.signs.both:
            unit.said_by = QUESTION
        elif self.signs.both:
            unit.opens = index in self.signs.ends
        return unit


def _interviewee(voices: list[Voice], people: People) -> str | None:
    named = [voice.name for voice in voices if voice.kind == ANSWER and voice.name]
    return named[0] if named else people.interviewee()
