"""Where a person lands after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from .desk import lay
from .models import Person


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The person's own work, all of it on one page."""
    assert isinstance(request.user, Person)
    return render(request, "accounts/home.html", {"sections": lay(request.user)})
