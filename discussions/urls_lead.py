"""The addresses of those who lead a room."""

from __future__ import annotations

from . import views_after as afters
from . import views_lead as lead
from . import views_links as links
from . import views_report as reports

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
    *lead.doors("after/", "_after", afters.afterwards, lead.Role.HOST),
    *lead.doors("report/", "_report", reports.report, *lead.LEADS, erased_too=True),
    *lead.doors("report.csv", "_report_csv", reports.report_csv, *lead.LEADS, erased_too=True),
    *lead.doors("report.json", "_report_json", reports.report_json, *lead.LEADS, erased_too=True),
    *lead.doors("report.pdf", "_report_pdf", reports.report_pdf, *lead.LEADS, erased_too=True),
]
