"""What those who lead see, rendered in parts that their pages and the live stream share.

Three audiences: `host` (and co-hosts) with the plan and all that is needed at a glance, `moderator`, `scribe`. Nothing
in a part is one listener's own: addresses in it are relative to the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone

from .conducting import closes_by_itself_at
from .live.audiences import Snapshot
from .models import Discussion, Poll, RoomAct
from .moderation import groups_to_suggest, hands_in_order
from .question_board import Board, board_of
from .room_acts import may_undo, say_act
from .rooms import changes_at, phase_at
from .scribing import lines_of
from .stages import cues_of

HOST, MODERATOR, SCRIBE = "host", "moderator", "scribe"
# On the host's phone; the moderator's page has all of them.
QUESTIONS_AT_A_GLANCE = 12
MOST_SHOWN = 150
ACTS_SHOWN = 25
NEWEST_LINES = 40


@dataclass(frozen=True, slots=True)
class Done:
    """An act in the log, in words."""

    pk: int
    by: str
    said: str
    about: str
    at: dt.datetime
    undone: bool
    can_be_undone: bool


def find_led_room(code: str) -> Discussion | None:
    rooms = Discussion.objects.select_related(
        "guide_version__guide", "screening__engagement__theater", "screening__engagement__film"
    )
    return rooms.filter(code=code, erased_at=None).first()


def _rendering(
    snapshot_of: Callable[[Discussion, dt.datetime], Snapshot],
) -> Callable[[str], Snapshot | None]:
    def render(code: str) -> Snapshot | None:
        room = find_led_room(code)
        return snapshot_of(room, timezone.now()) if room else None

    return render


def _parts(names: tuple[str, ...], context: dict[str, Any]) -> dict[str, str]:
    return {name: render_to_string(f"discussions/lead/_{name}.html", context) for name in names}


# --- the host ------------------------------------------------------------------------------------------------
HOST_PARTS = ("plan", "asked", "hands", "polls", "screen_now", "undo")


def host_snapshot(room: Discussion, now: dt.datetime) -> Snapshot:
    """The host's page at `now`: the whole plan, questions, hands, polls, what is on the big screen."""
    phase, board, cues = phase_at(room, now), board_of(room), cues_of(room)
    hands = list(hands_in_order(room))
    polls = list(room.polls.annotate(count=Count("answers")))
    context = {
        "room": room,
        "phase": phase,
        "act_url": "act/",
        "cues": cues,
        "board": board,
        "asked": board.open[:QUESTIONS_AT_A_GLANCE],
        "hands": hands,
        "polls": polls,
        "on_screen": _on_screen(room),
        "words": sum(poll.count for poll in polls if poll.kind == Poll.Kind.WORD),
        "acts": [done for done in log_of(room) if done.can_be_undone and not done.undone][:3],
        "lines": lines_of(room).count(),
    }
    counts = {
        "phones": room.participants.count(),
        "questions": len(board.open),
        "hands": len(hands),
        "attention": len(board.waiting) + len(board.reported),
    }
    return Snapshot(
        revision=room.revision,
        phase=phase,
        parts=_parts(HOST_PARTS, context),
        facts={**facts_of(room), "counts": counts},
        changes_at=changes_at(room, now),
    )


def facts_of(room: Discussion) -> dict[str, object]:
    """What the host's script runs the plan by: times are milliseconds since 1970, minutes those of each step."""
    steps = list(room.steps.values_list("kind", "minutes"))
    return {
        "room": room.code,
        "step": room.step,
        "began": _ms(room.step_began_at),
        "lights": _ms(room.lights_up_at),
        "kinds": [kind for kind, _ in steps],
        "minutes": [minutes for _, minutes in steps],
        "follow_up": room.follow_up,
        "late": room.late_minutes,
        "shows": room.screen_shows,
        "subject": room.screen_subject,
        "blanked": room.screen_blanked_at is not None,
        "closes_at": _ms(closes_by_itself_at(room)),
    }


def _ms(at: dt.datetime | None) -> int | None:
    return round(at.timestamp() * 1000) if at else None


