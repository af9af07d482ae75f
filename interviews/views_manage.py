"""The guide builder: a draft that several people work on at once. Every act is a small form that works without scripts;
with them it is kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from screenings.permits import is_of_films_team

from . import draft_edits, guides
from .draft_edits import TakenOut, WrittenMeanwhile
from .forms_builder import ActionForm, ExcerptForm, FactsForm, HeadingForm, PromptForm, SectionForm, TextForm
from .models import Block, Excerpt, Guide, GuideSection
from .permits import guide_for
from .views_builder import build_page, desk_of, form_of


@never_cache
def manage_guide(request: HttpRequest, code: str) -> HttpResponse:
    """The draft to build on; a POST changes what the guide says of itself, adds a section or takes in a quote."""
    guide = guide_for(request, code)
    if request.method == "POST":
        acts = {"kind": _add_section, "excerpt": _take_in}
        act = next((acts[name] for name in acts if name in request.POST), _keep_facts)
        return act(request, guide)
    return _page(request, guide, _facts_form(request, guide))


def _facts_form(request: HttpRequest, guide: Guide, data: Any = None) -> FactsForm:
    may_speak = guide.adapted_from_id is None and is_of_films_team(request.user, guide.film)
    return FactsForm(data, instance=guide, may_speak=may_speak, auto_id="guide-%s")


def _page(request: HttpRequest, guide: Guide, facts: FactsForm, **more: Any) -> HttpResponse:
    context = {
        "guide": guide,
        "builder": build_page(guide),
        "facts": facts,
        "section_form": SectionForm(guide=guide),
        "newest": guide.versions.defer("content").order_by("-number").first(),
        **more,
    }
    status = 409 if "theirs" in more else 422 if facts.errors else 200
    return render(request, "interviews/manage/guide.html", context, status=status)


def _keep_facts(request: HttpRequest, guide: Guide) -> HttpResponse:
    form = _facts_form(request, Guide.objects.select_related("film").get(pk=guide.pk), request.POST)
    if not form.is_valid():
        return _page(request, guide, form)
    try:
        draft_edits.edit_guide(guide, _seen(request), **form.cleaned_data)
    except WrittenMeanwhile as meanwhile:
        return _page(request, guide, form, theirs=meanwhile.row)
    return redirect("manage_guide", code=guide.code)


def _add_section(request: HttpRequest, guide: Guide) -> HttpResponse:
    form = SectionForm(request.POST, guide=guide)
    kind = request.POST["kind"]
    if form.is_valid() or guide.sections.filter(kind=kind).exists():
        section = guides.add_section(guide, kind)
        return _back(guide, f"section-{section.pk}")
    messages.error(request, "There is no such section. Choose one from the list.")
    return _back(guide, "sections")


def _take_in(request: HttpRequest, guide: Guide) -> HttpResponse:
    """A quote that was chosen from the list, into a section."""
    section = guide.sections.filter(pk=_number(request, "section")).first()
    form = ExcerptForm(request.POST, guide=guide)
    if section is None or not form.is_valid():
        messages.error(
            request, "The quote was not taken in: it was withdrawn meanwhile, or the section taken out."
        )
        return _back(guide, "unused")
    return _back(guide, f"block-{_add_excerpt(section, form).pk}")


def _seen(request: HttpRequest) -> int:
    """The revision that the writer had before them; 0, which never stands, where none is named."""
    seen = request.POST.get("revision", "")
    return int(seen) if seen.isdecimal() else 0


def _back(guide: Guide, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('manage_guide', args=[guide.code])}#{anchor}")


# --- a section -------------------------------------------------------------------------------------------


@never_cache
@require_POST
def change_section(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add a block to a section, give it a heading, or take it out when it is empty."""
    guide = guide_for(request, code)
    section = guide.sections.filter(pk=pk).first()
    if section is None:
        messages.error(request, "Somebody has taken this section out. Nothing was added.")
        return _back(guide, "sections")
    act = request.POST.get("act", "")
    if act in ADD:
        return _add_block(request, guide, section, act)
    if act == "remove" and not draft_edits.remove_section(section):
        messages.error(request, f"“{section}” still holds something. Move or take that out first.")
    elif act == "heading":
        _keep_heading(request, section)
    return _back(guide, f"section-{section.pk}" if section.pk else "sections")


def _keep_heading(request: HttpRequest, section: GuideSection) -> None:
    form = HeadingForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A heading has up to 120 letters. The old one stands.")
        return
    heading = form.cleaned_data["heading"]
    try:
        draft_edits.edit_heading(section, _seen(request), heading)
    except WrittenMeanwhile as meanwhile:
        messages.warning(
            request,
            f"Somebody else has changed this heading to “{meanwhile.row}”. Yours was “{heading}”: it was not kept.",
        )


def _add_words(section: GuideSection, form: Any) -> Block:
    return guides.add_text(section, form.cleaned_data["text"])


def _add_tip(section: GuideSection, form: Any) -> Block:
    return guides.add_tip(section, form.cleaned_data["text"])


def _add_action(section: GuideSection, form: Any) -> Block:
    return guides.add_action(section, form.cleaned_data["text"], form.cleaned_data["url"])


def _add_prompt(section: GuideSection, form: Any) -> Block:
    return guides.add_prompt(section, **form.cleaned_data).block


