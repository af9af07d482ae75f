"""Keeping words on the phone: the count behind it, the page that shows what was kept, and what guides' people see."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.public_forms import public_form
from common.public_pages import public_page

from .kept_words import SHOWN_FROM, MarkTaken, NotInGuide, keep, let_go, stayed
from .models import Excerpt, Guide
from .permits import guide_to_hear_of


@public_form
@require_POST
def keep_words(request: HttpRequest, code: str) -> HttpResponse:
    """A phone keeps something of a guide (`act=keep`), or no more (`act=let-go`), under its random mark."""
    guide = get_object_or_404(Guide.objects.filter(versions__isnull=False).distinct(), code=code)
    try:
        item, mark = uuid.UUID(request.POST.get("item", "")), uuid.UUID(request.POST.get("mark", ""))
        if request.POST.get("act") == "let-go":
            let_go(guide, mark)
        else:
            keep(guide, item, mark, timezone.now().date())
    except MarkTaken:
        return JsonResponse({"said": "This mark stands for something else."}, status=409)
    except (ValueError, NotInGuide):
        return JsonResponse({"said": "This guide has nothing of that kind."}, status=400)
    return JsonResponse({"said": "Counted."})


@public_page
def walk_home(request: HttpRequest) -> HttpResponse:
    """*Your walk home*: what this phone kept, and one question. The same page for everybody: the phone fills it."""
    return render(request, "interviews/walk_home.html")


@never_cache
@require_safe
def words_that_stayed(request: HttpRequest, code: str) -> HttpResponse:
    """For the guide's people and the film's team: which words stayed, from ten phones up."""
    guide = guide_to_hear_of(request, code)
    withdrawn = frozenset(Excerpt.objects.filter(withdrawn_at__isnull=False).values_list("uuid", flat=True))
    context = {"guide": guide, "stayed": stayed(guide, withdrawn), "shown_from": SHOWN_FROM}
    return render(request, "interviews/manage/stayed.html", context)