def _on_screen(room: Discussion) -> str:
    """What the big screen shows, in words."""
    if room.screen_shows == Discussion.OnScreen.QUESTION:
        question = room.questions.filter(pk=room.screen_subject or 0).first()
        return f"“{question.text}”" if question else ""
    if room.screen_shows == Discussion.OnScreen.POLL:
        poll = room.polls.filter(pk=room.screen_subject or 0).first()
        return f"Poll: {poll.question}" if poll else ""
    return str(room.get_screen_shows_display()).capitalize()


# --- the moderator -------------------------------------------------------------------------------------------
MODERATOR_PARTS = ("incoming", "alike", "board", "answers", "hands", "people", "log")


def moderator_snapshot(room: Discussion, now: dt.datetime) -> Snapshot:
    """All that phones have sent: what waits, what was reported, what asks the same, the log of acts."""
    phase, board, hands = phase_at(room, now), board_of(room), list(hands_in_order(room))
    answers = list(room.responses.select_related("participant").order_by("-id")[:MOST_SHOWN])
    context = {
        "room": room,
        "phase": phase,
        "act_url": "../act/",
        "board": board,
        "alike": groups_to_suggest(room)[:20],
        "answers": answers,
        "incoming_answers": [a for a in answers if a.published_at is None and a.hidden_at is None],
        "hands": hands,
        "people": _odd_people(room),
        "acts": list(log_of(room, may=lambda act: may_undo(act, "moderator"))),
    }
    counts = {"attention": attention(board), "questions": len(board.open), "hands": len(hands)}
    return Snapshot(
        revision=room.revision,
        phase=phase,
        parts=_parts(MODERATOR_PARTS, context),
        facts={"room": room.code, "counts": counts},
        changes_at=changes_at(room, now),
    )


def attention(board: Board) -> int:
    """How many questions somebody should look at."""
    return len(board.waiting) + len(board.reported)


def _odd_people(room: Discussion) -> list[Any]:
    """Who is muted or was marked as odd, with what they sent."""
    people = room.participants.filter(Q(muted_at__isnull=False) | ~Q(marked_for=""))
    return list(people.annotate(sent=Count("questions", distinct=True)).order_by("id")[:MOST_SHOWN])


def log_of(room: Discussion, may: Callable[[RoomAct], bool] | None = None) -> Iterator[Done]:
    """The newest acts in words; `may` says which can be undone by who reads."""
    acts = list(room.acts.all()[:ACTS_SHOWN])
    abouts = _abouts(room, acts)
    for act in acts:
        can = may_undo(act, "host") if may is None else may(act)
        about = abouts.get((act.subject_kind, act.subject_id or 0), "")
        yield Done(act.pk, act.by, say_act(act), about, act.at, act.undone_at is not None, can)


_SUBJECTS = {
    "question": "questions",
    "response": "responses",
    "participant": "participants",
    "saidline": "said",
}


def _abouts(room: Discussion, acts: list[RoomAct]) -> dict[tuple[str, int], str]:
    """What acts were about, in words: one query for each kind of thing."""
    found: dict[tuple[str, int], str] = {}
    for kind, name in _SUBJECTS.items():
        numbers = {act.subject_id for act in acts if act.subject_kind == kind and act.subject_id}
        if numbers:
            found |= {(kind, row.pk): str(row) for row in getattr(room, name).filter(pk__in=numbers)}
    return found


# --- the scribe ----------------------------------------------------------------------------------------------
SCRIBE_PARTS = ("lines",)


def scribe_snapshot(room: Discussion, now: dt.datetime) -> Snapshot:
    """What stands written down, the newest lines last."""
    lines = list(lines_of(room).order_by("-at", "-id")[:NEWEST_LINES])[::-1]
    context = {"room": room, "phase": phase_at(room, now), "act_url": "../act/", "lines": lines}
    return Snapshot(
        revision=room.revision,
        phase=str(context["phase"]),
        parts=_parts(SCRIBE_PARTS, context),
        facts={"room": room.code, "speakers": _speakers(room)},
        changes_at=changes_at(room, now),
    )


def _speakers(room: Discussion) -> list[str]:
    """Who has spoken, for the scribe not to type again."""
    named = lines_of(room).exclude(speaker="").order_by().values_list("speaker", flat=True)
    return sorted(set(named))


render_host = _rendering(host_snapshot)
render_moderator = _rendering(moderator_snapshot)
render_scribe = _rendering(scribe_snapshot)
