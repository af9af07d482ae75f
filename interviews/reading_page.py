"""What a reader of a published guide sees: frozen content in, plain values for a template out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from .directions import direction_of
from .guide_content import Content, prompts_of
from .guide_text import as_html
from .models import GuideSection, Prompt, RightToQuote

Kind = GuideSection.Kind
# When an excerpt was withdrawn, by its UUID.
Withdrawals = Mapping[str, dt.date]

_RIGHTS = {
    RightToQuote.OWN: "Our own interview",
    RightToQuote.PERMISSION: "Quoted by permission",
    RightToQuote.LICENCE: "Published under a licence",
    RightToQuote.QUOTATION: "Quoted for discussion",
}
_GROUPS = {0: "the whole room", 1: "each alone", 2: "pairs", 3: "groups of three", 4: "groups of four"}
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_LONG_QUOTE = 320


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with their language and direction, said only where they differ from the guide's."""

    text: str
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An excerpt with its receipt. `withdrawn`: the day in words; then it holds no word of the excerpt."""

    number: int
    paragraphs: tuple[str, ...]
    lang: str
    dir: str
    is_long: bool
    speaker: str
    publication: str
    date: str
    iso_date: str
    link: str
    withdrawn: str = ""
    note: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A prompt. `rests_on` is the number of a quote shown elsewhere, `said` a quote shown here only."""

    number: int
    question: Passage
    moment: str
    facts: str
    rests_on: Said | None
    said: Said | None
    uuid: str
    is_closing: bool


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    text: SafeString | None = None
    said: Said | None = None
    card: Card | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    heading: Passage
    blocks: tuple[Block, ...]
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A source that the guide quotes, and on what right. `source` is the SHA-256 of its bytes."""

    title: Passage
    publication: str
    byline: str
    date: str
    url: str
    right: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose guide it is: the film team's own, or adapted from another one, which is credited."""

    is_films_own: bool
    title: str = ""
    code: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPage:
    title: Passage
    lang: str
    dir: str
    film: str
    film_slug: str
    film_facts: str
    glance: tuple[tuple[int, str], ...]
    jumps: tuple[tuple[str, str], ...]
    content_note: Section | None
    sections: tuple[Section, ...]
    credits: tuple[Credit, ...]
    summary: str
    origin: Origin

    @property
    def ours(self) -> SafeString:
        """Attributes of the house's own words, which are English, in a guide in another language."""
        return SafeString("" if self.lang.split("-")[0] == "en" else ' lang="en" dir="ltr"')


def reading_page(
    content: Content, withdrawals: Withdrawals, *, keeping: frozenset[str] = frozenset()
) -> ReadingPage:
    """The page of a frozen guide: the content note first, then the sections as they stand, then the sources.

    A quote in `withdrawals` is shown as withdrawn, and none of its words are in what this gives. A section with nothing
    for attendees is left out, unless `keeping` has its kind.
    """
    reader = _Reader(content, withdrawals)
    sections = [
        section
        for section in map(reader.section, content["sections"])
        if section.blocks or section.kind in keeping
    ]
    film, guide = content["film"], content["guide"]
    note = next((one for one in sections if one.kind == Kind.CONTENT_NOTE), None)
    return ReadingPage(
        title=reader.passage(guide["title"]),
        lang=guide["lang"],
        dir=guide["dir"],
        film=film["title"],
        film_slug=film["slug"],
        film_facts=", ".join(_film_facts(film)),
        glance=tuple(_glance(content)),
        jumps=tuple(_jumps(sections, bool(content["excerpts"]))),
        content_note=note or reader.note_of_film(),
        sections=tuple(one for one in sections if one.kind != Kind.CONTENT_NOTE),
        credits=tuple(reader.credits()),
        summary=_summary(content),
        origin=_origin(guide),
    )


def card_of(content: Content, withdrawals: Withdrawals, uuid: str) -> Card | None:
    """One prompt of a frozen guide by its UUID, standing by itself: with the quote that it rests on, whole. None where
    the guide has no such prompt."""
    number, prompt = next(
        ((n, one) for n, one in enumerate(prompts_of(content), start=1) if one["uuid"] == uuid), (0, None)
    )
    if prompt is None:
        return None
    card = _Reader(content, withdrawals)._card(prompt)
    return replace(card, number=number, rests_on=None, said=card.rests_on or card.said)


def _origin(guide: Content) -> Origin:
    return Origin(guide.get("is_films_own", False), **(guide.get("adapted_from") or {}))


def _film_facts(film: Content) -> Iterator[str]:
    yield from film["directors"]
    if film["year"]:
        yield str(film["year"])
    if film["running_minutes"]:
        yield f"{film['running_minutes']} minutes"


def _glance(content: Content) -> Iterator[tuple[int, str]]:
    quotes, prompts = content["excerpts"], prompts_of(content)
    if quotes:
        interviews = len({quote["source_sha256"] for quote in quotes.values()})
        yield len(quotes), "quote" if len(quotes) == 1 else "quotes"
        yield interviews, "interview" if interviews == 1 else "interviews"
    if prompts:
        yield len(prompts), "question" if len(prompts) == 1 else "questions"


