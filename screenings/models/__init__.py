"""The nouns of the listing (`docs/concepts.md` has them on one page)."""

from .box_office import KeptAnswer, OwnId, TheaterToken
from .films import Film, FilmAlias, FilmCredit, FilmStill, FormerFilmAddress
from .following import Follow, PageChange
from .listing import UNKNOWN_RUNNING_MINUTES, Engagement, Screening
from .places import City, Screen, Stated, Theater
from .seats import CityRequest, Rsvp
from .teams import (
    FilmInvitation,
    FilmMembership,
    FilmRole,
    TheaterInvitation,
    TheaterMembership,
    TheaterProposal,
    TheaterRole,
)
from .weeks import ColumnMapping, Publication, WeekDraft

__all__ = [
    "UNKNOWN_RUNNING_MINUTES",
    "City",
    "CityRequest",
    "ColumnMapping",
    "Engagement",
    "Film",
    "FilmAlias",
    "FilmCredit",
    "FilmInvitation",
    "FilmMembership",
    "FilmRole",
    "FilmStill",
    "Follow",
    "FormerFilmAddress",
    "KeptAnswer",
    "OwnId",
    "PageChange",
    "Publication",
    "Rsvp",
    "Screen",
    "Screening",
    "Stated",
    "Theater",
    "TheaterInvitation",
    "TheaterMembership",
    "TheaterProposal",
    "TheaterRole",
    "TheaterToken",
    "WeekDraft",
]
