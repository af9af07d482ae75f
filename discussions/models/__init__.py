"""The nouns of the room (`docs/concepts.md` has them on one page)."""

from .afterwards import AfterPage, CityBatch, FilmmakerAnswer, FilmmakerLink, FollowUpReply, Tour, TourStop
from .phones import Participant, Poll, PollAnswer, Question, Report, Response, Vote
from .rooms import Discussion, RoomAct, RoomKey, RunSheetStep, SaidLine, new_room_code

__all__ = [
    "AfterPage",
    "CityBatch",
    "Discussion",
    "FilmmakerAnswer",
    "FilmmakerLink",
    "FollowUpReply",
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
    "Tour",
    "TourStop",
    "Vote",
    "new_room_code",
]
