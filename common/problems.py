"""What the API says when it does not do something: problem details for HTTP APIs (RFC 9457).

Every refusal has the same shape, whoever refuses: `type` (an address that says what is meant), `title`, `status`,
`detail` in words and, where rows were at fault, `errors`: each with a JSON pointer (RFC 6901) to the field.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import set_rollback

log = logging.getLogger(__name__)
BUSY = "The database did not answer in time. Nothing was changed: send it again in some seconds."
MEDIA_TYPE = "application/problem+json"
# Where each type of problem is explained, by its name as the fragment.
EXPLAINED_AT = "/api/"


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a request's body: where (a JSON pointer), what it is called, and a sentence."""

    pointer: str
    code: str
    detail: str
    suggestions: tuple[str, ...] = ()


class Problem(exceptions.APIException):
    """A refusal in words. `name` is the problem's type (a slug), `title` the same for all of its kind."""

    def __init__(
        self,
        name: str,
        title: str,
        status: int,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.name, self.title, self.status_code = name, title, status
        self.faults, self.headers = tuple(faults), dict(headers or {})


class ReadableJSON(JSONParser):
    """JSON that can be read, else a refusal: also what is nested deeper than anybody means."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError("This is nested too deeply to be read.") from error


def type_of(name: str) -> str:
    """The address that a problem's type is known by."""
    return f"{settings.BASE_URL}{EXPLAINED_AT}#{name}"


def problem_body(
    name: str, title: str, status: int, detail: str, faults: Iterable[Fault] = ()
) -> dict[str, Any]:
    """The members of a problem; `errors` only where there are faults."""
    body: dict[str, Any] = {"type": type_of(name), "title": title, "status": status, "detail": detail}
    errors = [{key: _printable(value) for key, value in asdict(fault).items() if value} for fault in faults]
    return {**body, "errors": errors} if errors else body


def _printable(value: Any) -> Any:
    """What was sent may be quoted, and half a surrogate pair is no text."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def pointer(*path: str | int) -> str:
    """A JSON pointer in the fragment form that RFC 9457 §3.1 shows: `#/showings/3/film`."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def faults_of(detail: Any, *path: str | int) -> Iterator[Fault]:
    """The faults in what a serializer found wrong (dictionaries and lists, as deep as the body)."""
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            yield from faults_of(inner, *path, *(() if key == "non_field_errors" else (key,)))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            deeper = (index,) if isinstance(inner, (Mapping, list)) else ()
            yield from faults_of(inner, *path, *deeper)
    else:
        yield Fault(pointer(*path), getattr(detail, "code", "invalid"), str(detail))


# Refusals that the framework makes by itself, by their status.
PLAIN = {
    400: ("malformed", "The request cannot be read"),
    401: ("unauthorized", "A token is needed"),
    403: ("forbidden", "This token may not do that"),
    404: ("not-found", "There is no such thing, or it is not yours"),
    405: ("method-not-allowed", "This is not done at this address"),
    406: ("not-acceptable", "We answer in JSON"),
    413: ("too-large", "That is too much at once"),
    415: ("unsupported-media-type", "Send JSON"),
    429: ("too-many-requests", "Too many requests"),
}


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler: every refusal as a problem. None for what is a fault of ours."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    elif isinstance(error, OperationalError):
        log.warning("The API could not be served by the database: %s.", type(error).__name__)
        error = Problem("busy", "Too much is going on", 503, BUSY, headers={"Retry-After": "5"})
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = _headers(error)
    if isinstance(error, Problem):
        body = problem_body(error.name, error.title, error.status_code, str(error.detail), error.faults)
        headers |= error.headers
    elif isinstance(error, exceptions.ValidationError):
        faults = list(faults_of(error.detail))
        body = problem_body("invalid", "Something in it is not valid", 422, _count(len(faults)), faults)
    else:
        name, title = PLAIN.get(error.status_code, ("problem", HTTPStatus(error.status_code).phrase))
        body = problem_body(name, title, error.status_code, str(error.detail))
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _count(faults: int) -> str:
    return (
        f"{faults} thing{'' if faults == 1 else 's'} in the request must be put right. Nothing was changed."
    )


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = f"{max(1, -int(-wait // 1))}"
    return headers


class FaultDocument(serializers.Serializer[Any]):
    """One thing wrong in what was sent."""

    pointer = serializers.CharField(help_text="Where: a JSON pointer (RFC 6901), `#/showings/3/starts_at`.")
    code = serializers.CharField(help_text="What, for programs.")
    detail = serializers.CharField(help_text="What, for people.")
    suggestions = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What may have been meant."
    )


class ProblemDocument(serializers.Serializer[Any]):
    """Why something was not done (RFC 9457)."""

    type = serializers.URLField(help_text="An address that names and explains this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultDocument(many=True, required=False)  # type: ignore[assignment]
