"""The addresses of those who lead a room."""

from __future__ import annotations

from . import views_lead as lead
from . import views_links as links

lead_urls = [
    *lead.doors("", "", lead.lead, *lead.EVERYBODY),
    *lead.doors("act/", "_act", lead.act, *lead.EVERYBODY),
    *lead.doors("stream/", "_stream", lead.stream, *lead.EVERYBODY),
    *lead.doors("screen/", "_screen", lead.screen, *lead.SHOWS),
    *lead.doors("moderate/", "_moderate", lead.moderate, *lead.MODERATES),
    *lead.doors("scribe/", "_scribe", lead.scribe, *lead.SCRIBES),
    *lead.doors("said/", "_said", lead.said, *lead.SCRIBES),
    *lead.doors("plan/", "_plan", links.plan, *lead.LEADS),
    *lead.doors("links/", "_links", links.links, lead.Role.HOST),
    *lead.doors("settings/", "_settings", links.settings_of_room, lead.Role.HOST),
]
