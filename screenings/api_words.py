"""What the OpenAPI document says of each act of a theater's systems: words, parameters, answers, examples."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from common.problems import MEDIA_TYPE, ProblemDocument, type_of

from . import serializers
from .box_office.showing_sets import MOST_NIGHTS

TOO_LARGE = "Send fewer nights at once: at most 2.5 MB and 2,000 showings. Nothing was changed."
OUT_OF_DATE = (
    "Somebody changed it after you read it (your If-Match is not its ETag). Nothing was changed: read it again, "
    "then send what you want."
)
SECTION = "A theater’s own systems"

PATH: Literal["path"] = "path"
HEADER: Literal["header"] = "header"
THEATER_NAME = OpenApiParameter(
    "theater",
    str,
    PATH,
    description="The theater’s name in addresses; `GET /api/token/` says yours.",
    examples=[OpenApiExample("a theater", "the-lantern")],
)
FIRST = OpenApiParameter(
    "first",
    OpenApiTypes.DATE,
    PATH,
    description="The first night.",
    examples=[OpenApiExample("", "2026-08-07")],
)
LAST = OpenApiParameter(
    "last",
    OpenApiTypes.DATE,
    PATH,
    description=f"The last night, itself included; at most {MOST_NIGHTS} nights.",
    examples=[OpenApiExample("", "2026-08-13")],
)
DAY = OpenApiParameter(
    "day", OpenApiTypes.DATE, PATH, description="Any day of the play week that the text is of."
)
SHOWING_ID = OpenApiParameter(
    "showing", str, PATH, description="Your own id of the showing, or `hl:` and our code.",
    examples=[OpenApiExample("yours", "A-1001")],
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, HEADER, description="An ETag that you have: `304` and no body, if it still stands."
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    HEADER,
    description="The ETag of what you saw: `412`, and nothing is changed, if somebody changed it since.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    HEADER,
    description=(
        "A new one for every request, say a UUID in quotation marks. The same request sent again under its key within "
        "24 hours gets the first answer (with `Idempotency-Replayed: true`) and does nothing; another request under "
        "it is refused with `422`. Refusals are not kept."
    ),
)


def _problem(status: int, why: str) -> dict[Any, Any]:
    return {(status, MEDIA_TYPE): OpenApiResponse(ProblemDocument, why)}


ALWAYS = {
    **_problem(400, "A token in the address, or a request that cannot be read."),
    **_problem(401, "No token, one that we do not know, or a revoked one."),
    **_problem(403, "The token has not the scope that this needs."),
    **_problem(404, "Not there, or not your theater’s."),
    **_problem(429, "Too many requests: `Retry-After` says in how many seconds to come back."),
    **_problem(503, "Too much is going on: `Retry-After` says when to come back."),
}
UNCHANGED = {304: OpenApiResponse(description="What you have (`If-None-Match`) still stands.")}
WRITING = {
    **ALWAYS,
    **_problem(412, "It was changed since you saw it (`If-Match`)."),
    **_problem(413, TOO_LARGE),
    **_problem(415, "Something else than JSON."),
    **_problem(
        422,
        "Something in it cannot be: `errors` points at every row and field. Or the Idempotency-Key was another "
        "request’s. Nothing was changed.",
    ),
}

ROWS = [
    {
        "id": "A-1001",
        "title": "The Salt Road",
        "starts_at": "2026-08-07T19:00",
        "screen": "1",
        "labels": ["oc"],
        "ticket_url": "https://tickets.example/A-1001",
    },
    {"id": "A-1002", "film": "night-ferry", "starts_at": "2026-08-08T00:15", "sold_out": True},
]
A_SET = OpenApiExample("A week of two showings", {"showings": ROWS}, request_only=True)
A_NEW_FILM = OpenApiExample(
    "A film that may be new",
    {
        "showings": [{"id": "A-1003", "title": "Paper Lanterns", "starts_at": "2026-08-09T16:30"}],
        "new_films": [{"title": "Paper Lanterns", "director": "Ines Okafor", "running_minutes": 84}],
    },
    request_only=True,
)
A_BAD_ROW = OpenApiExample(
    "A row that cannot be",
    {
        "type": type_of("showings-invalid"),
        "title": "Some showings cannot be",
        "status": 422,
        "detail": "1 of the rows cannot be as sent. Nothing was changed: put them right and send the set again.",
        "errors": [
            {
                "pointer": "#/showings/1/title",
                "code": "film-unknown",
                "detail": "We know no film “The Sald Raod”. Send a title that we know, or say that it is new in `new_films`.",
                "suggestions": ["The Salt Road"],
            }
        ],
    },
    response_only=True,
    media_type=MEDIA_TYPE,
    status_codes=["422"],
)
A_WEEK = OpenApiExample(
    "A dry run",
    {
        "text": "THE SALT ROAD (91 min)\nFri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00; no 7:00 Wed",
        "publish": False,
    },
    request_only=True,
)

TOKEN: dict[str, Any] = {
    "operation_id": "token",
    "tags": [SECTION],
    "summary": "Whose token this is",
    "description": "The theater that the token opens, what it may do, and the play weeks to begin with. Scope: `read`.",
    "parameters": [IF_NONE_MATCH],
    "responses": {200: serializers.TokenFacts, **UNCHANGED, **ALWAYS},
}
THEATER: dict[str, Any] = {
    "operation_id": "theater",
    "tags": [SECTION],
    "summary": "What to know of the theater",
    "description": "Its zone, its screens, and the nights of its play weeks. Scope: `read`.",
    "parameters": [THEATER_NAME, IF_NONE_MATCH],
    "responses": {200: serializers.TheaterFacts, **UNCHANGED, **ALWAYS},
}
LIST: dict[str, Any] = {
    "operation_id": "showings",
    "tags": [SECTION],
    "summary": "The showings of some nights",
    "description": (
        "All of them, the cancelled among them, in the order of their starts, with an `ETag`. A night is a business "
        "date: what starts before 5 am is of the night before. Scope: `read`."
    ),
    "parameters": [THEATER_NAME, FIRST, LAST, IF_NONE_MATCH],
    "responses": {200: serializers.Showings, **UNCHANGED, **ALWAYS},
}
PUT: dict[str, Any] = {
    "operation_id": "put_showings",
    "tags": [SECTION],
    "summary": "Make the showings of some nights what you send",
    "description": (
        "Send **all** showings of these nights under your own ids. What is new is added; an id that stands at another "
        "time is moved, and who meant to come stays with it; other labels, tickets or screens are changed; what you "
        "leave out is cancelled, and its people are told. The same set twice changes nothing.\n\n"
        "All or nothing: if one row cannot be, nothing is changed, and `errors` names every row and field. What has "
        "begun stays as it was: leave it out, or send it as it stands.\n\n"
        "A film is found by our name for it or by its title, as in a pasted week. People are told of changes once, "
        "ten minutes later; until then a manager can undo them. Scope: `publish`."
    ),
    "parameters": [THEATER_NAME, FIRST, LAST, IF_MATCH, IDEMPOTENCY_KEY],
    "request": serializers.ShowingSet,
    "responses": {200: serializers.SetResult, **WRITING},
    "examples": [A_SET, A_NEW_FILM, A_BAD_ROW],
}
SHOWING: dict[str, Any] = {
    "operation_id": "showing",
    "tags": [SECTION],
    "summary": "One showing",
    "description": "By your own id, or by `hl:` and our code; with an `ETag`. Scope: `read`.",
    "parameters": [THEATER_NAME, SHOWING_ID, IF_NONE_MATCH],
    "responses": {200: serializers.Showing, **UNCHANGED, **ALWAYS},
}
CANCEL: dict[str, Any] = {
    "operation_id": "cancel_showing",
    "tags": [SECTION],
    "summary": "Cancel one showing",
    "description": (
        "It stays on the pages, struck through, and who meant to come is told once, ten minutes later. Cancelling what "
        "is cancelled changes nothing. To put it on again, send it in a set. Scope: `publish`."
    ),
    "parameters": [THEATER_NAME, SHOWING_ID, IF_MATCH, IDEMPOTENCY_KEY],
    "request": serializers.Cancellation,
    "responses": {200: serializers.Showing, **WRITING, **_problem(409, "The showing has begun.")},
    "examples": [OpenApiExample("With a reason", {"reason": "The projector’s lamp."}, request_only=True)],
}
WEEK: dict[str, Any] = {
    "operation_id": "paste_week",
    "tags": [SECTION],
    "summary": "Read a week’s text, and publish it",
    "description": (
        "The week as the theater wrote it, read as on the theater’s page. Without `publish` it is a dry run: what the "
        "text means, what is doubtful, what publishing would change; nothing is stored. With `publish` the play week "
        "is made what the text says, all or nothing; anything doubtful without an answer is refused. "
        "Scope: `read` for a dry run, `publish` to publish."
    ),
    "parameters": [THEATER_NAME, DAY, IDEMPOTENCY_KEY],
    "request": serializers.PastedWeek,
    "responses": {200: serializers.WeekReading, **WRITING},
    "examples": [A_WEEK],
}
