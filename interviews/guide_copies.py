"""Where a guide starts: blank, as a copy of a published one, as an outline."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Person

from . import guides
from .guide_content import Content
from .models import Block, Excerpt, Guide, GuideSection, GuideVersion, Prompt

Kind = GuideSection.Kind

# What good guides say at these places; each is a beginning to write over.
_OUTLINE_TEXTS = {
    Kind.WELCOME: "Welcome. Stay a while after the film: nobody has to speak, and everybody may.",
    Kind.AGREEMENTS: "We speak for ourselves. We let each other finish. What is told here stays here.",
    Kind.BEFORE: "While you watch, keep one image for afterwards.",
}
_OUTLINE_EMPTY = (
    Kind.INVITATION,
    Kind.FILMMAKER,
    Kind.CONTENT_NOTE,
    Kind.BACKGROUND,
    Kind.PEOPLE,
    Kind.EXCERPTS,
    Kind.ACTION,
    Kind.RESOURCES,
)
_OUTLINE_PROMPTS = (
    ("Which scene is still with you?", Prompt.Moment.OPENING, 5, 2),
    ("What did you see differently from the person beside you?", Prompt.Moment.DEEPENING, 10, 0),
    ("What will you still think about next week?", Prompt.Moment.CLOSING, 5, 0),
    ("What is one thing that somebody in this room could do this week?", Prompt.Moment.ACTION, 5, 0),
)
_COPIED = (
    "question",
    "moment",
    "minutes",
    "group_size",
    "if_silent",
    "if_heated",
    "sensitivity",
    "follow_up",
    "tip",
)


@transaction.atomic
def copy_guide(version: GuideVersion, title: str, owner: Person) -> Guide:
    """A draft of `owner`'s own with all that `version` holds, which it credits as what it was adapted from.

    Its prompts are prompts of their own. Its quotes are the same excerpts, so that a withdrawal reaches the copy too;
    one that has been withdrawn already is left out.
    """
    content = version.content
    guide = guides.start_guide(version.guide.film, title, owner, content["guide"]["lang"])
    guide.adapted_from = version
    guide.save(update_fields=["adapted_from"])
    excerpts = _still_quoted(content)
    for frozen in content["sections"]:
        section = guides.add_section(guide, frozen["kind"], _own_heading(frozen))
        for block in frozen["blocks"]:
            _copy_block(section, block, excerpts)
    return guide


def _still_quoted(content: Content) -> dict[str, Excerpt]:
    rows = Excerpt.objects.filter(uuid__in=content["excerpts"], withdrawn_at=None)
    return {str(excerpt.uuid): excerpt for excerpt in rows}


def _own_heading(section: Content) -> str:
    return "" if section["heading"] == Kind(section["kind"]).label else section["heading"]


def _copy_block(section: GuideSection, block: Content, excerpts: dict[str, Excerpt]) -> None:
    if block["kind"] == Block.Kind.EXCERPT:
        if block["excerpt"] in excerpts:
            guides.add_excerpt(section, excerpts[block["excerpt"]])
    elif block["kind"] == Block.Kind.PROMPT:
        facts: dict[str, Any] = {name: block[name] for name in _COPIED if name in block}
        guides.add_prompt(
            section, facts.pop("question"), **facts, excerpt=excerpts.get(block["excerpt"] or "")
        )
    elif block["kind"] == Block.Kind.ACTION:
        guides.add_action(section, block["text"], block["url"])
    elif block["kind"] == Block.Kind.TIP:
        guides.add_tip(section, block["text"])
    else:
        guides.add_text(section, block["text"])


def outline(guide: Guide) -> None:
    """Fill an empty draft with the sections that good guides have and a run of questions to write over.

    Sections without words are for who builds it: attendees see none that stayed empty.
    """
    for kind, text in _OUTLINE_TEXTS.items():
        guides.add_text(guides.add_section(guide, kind), text)
    for kind in _OUTLINE_EMPTY:
        guides.add_section(guide, kind)
    after = guides.add_section(guide, Kind.AFTER)
    for question, moment, minutes, group_size in _OUTLINE_PROMPTS:
        guides.add_prompt(after, question, moment=moment, minutes=minutes, group_size=group_size)
