"""After the evening: the host's page of what is still to do, and the discussion's page that the others read."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.public_forms import public_form
from common.short_codes import normalise_code

from . import after_page, filmmaker, follow_up_replies
from .joining import participant_of
from .keeping import words_may_leave
from .models import AfterPage, Discussion
from .permits import Leader


# --- the host -------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: HttpRequest, leader: Leader) -> HttpResponse:
    """Who may read the evening's page; questions for the filmmaker, and answers; what people wrote back."""
    room, said, made = leader.room, "", ""
    if request.method == "POST":
        try:
            made = _act(request, room, timezone.now())
        except (after_page.MayNotOpen, filmmaker.CannotSendOn) as error:
            said = str(error)
        else:
            if not made:
                return HttpResponseRedirect(leader.base + "after/")
    answers = filmmaker.newest_of(room)
    page = AfterPage.objects.filter(discussion=room).first()
    context = {
        "leader": leader,
        "room": room,
        "said": said,
        "made": made,
        "readers": page.readers if page else "",
        "may_leave": words_may_leave(room),
        "is_closed": room.phase == Discussion.Phase.CLOSED,
        "page_url": settings.BASE_URL + reverse("room_after", args=[room.code]),
        "not_reached": room.questions.filter(
            state="waiting", published_at__isnull=False, hidden_at=None, grouped_under=None
        ).count(),
        "to_answer": filmmaker.questions_for(room).count(),
        "links": room.filmmaker_links.filter(revoked_at=None),
        "to_approve": [one for one in answers.values() if one.text and one.approved_at is None],
        "approved": len(filmmaker.approved_of(room)),
        "waiting": follow_up_replies.waiting_of(room),
        "shown": follow_up_replies.shown_of(room),
    }
    return render(request, "discussions/lead/after.html", context, status=422 if said else 200)


def _act(request: HttpRequest, room: Discussion, now: dt.datetime) -> str:
    """Do what the form says; gives the address of a link that was made, which is shown this once."""
    given = request.POST
    name, number = given.get("act", ""), given.get("pk", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    if name == "readers":
        if given.get("readers") == "nobody":
            after_page.close_page(room)
        else:
            after_page.open_page(room, given.get("readers", ""), now)
    elif name == "send_on":
        filmmaker.send_on_what_was_not_reached(room, now)
    elif name == "link":
        _, token = filmmaker.make_link(room, given.get("name", ""), now)
        return settings.BASE_URL + reverse("filmmaker", args=[token])
    elif name == "take_back":
        filmmaker.take_back_link(room, pk, now)
    elif name == "approve":
        filmmaker.approve(room, pk, now)
    elif name in ("show", "put_away"):
        follow_up_replies.moderate(room, pk, show=name == "show", now=now)
    return ""


# --- everybody else -------------------------------------------------------------------------------------------
@public_form
@require_safe
def after(request: HttpRequest, code: str) -> HttpResponse:
    """The discussion's page. Where it may not be read it says why, and what can be read instead."""
    room = _find(code)
    if room is None:
        return render(request, "discussions/find.html", {"code": code[:40]}, status=404)
    readers = after_page.readers_of(room)
    phone = participant_of(room.code, request.COOKIES.get("room", ""))
    context: dict[str, object] = {"room": room, "guide": room.guide_version, "readers": readers}
    if not after_page.may_read(readers, phone):
        status = 410 if room.erased_at else 403 if readers else 404
        return render(request, "discussions/after_shut.html", context, status=status)
    report, wrote_back = after_page.content_of(room, readers)
    context |= {"report": report, "wrote_back": wrote_back}
    response = render(request, "discussions/after.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _find(code: str) -> Discussion | None:
    rooms = Discussion.objects.select_related(
        "guide_version__guide", "screening__engagement__theater__city", "screening__engagement__film"
    )
    return rooms.filter(code=normalise_code(code)).first()
