"""Starting a guide, looking at it as its readers will, publishing it, and where it is offered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Person

from .choices import choose_guide
from .facilitator_page import facilitator_page
from .forms_builder import CopyForm, StartForm
from .forms_publish import OfferForm, PublishForm
from .guide_content import Content, arranged_sections, content_of
from .guide_copies import copy_guide, outline
from .guides import start_guide
from .models import Guide, GuideChoice, GuideVersion
from .page_store import Withdrawn, withdrawn_from
from .permits import guide_for
from .publishing import CannotPublish, newest_version, publish, what_stands_in_the_way
from .reading_page import reading_page
from .version_difference import difference


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """A new draft for a film, its owner whoever asks."""
    form = StartForm(request.POST or None, initial={"film": request.GET.get("film", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        guide = start_guide(data["film"], data["title"], _person(request), data["language"])
        if data["begin"] == "outline":
            outline(guide)
        return redirect("manage_guide", code=guide.code)
    status = 422 if form.errors else 200
    return render(request, "interviews/manage/start.html", {"form": form}, status=status)


@never_cache
def copy(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A draft of one's own from a published version of anybody's, which it credits."""
    version = (
        GuideVersion.objects.select_related("guide__film").filter(guide__code=code, number=number).first()
    )
    if version is None:
        raise Http404("No guide is published under this address.")
    form = CopyForm(request.POST or None, initial={"title": version.content["guide"]["title"]})
    if request.method == "POST" and form.is_valid():
        guide = copy_guide(version, form.cleaned_data["title"], _person(request))
        return redirect("manage_guide", code=guide.code)
    status = 422 if form.errors else 200
    return render(request, "interviews/manage/copy.html", {"form": form, "version": version}, status=status)


# --- preview ---------------------------------------------------------------------------------------------


def _draft(guide: Guide) -> tuple[Content, Withdrawn]:
    content = content_of(guide, arranged_sections(guide))
    return content, withdrawn_from(content)


@never_cache
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as attendees would read it."""
    guide = guide_for(request, code)
    content, withdrawn = _draft(guide)
    context = {"page": reading_page(content, dict(withdrawn)), "preview": guide}
    return render(request, "interviews/preview.html", context)


@never_cache
@require_safe
def preview_facilitator(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as who leads the discussion would read it."""
    guide = guide_for(request, code)
    content, withdrawn = _draft(guide)
    context = {"edition": facilitator_page(content, dict(withdrawn)), "preview": guide}
    return render(request, "interviews/facilitator.html", context)


# --- publish ---------------------------------------------------------------------------------------------


@never_cache
def publish_guide(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the way, what is new, and the button; pressed twice it is published once."""
    guide = guide_for(request, code, "interviews.publish_guide")
    form = PublishForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _publish_page(request, guide, form, 422 if form.errors else 200)
    before = newest_version(guide)
    try:
        version = publish(
            guide, by=_person(request), now=timezone.now(), changelog=form.cleaned_data["changelog"]
        )
    except CannotPublish:
        return _publish_page(request, guide, form, 422)
    if before == version:
        messages.info(request, f"Nothing has changed since version {version.number}: it stays the newest.")
    else:
        messages.success(request, f"Version {version.number} is out. It will never change.")
    return redirect("publish_guide", code=code)


def _publish_page(request: HttpRequest, guide: Guide, form: PublishForm, status: int) -> HttpResponse:
    sections = arranged_sections(guide)
    newest = newest_version(guide)
    context: dict[str, Any] = {
        "guide": guide,
        "form": form,
        "reasons": what_stands_in_the_way(sections, on=timezone.now().date()),
        "changes": difference(newest.content if newest else None, content_of(guide, sections)),
        "newest": newest,
        "next": newest.number + 1 if newest else 1,
        "versions": guide.versions.select_related("published_by").defer("content"),
    }
    return render(request, "interviews/manage/publish.html", context, status=status)


@never_cache
@require_safe
def compare(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a published version changed, beside the one before it."""
    guide = guide_for(request, code)
    versions = {row.number: row for row in guide.versions.filter(number__in=(number, number - 1))}
    if number not in versions:
        raise Http404("There is no such version.")
    before = versions.get(number - 1)
    changes = difference(before.content if before else None, versions[number].content)
    context = {"guide": guide, "version": versions[number], "before": before, "changes": changes}
    return render(request, "interviews/manage/difference.html", context)


# --- where it is offered ---------------------------------------------------------------------------------


@never_cache
def offer_guide(request: HttpRequest, code: str) -> HttpResponse:
    """Which film, booking or showing offers this guide; a film's team and a theater's managers say so of theirs."""
    guide = guide_for(request, code)
    form = OfferForm(request.POST or None, guide=guide, person=_person(request))
    if request.method == "POST" and form.is_valid():
        choose_guide(guide, form.places[form.cleaned_data["place"]])
        messages.success(request, "Offered there from now on, in place of what was offered before.")
        return redirect("offer_guide", code=code)
    context = {
        "guide": guide,
        "form": form,
        "choices": GuideChoice.objects.filter(guide=guide).select_related(
            "film", "engagement__theater", "screening__engagement__theater"
        ),
        "newest": newest_version(guide),
    }
    return render(request, "interviews/manage/offer.html", context, status=422 if form.errors else 200)
