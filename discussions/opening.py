"""Opening a room with what its host chose: who moderates, how long answers are kept, whether words may leave, the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts.models import Person
from interviews.models import GuideVersion
from screenings.models import Screening

from .changes import touch
from .keeping import erased_on
from .models import Discussion
from .planning import give_plan
from .rooms import CannotOpen, open_room

POLICIES = (
    "The questions with the most votes are asked first. The host may pass over one that has been answered.",
    "The moderator chooses, so that different voices are heard.",
    "The host chooses. What is not reached goes to the filmmaker.",
)


@dataclass(frozen=True)
class Choices:
    """What a host says when opening a room; `kept_days` 0 is “until the next morning”."""

    is_moderated: bool = False
    policy: str = POLICIES[0]
    door_code: str = ""
    captions_url: str = ""
    kept_days: int = 30
    words_may_leave: bool = False


@transaction.atomic
def open_planned_room(
    guide_version: GuideVersion,
    *,
    title: str,
    screening: Screening | None,
    host: Person | None,
    now: dt.datetime,
    minutes: int = 30,
    choices: Choices = Choices(),
) -> Discussion:
    """An open room with a plan of `minutes`. The host's own room, as it stands, where the showing has it open already.

    Raises CannotOpen: the showing is not on, or somebody else has opened its room.
    """
    room = open_room(guide_version, title=title, screening=screening, host=host, now=now)
    if room.host_id != (host.pk if host else None):
        raise CannotOpen(
            "A room is open for this showing already. Ask its host for a link; it takes a minute."
        )
    if not room.steps.exists():
        give_plan(room, minutes)
        settle(room, choices, now)
    return room


def settle(room: Discussion, choices: Choices, now: dt.datetime) -> None:
    """Keep what the host chose. A theater's agreement is asked anew where words begin to be allowed to leave; once
    somebody has joined who was told that they stay, they stay."""
    facts: dict[str, object] = asdict(choices)
    if choices.words_may_leave and not room.words_may_leave:
        facts["theater_agreed_at"] = None
        facts["words_may_leave"] = not room.participants.exists()
    for name, value in facts.items():
        setattr(room, name, value)
    room.erase_on = erased_on(room, now)
    room.save(update_fields=[*facts, "erase_on"])
    touch(room)
