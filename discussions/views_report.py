"""The report of an evening: to read, and to take away as a table, as JSON, on paper."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .keeping import words_may_leave
from .models import Discussion
from .permits import Leader
from .report import HEADER, Report, as_json, as_rows, report_of
from .report_print import PAPERS, figures, print_report
from .rooms import phase_at


@require_safe
def report(request: HttpRequest, leader: Leader) -> HttpResponse:
    """The whole report, for those who conduct; words that stay in the room stand in no file."""
    room = leader.room
    found = report_of(room, leaving=False, may_leave=words_may_leave(room))
    context = {
        "leader": leader,
        "room": room,
        "report": found,
        "figures": figures(found),
        "may_leave": words_may_leave(room),
        "is_closed": phase_at(room, timezone.now()) == Discussion.Phase.CLOSED,
    }
    return render(request, "discussions/lead/report.html", context)


@require_safe
def report_csv(request: HttpRequest, leader: Leader) -> HttpResponse:
    """The report as a table (RFC 4180), UTF-8 with a mark by which spreadsheets know it."""
    held = io.StringIO()
    table = csv.writer(held)
    table.writerow(HEADER)
    table.writerows(as_rows(_leaving(leader)))
    return _file(held.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", leader, "csv")


@require_safe
def report_json(request: HttpRequest, leader: Leader) -> HttpResponse:
    response = JsonResponse(as_json(_leaving(leader)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = _named(leader, "json")
    return response


@require_safe
def report_pdf(request: HttpRequest, leader: Leader) -> HttpResponse:
    """On A4, or on letter paper (`?paper=letter`)."""
    paper = request.GET.get("paper", "")
    pdf = print_report(_leaving(leader), paper if paper in PAPERS else "a4")
    return _file(pdf, "application/pdf", leader, "pdf")


def _leaving(leader: Leader) -> Report:
    return report_of(leader.room, leaving=True, may_leave=words_may_leave(leader.room))


def _file(content: bytes, mimetype: str, leader: Leader, ending: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=mimetype, headers={"Content-Disposition": _named(leader, ending)}
    )


def _named(leader: Leader, ending: str) -> str:
    return f'attachment; filename="report-{leader.room.code}.{ending}"'
