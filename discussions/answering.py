"""What a phone writes to a prompt."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, models, transaction

from interviews.guide_content import prompts_of

from .changes import touch
from .models import Discussion, Participant, Response
from .pinned_guides import guide_of
from .sent_words import CannotSend, NotHere, NotTheSame, TooMuch, clean_words

MOST_TO_ONE_PROMPT = 10
# What a phone wrote without reception arrives when it has some again: on the way home, say.
TAKEN_AFTER_CLOSE = dt.timedelta(hours=2)
Phase = Discussion.Phase


def check_may_send(participant: Participant, now: dt.datetime) -> None:
    """Raises CannotSend: before the lights are up, after the room is closed, for a phone that the host has muted."""
    room = participant.discussion
    if room.phase in (Phase.LOBBY, Phase.FILM):
        raise CannotSend("It begins when the lights are up. Your words are kept on this page.")
    if room.closed_at is not None and now - room.closed_at > TAKEN_AFTER_CLOSE:
        raise CannotSend("This room is closed and takes no more. Your words are still on this page.")
    if participant.muted_at is not None:
        raise CannotSend("The host has muted this phone. You can still read and vote.")


def published_at(room: Discussion, now: dt.datetime) -> dt.datetime | None:
    """When the room sees what is sent now: at once, or, where somebody moderates, when it is let through."""
    return None if room.is_moderated else now


def respond(
    participant: Participant, prompt: str, typed: str, *, audience: str, key: uuid.UUID, now: dt.datetime
) -> Response:
    """Take an answer to the prompt with this UUID. The same key again is the same answer, and changes nothing.

    Raises CannotSend (see `check_may_send`; also what is empty or too long), NotHere for a prompt that is not of this
    room's guide, NotTheSame, TooMuch.
    """
    words = clean_words(typed)
    if audience not in Response.Audience.values:
        raise CannotSend(
            "Choose who reads it. What is for yourself alone is kept on your phone and not sent."
        )
    standing = Response.objects.filter(participant=participant, client_key=key).first()
    if standing:
        return _same(standing, prompt, words, audience)
    check_may_send(participant, now)
    if prompt not in {one["uuid"] for one in prompts_of(guide_of(participant.discussion).content)}:
        raise NotHere("This question is not one of this evening’s. Your words are kept.")
    if participant.responses.filter(prompt_uuid=prompt).count() >= MOST_TO_ONE_PROMPT:
        raise TooMuch("You have answered this many times. Leave some room for the others.")
    try:
        with transaction.atomic():
            response = Response.objects.create(
                discussion=participant.discussion,
                participant=participant,
                client_key=key,
                prompt_uuid=prompt,
                text=words,
                audience=audience,
                published_at=published_at(participant.discussion, now),
                created_at=now,
            )
            touch(participant.discussion)
            return response
    except IntegrityError:
        return _same(Response.objects.get(participant=participant, client_key=key), prompt, words, audience)


def _same(standing: Response, prompt: str, words: str, audience: str) -> Response:
    if (str(standing.prompt_uuid), standing.text, standing.audience) != (prompt, words, audience):
        raise NotTheSame
    return standing


def shared_answers(room: Discussion | int, prompt: str | uuid.UUID) -> models.QuerySet[Response]:
    """What the room (or the one with this key) may read of the answers to a prompt, the newest first."""
    return (
        Response.objects.filter(
            discussion=room,
            prompt_uuid=prompt,
            audience=Response.Audience.ROOM,
            published_at__isnull=False,
            hidden_at=None,
        )
        .select_related("participant")
        .order_by("-published_at", "-id")
    )
