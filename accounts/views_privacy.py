"""The privacy page: how long things are kept is read from the rules by which they are forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.public_pages import public_page

from .retention import rules, say_kept


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What we ask, keep and forget. Public, and the same for all."""
    kept = [(rule, say_kept(rule.kept_for)) for rule in rules()]
    return render(request, "accounts/privacy.html", {"kept": kept})
