"""One prompt, many cities: what rooms with the same guide answered, so that Atlanta reads what Chicago said.

Never a group under TEN, also not by differencing: what is shown at one time and not at another is whole batches. A batch
is the answers of one room to one prompt, of TEN phones at least, made once, some time after the room has closed; never
the answers of two rooms together, for who led one of them could take those away. From then on it is shown whole or not
at all: an answer that comes late or is let through late joins none; one that is taken down or erased takes its batch
with it. Phones that were marked as odd are no help to reach TEN. Order tells nothing: it is by a hash of the words.

What it cannot stop: who was in a room knows its words again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from interviews.guide_content import prompts_of
from interviews.models import Guide

from .folding import Fold, fold_words
from .keeping import words_may_leave
from .models import CityBatch, Discussion, Response
from .namelessness import nameless

TEN = 10
# So long after closing the host may still take something down before anything leaves.
SETTLED_AFTER = dt.timedelta(hours=12)


# --- the rule, on plain values --------------------------------------------------------------------------------
def makes_a_batch(answers: Mapping[int, int], odd: Collection[int] = ()) -> bool:
    """Whether these answers (by number, the phone that wrote each) may leave together: TEN phones at least that are not
    `odd` wrote them."""
    return len(set(answers.values()) - set(odd)) >= TEN


def is_whole(members: Collection[int], standing: Collection[int], size: int) -> bool:
    """Whether a batch may be shown: all that was in it when it was made still stands."""
    return len(members) == size and set(members) <= set(standing)


# --- making batches -------------------------------------------------------------------------------------------
def make_batches(now: dt.datetime) -> int:
    """Make the batches of every room that has settled and whose words may leave; gives how many were made.

    Run twice, it is once: the database keeps a room to one batch for each prompt.
    """
    rooms = Discussion.objects.filter(
        phase=Discussion.Phase.CLOSED,
        closed_at__lte=now - SETTLED_AFTER,
        erased_at=None,
        words_may_leave=True,
    )
    return sum(_make_those_of(room, now) for room in rooms if words_may_leave(room))


def _make_those_of(room: Discussion, now: dt.datetime) -> int:
    made = set(room.city_batches.values_list("prompt_uuid", flat=True))
    prompts = standing_in(room).order_by().values_list("prompt_uuid", flat=True).distinct()
    return sum(_make(room, prompt, now) for prompt in set(prompts) - made)


def standing_in(room: Discussion) -> QuerySet[Response]:
    """What was shared with the room and stands there."""
    return room.responses.filter(audience=Response.Audience.ROOM, published_at__isnull=False, hidden_at=None)


def _make(room: Discussion, prompt: UUID, now: dt.datetime) -> bool:
    rows = list(standing_in(room).filter(prompt_uuid=prompt))
    found = {row.pk: row.participant_id for row in rows}
    odd = set(room.participants.exclude(marked_for="").values_list("pk", flat=True))
    if not makes_a_batch(found, odd):
        return False
    try:
        with transaction.atomic():
            batch = CityBatch.objects.create(
                discussion=room,
                prompt_uuid=prompt,
                phones=len(set(found.values()) - odd),
                size=len(found),
                texts=_texts(room, rows),
                made_at=now,
            )
            batch.answers.set(rows)
    except IntegrityError:  # another worker was faster
        return False
    return True


def _texts(room: Discussion, rows: list[Response]) -> list[str]:
    """The words without names, in an order that tells nothing of who was first."""
    clear = nameless(room.participants.values_list("pseudonym", flat=True))
    return sorted((clear(row.text) for row in rows), key=_shuffled)


def _shuffled(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


# --- what other cities read -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CitySaid:
    """What one room said to a prompt: the city of its theater (`""`: a room without one), how many phones."""

    city: str
    phones: int
    said: tuple[Fold, ...]


@dataclass(frozen=True, slots=True)
class PromptAbroad:
    question: str
    cities: tuple[CitySaid, ...]


def said_in_cities(guide: Guide) -> list[PromptAbroad]:
    """The guide's prompts, in the order of its newest version, with what rooms said whose words may leave. Four queries,
    however many rooms there are."""
    version = guide.versions.order_by("-number").first()
    if version is None:
        return []
    shown: dict[str, list[CitySaid]] = {}
    for batch in shown_batches(guide):
        shown.setdefault(str(batch.prompt_uuid), []).append(_said(batch))
    return [
        PromptAbroad(prompt["question"], tuple(sorted(shown[prompt["uuid"]], key=lambda one: one.city)))
        for prompt in prompts_of(version.content)
        if prompt["uuid"] in shown
    ]


def shown_batches(guide: Guide) -> list[CityBatch]:
    """The batches that may be read now: whole, of rooms whose words (still) may leave."""
    batches = (
        CityBatch.objects.filter(
            discussion__guide_version__guide=guide,
            discussion__erased_at=None,
            discussion__words_may_leave=True,
        )
        .select_related("discussion__screening__engagement__theater__city")
        .prefetch_related("answers")
    )
    return [batch for batch in batches if words_may_leave(batch.discussion) and _is_whole(batch)]


def _is_whole(batch: CityBatch) -> bool:
    members = batch.answers.all()
    standing = [
        one.pk
        for one in members
        if one.published_at and not one.hidden_at and one.audience == Response.Audience.ROOM
    ]
    return is_whole([one.pk for one in members], standing, batch.size)


def _said(batch: CityBatch) -> CitySaid:
    showing = batch.discussion.screening
    return CitySaid(showing.theater.city.name if showing else "", batch.phones, fold_words(batch.texts))
