"""The builder's page: a draft's sections and blocks, each with its own form and what there is to remark on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from .forms_builder import ActionForm, HeadingForm, PromptForm, TextForm, excerpt_choices, excerpts_for
from .guide_content import arranged_sections, quoted_in
from .models import Block, Excerpt, Guide, GuideSection
from .prompt_remarks import Asked, Remark, remark_on, remark_on_all


@dataclass
class BlockDesk:
    block: Block
    form: forms.BaseForm | None
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class SectionDesk:
    section: GuideSection
    heading: HeadingForm
    blocks: list[BlockDesk]


@dataclass
class Builder:
    """All of a draft. `unused`: quotes of the film that the draft holds nowhere yet."""

    sections: list[SectionDesk]
    remarks: list[Remark]
    unused: list[Excerpt]


def build_page(guide: Guide) -> Builder:
    """The draft's page in a handful of queries, however long the draft is."""
    sections = arranged_sections(guide)
    choices = excerpt_choices(guide)
    desks = [
        SectionDesk(
            section,
            HeadingForm({"heading": section.heading}, auto_id=f"section-{section.pk}-%s"),
            [desk_of(block, guide, choices=choices) for block in section.blocks.all()],
        )
        for section in sections
    ]
    used = {excerpt.pk for excerpt in quoted_in(sections)}
    return Builder(desks, remarks_on(guide, sections), _unused(guide, used))


def _unused(guide: Guide, used: set[int]) -> list[Excerpt]:
    return [excerpt for excerpt in excerpts_for(guide) if excerpt.pk not in used]


def desk_of(
    block: Block, guide: Guide, data: Any = None, choices: list[tuple[str, str]] | None = None
) -> BlockDesk:
    """A block with its form, filled with `data` where something was typed."""
    form = form_of(block, guide, data, choices)
    remarks = remark_on(block.prompt.question, guide.language) if block.prompt else []
    return BlockDesk(block, form, remarks)


def form_of(
    block: Block, guide: Guide, data: Any = None, choices: list[tuple[str, str]] | None = None
) -> forms.ModelForm | None:
    """The form in which a block's words are changed; None for a quote, whose words nobody changes here."""
    facts: dict[str, Any] = {"data": data, "auto_id": f"block-{block.pk}-%s"}
    if block.prompt:
        return PromptForm(instance=block.prompt, guide=guide, choices=choices, **facts)
    if block.kind == Block.Kind.EXCERPT:
        return None
    return (ActionForm if block.kind == Block.Kind.ACTION else TextForm)(instance=block, **facts)


def remarks_on(guide: Guide, sections: Iterable[GuideSection]) -> list[Remark]:
    """What there is to say about all prompts of a draft together."""
    blocks = (block for section in sections for block in section.blocks.all())
    asked = [
        Asked(block.prompt.question, block.prompt.moment, block.prompt.minutes)
        for block in blocks
        if block.prompt
    ]
    return remark_on_all(asked, guide.language)
