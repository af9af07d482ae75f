"""Reading an interview: from a visible text to who said what, and where.

The page is laid out as blocks; labels, furniture and front matter are found; the rest is placed as question, answer or
narration by the likeliest sequence of the evidence; speakers are named; narration gives up its quotations. Every
character that is no white space ends in exactly one place: a turn, a label, the front matter, the furniture, or what
could not be placed.
"""

from interviews.blocks import Page, lay_out, split_leads
from interviews.front_matter import FrontMatter, cut_glued_title, front_matter_of
from interviews.furniture import furniture_in
from interviews.languages import Language, language_of
from interviews.listings_mentioned import Listing, listings_in
from interviews.people import People, people_in
from interviews.pieces import FURNITURE, LABEL, UNPLACED, Finding, Piece
from interviews.quotations import Quotation, quotations_in
from interviews.reading import Meta, Reading, Span, Turn
from interviews.speaker_labels import find_labels
from interviews.text_map import VisibleText
from interviews.turn_evidence import remark_odds
from interviews.turn_sequence import ANSWER, NARRATION, QUESTION, Layout, Unit, place_kinds
from interviews.voices import Voice, voices_of

__all__ = ["Listing", "Meta", "Quotation", "Reading", "Turn", "read"]


def read(visible: VisibleText | str) -> Reading:
    """Who says what in a visible text. Never raises: a text that is no interview gives narration, and what could not
    be placed."""
    if isinstance(visible, str):
        visible = VisibleText(visible, "txt")
    page = lay_out(visible)
    split_leads(page)
    cut_glued_title(page)
    language = language_of([word for block in page.blocks for word in block.words[:60]])
    people = people_in(page, _probable_title(page))
    labels = find_labels(page, people)
    labelled = {label.block for label in labels}
    furniture = furniture_in(page, people, labelled)
    front = front_matter_of(page, furniture.all, labelled)
    voices = voices_of(page, labels, people, front)
    pieces = Finding(page, language, people, labels, voices, furniture, front).pieces()
    units = [piece.unit for piece in pieces if piece.unit]
    if page.is_subtitles:
        _weigh_as_subtitles(units)
    else:
        _add_remark_odds(units, page, language)
    place_kinds(units, _layout(units))
    _inherit_voices(units)
    return _reading(page, pieces, _turns(pieces, voices, people), front, people, language)


def _probable_title(page: Page) -> str:
    headings = [block.text for block in page.blocks if block.heading == 1]
    head = [value for name, value in page.visible.head if name == "title"]
    lines = [block.text for block in page.blocks[:12] if 3 <= len(block.words) <= 30]
    return " \n ".join([*headings[:1], *head[:1], *(lines[:3] if not headings else [])])


def _add_remark_odds(units: list[Unit], page: Page, language: Language) -> None:
    """Brief statements among long answers may be the interviewer's, where questions bear no label."""
    lengths = sorted(len(page.blocks[unit.block].words) for unit in units if not unit.evidence.asks)
    typical = float(lengths[3 * len(lengths) // 4]) if lengths else 0.0
    for unit in units:
        if unit.said_by is None and not unit.is_tail:
            unit.evidence.question += remark_odds(page.blocks[unit.block], language, typical)


def _weigh_as_subtitles(units: list[Unit]) -> None:
    """In subtitles a unit is a sentence, not a paragraph, and nobody narrates: once somebody has asked, a sentence that
    asks nothing goes on with what was being said."""
    asked = False
    for unit in units:
        asked = asked or unit.evidence.asks
        unit.evidence.narration -= 4.0
        if not asked:
            unit.evidence.question += 4.0
        elif not unit.evidence.asks and unit.opens is None:
            unit.evidence.question -= 2.0


def _layout(units: list[Unit]) -> Layout:
    """Which sides bear labels throughout: three at least, the last of them in the latter half."""
    sides = set()
    for kind in (QUESTION, ANSWER):
        places = [index for index, unit in enumerate(units) if unit.said_by == kind]
        if len(places) >= 3 and places[-1] >= len(units) / 2:
            sides.add(kind)
    return Layout(frozenset(sides))


def _inherit_voices(units: list[Unit]) -> None:
    """A unit without a label has the voice of the turn it carries on, else the voice that last spoke on its side."""
    last: dict[str, int] = {}
    before: Unit | None = None
    for unit in units:
        if unit.voice is not None:
            last[unit.kind] = unit.voice
        elif before is not None and before.kind == unit.kind:
            unit.voice = before.voice
        else:
            unit.voice = last.get(unit.kind)
        before = unit


def _turns(pieces: list[Piece], voices: list[Voice], people: People) -> list[Turn]:
    """The turns of a page: speech of one kind, until the kind changes or a label or sign begins another turn."""
    turns: list[Turn] = []
    last: Unit | None = None
    interrupted = False
    for piece in pieces:
        unit = piece.unit
        if unit is None:
            interrupted = True
        elif last is not None and last.kind == unit.kind and unit.said_by is None and not unit.opens:
            turns[-1] = _longer(turns[-1], piece, unit, interrupted)
            last, interrupted = unit, False
        else:
            speaker = _speaker(unit, voices, people)
            turns.append(Turn(unit.kind, speaker, ((piece.start, piece.end),), unit.confidence))
            last, interrupted = unit, False
    return turns


def _longer(turn: Turn, piece: Piece, unit: Unit, interrupted: bool) -> Turn:
    """The turn with one more piece: its last segment grows, unless something that is no speech lies between."""
    *others, last = turn.segments
    segments: tuple[Span, ...] = (*others, (last[0], piece.end))
    if interrupted:
        segments = (*turn.segments, (piece.start, piece.end))
    return Turn(turn.kind, turn.speaker, segments, min(turn.confidence, unit.confidence))


def _speaker(unit: Unit, voices: list[Voice], people: People) -> str | None:
    if unit.kind == NARRATION:
        return None
    if unit.voice is not None:
        return voices[unit.voice].name
    return people.interviewee() if unit.kind == ANSWER else None


def _reading(
    page: Page,
    pieces: list[Piece],
    turns: list[Turn],
    front: FrontMatter,
    people: People,
    language: Language,
) -> Reading:
    spans = {
        role: tuple((p.start, p.end) for p in pieces if p.role == role)
        for role in (LABEL, FURNITURE, UNPLACED)
    }
    told = [segment for turn in turns if turn.kind == NARRATION for segment in turn.segments]
    printed = tuple(sorted(front.spans, key=lambda span: span[1]))
    return Reading(
        turns=tuple(turns),
        quotations=quotations_in(page.text, told, people),
        labels=spans[LABEL],
        furniture=spans[FURNITURE],
        meta=Meta(front.title, front.byline, front.publication, front.date, printed),
        listings=listings_in(page.text, sorted([*told, *spans[FURNITURE], *spans[UNPLACED]])),
        unplaced=spans[UNPLACED],
        language=language.code,
    )
