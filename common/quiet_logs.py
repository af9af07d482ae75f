"""Logs without addresses: what looks like an e-mail address is masked in every line, tracebacks and all.

Nothing of ours writes addresses into logs on purpose. A database's error (“Key (email)=(…) already exists”), a mail
server's answer or a library's exception may quote one.
"""

from __future__ import annotations

import logging
import re

ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:=@]+@[^\s<>()\[\]\"',;:=@]+\.[^\s<>()\[\]\"',;:=@.]+")
MASKED = "…@…"


class WithoutAddresses(logging.Formatter):
    """A formatter whose lines hold no e-mail address."""

    def format(self, record: logging.LogRecord) -> str:
        return ADDRESS.sub(MASKED, super().format(record))
