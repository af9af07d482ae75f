"""What a phone sends to its room, and its own page in it.

The room's page is the same for everybody; what is one phone's own is here, never cached. Every act is a POST from our
own pages. A script asks for JSON and is answered in place; without one the answer is a page, or the way back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.letter_languages import wanted_by
from common.prepared_queries import prepared
from common.public_forms import public_form

from . import answering, film_ended, joining, limits, own_page, polls, questions, speaking_up
from .models import Discussion, Participant
from .sent_words import CannotSend, key_of

COOKIE = "room"
Act = Callable[[HttpRequest, Participant], str]


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def bearer_of(request: HttpRequest, code: str) -> Participant | None:
    """Who holds this phone, in the room with this code."""
    return joining.participant_of(code, request.COOKIES.get(COOKIE, ""))


def _room(code: str) -> Discussion:
    found = _rooms.first(code=code)
    if found is None:
        raise Http404("There is no such room.")
    return found


@prepared
def _rooms(*, code: str) -> QuerySet[Discussion]:
    return Discussion.objects.select_related("screening__screen").filter(code=code)


# --- one's own page -----------------------------------------------------------------------------------------
@public_form
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Who one is here, what one sent and what became of it; or how to join. As a part, where a script asks for it."""
    participant = bearer_of(request, code)
    room = participant.discussion if participant else _room(code)
    if wants_json(request):
        return JsonResponse({"mine": _mine_part(room, participant)})
    return render(request, "discussions/mine.html", _mine_context(room, participant))


def _mine_part(room: Discussion, participant: Participant | None, *, is_new: bool = False) -> str:
    return render_to_string("discussions/phone/_mine.html", _mine_context(room, participant, is_new=is_new))


def _mine_context(
    room: Discussion, participant: Participant | None, *, is_new: bool = False
) -> dict[str, object]:
    if participant:
        may_speak = room.phase == Discussion.Phase.LIGHTS_UP and participant.muted_at is None
        own = own_page.newcomers_page(participant) if is_new else own_page.own_page(participant)
        return {"room": room, "own": own, "may_speak": may_speak}
    return {"room": room, "own": None, "token": joining.make_token(room.code)}


