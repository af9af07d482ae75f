"""What could be a speaker's label at the beginning of a paragraph, in each style that labels are set in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviews.blocks import Block, Page, stands_apart
from interviews.languages import ASKED, ASKERS, PARTICLES
from interviews.people import name_key
from interviews.sentences import WIDE, ends_as_question

_BULLET = r"(?:#{1,6}[ \t]+|>[ \t]*|[-*•‣·][ \t]+|>>+[ \t]*)?"
_TIME = r"(?:[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?)"
_OPEN = r"(?:[*_]{1,3}|[“\"](?=[^\W\d_]{1,20}:))?"
_NAME = r"[^\W\d_][\w.'’\-]*(?:(?:[ \t]+|[ \t]?[&/+,][ \t]?)\w[\w.'’&\-]*){0,5}"
_ASIDE = r"(?:[ \t]*[(\[][^()\[\]\n]{1,40}[)\]])?"
_PREFIX = rf"{_BULLET}(?:{_TIME}[ \t]*(?:[-–—|][ \t]*)?)?{_OPEN}"
_COLON = re.compile(
    rf"{_PREFIX}(?P<name>{_NAME}){_ASIDE}[*_]{{0,3}}(?:[ \t]*{_TIME})?[ \t]*[:：;](?!//)[*_]{{0,3}}(?=\s|[^\s\d/]|$)"
)
_STOP = re.compile(
    rf"{_PREFIX}(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Miss|Prof|Sr|Sra|Mme|Herr|Frau|M)\.?[ ])?[^\W\d_][\w'’\-]*"
    rf"(?:[ ][^\W\d_][\w'’\-]*){{0,2}}(?=[*_]{{0,3}}\.)|(?:[^\W\d_]\.[ ]?){{2,3}})[*_]{{0,3}}\.?[*_]{{0,3}}(?:[ \t]*[—–-]+)?(?=[ \t]+\S)"
)
_DASH = re.compile(
    rf"{_PREFIX}(?P<name>{_NAME}){_ASIDE}[*_]{{0,3}}(?:[ \t]*[—–―]+[ \t]*|[ \t]+-+[ \t]+|[ \t]*[|>]+[ \t]+)(?=\S)"
)
_BRACKET = re.compile(
    rf"{_BULLET}[*_]{{0,3}}[\[(<【〈](?P<name>{_NAME})[\])>】〉][*_]{{0,3}}[ \t]*[:：]?[*_]{{0,3}}(?=\s*\S)"
)
_TIMED = re.compile(
    rf"{_BULLET}{_OPEN}(?P<name>{_NAME}?)[*_]{{0,3}}[ \t]*[|,–—-]?[ \t]*{_TIME}[ \t]*[:：]?[*_]{{0,3}}(?=\s|$)"
)
_TIME_FIRST = re.compile(rf"{_TIME}[ \t]*[-–—|]?[ \t]*(?P<name>{_NAME})$")
_CAPITALS = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_a-z][^\W\d_a-z.'’\-]+(?:[ ][^\W\d_a-z][^\W\d_a-z'’\-]+){0,2})[*_]{0,3}[ \t]+(?=[“\"'‘¿¡]?\S)"
)
_WIDE_SPACE = re.compile(rf"(?P<name>[{WIDE}・]{{1,10}})\u3000(?=\S)")
_NUMBERED = re.compile(
    r"[*_]{0,3}(?P<name>Q|A|Question|Answer|Pregunta|Respuesta|Frage|Antwort)[ .]?\d{1,3}[*_]{0,3}[ \t]*[.:)：–—-][*_]{0,3}",
    re.I,
)
_REPLY_WORDS = frozenset(
    [
        "yes",
        "no",
        "well",
        "yeah",
        "oh",
        "absolutely",
        "right",
        "exactly",
        "sure",
        "okay",
        "ok",
        "so",
        "and",
        "but",
        "sí",
        "bueno",
        "oui",
        "non",
        "ja",
        "nein",
        "ah",
        "now",
        "then",
    ]
)
_NEVER_LABELS = frozenset(
    [
        "photo",
        "photos",
        "credit",
        "image",
        "images",
        "caption",
        "note",
        "update",
        "tags",
        "http",
        "https",
        "photo",
        "credit",
        "source",
        "sources",
    ]
)


@dataclass(slots=True)
class Label:
    """A label before a speech: its span with sign and markup, what it says, and the style it is set in."""

    block: int
    start: int
    end: int
    printed: str
    style: str

    role: str = ""

    @property
    def key(self) -> str:
        return label_key(self.printed)


def label_key(printed: str) -> str:
    """A label for comparing: names without titles and points, one letter for numbered questions."""
    key = name_key(printed)
    parts = key.replace(".", " ").split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else key


def label_candidates(index: int, block: Block, page: Page) -> Iterator[Label]:
    """Each way in which the beginning of a block can be read as a label, the surest styles first."""
    if stands_apart(block):
        return
    text = block.text[:160]
    patterns = (
        ("numbered", _NUMBERED),
        ("colon", _COLON),
        ("bracket", _BRACKET),
        ("timed", _TIMED),
        ("wide", _WIDE_SPACE),
        ("dash", _DASH),
    )
    for style, pattern in patterns:
        found = pattern.match(text)
        if found and is_name_like(found["name"]):
            yield _label(index, block, found.end(), found["name"], style)
    yield from _bold_candidates(index, block)
    yield from _alone_candidates(index, block, page)
    for style, pattern in (("stop", _STOP), ("capitals", _CAPITALS)):
        found = pattern.match(text)
        cased = style != "capitals" or bool(
            found and found["name"].isupper()
        )  # Arabic, Chinese … have no capitals
        if found and cased and is_name_like(found["name"]) and found.end() < len(block.text):
            yield _label(index, block, found.end(), found["name"], style)


def _label(index: int, block: Block, length: int, printed: str, style: str) -> Label:
    name, _, role = printed.partition(",")
    end = min(block.end, block.start + length)
    return Label(index, block.start, end, name.strip(" .*_"), style, role.strip().lower())


def _bold_candidates(index: int, block: Block) -> Iterator[Label]:
    if not block.lead:
        return
    printed = block.text[: block.lead - block.start].strip(" *_:：.—–-\xa0")
    if len(printed.split()) <= 5 and not ends_as_question(printed) and is_name_like(printed):
        rest = block.text[block.lead - block.start :]
        sign = len(rest) - len(rest.lstrip(" :：.—–-*_\xa0"))
        yield _label(index, block, block.lead - block.start + sign, printed, "bold")


def _alone_candidates(index: int, block: Block, page: Page) -> Iterator[Label]:
    printed = block.text.strip("*_#>[]() :：\t-–—")
    if index + 1 == len(page.blocks) or len(printed) > 45 or printed.endswith((".", "?", "!", ",")):
        return
    timed = _TIME_FIRST.match(block.text)
    if timed:
        printed = timed["name"]
    if len(printed.split()) <= 4 and is_name_like(printed):
        yield Label(index, block.start, block.end, printed, "alone")


def is_name_like(printed: str) -> bool:
    """Whether each word could be part of a name or of a role ("INTERVIEWER", "Ines Calder", "Speaker 1", "问")."""
    key = printed.strip(" .*_").lower()
    if key in ASKERS or key in ASKED:
        return True
    if not key or ((not printed.isupper() or len(key) > 4) and (key in _REPLY_WORDS or key in _NEVER_LABELS)):
        return False
    if re.search(f"[{WIDE}]", key):
        return len(key) <= 12
    parts = printed.replace("/", " ").replace("&", " ").split()
    if not 1 <= len(parts) <= 5 or len(printed) > 42:
        return False
    return all(_is_name_part(part) for part in parts) and any(
        part[:1].isupper() or not part[:1].isascii() for part in parts
    )


def _is_name_part(part: str) -> bool:
    letters = part.strip("()[].,'’\"“”")
    if not letters:
        return True
    return (
        letters[0].isupper()
        or letters.isdigit()
        or letters.lower() in PARTICLES | {"and", "y", "et", "und", "&"}
        or (letters[0].isalpha() and letters.lower() == letters.upper())
    )
