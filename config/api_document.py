"""The OpenAPI document: what the whole of it says, and what drf-spectacular would not see."""

from __future__ import annotations

from typing import Any

from screenings.serializers import Strict

DESCRIPTION = """\
Published guides for anybody to read, and the showings of a theater for its own systems.

**A theater’s token.** A manager makes one on the theater’s page, under *Systems*. It is shown once. Send it with every
request: `Authorization: Bearer hl_theater_…`. Never in an address: that is refused, and the token counts as leaked.

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
