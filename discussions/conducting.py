"""What a host does with one thumb: lights up, the next step, a little longer, the follow-up, the big screen, closing.

Each is a deed for `acts.perform`. A step is left by its number, so that two hosts who press *next* at once move the
room one step, and a phone that was offline for a minute moves it no further than it meant to.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from .acts import Acting, CannotAct, perform
from .keeping import erased_on
from .models import Discussion, Poll, Question, RunSheetStep
from .run_sheet import MOST_MINUTES, offer_to_take

Phase = Discussion.Phase
OnScreen = Discussion.OnScreen
MOST_LATE = 240
ONE_WORD = "One word to take home"
# A phone's clock is believed about when its thumb moved, for so long.
OFFLINE_AT_MOST = dt.timedelta(minutes=30)
# A room that nobody closes: so long after the film's end, the lights, or where there are neither, its opening.
OPEN_AFTER_LIGHTS = dt.timedelta(hours=6)
OPEN_WITHOUT_LIGHTS = dt.timedelta(days=14)


def lights_up(acting: Acting) -> None:
    """The film is over: the first step begins, on phones and on the big screen. Pressed twice it is once."""
    if acting.room.phase in (Phase.LOBBY, Phase.FILM):
        _enter(acting, 0, phase=Phase.LIGHTS_UP, lights_up_at=acting.now)


def run_late(acting: Acting, minutes: int) -> None:
    """The film runs `minutes` later than listed, in all."""
    if not 0 <= minutes <= MOST_LATE:
        raise CannotAct(f"A film runs at most {MOST_LATE} minutes late here. Nothing was changed.")
    if acting.room.phase in (Phase.LOBBY, Phase.FILM):
        acting.change(acting.room, late_minutes=minutes)


def move_on(acting: Acting, leaves: int) -> None:
    """From step `leaves` to the next; from the last one to closing. Nothing, where the room has left it already."""
    room = acting.room
    if room.phase != Phase.LIGHTS_UP or room.step != leaves:
        return
    if leaves >= last_step(room):
        acting.change(room, phase=Phase.CLOSING, follow_up="", **_screen(acting, OnScreen.STEP))
    else:
        _enter(acting, leaves + 1)


def go_back(acting: Acting, leaves: int) -> None:
    """From step `leaves` to the one before, or from closing to the last; its time begins anew."""
    room = acting.room
    if room.phase == Phase.CLOSING and leaves == room.step:
        _enter(acting, room.step, phase=Phase.LIGHTS_UP)
    elif room.phase == Phase.LIGHTS_UP and room.step == leaves > 0:
        _enter(acting, leaves - 1)


def go_to(acting: Acting, leaves: int, step: int) -> None:
    """From step `leaves` straight to another one of the plan."""
    if acting.room.phase == Phase.LIGHTS_UP and acting.room.step == leaves:
        if not 0 <= step <= last_step(acting.room):
            raise CannotAct("The plan has no such step. Nothing was changed.")
        _enter(acting, step)


def _enter(acting: Acting, step: int, **more: object) -> None:
    room = acting.room
    earliest = max(filter(None, [room.step_began_at, acting.now - OFFLINE_AT_MOST]))
    began = max(acting.at, earliest)
    screen = _screen(acting, OnScreen.STEP)
    acting.change(room, step=step, step_began_at=began, follow_up="", **screen, **more)
    if room.steps.filter(position=step, kind=RunSheetStep.Kind.CLOSE).exists():
        _ask_for_a_word(acting)


def _ask_for_a_word(acting: Acting) -> None:
    """Phones are asked for one word to close: by the poll that stands for it, else by one made now."""
    words = acting.room.polls.filter(kind=Poll.Kind.WORD)
    poll = words.first() or Poll.objects.create(
        discussion=acting.room, question=ONE_WORD, kind=Poll.Kind.WORD
    )
    acting.change(poll, opened_at=poll.opened_at or acting.now, closed_at=None)


def last_step(room: Discussion) -> int:
    """The number of the plan's last step; 0 for a room without a plan."""
    return room.steps.aggregate(last=Max("position"))["last"] or 0


def extend(acting: Acting, step: int, minutes: int) -> None:
    """Give a step `minutes` more (less, where negative); never under one."""
    row = _step(acting, step)
    acting.about(row)
    acting.change(row, minutes=max(1, min(MOST_MINUTES, row.minutes + minutes)))


