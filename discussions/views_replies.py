"""Pages behind private links: the filmmaker's list, and writing back to a question that came by mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.public_forms import private_link

from . import filmmaker, follow_up_replies
from .keeping import words_may_leave
from .reply_links import read_reply_link
from .sent_words import CannotSend


# --- the filmmaker --------------------------------------------------------------------------------------------
@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def filmmakers_list(request: HttpRequest, token: str) -> HttpResponse:
    """What a room did not reach, to answer one by one; each is saved by itself. Opening it changes nothing."""
    now = timezone.now()
    link = filmmaker.link_of(token, now)
    if link is None:
        raise Http404("This link leads nowhere: it was taken back, or cut short on its way.")
    room = link.discussion
    if room.erased_at or not words_may_leave(room):
        return render(request, "discussions/filmmaker_over.html", {"room": room}, status=410)
    context: dict[str, object] = {"link": link, "room": room, "most": filmmaker.MOST_LETTERS}
    status = 200
    if request.method == "POST":
        number, typed = _number(request.POST, "question"), request.POST.get("text", "")
        try:
            filmmaker.save_answer(link, number, typed, based_on=_number(request.POST, "based_on"), now=now)
            return HttpResponseRedirect(f"{request.path}?saved={number}#q{number}")
        except filmmaker.CannotAnswer as error:
            standing = error.standing if isinstance(error, filmmaker.Changed) else None
            status = 409 if standing else 422
            context |= {"wrong": number, "said": str(error), "typed": typed, "standing": standing}
    questions = filmmaker.list_for(room)
    # What was typed is shown by its question; on top where that is on the list no more.
    context["is_lost"] = status != 200 and context["wrong"] not in [one.pk for one in questions]
    context |= {"questions": questions, "saved": _number(request.GET, "saved")}
    return render(request, "discussions/filmmaker.html", context, status=status)


def _number(given: QueryDict, name: str) -> int:
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


# --- who was at the film --------------------------------------------------------------------------------------
@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Write back. The link has no name in it, and the page asks for none."""
    claim = read_reply_link(token)
    if claim is None:
        raise Http404("This link leads nowhere any more. The one in our newest mail to you may.")
    typed, said, sent, status = "", "", False, 200
    room = follow_up_replies.room_of(claim)
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            follow_up_replies.reply(claim, typed, timezone.now())
            sent = True
        except CannotSend as error:
            said, status = str(error), error.status
    elif room is None:
        said, status = str(follow_up_replies.Erased()), 410
    context = {
        "room": room,
        "film": room.guide_version.content["film"]["title"] if room else "",
        "question": follow_up_replies.question_asked(room, claim) if room else "",
        "typed": typed,
        "said": said,
        "sent": sent,
        "most": follow_up_replies.MOST_LETTERS,
    }
    return render(request, "discussions/follow_up_reply.html", context, status=status)
