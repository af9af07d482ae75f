"""The draft of a guide: acts that arrange sections, text, excerpts, prompts and actions."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from screenings.models import Film

from .models import Block, Excerpt, Guide, GuideMembership, GuideRole, GuideSection, Prompt

SECTION_ORDER = tuple(GuideSection.Kind.values)


@transaction.atomic
def start_guide(film: Film, title: str, owner: Person | None, language: str = "en") -> Guide:
    """An empty draft about `film` in `language` (a BCP 47 tag), under a short code of its own.

    `owner` works on it and chooses who else does; None where nobody does (a draft made by a command).
    """
    guide = Guide.objects.create(film=film, title=title, owner=owner, language=language)
    if owner:
        GuideMembership.objects.create(guide=guide, person=owner, role=GuideRole.OWNER)
    return guide


def add_section(guide: Guide, kind: str, heading: str = "") -> GuideSection:
    """The guide's section of this kind, made where it has none yet, in the order that a guide is read.

    `heading` replaces the usual one; `""` leaves what stands.
    """
    section, made = GuideSection.objects.get_or_create(
        guide=guide,
        kind=GuideSection.Kind(kind),
        defaults={"heading": heading, "position": SECTION_ORDER.index(kind)},
    )
    if heading and not made and section.heading != heading:
        section.heading = heading
        section.save(update_fields=["heading"])
    return section


def add_text(section: GuideSection, text: str) -> Block:
    """A passage of the guide's own words, in plain Markdown: paragraphs, emphasis, lists, links."""
    return _add(section, Block.Kind.TEXT, text=text)


def add_excerpt(section: GuideSection, excerpt: Excerpt) -> Block:
    return _add(section, Block.Kind.EXCERPT, excerpt=excerpt)


def add_prompt(
    section: GuideSection,
    question: str,
    *,
    moment: str = Prompt.Moment.OPENING,
    minutes: int = 5,
    group_size: int = 0,
    if_silent: str = "",
    if_heated: str = "",
    sensitivity: str = Prompt.Sensitivity.EASY,
    follow_up: str = "",
    tip: str = "",
    excerpt: Excerpt | None = None,
    uuid: UUID | None = None,
) -> Prompt:
    """One question for a group of `group_size` (0: the whole room, 2: pairs), which takes `minutes`.

    `if_silent` and `if_heated` are what to ask then, `follow_up` what to ask next, `tip` is for who leads; `excerpt`
    is what it rests on. `uuid` is that of a prompt which
    is asked again; a new one is made where it is None.
    """
    prompt = Prompt.objects.create(
        **({"uuid": uuid} if uuid else {}),
        guide=section.guide,
        question=question,
        moment=Prompt.Moment(moment),
        minutes=minutes,
        group_size=group_size,
        if_silent=if_silent,
        if_heated=if_heated,
        sensitivity=Prompt.Sensitivity(sensitivity),
        follow_up=follow_up,
        tip=tip,
        excerpt=excerpt,
    )
    _add(section, Block.Kind.PROMPT, prompt=prompt)
    return prompt


def add_action(section: GuideSection, text: str, url: str = "") -> Block:
    """Something to do, and where."""
    return _add(section, Block.Kind.ACTION, text=text, url=url)


def add_tip(section: GuideSection, text: str) -> Block:
    """A passage for who leads the discussion; attendees do not see it."""
    return _add(section, Block.Kind.TIP, text=text)


def _add(section: GuideSection, kind: Block.Kind, **holds: object) -> Block:
    return Block.objects.create(section=section, kind=kind, position=section.blocks.count(), **holds)
