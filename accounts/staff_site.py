"""The site's own rooms (Django's admin): for site staff who have shown a passkey in this session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from .models import Person
from .next_page import safe_next, with_next
from .proof import has_passkey, proved_by_passkey


class StaffSite(AdminSite):
    site_header = "Houselights, staff only"
    site_title = "Houselights"
    index_title = "The site’s own rooms"

    def has_permission(self, request: HttpRequest) -> bool:
        """Active site staff, and a passkey was shown in this session: a mailbox alone opens nothing here."""
        return super().has_permission(request) and proved_by_passkey(request)

    @method_decorator([login_not_required, never_cache])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead whoever may not enter yet to what opens the door; 404 to people who are not site staff."""
        next_url = safe_next(request) or reverse("admin:index")
        if not isinstance(request.user, Person):
            return redirect(with_next(settings.LOGIN_URL, next_url))
        if not request.user.is_staff:
            raise Http404
        if self.has_permission(request):
            return redirect(next_url)
        return redirect(with_next(reverse(self._missing(request.user)), next_url))

    def _missing(self, person: Person) -> str:
        return "prove" if has_passkey(person) else "second_factor"
