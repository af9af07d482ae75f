"""Editing a draft, several people at once: nobody's words are written over without their being told.

Every edit names the revision that its writer has seen, and is a conditional update: where somebody else has written
meanwhile it changes nothing and raises WrittenMeanwhile, which holds what stands now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from .models import Block, Guide, GuideSection

Row = Guide | GuideSection | Block


class WrittenMeanwhile(Exception):
    """Somebody else has changed `row` since it was read. `row` is as it stands now; nothing was written."""

    def __init__(self, row: Row) -> None:
        self.row = row
        super().__init__("Somebody else has changed this since you opened it.")


class TakenOut(Exception):
    """What was to be changed has been taken out of the guide; nothing was written."""


def edit_guide(guide: Guide, seen: int, **facts: Any) -> Guide:
    """The guide with other `facts` (title, language, is_films_own). Raises WrittenMeanwhile."""
    with transaction.atomic():
        _claim(guide, seen)
        _write(guide, facts)
        guide.refresh_from_db()
        guide.save()  # into its history
    return guide


def edit_heading(section: GuideSection, seen: int, heading: str) -> GuideSection:
    """The section under another heading (`""`: the usual one). Raises WrittenMeanwhile, TakenOut."""
    with transaction.atomic():
        _claim(section, seen)
        _write(section, {"heading": heading})
        _touch(section.guide)
    return section


def edit_block(block: Block, seen: int, facts: Mapping[str, Any]) -> Block:
    """The block holding other `facts`: of its prompt where it holds one, else its own (text, url).

    Raises WrittenMeanwhile, TakenOut.
    """
    with transaction.atomic():
        _claim(block, seen)
        _write(block.prompt or block, facts)
        _touch(block.section.guide)
    return block


def _claim(row: Row, seen: int) -> None:
    """Pass as the only writer since revision `seen`; the transaction holds the row until it ends."""
    rows: models.QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk)
    if rows.filter(revision=seen).update(revision=F("revision") + 1):
        row.revision = seen + 1
        return
    now = rows.first()
    if now is None:
        raise TakenOut
    raise WrittenMeanwhile(now)


def _write(row: models.Model, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    type(row)._default_manager.filter(pk=row.pk).update(**facts)


def _touch(guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(updated_at=timezone.now())


# --- order -----------------------------------------------------------------------------------------------


@transaction.atomic
def move_block(
    block: Block, section: GuideSection, before: Block | None = None, *, seen: int | None = None
) -> None:
    """Put the block into `section` before another block of it, at its end where `before` is None.

    Who says which revision they have `seen` is told where another one stands: raises WrittenMeanwhile, TakenOut.
    """
    _lock(section.guide)
    if seen is not None:
        _claim(block, seen)
    block.section = section
    block.save(update_fields=["section"])
    others = [one for one in section.blocks.all() if one.pk != block.pk]
    at = next((place for place, one in enumerate(others) if before and one.pk == before.pk), len(others))
    _number([*others[:at], block, *others[at:]])
    _touch(section.guide)


def move_by_one(block: Block, *, up: bool) -> None:
    """Put the block one place nearer to the guide's beginning or end; over a section's edge into the next section."""
    section = block.section
    order = list(section.blocks.all())
    at = next(place for place, one in enumerate(order) if one.pk == block.pk)
    if up and at > 0:
        move_block(block, section, order[at - 1])
    elif not up and at + 1 < len(order):
        move_block(block, section, order[at + 2] if at + 2 < len(order) else None)
    else:
        _over_the_edge(block, section, up=up)


def _over_the_edge(block: Block, section: GuideSection, *, up: bool) -> None:
    sections = list(section.guide.sections.all())
    at = next(place for place, one in enumerate(sections) if one.pk == section.pk)
    if up and at > 0:
        move_block(block, sections[at - 1])
    elif not up and at + 1 < len(sections):
        move_block(block, sections[at + 1], sections[at + 1].blocks.first())


@transaction.atomic
def remove_block(block: Block, *, seen: int | None = None) -> None:
    """Take the block out of the draft, its prompt with it; published versions keep what they froze.

    Who says which revision they have `seen` takes nothing out that was changed since: raises WrittenMeanwhile, TakenOut.
    """
    section = block.section
    _lock(section.guide)
    if seen is not None:
        _claim(block, seen)
    (block.prompt or block).delete()
    _number(list(section.blocks.all()))
    _touch(section.guide)


@transaction.atomic
def remove_section(section: GuideSection) -> bool:
    """Take out a section that holds nothing; False where it holds something, which stays."""
    _lock(section.guide)
    if section.blocks.exists():
        return False
    section.delete()
    return True


def _lock(guide: Guide) -> None:
    """One order at a time."""
    Guide.objects.select_for_update(of=("self",)).get(pk=guide.pk)


def _number(blocks: list[Block]) -> None:
    for position, block in enumerate(blocks):
        block.position = position
    Block.objects.bulk_update(blocks, ["position"])
