"""Answers made small: which encoding a reader takes, and bytes in it."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli

# Listings change with every minute: quick enough to be made while somebody waits, and as small as gzip's best.
QUICK = 5
TOO_SMALL_TO_BOTHER = 200


@lru_cache(maxsize=256)
def encoding_for(accepted: bytes) -> str:
    """Which of `br`, `gzip` and `identity` an Accept-Encoding header (RFC 9110) is answered with."""
    offers = (
        part.replace(" ", "").lower().partition(";q=") for part in accepted.decode("latin-1").split(",")
    )
    wanted = {name for name, _, weight in offers if not weight or weight.strip("0.")}
    return next((name for name in ("br", "gzip") if name in wanted), "identity")


def compress(body: bytes, encoding: str) -> bytes:
    """`body` in one of the encodings that `encoding_for` names."""
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUICK)
    return gzip.compress(body, QUICK, mtime=0) if encoding == "gzip" else body
