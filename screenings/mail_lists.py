"""The lists by which attendees hear from us; each can be left by itself."""

from __future__ import annotations

from notices.kinds import MailList

REMINDERS = MailList("reminders", "Houselights reminders", "reminders of showings that you come to")
PROMPTS = MailList(
    "prompts", "Houselights after the film", "word of the talk and questions after a film that you saw"
)
FOLLOWING = MailList(
    "following", "Houselights news of what you follow", "weeks and new cities of what you follow"
)
OPENINGS = MailList("openings", "Houselights openings", "news that a film you asked for opens near you")
