"""Which words stayed: what readers kept on their phones, as counts that name nobody.

What is kept lies on the phone alone. The house is told only that *one more* keeps this quote or prompt, under a random
mark. Counts are shown from `SHOWN_FROM` up, so that none of them is somebody.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count

from .guide_content import Content, prompts_of
from .models import Guide, GuideVersion, KeptMark

SHOWN_FROM = 10
# A script that keeps all day moves no count without end; the phone keeps the words all the same.
MARKS_A_DAY = 5_000


class NotInGuide(LookupError):
    """No published version of the guide has such a quote or prompt."""


class MarkTaken(ValueError):
    """The mark stands for something else already."""


@dataclass(frozen=True)
class Stayed:
    """Something that at least `SHOWN_FROM` phones keep: its words, as the newest version that has it says them."""

    words: str
    whose: str
    phones: int


def keep(guide: Guide, item: uuid.UUID, mark: uuid.UUID, today: dt.date) -> bool:
    """Count that a phone keeps `item` of `guide`. The same again is the same mark; False where nothing is counted any
    more today.

    Raises NotInGuide, and MarkTaken where the mark stands for another thing.
    """
    if not any(item in items_of(version.content) for version in guide.versions.order_by("-number")):
        raise NotInGuide
    if standing := KeptMark.objects.filter(mark=mark).first():
        return _same(standing, guide, item)
    if guide.kept_marks.filter(kept_on=today).count() >= MARKS_A_DAY:
        return False
    try:
        with transaction.atomic():
            KeptMark.objects.create(guide=guide, item=item, mark=mark, kept_on=today)
    except IntegrityError:
        return _same(KeptMark.objects.get(mark=mark), guide, item)
    return True


def _same(standing: KeptMark, guide: Guide, item: uuid.UUID) -> bool:
    if (standing.guide_id, standing.item) != (guide.pk, item):
        raise MarkTaken
    return True


def let_go(guide: Guide, mark: uuid.UUID) -> None:
    """A phone keeps it no more. Twice is once."""
    guide.kept_marks.filter(mark=mark).delete()


def items_of(content: Content) -> dict[uuid.UUID, tuple[str, str]]:
    """The quotes and prompts of a frozen guide by UUID: their words, and who said them (`""` of a prompt)."""
    quotes = {
        uuid.UUID(key): (quote["exact"], quote["speaker"]) for key, quote in content["excerpts"].items()
    }
    return quotes | {uuid.UUID(prompt["uuid"]): (prompt["question"], "") for prompt in prompts_of(content)}


def stayed(guide: Guide, withdrawn: frozenset[uuid.UUID]) -> list[Stayed]:
    """What stayed with readers of the guide, the most kept first; words that were taken back are not among them. Two
    queries and the versions."""
    counts = dict(
        guide.kept_marks.values_list("item")
        .annotate(phones=Count("id"))
        .filter(phones__gte=SHOWN_FROM)
        .values_list("item", "phones")
    )
    words: dict[uuid.UUID, tuple[str, str]] = {}
    for version in GuideVersion.objects.filter(guide=guide).order_by("number"):
        words.update(items_of(version.content))
    found = [
        Stayed(*words[item], phones)
        for item, phones in counts.items()
        if item in words and item not in withdrawn
    ]
    return sorted(found, key=lambda one: -one.phones)
