"""The nouns of interviews and guides (`docs/concepts.md` has them on one page)."""

from .archive import Excerpt, Interview, Quotation, RightToQuote, Source, Span, Turn
from .corrections import TurnEdit
from .editors import GuideInvitation, GuideMembership, GuideRole, GuideToken
from .guides import Block, Guide, GuideChoice, GuideSection, GuideVersion, Prompt
from .importing import ImportJob
from .kept import KeptMark
from .quoting import ChangeRequest, Posting, Refinding

__all__ = [
    "Block",
    "ChangeRequest",
    "Excerpt",
    "Guide",
    "GuideChoice",
    "GuideInvitation",
    "GuideMembership",
    "GuideRole",
    "GuideSection",
    "GuideToken",
    "GuideVersion",
    "ImportJob",
    "Interview",
    "KeptMark",
    "Posting",
    "Prompt",
    "Quotation",
    "Refinding",
    "RightToQuote",
    "Source",
    "Span",
    "Turn",
    "TurnEdit",
]
