"""The OpenAPI document: what the whole of it says, and what drf-spectacular would not see."""

from __future__ import annotations

from typing import Any

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
    "invalid": "Something in the request has the wrong shape: `errors` points at each.",
    "showings-invalid": "Rows of a set that cannot be: `errors` points at each row and field. Nothing was changed.",
    "week-invalid": "A week’s text that cannot be read, or published.",
    "week-doubtful": "A week’s text with open doubts: answer each by its key. Nothing was published.",
    "out-of-date": "Your `If-Match` is not the ETag that stands. Read it again.",
    "has-begun": "The showing has begun; what is past stays as it was.",
    "idempotency-key-invalid": "Send 1 to 255 visible ASCII characters, in quotation marks.",
    "idempotency-key-reused": "The key was another request’s within 24 hours. Use a new one for every request.",
}
