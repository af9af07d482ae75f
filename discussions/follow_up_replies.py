"""What people write back to the questions after the film; it stands on the discussion's page once a host let it through."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from interviews.guide_content import prompts_of

from .follow_ups import STEPS, question_for
from .models import Discussion, FollowUpReply
from .reply_links import Claim
from .sent_words import CannotSend, clean

MOST_LETTERS = 600


class Erased(CannotSend):
    """The evening that a reply belongs to was erased, or there was none."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "What was said that evening was erased on its day, so nothing can be added to it. Nothing was sent; "
            "your words are below, to keep for yourself or to tell somebody."
        )


def room_of(claim: Claim) -> Discussion | None:
    """The newest room of the showing whose words still stand."""
    rooms = Discussion.objects.filter(screening=claim.screening, erased_at=None)
    return rooms.select_related("guide_version").order_by("-opened_at", "-id").first()


def question_asked(room: Discussion, claim: Claim) -> str:
    """What the mail asked, by the room's guide; `""` where it asked nothing."""
    step = next((one for one in STEPS if one.kind == claim.step), None)
    prompt = question_for(step, prompts_of(room.guide_version.content)) if step else None
    return str(prompt["question"]) if prompt else ""


def reply(claim: Claim, typed: str, now: dt.datetime) -> FollowUpReply:
    """Keep what was written back. Until a host has read it, another wording takes the place of the first; afterwards
    what stands, stands.

    Raises Erased, CannotSend with a sentence.
    """
    words = clean(typed)
    room = room_of(claim)
    if room is None:
        raise Erased
    if not words:
        raise CannotSend("There is nothing in it yet. Write a line and send it.")
    if len(words) > MOST_LETTERS:
        raise CannotSend(
            f"That is {len(words)} letters; {MOST_LETTERS} fit. Nothing was sent, your words are below."
        )
    facts = {"step": claim.step, "question": question_asked(room, claim)[:500], "text": words, "sent_at": now}
    mine = FollowUpReply.objects.filter(discussion=room, mark=claim.mark)
    try:
        with transaction.atomic():
            return FollowUpReply.objects.create(discussion=room, mark=claim.mark, **facts)
    except IntegrityError:
        mine.filter(published_at=None, hidden_at=None).update(**facts)
    standing = mine.get()
    if standing.text != words:
        raise CannotSend(
            "Your first reply was read already, and stands. One to each mail; your words are below."
        )
    return standing


def waiting_of(room: Discussion) -> QuerySet[FollowUpReply]:
    """What a host has not read yet."""
    return room.follow_up_replies.filter(published_at=None, hidden_at=None)


def shown_of(room: Discussion) -> QuerySet[FollowUpReply]:
    return room.follow_up_replies.filter(published_at__isnull=False, hidden_at=None)


def moderate(room: Discussion, reply: int, *, show: bool, now: dt.datetime) -> bool:
    """Let a reply onto the page, or put it away (also one that stands there). Gives whether anything changed."""
    row = room.follow_up_replies.filter(pk=reply)
    if show:
        return row.filter(published_at=None).update(published_at=now, hidden_at=None) > 0
    return row.filter(hidden_at=None).update(hidden_at=now) > 0
