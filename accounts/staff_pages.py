"""Pages for site staff alone, behind the same second factor as the admin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .models import Person
from .next_page import with_next

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """A view for site staff who have shown a passkey in this session.

    Staff who have not are led to what opens the door; to everybody else the page is not there (404).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if admin.site.has_permission(request):
            return view(request, *args, **kwargs)
        if not isinstance(request.user, Person) or not request.user.is_staff:
            raise Http404
        return redirect(with_next(reverse("admin:login"), request.get_full_path()))

    return guarded
