"""An excerpt's own page: trimming it, a note beside it, on what right, into a guide, back out of every guide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person
from accounts.trail import read_trail

from . import reimports, trimming
from .excerpt_page import trimmable
from .excerpts import CannotCut, recut, withdraw
from .forms_quotes import NoteForm, PlaceForm, ReasonForm, RightForm
from .guides import add_excerpt, add_section
from .models import Excerpt, Refinding
from .permits import excerpt_for
from .rights import right_of, say_right, what_is_missing
from .selectors import Span, link_into
from .shares import MUCH, share_of
from .utf16_offsets import SplitsCharacter, from_utf16

OTHERWISE = "As the interview says"
RIGHT_FIELDS = ("right", "right_note", "right_given_on", "right_until")


@never_cache
def show_excerpt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The excerpt with everything that can be done with it. What cannot be is said in words; nothing is changed then."""
    excerpt = excerpt_for(request, uuid)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            said = act(request, excerpt, forms) if act else "Nothing was asked for."
        except (CannotCut, SplitsCharacter, reimports.AlreadyDecided) as error:
            messages.error(request, f"{error} The quote stands as it did.")
            return redirect("excerpt", uuid=uuid)
        if said:
            messages.success(request, said)
            return redirect("excerpt", uuid=uuid)
    return render(
        request,
        "interviews/manage/excerpt.html",
        _context(request, excerpt, forms),
        status=422 if forms else 200,
    )


def _context(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> dict[str, Any]:
    source, today = excerpt.source, timezone.now().date()
    right = right_of(excerpt)
    share = share_of(source, _spans(excerpt))
    return {
        "excerpt": excerpt,
        "interview": source.interview,
        "trim": trimmable(excerpt),
        "share": share,
        "is_long": share.part >= MUCH,
        "link": link_into(source.url or source.interview.url, source.visible_text, _spans(excerpt)),
        "right": say_right(right, today),
        "missing": what_is_missing(right, today),
        "blocks": excerpt.blocks.select_related("section__guide"),
        "open": excerpt.refindings.filter(state=Refinding.State.OPEN).select_related("source").first(),
        "trail": read_trail([(excerpt.history.all(), lambda row: "the quote")], limit=20),
        "note_form": NoteForm(instance=excerpt),
        "right_form": RightForm(
            initial={name: getattr(excerpt, name) for name in RIGHT_FIELDS}, otherwise=OTHERWISE
        ),
        "place_form": PlaceForm(person=_person(request), excerpt=excerpt),
        "reason_form": ReasonForm(),
        **forms,
    }


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


def _spans(excerpt: Excerpt) -> list[Span]:
    return [(start, end) for start, end in excerpt.segments]


def _insertions(excerpt: Excerpt) -> list[tuple[int, str]]:
    return [(place, words) for place, words in excerpt.insertions]


def _marked(request: HttpRequest, excerpt: Excerpt) -> Span:
    """The words that a form means: marked (UTF-16 places), or written as they stand in the quote."""
    text = excerpt.source.visible_text
    if words := request.POST.get("words", "").strip():
        return trimming.find_in(_spans(excerpt), words, text)
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if not (start.isdecimal() and end.isdecimal()):
        raise CannotCut("No words are marked: mark some in the quote, or write them.")
    return from_utf16(text, int(start)), from_utf16(text, int(end))


def _refuse_where_withdrawn(excerpt: Excerpt) -> None:
    if excerpt.withdrawn_at:
        raise CannotCut("These words were withdrawn.")


# --- the acts: each gives what is said of it, or "" where its form goes back to be put right ---------------


def _leave_out(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    _refuse_where_withdrawn(excerpt)
    start, end = _marked(request, excerpt)
    text = excerpt.source.visible_text
    recut(excerpt, *trimming.leave_out(_spans(excerpt), _insertions(excerpt), start, end, text))
    return "Left out. Where words are missing in the middle, […] says so."


def _put_back(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    gap = request.POST.get("gap", "")
    shape = trimming.put_back(_spans(excerpt), _insertions(excerpt), int(gap) if gap.isdecimal() else -1)
    recut(excerpt, *shape)
    return "The words are back as they stand in the source."


def _put_in(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    _refuse_where_withdrawn(excerpt)
    place, _ = _marked(request, excerpt)
    words = request.POST.get("insertion", "")
    recut(excerpt, *trimming.put_in(_spans(excerpt), _insertions(excerpt), place, words))
    return "Your word stands in brackets, so that nobody takes it for theirs."


def _take_out(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    place = request.POST.get("place", "")
    shape = trimming.take_out(_spans(excerpt), _insertions(excerpt), int(place) if place.isdecimal() else -1)
    recut(excerpt, *shape)
    return "Your word is out again."


def _note(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    form = NoteForm(request.POST, instance=excerpt)
    if not form.is_valid():
        forms["note_form"] = form
        return ""
    form.save()
    return "Kept. It stands beside the quote, which stays as it was printed."


def _right(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    form = RightForm(request.POST, otherwise=OTHERWISE)
    if not form.is_valid():
        forms["right_form"] = form
        return ""
    for name in RIGHT_FIELDS:
        setattr(excerpt, name, form.cleaned_data[name])
    excerpt.save(update_fields=RIGHT_FIELDS)
    return say_right(right_of(excerpt), timezone.now().date())


def _add(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    _refuse_where_withdrawn(excerpt)
    form = PlaceForm(request.POST, person=_person(request), excerpt=excerpt)
    if not form.is_valid():
        forms["place_form"] = form
        return ""
    section = add_section(form.cleaned_data["guide"], form.cleaned_data["section"])
    if section.blocks.filter(excerpt=excerpt).exists():
        return f"It is in “{section}” already."
    add_excerpt(section, excerpt)
    return f"Added to “{section}” of {form.cleaned_data['guide']}."


def _withdraw(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        forms["reason_form"] = form
        return ""
    withdraw(excerpt, reason=form.cleaned_data["reason"], now=timezone.now(), by=_person(request))
    return "Withdrawn. Every published guide shows from now on that these words were withdrawn."


def _accept(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    reimports.accept(_refinding(request, excerpt), by=_person(request), now=timezone.now())
    return "Taken: the quote now reads as the new text does."


def _keep(request: HttpRequest, excerpt: Excerpt, forms: dict[str, Any]) -> str:
    reimports.keep(_refinding(request, excerpt), by=_person(request), now=timezone.now())
    return "The old words stay, as they stand in the text that we archived first."


def _refinding(request: HttpRequest, excerpt: Excerpt) -> Refinding:
    key = request.POST.get("refinding", "")
    found = excerpt.refindings.select_related("source", "excerpt__source").filter(
        pk=int(key) if key.isdecimal() else 0
    )
    refinding = found.first()
    if refinding is None:
        raise reimports.AlreadyDecided("There is nothing to decide any more.")
    return refinding


ACTS: dict[str, Callable[[HttpRequest, Excerpt, dict[str, Any]], str]] = {
    "leave_out": _leave_out,
    "put_back": _put_back,
    "put_in": _put_in,
    "take_out": _take_out,
    "note": _note,
    "right": _right,
    "add": _add,
    "withdraw": _withdraw,
    "accept": _accept,
    "keep": _keep,
}
