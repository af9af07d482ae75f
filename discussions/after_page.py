"""The discussion's page after the room: its guide, what was asked and answered, polls, what people wrote back, what to do.

Readable by everybody or by those who were there, as the host chose; it closes on the room's timer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .follow_up_replies import shown_of
from .keeping import words_may_leave
from .models import AfterPage, Discussion, FollowUpReply, Participant
from .namelessness import nameless
from .report import FEWEST, Report, report_of

Readers = AfterPage.Readers


class MayNotOpen(ValueError):
    """The page cannot be for these readers; the message is a sentence."""


def open_page(room: Discussion, readers: str, now: dt.datetime) -> AfterPage:
    """Let `readers` read the room's page; said again, the newer choice holds. Raises MayNotOpen."""
    if readers not in Readers.values:
        raise MayNotOpen("Choose who may read it. Nothing was changed.")
    if readers == Readers.ALL and not words_may_leave(room):
        raise MayNotOpen(
            "People were told that words stay in the room, or its theater has not agreed: so the page is for those "
            "who were there. Nothing was changed."
        )
    page, _ = AfterPage.objects.update_or_create(
        discussion=room, defaults={"readers": readers}, create_defaults={"readers": readers, "opened_at": now}
    )
    return page


def close_page(room: Discussion) -> None:
    """Nobody reads it any more."""
    AfterPage.objects.filter(discussion=room).delete()


def readers_of(room: Discussion) -> str:
    """Who may read the page now: `""` where nobody may. Where words may leave no more, only those who were there."""
    page = AfterPage.objects.filter(discussion=room).first()
    if page is None or room.erased_at or room.phase != Discussion.Phase.CLOSED:
        return ""
    return page.readers if words_may_leave(room) else str(Readers.ROOM)


def may_read(readers: str, phone: Participant | None) -> bool:
    return readers == Readers.ALL or (readers == Readers.ROOM and phone is not None)


@dataclass(frozen=True, slots=True)
class WroteBack:
    """What was written back to one question."""

    question: str
    texts: tuple[str, ...]


def content_of(room: Discussion, readers: str) -> tuple[Report, tuple[WroteBack, ...]]:
    """What stands on the page: the report, as it may be read there, and what people wrote back."""
    may_leave = words_may_leave(room)
    report = report_of(room, leaving=readers == Readers.ALL, may_leave=may_leave)
    if report.people < FEWEST:
        return report, ()
    clear = nameless(room.participants.values_list("pseudonym", flat=True))
    return report, _by_question(shown_of(room), clear)


def _by_question(rows: Iterable[FollowUpReply], clear: Callable[[str], str]) -> tuple[WroteBack, ...]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.question, []).append(clear(row.text))
    return tuple(WroteBack(question, tuple(texts)) for question, texts in found.items())
