"""The demo's interviews and the guides that are made of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from accounts.models import Person
from interviews.archive import import_interview
from interviews.choices import choose_guide
from interviews.excerpts import cut
from interviews.guides import (
    add_action,
    add_excerpt,
    add_prompt,
    add_section,
    add_text,
    start_guide,
)
from interviews.models import Excerpt, Guide, GuideSection, Source
from interviews.publishing import publish

from . import content
from .programme import film_named

SIDECAR_FACTS = (
    "title",
    "publication",
    "byline",
    "published_on",
    "url",
    "right",
    "right_note",
    "right_until",
)


def add_interviews(now: dt.datetime) -> dict[str, Source]:
    """Every interview of the demo by its file's name, read by the archive as any other would be."""
    return {path.name: _add_interview(path, now) for path in content.interview_files()}


def _add_interview(path: Path, now: dt.datetime) -> Source:
    facts = content.facts_of(path)
    _, source, _ = import_interview(
        path.read_bytes(),
        film=film_named(facts["film"]),
        filename=path.name,
        retrieved_at=now,
        **{name: facts[name] for name in SIDECAR_FACTS if name in facts},
    )
    return source


def add_guides(sources: dict[str, Source], owner: Person, now: dt.datetime) -> list[Guide]:
    """The guides of the demo: arranged, and where they are finished published and offered by their film."""
    return [_add_guide(content.read(name), sources, owner, now) for name in content.GUIDES]


def _add_guide(words: dict[str, Any], sources: dict[str, Source], owner: Person, now: dt.datetime) -> Guide:
    film = film_named(words["film"])
    guide = start_guide(film, words["title"], owner)
    excerpts = {
        name: _cut(sources[facts["source"]], facts, owner, now) for name, facts in words["excerpt"].items()
    }
    for facts in words["section"]:
        section = add_section(guide, facts["kind"], facts.get("heading", ""))
        for block in facts["block"]:
            _add_block(section, block, words["prompt"], excerpts)
    if words["published"]:
        publish(guide, by=owner, now=now, changelog="First version.")
        choose_guide(guide, film)
    return guide


def _cut(source: Source, facts: dict[str, Any], by: Person, now: dt.datetime) -> Excerpt:
    segments = [_place(source.visible_text, words) for words in facts["words"]]
    return cut(source, segments, speaker=facts["speaker"], by=by, now=now)


def _place(text: str, words: str) -> tuple[int, int]:
    """Where `words` stand in `text`, however its lines are broken. Raises LookupError unless once."""
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        raise LookupError(f"These words do not stand once in their interview: {words}")
    return start, start + len(words)


def _add_block(
    section: GuideSection,
    block: dict[str, str],
    prompts: dict[str, dict[str, Any]],
    excerpts: dict[str, Excerpt],
) -> None:
    if "prompt" in block:
        facts = dict(prompts[block["prompt"]])
        rests_on = excerpts[facts.pop("excerpt")] if "excerpt" in facts else None
        add_prompt(section, **facts, excerpt=rests_on)
    elif "excerpt" in block:
        add_excerpt(section, excerpts[block["excerpt"]])
    elif "action" in block:
        add_action(section, block["action"], block.get("url", ""))
    else:
        add_text(section, block["text"].strip())
