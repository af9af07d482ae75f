"""What differs between two frozen guides, for people: what came in, what went, which words changed. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .guide_content import Content

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both (`same`), only in the newer (`added`) or only in the older one (`removed`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One piece: `added`, `removed` or `changed`, with where it stands and its words."""

    kind: str
    where: str
    what: str
    runs: tuple[Run, ...]


Piece = tuple[str, str, str, str]


def difference(before: Content | None, after: Content) -> list[Change]:
    """The changes from one content to another in the order of reading; all is added where there is none before."""
    old = {key: piece for key, *piece in _pieces(before)} if before else {}
    new = {key: piece for key, *piece in _pieces(after)}
    changes = [_change(old.get(key), new[key]) for key in new]
    gone = [
        Change("removed", where, what, (Run("removed", text),))
        for key, (where, what, text) in old.items()
        if key not in new
    ]
    return [change for change in changes if change] + gone


def _change(old: list[str] | None, new: list[str]) -> Change | None:
    where, what, text = new
    if old is None:
        return Change("added", where, what, (Run("added", text),))
    if old == new:
        return None
    if old[2] == text:
        return Change("changed", where, what, (Run("same", f"moved here from “{old[0]}”"),))
    return Change("changed", where, what, tuple(compare_words(old[2], text)))


def compare_words(old: str, new: str) -> Iterator[Run]:
    """The words of both texts in the order of reading: those that stay, those that go, those that come."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    for kind, low, high, start, end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(before[low:high]))
            continue
        if low < high:
            yield Run("removed", "".join(before[low:high]))
        if start < end:
            yield Run("added", "".join(after[start:end]))


def _pieces(content: Content) -> Iterator[Piece]:
    """Everything that a guide says, each under a key that stays the same from version to version where it can."""
    guide = content["guide"]
    yield "title", guide["title"], "title", guide["title"]
    for section in content["sections"]:
        counts: dict[str, int] = {}
        yield f"heading:{section['kind']}", section["heading"], "section", section["heading"]
        for block in section["blocks"]:
            kind = block["kind"]
            counts[kind] = counts.get(kind, 0) + 1
            yield _key(block, section["kind"], counts[kind]), section["heading"], kind, _words(block, content)


def _key(block: Content, section: str, count: int) -> str:
    """Prompts and quotes are known by their UUID wherever they stand, the guide's own words by their place."""
    if block["kind"] == "prompt":
        return f"prompt:{block['uuid']}"
    if block["kind"] == "excerpt":
        return f"excerpt:{section}:{block['excerpt']}"
    return f"{block['kind']}:{section}:{count}"


def _words(block: Content, content: Content) -> str:
    if block["kind"] == "excerpt":
        quote = content["excerpts"][block["excerpt"]]
        return f"“{quote['exact']}” {quote['speaker']}"
    if block["kind"] != "prompt":
        return "\n".join(part for part in (block["text"], block.get("url", "")) if part)
    facts = f"{block['question']}\n{block['moment']}, {block['minutes']} min"
    extra = ("if_silent", "if_heated", "follow_up", "tip")
    return "\n".join([facts, *(block[name] for name in extra if block.get(name))])
