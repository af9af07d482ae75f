"""A visible text as blocks: its paragraphs and lines, each with how it is set on the page."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from interviews.sentences import closes_sentence, ends_as_question, words
from interviews.text_map import Mark, VisibleText

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STYLES = frozenset(["b", "i", "u", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"])
_CLASSED = frozenset(
    [
        "p",
        "div",
        "span",
        "font",
        "li",
        "dt",
        "dd",
        "b",
        "i",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
    ]
)
_NEW_LINE = re.compile(
    r"[-–—―─•*>#\[]|\d{1,3}[.)]\s|\*\*|__|[^\W\d_][.:：]\s|[^\W\d_a-z][\w.'’\- ]{0,40}[:：]\s|(?:Mr|Mrs|Ms|Miss|Dr)\. [^\W\d_]+\."
)


@dataclass(slots=True)
class Block:
    """A paragraph or line: its span, and what its setting tells.

    `gap`: an empty line or a block boundary stands before it.
    `style`: what the whole of it is set in ("b", "h3", "p.question"). `lead`: where the bold opening of it ends.
    `place`: the kinds and class words of the elements around it. `linked`: the share of it that is links.
    """

    start: int
    end: int
    text: str
    gap: bool = True
    style: str = ""
    lead: int = 0
    place: tuple[str, ...] = ()
    linked: float = 0.0
    voice: str = ""
    words: list[str] = field(default_factory=list)
    asks: bool = False

    @property
    def heading(self) -> int:
        """1 to 6 for a heading, 0 for anything else."""
        return next((int(part[1]) for part in self.style.split() if re.fullmatch(r"h[1-6]", part)), 0)


@dataclass
class Page:
    """A visible text laid out as blocks."""

    visible: VisibleText
    blocks: list[Block]

    @property
    def text(self) -> str:
        return self.visible.text

    @cached_property
    def is_subtitles(self) -> bool:
        return self.visible.format in ("vtt", "srt")


_APART = frozenset(
    [
        "nav",
        "footer",
        "aside",
        "figcaption",
        "figure",
        "button",
        "menu",
        "sidebar",
        "breadcrumb",
        "breadcrumbs",
        "related",
        "share",
        "sharing",
        "social",
        "comment",
        "comments",
        "promo",
        "advert",
        "advertisement",
        "ad",
        "ads",
        "newsletter",
        "subscribe",
        "subscription",
        "cookie",
        "cookies",
        "caption",
        "pagination",
        "recommended",
        "popular",
        "trending",
        "widget",
        "signup",
        "login",
        "toolbar",
        "tags",
        "taglist",
        "dialog",
        "masthead",
        "skip",
        "topnav",
        "navbar",
        "disqus",
        "respond",
        "bio",
        "recirc",
        "pull",
        "rail",
        "pullquote",
        "pullquotes",
        "outbrain",
        "taboola",
        "sponsored",
        "banner",
        "toc",
        "img",
        "front",
        "photo",
        "wp",
    ]
)


def stands_apart(block: Block) -> bool:
    """Whether the elements around a block say that it belongs to the page and not to the piece on it."""
    return any(place in _APART for place in block.place)


def lay_out(visible: VisibleText) -> Page:
    """The blocks of a visible text, in order; every character that is no white space is in exactly one."""
    text = visible.text
    lines = _lines(text)
    width = None if visible.format == "html" else _wrap_width(text, lines)
    marks = _MarkSweep(visible.marks, len(text))
    blocks: list[Block] = []
    for start, end in _joined(text, lines, visible, width):
        block = Block(start, end, text[start:end], gap=_is_gap(text, blocks[-1].end if blocks else 0, start))
        marks.set_on(block)
        block.words = words(block.text)
        block.asks = ends_as_question(block.text)
        blocks.append(block)
    return Page(visible, blocks)


def _joined(
    text: str, lines: list[tuple[int, int, bool]], visible: VisibleText, width: int | None
) -> list[tuple[int, int]]:
    """The lines, those joined that are one wrapped paragraph or one stretch of subtitles."""
    if visible.format in ("vtt", "srt"):
        return _joined_cues(text, lines, visible)
    joined: list[tuple[int, int]] = []
    for place, (start, end, gap) in enumerate(lines):
        wraps = (
            width is not None
            and place > 0
            and not gap
            and lines[place - 1][1] - lines[place - 1][0] >= 0.7 * width
        )
        if joined and wraps and not _NEW_LINE.match(text, start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _joined_cues(
    text: str, lines: list[tuple[int, int, bool]], visible: VisibleText
) -> list[tuple[int, int]]:
    """Subtitles go on until the voice changes; where no voices are given, until a sentence ends at the end of a line."""
    voices = [(mark.start, mark.end, mark.value) for mark in visible.marks if mark.kind == "voice"]
    joined: list[tuple[int, int]] = []
    spoken, before = 0, ""
    for start, end, _ in lines:
        while spoken < len(voices) and voices[spoken][1] <= start:
            spoken += 1
        voice = voices[spoken][2] if spoken < len(voices) and voices[spoken][0] <= start else ""
        goes_on = (
            voice == before
            if voice or before
            else not closes_sentence(text[joined[-1][0] : joined[-1][1]])
            if joined
            else False
        )
        if joined and goes_on and not (not voice and _NEW_LINE.match(text, start)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        before = voice
    return joined


def _is_gap(text: str, before: int, start: int) -> bool:
    between = text[before:start]
    return (
        not before
        or between.count("\n") > 1
        or "\u2029" in between
        or between.replace("\r\n", "").count("\r") > 1
    )


def _lines(text: str) -> list[tuple[int, int, bool]]:
    lines: list[tuple[int, int, bool]] = []
    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if stripped:
            start = found.start() + len(line) - len(line.lstrip())

            lines.append((start, start + len(stripped), _is_gap(text, lines[-1][1] if lines else 0, start)))
    return lines


def _wrap_width(text: str, lines: list[tuple[int, int, bool]]) -> int | None:
    """How wide the text is wrapped; None where each line is a paragraph of its own."""
    broken = [(start, end) for (start, end, _), (_, _, gap) in pairwise(lines) if not gap]
    if len(broken) < max(3, 0.25 * len(lines)):
        return None
    lengths = sorted(end - start for start, end in broken)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    closed = sum(closes_sentence(text[max(start, end - 20) : end]) for start, end in broken)
    is_wrapped = (
        width <= 130
        and median(lengths) >= 0.6 * width
        and width >= 35
        and closed < (0.5 if len(broken) >= 0.4 * len(lines) else 0.2) * len(broken)
    )
    return width if is_wrapped else None


class _MarkSweep:
    """Walks the marks along the blocks, so that each block is asked only about the marks over it."""

    def __init__(self, marks: tuple[Mark, ...], length: int) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._next = 0
        self._open: list[Mark] = []
        self._length = length

    def set_on(self, block: Block) -> None:
        while self._next < len(self._marks) and self._marks[self._next].start < block.end:
            self._open.append(self._marks[self._next])
            self._next += 1
        self._open = [mark for mark in self._open if mark.end > block.start]
        around = [mark for mark in self._open if mark.start < block.end]
        block.style = self._style(block, around)
        block.lead = self._lead(block, around)
        block.linked = _share(block, around, "a")
        block.voice = next((mark.value for mark in around if mark.kind == "voice"), "")
        block.place = tuple(self._places(block, around))

    def _style(self, block: Block, around: list[Mark]) -> str:
        parts = {kind for kind in _STYLES if _share(block, around, kind) > 0.85}
        classed = [
            m for m in around if m.value and m.kind in _CLASSED and _covers(m, block) and _is_narrow(m, block)
        ]
        parts |= {f"{mark.kind}.{mark.value}" for mark in classed[-1:]}
        parts |= {"caps"} if block.text.isupper() else set()
        return " ".join(sorted(parts))

    def _lead(self, block: Block, around: list[Mark]) -> int:
        for mark in around:
            if mark.kind in ("b", "dt") and mark.start <= block.start < mark.end < block.end:
                return mark.end
        return 0

    def _places(self, block: Block, around: list[Mark]) -> list[str]:
        places: list[str] = []
        for mark in around:
            if _covers(mark, block) and mark.end - mark.start < 0.5 * self._length:
                places += [mark.kind, *mark.value.replace("-", " ").replace("_", " ").split()]
        return places


def _covers(mark: Mark, block: Block) -> bool:
    return mark.start <= block.start and mark.end >= block.end


def _is_narrow(mark: Mark, block: Block) -> bool:
    return mark.end - mark.start < 2 * (block.end - block.start) + 80


def _share(block: Block, around: list[Mark], kind: str) -> float:
    covered, at = 0, block.start
    for mark in around:
        if mark.kind == kind:
            begin, end = max(at, mark.start), min(block.end, mark.end)
            covered += max(0, end - begin)
            at = max(at, end)
    return covered / (block.end - block.start)


def cut(block: Block, cuts: list[int]) -> list[Block]:
    """The block cut before the given places, counted from its start; what is left empty is left out."""
    if not cuts:
        return [block]
    pieces = []
    for at, end in zip([0, *cuts], [*cuts, len(block.text)], strict=True):
        text = block.text[at:end].rstrip()
        if text:
            piece = replace(block, start=block.start + at, end=block.start + at + len(text), text=text)
            piece.words, piece.asks, piece.lead = (
                words(text),
                ends_as_question(text),
                block.lead if at == 0 else 0,
            )
            piece.gap = block.gap and at == 0
            pieces.append(piece)
    return pieces


def part_of(block: Block, text: str, start: int, end: int) -> Block:
    """A block as if only text[start:end] of it stood there."""
    if (start, end) == (block.start, block.end):
        return block
    inner = text[start:end]
    return replace(
        block, start=start, end=end, text=inner, words=words(inner), asks=ends_as_question(inner), lead=0
    )


def split_leads(page: Page) -> None:
    """Cut the bold question off the answer that follows it in the same paragraph, where a page sets several so."""
    led = [block for block in page.blocks if block.lead and _lead_asks(block)]
    if len(led) < 2:
        return
    blocks: list[Block] = []
    for block in page.blocks:
        pieces = cut(block, [block.lead - block.start]) if block.lead and _lead_is_said(block) else [block]
        if len(pieces) == 2:
            pieces[0].style, pieces[0].lead = " ".join(sorted({*block.style.split(), "b"})), 0
        blocks += pieces
    page.blocks[:] = blocks


def _lead_is_said(block: Block) -> bool:
    lead = block.text[: block.lead - block.start]
    return _lead_asks(block) or (closes_sentence(lead) and len(words(lead)) > 2)


def _lead_asks(block: Block) -> bool:
    lead = block.text[: block.lead - block.start]
    return ends_as_question(lead) and len(words(lead)) > 1
