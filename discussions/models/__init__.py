"""The nouns of the room (`docs/concepts.md` has them on one page)."""

from .phones import Participant, Poll, PollAnswer, Question, Report, Response, Vote
from .rooms import Discussion, RoomAct, RoomKey, RunSheetStep, SaidLine, new_room_code

__all__ = [
    "Discussion",
    "Participant",
    "Poll",
    "PollAnswer",
    "Question",
    "Report",
    "Response",
    "RoomAct",
    "RoomKey",
    "RunSheetStep",
    "SaidLine",
    "Vote",
    "new_room_code",
]
