"""The nouns of interviews and guides (`docs/concepts.md` has them on one page)."""

from .archive import Excerpt, Interview, Quotation, RightToQuote, Source, Span, Turn
from .editors import GuideInvitation, GuideMembership, GuideRole
from .guides import Block, Guide, GuideChoice, GuideSection, GuideVersion, Prompt

__all__ = [
    "Block",
    "Excerpt",
    "Guide",
    "GuideChoice",
    "GuideInvitation",
    "GuideMembership",
    "GuideRole",
    "GuideSection",
    "GuideVersion",
    "Interview",
    "Prompt",
    "Quotation",
    "RightToQuote",
    "Source",
    "Span",
    "Turn",
]
