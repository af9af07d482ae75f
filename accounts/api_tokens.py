"""How a program shows a token: `Authorization: Bearer …` (RFC 6750). Each app says which tokens its doors take."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from .models import Person
from .tokens import Token, token_in

WRONG = (
    "This token opens nothing here: it was revoked, or is not whole. Make a new one on your page of tokens."
)


class TokenAuthentication(BaseAuthentication):
    """Lets in whoever shows a live token of `model`; `request.auth` is its row, `request.user` who made it.

    A session is no token: what a browser sends by itself opens none of these doors, so no page can misuse it.
    """

    model: ClassVar[type[Token]]

    def authenticate(self, request: Request) -> tuple[Person, Token] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        token = token_in(header)
        rows = self.model._default_manager.select_related("made_by")
        row = rows.holding(token).first() if token else None
        if row is None or not row.made_by.is_active:
            raise AuthenticationFailed(WRONG)
        row.note_use(timezone.now())
        return row.made_by, row

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="houselights"'


class BearerScheme(OpenApiAuthenticationExtension):
    """Any of them in the OpenAPI document."""

    target_class = TokenAuthentication
    match_subclasses = True
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
