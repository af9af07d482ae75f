"""“Something wrong? Ask for a change”: the public form, and the pages where editors and site staff answer."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.limits import Limit, is_within
from accounts.models import Person
from accounts.next_page import with_next
from common.letter_languages import wanted_by
from common.public_forms import public_form
from common.short_codes import normalise_code

from . import change_requests
from .excerpts import withdraw_source
from .forms_quotes import ReasonForm
from .forms_requests import AnswerForm, AskForm
from .models import ChangeRequest, Guide, Source
from .permits import is_site_staff, request_for

ASKS = Limit("ask-for-change", 30, dt.timedelta(hours=1))
TOO_MANY = (
    "Too many asked from your network just now. Nothing was sent; your words are below. Try again in an hour."
)


@public_form
def ask_for_change(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Anyone asks for a change of what a published guide quotes from a source."""
    guide = get_object_or_404(Guide.objects.select_related("film"), code=normalise_code(code))
    source = change_requests.quoted_source(guide, sha256)
    if source is None:
        raise Http404("This guide quotes no such source.")
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ask(request, guide, source, form):
        return render(request, "interviews/asked.html", {"guide": guide, "interview": source.interview})
    context = {"guide": guide, "interview": source.interview, "form": form}
    return render(request, "interviews/ask.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, guide: Guide, source: Source, form: AskForm) -> bool:
    if not is_within(request, ASKS):
        form.add_error(None, TOO_MANY)
        return False
    try:
        language = wanted_by(request)
        change_requests.ask_for_change(
            guide, source, now=timezone.now(), language=language, **form.cleaned_data
        )
    except change_requests.MalformedAddress as error:
        form.add_error("email", str(error))
        return False
    return True


@never_cache
def list_requests(request: HttpRequest) -> HttpResponse:
    """What was asked about guides and interviews of mine; site staff see all."""
    person: Person = request.user  # type: ignore[assignment]
    asked = change_requests.requests_for(person, all_of_them=is_site_staff(request))
    context = {
        "waiting": asked.filter(state=ChangeRequest.State.OPEN).order_by("created_at"),
        "answered": asked.filter(state=ChangeRequest.State.ANSWERED).order_by("-answered_at")[:50],
    }
    return render(request, "interviews/manage/requests.html", context)


@never_cache
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, the answer, and taking the source back in one act."""
    try:
        asked = request_for(request, pk)
    except Http404:
        if getattr(request.user, "is_staff", False) and not is_site_staff(request):
            return redirect(with_next(reverse("admin:login"), request.get_full_path()))
        raise
    act = request.POST.get("act") if request.method == "POST" else None
    answer_form = AnswerForm(request.POST if act == "answer" else None)
    reason_form = ReasonForm(
        request.POST if act == "withdraw" else None,
        initial={"reason": f"Asked for by {asked.name}, {asked.created_at:%-d %B %Y}."},
    )
    if act == "answer" and answer_form.is_valid():
        return _answer(request, asked, answer_form.cleaned_data["answer"])
    if act == "withdraw" and reason_form.is_valid():
        return _withdraw(request, asked, reason_form.cleaned_data["reason"])
    context = {
        "asked": asked,
        "interview": asked.source.interview,
        "quotes": asked.source.excerpts.filter(withdrawn_at=None),
        "answer_form": answer_form,
        "reason_form": reason_form,
    }
    return render(request, "interviews/manage/request.html", context, status=422 if act else 200)


def _answer(request: HttpRequest, asked: ChangeRequest, words: str) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    try:
        change_requests.answer(asked, words, by=person, now=timezone.now())
    except change_requests.AlreadyAnswered as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Your answer is on its way to {asked.name}.")
    return redirect("answer_request", pk=asked.pk)


def _withdraw(request: HttpRequest, asked: ChangeRequest, reason: str) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    taken = withdraw_source(asked.source, reason=reason, now=timezone.now(), by=person)
    quotes = "1 quote was" if taken == 1 else f"{taken} quotes were"
    messages.success(request, f"{quotes} withdrawn from every published guide. Now tell {asked.name}.")
    return redirect("answer_request", pk=asked.pk)
