"""The OpenAPI document: what the whole of it says, and what drf-spectacular would not see."""

from __future__ import annotations

from typing import Any

from common.problems import MEDIA_TYPE
from screenings.serializers import Strict

DESCRIPTION = """\
Published guides for anybody to read, the showings of a theater for its own systems, drafts of guides for their
editors' programs.

**A theater’s token.** A manager makes one on the theater’s page, under *Systems*. It is shown once. Send it with every
request: `Authorization: Bearer hl_theater_…`. Never in an address: that is refused, and the token counts as leaked. An editor's token (`hl_guides_…`) is made under *Your work*.

**Refusals** are problems (RFC 9457, `application/problem+json`): `type`, `title`, `status`, `detail` and, where rows
are at fault, `errors`, each with a JSON pointer, a code and a sentence.

**Times** are on the theater’s clock. A night is a business date: what starts before 5 am is of the night before.

**Begin** with `GET /api/token/`: it names your theater and its play weeks. Then `PUT` the showings of a week.
"""


def close_documents(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Say of documents that hold nothing we do not know that they hold nothing else; what may come along unread is
    marked as read only."""
    result["info"]["description"] = DESCRIPTION
    schemas = result["components"]["schemas"]
    for document in Strict.__subclasses__():
        if schema := schemas.get(document.__name__):
            schema["additionalProperties"] = False
            known = schema.setdefault("properties", {})
            for name in sorted(document.read_along - known.keys()):
                known[name] = {"readOnly": True, "description": "May be sent back as it came; not read."}
    return result


# What any act may be refused with, by status: for whom it may be, and why.
REFUSALS: dict[str, tuple[str, str]] = {
    "400": ("token or body", "A token in the address, or a request that cannot be read."),
    "401": ("token", "No token, one that we do not know, or a revoked one."),
    "403": ("token", "The token may not do this."),
    "404": ("any", "It is not there, or it is not yours."),
    "415": ("body", "Something else than JSON."),
    "422": ("body", "Something in it cannot be: `errors` points at each. Nothing was changed."),
    "429": ("token", "Too many requests: `Retry-After` says in how many seconds to come back."),
    "503": ("any", "Too much is going on: `Retry-After` says when to come back."),
}


def document_refusals(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Every act says all that it may be refused with, in the one shape that refusals have."""
    told = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    for item in result["paths"].values():
        for operation in item.values():
            has = {"any"} | ({"token"} if any(operation.get("security", [])) else set())
            has |= {"body"} if "requestBody" in operation else set()
            for status, (whom, why) in REFUSALS.items():
                if has & set(whom.split(" or ")):
                    standing = operation["responses"].setdefault(status, {"description": why})
                    standing.setdefault("content", {}).setdefault(MEDIA_TYPE, told[MEDIA_TYPE])
            for status, answer in operation["responses"].items():
                if status >= "400" and "application/json" in answer.get("content", {}):
                    answer["content"] = told
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


def tell_kinds_by_name(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Where a member names the kind (a discriminator), two kinds of one shape are no contradiction: `anyOf`."""
    for schema in result["components"]["schemas"].values():
        if "discriminator" in schema and "oneOf" in schema:
            schema["anyOf"] = schema.pop("oneOf")
    return result


# Each kind of problem, by the fragment of its `type`, and what to do about it.
PROBLEMS = {
    "malformed": "What was sent is no JSON. Check how it is written.",
    "unauthorized": "No token, one that we do not know, or a revoked one. Send it in the Authorization header.",
    "token-in-address": "A token stood in the address, where logs keep it. Revoke it, make another, send it in the header.",
    "scope-missing": "The token may do less than this. Make one with the scope that is named.",
    "forbidden": "This may not be done.",
    "not-found": "It is not there, or it is not yours. Check the address, the id and whose token it is.",
    "method-not-allowed": "This address takes other methods: `Allow` names them.",
    "not-acceptable": "We answer in JSON alone.",
    "unsupported-media-type": "Send `Content-Type: application/json`.",
    "too-large": "More than 2.5 MB at once. Send fewer nights.",
    "too-many-requests": "Wait as many seconds as `Retry-After` says.",
    "busy": "The database did not answer in time. Wait as `Retry-After` says; nothing was changed.",
    "invalid": "Something in the request has the wrong shape: `errors` points at each.",
    "showings-invalid": "Rows of a set that cannot be: `errors` points at each row and field. Nothing was changed.",
    "week-invalid": "A week’s text that cannot be read, or published.",
    "week-doubtful": "A week’s text with open doubts: answer each by its key. Nothing was published.",
    "out-of-date": "Your `If-Match` is not the ETag that stands. Read it again.",
    "has-begun": "The showing has begun; what is past stays as it was.",
    "idempotency-key-invalid": "Send 1 to 255 visible ASCII characters, in quotation marks.",
    "idempotency-key-reused": "The key was another request’s within 24 hours. Use a new one for every request.",
}
