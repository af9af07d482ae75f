"""What is done around every page that knows who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from .models import Person
from .sessions import note_seen

Handler = Callable[[HttpRequest], HttpResponseBase]


def _person_met(request: HttpRequest) -> Person | None:
    """The person signed in, if anything on the way has asked who it is: pages that did not, stay unasked."""
    person = getattr(request, "_cached_user", None)
    return person if isinstance(person, Person) else None


def private_pages(get_response: Handler) -> Handler:
    """Middleware: what was made for one person is stored by no cache (unless the page says otherwise), and
    their session is noted as seen."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _person_met(request):
            if "Cache-Control" not in response:
                response["Cache-Control"] = "private, no-store"
            if key := request.session.session_key:
                note_seen(key, timezone.now())
        return response

    return handle


class LoginUnlessPublic(LoginRequiredMiddleware):
    """Every view asks who it is, save those marked `login_not_required`.

    Django's own asks the session first and the mark second, which makes every public page one person's
    (`Vary: Cookie`); here the mark comes first.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