def _add_excerpt(section: GuideSection, form: Any) -> Block:
    excerpt: Excerpt = form.cleaned_data["excerpt"]
    # Pressed twice, or dropped where it stands already: once is enough.
    there = section.blocks.filter(excerpt=excerpt).first()
    return there or guides.add_excerpt(section, excerpt)


ADD: dict[str, tuple[str, Callable[..., Any], Callable[[GuideSection, Any], Block]]] = {
    "text": ("Words", TextForm, _add_words),
    "prompt": ("A question", PromptForm, _add_prompt),
    "excerpt": ("A quote", ExcerptForm, _add_excerpt),
    "action": ("Something to do", ActionForm, _add_action),
    "tip": ("A tip for who leads", TextForm, _add_tip),
}


def _add_block(request: HttpRequest, guide: Guide, section: GuideSection, kind: str) -> HttpResponse:
    name, make_form, add = ADD[kind]
    facts = {"guide": guide} if kind in ("prompt", "excerpt") else {}
    form = make_form(request.POST if "typed" in request.POST else None, **facts)
    if form.is_valid():
        return _back(guide, f"block-{add(section, form).pk}")
    context = {"guide": guide, "section": section, "kind": kind, "name": name, "form": form}
    return render(request, "interviews/manage/new_block.html", context, status=422 if form.is_bound else 200)


# --- a block ---------------------------------------------------------------------------------------------


@never_cache
def change_block(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One block: keep its words, move it, take it out. Words that somebody wrote over meanwhile are shown beside theirs."""
    guide = guide_for(request, code)
    block = _block(guide, pk)
    if block is None:
        return _taken_out(request, guide)
    act = request.POST.get("act", "")
    if act == "save":
        return _save(request, guide, block)
    if act in ("up", "down"):
        draft_edits.move_by_one(block, up=act == "up")
    elif act == "move":
        return _move(request, guide, block)
    elif act == "remove":
        section = block.section_id
        draft_edits.remove_block(block)
        return _back(guide, f"section-{section}")
    elif request.method != "POST":
        return render(
            request, "interviews/manage/block.html", {"guide": guide, "desk": desk_of(block, guide)}
        )
    return _back(guide, f"block-{block.pk}")


def _block(guide: Guide, pk: int | str) -> Block | None:
    rows = Block.objects.filter(section__guide=guide, pk=pk)
    return rows.select_related("section__guide", "prompt__excerpt", "excerpt__source__interview").first()


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _save(request: HttpRequest, guide: Guide, block: Block) -> HttpResponse:
    form = form_of(block, guide, request.POST)
    if form is None:
        raise Http404("A quote is changed in its interview.")
    if not form.is_valid():
        return _not_kept(request, guide, block, form)
    try:
        draft_edits.edit_block(block, _seen(request), form.cleaned_data)
    except WrittenMeanwhile as meanwhile:
        return _both(request, guide, meanwhile.row, request.POST)
    except TakenOut:
        return _taken_out(request, guide)
    if _wants_json(request):
        return JsonResponse(_kept(guide, block))
    return _back(guide, f"block-{block.pk}")


def _kept(guide: Guide, block: Block) -> dict[str, Any]:
    desk = desk_of(block, guide)
    return {
        "revision": block.revision,
        "remarks": render_to_string("interviews/manage/_remarks.html", {"remarks": desk.remarks}),
    }


def _not_kept(request: HttpRequest, guide: Guide, block: Block, form: Any) -> HttpResponse:
    if _wants_json(request):
        wrong = [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
        return JsonResponse({"wrong": " ".join(wrong)}, status=422)
    context = {"guide": guide, "desk": {"block": block, "form": form, "remarks": []}}
    return render(request, "interviews/manage/block.html", context, status=422)


def _both(request: HttpRequest, guide: Guide, theirs: Any, typed: Any) -> HttpResponse:
    """Both texts, and a way to keep either: nothing was written."""
    block = _block(guide, theirs.pk)
    if block is None:
        return _taken_out(request, guide)
    context = {
        "guide": guide,
        "desk": desk_of(block, guide, typed),
        "theirs": _lines(form_of(block, guide)),
        "mine": _lines(form_of(block, guide, typed)),
    }
    if _wants_json(request):
        page = reverse("guide_block", args=[guide.code, block.pk])
        both = render_to_string("interviews/manage/_both.html", context, request=request)
        return JsonResponse({"both": both, "page": page}, status=409)
    return render(request, "interviews/manage/block.html", context, status=409)


def _lines(form: Any) -> list[tuple[str, Any]]:
    return [(field.label, field.value()) for field in form if field.value() not in ("", None)]


def _taken_out(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The block is gone; what was typed is shown, to be copied."""
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value and name not in ("csrfmiddlewaretoken", "act", "revision")
    ]
    if _wants_json(request):
        return JsonResponse({"gone": True}, status=410)
    return render(request, "interviews/manage/gone.html", {"guide": guide, "typed": typed}, status=410)


def _move(request: HttpRequest, guide: Guide, block: Block) -> HttpResponse:
    """Into a section that is chosen or dropped into, before a block of it or at its end."""
    section = guide.sections.filter(pk=_number(request, "section")).first()
    if section is None:
        messages.error(request, "Somebody has taken that section out. Nothing was moved.")
        return _back(guide, f"block-{block.pk}")
    before = section.blocks.filter(pk=_number(request, "before")).first()
    draft_edits.move_block(block, section, before)
    if _wants_json(request):
        return JsonResponse({"moved": timezone.now().isoformat()})
    return _back(guide, f"block-{block.pk}")


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() else 0
