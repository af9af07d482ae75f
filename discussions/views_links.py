"""Pages of the host alone: links for those who lead along, the plan, what was settled at the opening."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from interviews.guide_content import prompts_of

from .acts import CannotAct
from .forms import LinkForm, RoomChoicesForm
from .models import RoomKey, RunSheetStep
from .opening import settle
from .permits import Leader
from .planning import plan_of
from .room_acts import do
from .room_keys import TooManyKeys, make_key, take_back
from .run_sheet import LENGTHS, MOST_STEPS, Step, propose

Role = RoomKey.Role
SPARE_ROWS = 2


def links(request: HttpRequest, leader: Leader) -> HttpResponse:
    """Who has a link to this room; one more, shown this once as an address and a code; one less."""
    form = LinkForm(request.POST if request.POST.get("act") == "make" else None)
    made: dict[str, object] = {}
    if request.POST.get("act") == "take_back" and request.POST.get("link", "").isdigit():
        take_back(leader.room, int(request.POST["link"]), now=timezone.now())
        return HttpResponseRedirect(leader.base + "links/")
    if form.is_valid():
        try:
            key, token = make_key(
                leader.room, form.cleaned_data["role"], form.cleaned_data["name"], now=timezone.now()
            )
            address = settings.BASE_URL + reverse("key", args=[token])
            made, form = {"made": key, "address": address, "qr": _qr(address)}, LinkForm()
        except TooManyKeys as error:
            form.add_error(None, str(error))
    keys = leader.room.keys.filter(revoked_at=None)
    context = {
        "leader": leader,
        "room": leader.room,
        "form": form,
        "roles": LinkForm.ROLES,
        "keys": keys,
        **made,
    }
    return render(request, "discussions/lead/links.html", context, status=422 if form.errors else 200)


def _qr(address: str) -> SafeString:
    svg = segno.make(address, error="m").svg_inline(
        omitsize=True, border=2, dark="#1b1610", light="#fff8ea", svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308  segno's own drawing of our address


def plan(request: HttpRequest, leader: Leader) -> HttpResponse:
    """The plan, step by step, as a form; or another proposal from the guide."""
    room, wrong = leader.room, ""
    steps: tuple[Step, ...] = plan_of(room)
    if request.method == "POST":
        try:
            steps = _steps_in(request, leader)
            rows = [[step.kind, step.minutes, step.prompt, step.note] for step in steps]
            do(room, "plan", {"steps": rows}, role=leader.role, by=leader.by, now=timezone.now())
            if "save" in request.POST:
                return HttpResponseRedirect(leader.base)
            return HttpResponseRedirect(leader.base + "plan/")
        except CannotAct as error:
            wrong = str(error)
    prompts = [(str(one["uuid"]), one["question"]) for one in prompts_of(room.guide_version.content)]
    spare = [Step("", 5)] * min(SPARE_ROWS, MOST_STEPS - len(steps))
    context = {
        "leader": leader,
        "room": room,
        "rows": list(enumerate([*steps, *spare], start=1)),
        "kinds": RunSheetStep.Kind.choices,
        "prompts": prompts,
        "total": sum(step.minutes for step in steps),
        "lengths": LENGTHS,
        "wrong": wrong,
    }
    return render(request, "discussions/lead/plan.html", context, status=422 if wrong else 200)


def _steps_in(request: HttpRequest, leader: Leader) -> tuple[Step, ...]:
    """The steps that the form holds: rows in the order of their numbers, those without a kind left out; or the
    guide's own proposal, where one was asked for. Raises CannotAct for minutes that are none."""
    post = request.POST
    if (length := post.get("propose", "")).isdigit() and int(length) in LENGTHS:
        return propose(leader.room.guide_version.content, int(length))
    fields = zip(
        *(post.getlist(name) for name in ("order", "kind", "minutes", "prompt", "note")), strict=False
    )
    try:
        rows = [
            (float(order or 99), Step(kind, int(minutes), prompt, note))
            for order, kind, minutes, prompt, note in fields
            if kind
        ]
    except ValueError as error:
        raise CannotAct("Minutes are a number. Nothing was changed; what you wrote is still here.") from error
    return tuple(step for _, step in sorted(rows, key=lambda row: row[0]))


def settings_of_room(request: HttpRequest, leader: Leader) -> HttpResponse:
    """What was chosen at the opening, to change until the evening is over."""
    room = leader.room
    form = RoomChoicesForm(request.POST or None, initial=RoomChoicesForm.initial_of(room))
    if form.is_valid():
        settle(room, form.choices, timezone.now())
        return HttpResponseRedirect(leader.base)
    context = {"leader": leader, "room": room, "form": form}
    return render(request, "discussions/lead/settings.html", context, status=422 if form.errors else 200)