def take_from_later(acting: Acting, step: int) -> None:
    """The step is over its time: what it is over is taken from a later one, as `run_sheet.offer_to_take` says."""
    room = acting.room
    rows = list(room.steps.all())
    if room.step != step or room.phase != Phase.LIGHTS_UP or not room.step_began_at:
        return
    elapsed = (acting.at - room.step_began_at).total_seconds()
    offer = offer_to_take([row.minutes for row in rows], [row.kind for row in rows], step, elapsed)
    if offer is None:
        raise CannotAct("There is nothing to take it from. Nothing was changed.")
    gives = rows[offer.position]
    acting.about(rows[step])
    acting.change(rows[step], minutes=rows[step].minutes + offer.minutes)
    acting.change(gives, minutes=gives.minutes - offer.minutes)


def _step(acting: Acting, step: int) -> RunSheetStep:
    row = acting.room.steps.filter(position=step).first()
    if row is None:
        raise CannotAct("The plan has no such step. Nothing was changed.")
    return row


def follow_up(acting: Acting, kind: str) -> None:
    """Show the question for a silent or for a heated room under the step's own (`""`: take it away again)."""
    if kind and kind not in Discussion.FollowUp.values:
        raise CannotAct("There is no such follow-up. Nothing was changed.")
    acting.change(acting.room, follow_up=kind)


def show(acting: Acting, what: str, subject: int | None = None) -> None:
    """Put one thing on the big screen: nothing else does. A question or a poll is named by its number.

    Words that arrive after this wait for the next tap. Raises CannotAct for what is hidden, or not of this room.
    """
    if what not in OnScreen.values:
        raise CannotAct("The big screen cannot show that. Nothing was changed.")
    if what == OnScreen.QUESTION:
        visible = Question.objects.filter(discussion=acting.room, hidden_at=None, published_at__isnull=False)
        _find(visible, subject, "question")
    elif what == OnScreen.POLL:
        _find(Poll.objects.filter(discussion=acting.room, opened_at__isnull=False), subject, "poll")
    acting.change(acting.room, **_screen(acting, what, subject))


def _find(rows: object, subject: int | None, what: str) -> None:
    if subject is None or not rows.filter(pk=subject).exists():  # type: ignore[attr-defined]
        raise CannotAct(f"This {what} is not one that the room can see. Nothing was changed.")


def _screen(acting: Acting, what: str, subject: int | None = None) -> dict[str, object]:
    needs_one = what in (OnScreen.QUESTION, OnScreen.POLL)
    return {
        "screen_shows": what,
        "screen_subject": subject if needs_one else None,
        "screen_shown_at": acting.now,
        "screen_blanked_at": None,
    }


def blank(acting: Acting, on: bool) -> None:
    """Make the big screen black, or bring back what was on it."""
    acting.change(acting.room, screen_blanked_at=acting.now if on else None)


def close(acting: Acting) -> None:
    """The evening is over: phones send nothing more."""
    room = acting.room
    if room.phase != Phase.CLOSED:
        acting.change(room, phase=Phase.CLOSED, closed_at=acting.now, follow_up="")
        acting.change(room, erase_on=erased_on(room, acting.now))
        for poll in room.polls.filter(opened_at__isnull=False, closed_at=None):
            acting.change(poll, closed_at=acting.now)


def closes_by_itself_at(room: Discussion) -> dt.datetime:
    """When an open room that nobody closes is closed: six hours after the lights, or after the film's end where
    nobody put them up; two weeks after its opening where there is no film to wait for."""
    if room.lights_up_at:
        return room.lights_up_at + OPEN_AFTER_LIGHTS
    if room.screening:
        ends = room.screening.ends_at + dt.timedelta(minutes=room.late_minutes)
        return max(ends, room.opened_at) + OPEN_AFTER_LIGHTS
    return room.opened_at + OPEN_WITHOUT_LIGHTS


def close_forgotten(now: dt.datetime) -> int:
    """Close the rooms whose time is over (`closes_by_itself_at`); gives how many. Safe to repeat."""
    still_open = Discussion.objects.exclude(phase=Phase.CLOSED).select_related("screening")
    forgotten = [room for room in still_open if closes_by_itself_at(room) <= now]
    for room in forgotten:
        perform(room, "close", close, by="Houselights", now=now)
    return len(forgotten)
