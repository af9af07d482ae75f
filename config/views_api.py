"""What programs can ask, as a page for the people who write them: our own words, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.defaults import page_not_found
from drf_spectacular.generators import SchemaGenerator
from markdown_it import MarkdownIt

from common.problems import MEDIA_TYPE, problem_body
from common.public_pages import public_page

from .api_document import DESCRIPTION, PROBLEMS
from .api_reference import lay_out

_MARKDOWN = MarkdownIt("js-default", {"linkify": False})


@cache
def _document() -> dict[str, Any]:
    """The document; what it says changes with the house alone."""
    return SchemaGenerator().get_schema(request=None, public=True)


def in_markdown(words: str) -> SafeString:
    """Words of our own, with their emphasis and code; raw HTML is not let through."""
    return mark_safe(_MARKDOWN.render(words))  # noqa: S308


def in_line(words: str) -> SafeString:
    return mark_safe(_MARKDOWN.renderInline(words))  # noqa: S308


@cache
def _acts() -> SafeString:
    """Everything that can be asked, as HTML: some hundreds of fields, laid out once in a process."""
    sections = lay_out(_document(), say=in_markdown, say_in_line=in_line)
    return mark_safe(render_to_string("_api_acts.html", {"sections": sections}))  # noqa: S308


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer where no address fits: programs are told as the API tells everything, people by the page."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    body = problem_body("not-found", "There is no such thing, or it is not yours", 404, "No such address.")
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)


@public_page
def api_reference(request: HttpRequest) -> HttpResponse:
    """The API's acts, documents and problems on one page."""
    context = {
        "acts": _acts(),
        "intro": in_markdown(DESCRIPTION),
        "problems": [(name, in_line(words)) for name, words in PROBLEMS.items()],
    }
    return render(request, "api.html", context)
