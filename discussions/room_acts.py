"""Every act of those who lead a room, by name: who may do it, what it takes, how it is said in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from . import acts, conducting, moderation, planning, polls, scribing
from .acts import CannotAct
from .models import Discussion, RoomAct, RoomKey

Role = RoomKey.Role
HOSTS = frozenset({Role.HOST})
LEADS = frozenset({Role.HOST, Role.CO_HOST})
MODERATES = LEADS | {Role.MODERATOR}
SCRIBES = LEADS | {Role.SCRIBE}
# The projector's own link: it goes through the plan by its clicker, and says nothing.
CLICKS = LEADS | {Role.SCREEN}

Reads = Callable[[Any], Any]


def _truth(value: Any) -> bool:
    return str(value).lower() in ("1", "true", "on", "yes")


def _numbers(value: Any) -> tuple[int, ...]:
    """Numbers in a list, or in a text with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(int(part) for part in parts if str(part).strip())


def _lines(value: Any) -> tuple[str, ...]:
    """Texts in a list, or one on each line."""
    return tuple(value.splitlines() if isinstance(value, str) else map(str, value))


def _steps(value: Any) -> tuple[planning.Step, ...]:
    return tuple(
        planning.Step(str(kind), int(minutes), str(prompt), str(note))
        for kind, minutes, prompt, note in value
    )