# --- joining and leaving ------------------------------------------------------------------------------------
@public_form
@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Join by the token that the form brought; from then on the browser bears it, in this room alone."""
    room = _room(code)
    token, now = request.POST.get("token", ""), timezone.now()
    try:
        limits.check_joining(request)
        participant = joining.join(room, token, now, request.POST.get("door_code", ""))
    except CannotSend as error:
        return _refuse(request, room, error)
    said, is_new = f"You are {participant.pseudonym}.", participant.joined_at == now
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            {"said": said, "mine": _mine_part(room, participant, is_new=is_new)}
        )
    else:
        response = redirect("room", room.code)
    response.set_cookie(
        COOKIE,
        token,
        max_age=_seconds_to_live(room),
        path=_path(code),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _path(code: str) -> str:
    return reverse("room", args=[code])


def _seconds_to_live(room: Discussion) -> int:
    """Until the room is erased; a day at least."""
    if room.erase_on is None:
        return 86_400
    return max(1, (room.erase_on - timezone.now().date()).days) * 86_400


@public_form
@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """*Forget this evening*: this phone knows the room no more; its script clears what it kept itself."""
    if participant := bearer_of(request, code):
        joining.forget(participant)
    words = "Forgotten. This phone knows nothing of the evening any more."
    response: HttpResponse = JsonResponse({"said": words}) if wants_json(request) else redirect("room", code)
    response.delete_cookie(COOKIE, path=_path(code), samesite="Lax")
    # What the browser keeps of our pages on its own account (W3C Clear Site Data §3.1).
    response["Clear-Site-Data"] = '"cache"'
    return response


# --- acts ---------------------------------------------------------------------------------------------------
def phones_act(act: Act) -> Callable[..., HttpResponse]:
    """A view of what a phone that has joined does: `act` gives what to say of it, or raises CannotSend. Its own page
    comes with the answer."""
    return _view_of(act, shows_mine=True)


def phones_tap(act: Act) -> Callable[..., HttpResponse]:
    """As `phones_act`, for what a thumb does in passing and every phone at once: the answer is what to say, no more."""
    return _view_of(act, shows_mine=False)


def _view_of(act: Act, *, shows_mine: bool) -> Callable[..., HttpResponse]:
    @public_form
    @require_POST
    @wraps(act)
    def view(request: HttpRequest, code: str) -> HttpResponse:
        participant = bearer_of(request, code)
        if participant is None:
            return _ask_to_join(request, _room(code))
        try:
            limits.check_sending(request, code, request.COOKIES[COOKIE])
            said = act(request, participant)
        except CannotSend as error:
            return _refuse(request, participant.discussion, error)
        if not wants_json(request):
            return redirect("room_mine", code)
        answer = {"said": said}
        if shows_mine:
            answer["mine"] = _mine_part(participant.discussion, participant)
        return JsonResponse(answer)

    return view


@phones_act
def answer(request: HttpRequest, participant: Participant) -> str:
    prompt, words = request.POST.get("prompt", ""), request.POST.get("text", "")
    audience = request.POST.get("audience", "room")
    key = key_of(request.POST.get("key", ""), participant.pk, "answer", prompt, words, audience)
    sent = answering.respond(participant, prompt, words, audience=audience, key=key, now=timezone.now())
    if sent.audience == sent.Audience.ORGANIZER:
        return "Sent. Only those who lead the room read it."
    return (
        "Sent to the room." if sent.published_at else "Sent. The room sees it when a moderator has read it."
    )


@phones_act
def ask(request: HttpRequest, participant: Participant) -> str:
    words = request.POST.get("text", "")
    key = key_of(request.POST.get("key", ""), participant.pk, "ask", words)
    reply_to = request.POST.get("reply_to", "").strip()
    language = wanted_by(request)
    asked = questions.ask(
        participant, words, key=key, now=timezone.now(), reply_to=reply_to, language=language
    )
    return "Asked." if asked.published_at else "Asked. The room sees it when a moderator has read it."


@phones_tap
def vote(request: HttpRequest, participant: Participant) -> str:
    question = request.POST.get("question", "")
    up = request.POST.get("vote", "up") == "up"
    number = int(question) if question.isascii() and question.isdigit() and len(question) < 19 else 0
    questions.vote(participant, number, up=up, now=timezone.now())
    return "Your vote is counted." if up else "Your vote is taken back."


@phones_act
def answer_poll(request: HttpRequest, participant: Participant) -> str:
    poll, given = request.POST.get("poll", ""), request.POST.getlist("choice")
    number = int(poll) if poll.isascii() and poll.isdigit() and len(poll) < 19 else 0
    key = key_of(request.POST.get("key", ""), participant.pk, "poll", poll, *sorted(given))
    polls.answer(participant, number, given, key=key, now=timezone.now())
    return "Counted. You may change it while the poll is open."


@phones_act
def hand(request: HttpRequest, participant: Participant) -> str:
    up = request.POST.get("up", "1") == "1"
    speaking_up.raise_hand(participant, up=up, now=timezone.now())
    return "Your hand is up. The host sees it." if up else "Your hand is down."


@phones_tap
def report(request: HttpRequest, participant: Participant) -> str:
    number = request.POST.get("pk", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    speaking_up.report(participant, request.POST.get("kind", ""), pk, timezone.now())
    return "Thank you. Those who lead see your word."


@phones_act
def rename(request: HttpRequest, participant: Participant) -> str:
    joining.rename(participant, request.POST.get("name", ""))
    return f"You are {participant.pseudonym} now."


@phones_act
def say_film_ended(request: HttpRequest, participant: Participant) -> str:
    film_ended.say_film_has_ended(participant, timezone.now())
    return "Welcome back."


# --- answers ------------------------------------------------------------------------------------------------
def _refuse(request: HttpRequest, room: Discussion, error: CannotSend) -> HttpResponse:
    """Say why in words, and give back what was typed."""
    if wants_json(request):
        return JsonResponse({"said": str(error)}, status=error.status)
    context = {"room": room, "said": str(error), "typed": _typed(request)}
    return render(request, "discussions/refused.html", context, status=error.status)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "") or request.POST.get("name", "")


def _ask_to_join(request: HttpRequest, room: Discussion) -> HttpResponse:
    """Nothing is taken from a phone that has not joined; its words are given back with the way in."""
    said = "Join first: nothing is asked for it. Your words are kept."
    if wants_json(request):
        return JsonResponse({"said": said, "mine": _mine_part(room, None)}, status=403)
    context = {**_mine_context(room, None), "said": said, "typed": _typed(request)}
    return render(request, "discussions/refused.html", context, status=403)
