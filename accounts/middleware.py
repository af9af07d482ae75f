"""What is done around every page that knows who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from . import interrupted
from .models import Person
from .next_page import with_next
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

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """To the door, and from there on: to the page asked for; or, where a form was sent after its
        session had ended, to what was typed, kept (`interrupted`). A part of a page takes the whole page along.
        """
        door = with_next(self.get_login_url(view_func), _onward(request))
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(door)
        return HttpResponseRedirect(door)


def _onward(request: HttpRequest) -> str:
    if request.method not in ("GET", "HEAD"):
        return reverse("send_again") if interrupted.keep(request) else ""
    return request.headers.get("HX-Current-URL") or request.get_full_path()