def _jumps(sections: list[Section], has_sources: bool) -> Iterator[tuple[str, str]]:
    """Anchors and headings of what is sought in a hurry."""
    for section in sections:
        if section.kind in (Kind.BEFORE, Kind.AFTER, Kind.ACTION):
            yield section.kind, section.heading.text
    if has_sources:
        yield "sources", "Sources"


def _summary(content: Content) -> str:
    counts = " and ".join(f"{count} {what}" for count, what in _glance(content) if what[:4] != "inte")
    made_of = f": {counts}" if counts else ""
    return f"A guide to talking about {content['film']['title']}{made_of}."


class _Reader:
    """Walks the frozen content once, numbering quotes and prompts in the order of reading."""

    def __init__(self, content: Content, withdrawals: Withdrawals) -> None:
        self._content = content
        self._withdrawals = withdrawals
        self._dir = content["guide"]["dir"]
        self._lang = content["guide"]["lang"]
        shown = (
            block["excerpt"]
            for section in content["sections"]
            for block in section["blocks"]
            if block["kind"] == "excerpt"
        )
        self._shown = list(dict.fromkeys(shown))
        self._prompts = 0

    def passage(self, text: str) -> Passage:
        direction = direction_of(text)
        return Passage(text, dir=direction if direction != self._dir else "")

    def section(self, section: Content) -> Section:
        blocks = tuple(self._block(block) for block in section["blocks"] if block["kind"] != "tip")
        return Section(section["kind"], self.passage(section["heading"]), blocks, _section_facts(section))

    def note_of_film(self) -> Section | None:
        """The film's own content notes, for a guide that has none."""
        notes = self._content["film"]["content_notes"]
        if not notes:
            return None
        block = Block("text", as_html(notes, self._dir))
        return Section(Kind.CONTENT_NOTE, Passage(str(Kind.CONTENT_NOTE.label)), (block,))

    def _block(self, block: Content) -> Block:
        if block["kind"] == "excerpt":
            return Block("excerpt", said=self._said(block["excerpt"]))
        if block["kind"] == "prompt":
            return Block("prompt", card=self._card(block))
        return Block(block["kind"], as_html(block["text"], self._dir), url=block.get("url", ""))

    def _card(self, prompt: Content) -> Card:
        self._prompts += 1
        uuid = prompt["excerpt"]
        is_shown = uuid in self._shown
        return Card(
            number=self._prompts,
            question=self.passage(prompt["question"]),
            moment=Prompt.Moment(prompt["moment"]).label.capitalize(),
            facts=f"{_minutes(prompt['minutes'])}, {_group(prompt['group_size'])}",
            rests_on=self._said(uuid) if is_shown else None,
            said=self._said(uuid) if uuid and not is_shown else None,
            uuid=prompt["uuid"],
            is_closing=prompt["moment"] == Prompt.Moment.CLOSING,
        )

    def _said(self, uuid: str) -> Said:
        frozen, withdrawn = self._content["excerpts"][uuid], self._withdrawals.get(uuid)
        exact = "" if withdrawn else frozen["exact"]
        return Said(
            number=self._shown.index(uuid) + 1 if uuid in self._shown else 0,
            paragraphs=tuple(" ".join(part.split()) for part in _PARAGRAPH.split(exact)),
            lang=frozen["lang"] if frozen["lang"] != self._lang else "",
            dir=frozen["dir"] if frozen["dir"] != self._dir else "",
            is_long=len(exact) > _LONG_QUOTE,
            speaker=frozen["speaker"],
            publication=frozen["publication"],
            date=_day_of(frozen["published_on"]),
            iso_date=frozen["published_on"] or "",
            link="" if withdrawn else frozen["link"],
            withdrawn=say_day(withdrawn) if withdrawn else "",
            note="" if withdrawn else frozen.get("note", ""),
            uuid=uuid,
        )

    def credits(self) -> Iterator[Credit]:
        by_source = {
            (quote["source_sha256"], quote["right"], quote["right_note"]): quote
            for quote in self._content["excerpts"].values()
        }
        for quote in sorted(by_source.values(), key=lambda one: (one["published_on"] or "", one["title"])):
            yield Credit(
                title=Passage(
                    quote["title"],
                    lang=quote["lang"] if quote["lang"] != self._lang else "",
                    dir=self.passage(quote["title"]).dir,
                ),
                publication=quote["publication"],
                byline=quote["byline"],
                date=_day_of(quote["published_on"]),
                url=quote["url"],
                right=_RIGHTS[RightToQuote(quote["right"])],
                note=quote["right_note"],
                source=quote["source_sha256"],
            )


def _section_facts(section: Content) -> str:
    minutes = [block["minutes"] for block in section["blocks"] if block["kind"] == "prompt"]
    if not minutes:
        return ""
    questions = "1 question" if len(minutes) == 1 else f"{len(minutes)} questions"
    return f"{questions}, about {_minutes(sum(minutes))}"


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


def _group(size: int) -> str:
    return _GROUPS.get(size, f"groups of {size}")


def _day_of(iso: str | None) -> str:
    return say_day(dt.date.fromisoformat(iso)) if iso else ""


def say_day(day: dt.date) -> str:
    """`3 Aug 2026`."""
    return f"{day:%-d %b %Y}"
