"""Said in the room: one line a speaker, typed by a scribe, for those who cannot hear and those who came late."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from .acts import Acting, CannotAct
from .models import Discussion, SaidLine

SPEAKER_LENGTH = SaidLine._meta.get_field("speaker").max_length or 40
LINE_LENGTH = SaidLine._meta.get_field("text").max_length or 280


def say(acting: Acting, text: str, key: UUID, speaker: str = "") -> None:
    """Write down a line of what somebody said. Raises CannotAct for an empty one, a long one, a room that is closed."""
    words, name = " ".join(text.split()), " ".join(speaker.split())[:SPEAKER_LENGTH]
    if not words:
        raise CannotAct("The line is empty. Write what was said.")
    if len(words) > LINE_LENGTH:
        raise CannotAct(f"A line has at most {LINE_LENGTH} letters; this has {len(words)}. Cut it in two.")
    if acting.room.phase == Discussion.Phase.CLOSED:
        raise CannotAct("The room is closed. The line was not kept.")
    line, is_new = SaidLine.objects.get_or_create(
        discussion=acting.room,
        client_key=key,
        defaults={"speaker": name, "text": words, "at": acting.at, "hidden_at": acting.now},
    )
    acting.about(line)
    if is_new:
        acting.change(line, hidden_at=None)  # undone, it is hidden again


def correct(acting: Acting, line: int, text: str, speaker: str) -> None:
    """Another wording of a line."""
    row = SaidLine.objects.filter(discussion=acting.room, pk=line).first()
    words = " ".join(text.split())
    if row is None or not words or len(words) > LINE_LENGTH:
        raise CannotAct("The line could not be changed. It stands as it was.")
    acting.about(row)
    acting.change(row, text=words, speaker=" ".join(speaker.split())[:SPEAKER_LENGTH])


def lines_of(room: Discussion | int) -> QuerySet[SaidLine]:
    """What stands written down in the room (or in the one with this key), in the order of speaking."""
    return SaidLine.objects.filter(discussion=room, hidden_at=None)
