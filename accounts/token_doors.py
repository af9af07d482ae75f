"""How a program shows its token: in the `Authorization` header as a bearer (RFC 6750 §2.1), and nowhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from common.problems import Problem

from .tokens import Token, hash_token, token_in, tokens_in_address

REALM = 'Bearer realm="Houselights"'
IN_ADDRESS = (
    "A token was sent in the address. Addresses are written into logs and histories, so it counts as leaked: "
    "revoke it and make a new one. Send tokens in the Authorization header only. Nothing was done."
)


class TokenAuthentication(BaseAuthentication):
    """Who asks is a row of `model`: `request.auth`. Cookies and sessions count for nothing.

    Subclasses say by `user_of` for whom it acts, and by `note_in_address` what a leaked one is marked with.
    """

    model: type[Token]
    kind = ""

    def authenticate(self, request: Request) -> tuple[Any, Token]:
        """Raises a problem for a token in the address, and AuthenticationFailed for none, an unknown, a revoked one."""
        self._refuse_in_address(request._request)
        secret = token_in(request.headers.get("Authorization", ""))
        if secret is None:
            raise AuthenticationFailed(
                f"Send a token in the Authorization header: “Bearer hl_{self.kind}_…”."
            )
        token = self.model._default_manager.filter(token_hash=hash_token(secret)).first()
        if token is None:
            raise AuthenticationFailed("We do not know this token. Check that it was copied whole.")
        if token.revoked_at:
            raise AuthenticationFailed(
                f"This token was revoked on {token.revoked_at:%-d %B %Y}. Make a new one."
            )
        token.note_use(timezone.now())
        return self.user_of(request._request, token), token

    def user_of(self, request: HttpRequest, token: Any) -> Any:
        """The person the token acts for; nobody, where it acts for a team."""
        return AnonymousUser()

    def note_in_address(self, token: Any) -> None:
        """Remember that a token of ours was sent in an address."""

    def authenticate_header(self, request: Request) -> str:
        return REALM

    def _refuse_in_address(self, request: HttpRequest) -> None:
        found = tokens_in_address(unquote(request.get_full_path()))
        if not found:
            return
        for token in self.model._default_manager.filter(token_hash__in=map(hash_token, found)):
            self.note_in_address(token)
        raise Problem("token-in-address", "A token was sent in the address", 400, IN_ADDRESS)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = "accounts.token_doors.TokenAuthentication"
    match_subclasses = True

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"{self.target.kind}_token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": f"hl_{self.target.kind}_…"}


class HasScope(BasePermission):
    """The token's scopes hold what the view asks for: `view.scopes` names one for each method (RFC 6750 §3.1)."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        wanted: dict[str, str] = getattr(view, "scopes", {})
        scope = wanted.get("GET" if request.method == "HEAD" else str(request.method))
        if scope is None:
            raise MethodNotAllowed(str(request.method))
        require_scope(request, scope)
        return True


def require_scope(request: Request, scope: str) -> None:
    """Raise a problem where the token that asks has not this scope."""
    if scope not in getattr(request.auth, "scopes", ()):
        raise Problem(
            "scope-missing",
            "This token may not do that",
            403,
            f"This needs the scope “{scope}”, which the token has not. Nothing was changed.",
            headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
        )