@dataclass(frozen=True)
class Act:
    """`takes` names the parameters and how each is read; `may_lack` those that need not be given."""

    deed: Callable[..., None]
    roles: frozenset[str]
    said: str
    takes: Mapping[str, Reads] | None = None
    may_lack: frozenset[str] = frozenset()

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters from what a form or a phone sent. Raises CannotAct where one is missing or none."""
        takes = self.takes or {}
        try:
            return {
                name: read(given[name])
                for name, read in takes.items()
                if name in given or name not in self.may_lack
            }
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise CannotAct("That could not be read. Nothing was changed.") from error


SENT = {"kind": str, "pk": int}
ONE_QUESTION = {"question": int}
ONE_PERSON = {"participant": int}
LEAVES = {"leaves": int}

ACTS: dict[str, Act] = {
    # the plan
    "lights_up": Act(conducting.lights_up, LEADS, "put the lights up"),
    "late": Act(conducting.run_late, LEADS, "said how late the film runs", {"minutes": int}),
    "next": Act(conducting.move_on, CLICKS, "went on", LEAVES),
    "back": Act(conducting.go_back, CLICKS, "went back", LEAVES),
    "go": Act(conducting.go_to, LEADS, "went to another step", {**LEAVES, "step": int}),
    "extend": Act(conducting.extend, LEADS, "changed a step’s minutes", {"step": int, "minutes": int}),
    "take": Act(conducting.take_from_later, LEADS, "took minutes from a later step", {"step": int}),
    "follow_up": Act(conducting.follow_up, LEADS, "changed the follow-up", {"kind": str}),
    "plan": Act(planning.replan, LEADS, "changed the plan", {"steps": _steps}),
    "close": Act(conducting.close, HOSTS, "closed the room"),
    # the big screen
    "show": Act(
        conducting.show,
        LEADS,
        "changed the big screen",
        {"what": str, "subject": int},
        frozenset({"subject"}),
    ),
    "blank": Act(conducting.blank, CLICKS, "blanked or lit the big screen", {"on": _truth}),
    # what the room sees
    "let_through": Act(moderation.let_through, MODERATES, "let through", SENT),
    "hide": Act(moderation.hide, MODERATES, "hid", SENT),
    "hide_word": Act(moderation.hide_word, MODERATES, "took a word off the wall", {"answer": int}),
    "answer": Act(moderation.answer_now, MODERATES, "is having answered", ONE_QUESTION),
    "state": Act(moderation.set_state, MODERATES, "settled", {**ONE_QUESTION, "state": str}),
    "pin": Act(moderation.pin, MODERATES, "pinned or unpinned", {**ONE_QUESTION, "on": _truth}),
    "group": Act(moderation.group, MODERATES, "grouped", {**ONE_QUESTION, "others": _numbers}),
    "ungroup": Act(moderation.ungroup, MODERATES, "took out of its group", ONE_QUESTION),
    "card": Act(moderation.enter_card, MODERATES, "entered a paper card", {"text": str}),
    # polls
    "poll": Act(
        polls.ask_poll,
        LEADS,
        "asked a poll",
        {"question": str, "kind": str, "options": _lines},
        frozenset({"options"}),
    ),
    "open_poll": Act(polls.open_poll, LEADS, "opened a poll", {"poll": int}),
    "close_poll": Act(polls.close_poll, LEADS, "closed a poll", {"poll": int}),
    "show_poll": Act(polls.show_poll, LEADS, "showed or hid a poll’s results", {"poll": int, "on": _truth}),
    # people
    "rename": Act(
        moderation.rename, MODERATES, "gave another name", {**ONE_PERSON, "name": str}, frozenset({"name"})
    ),
    "mute": Act(moderation.mute, MODERATES, "muted or unmuted", {**ONE_PERSON, "on": _truth}),
    "call": Act(moderation.call_hand, MODERATES, "gave the microphone", ONE_PERSON),
    "lower": Act(moderation.lower_hand, MODERATES, "lowered a hand", ONE_PERSON),
    # said in the room
    "say": Act(
        scribing.say,
        SCRIBES,
        "wrote down",
        {"text": str, "speaker": str, "key": UUID},
        frozenset({"speaker"}),
    ),
    "correct": Act(scribing.correct, SCRIBES, "corrected a line", {"line": int, "text": str, "speaker": str}),
    "hide_line": Act(moderation.hide_line, SCRIBES | MODERATES, "took a line back", {"line": int}),
}
UNDO = "undo"
# What happens without anybody who leads, in words for the log.
SAID_BY_ITSELF = {moderation.REPORTED: "reported, and it was hidden"}


def do(
    room: Discussion,
    name: str,
    given: Mapping[str, Any],
    *,
    role: str,
    by: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    key: UUID | None = None,
) -> RoomAct | None:
    """Do the act of this name, as `role`. Gives the log's row, None where nothing changed.

    Raises CannotAct with a sentence: no such act, not this role's, something wrong with what was given.
    """
    if name == UNDO:
        return _undo(room, given, role=role, by=by, now=now, key=key)
    act = ACTS.get(name)
    if act is None or role not in act.roles:
        raise CannotAct("This link may not do that. Nothing was changed.")
    key = key or uuid4()
    read = act.read({"key": str(key), **given})
    return acts.perform(room, name, lambda acting: act.deed(acting, **read), by=by, now=now, at=at, key=key)


def _undo(
    room: Discussion, given: Mapping[str, Any], *, role: str, by: str, now: dt.datetime, key: UUID | None
) -> RoomAct | None:
    number = Act(acts.undo, LEADS, "", {"done": int}).read(given)["done"]
    done = RoomAct.objects.filter(discussion=room, pk=number).first()
    if done is None or not may_undo(done, role):
        raise CannotAct("This link may not undo that. Nothing was changed.")
    return acts.perform(room, UNDO, partial(acts.undo, act=number), by=by, now=now, key=key)


def may_undo(done: RoomAct, role: str) -> bool:
    """Whether `role` may undo an act: those who may do it may undo it; what the house did, those who lead."""
    act = ACTS.get(done.kind)
    return done.kind != UNDO and role in (act.roles if act else LEADS)


def say_act(done: RoomAct) -> str:
    """What was done, in words for the log."""
    if done.kind == UNDO:
        return "undid"
    return ACTS[done.kind].said if done.kind in ACTS else SAID_BY_ITSELF.get(done.kind, done.kind)
