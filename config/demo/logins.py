"""Who can sign in to the demo, and how, for `make run` to print."""

from __future__ import annotations

import json
from pathlib import Path

from django.urls import reverse

from . import content
from .people import ROLES

ADDITIONS = {"staff": "; its rooms (/admin/, the ledger) ask for a passkey beside it"}


def write_logins(path: Path) -> None:
    """Write `[{"role", "email", "how"}]`: nobody has a password, so nothing here is secret."""
    facts = content.read("people")
    by_code = f"by a code: ask at {reverse('account_login')}, it arrives at {reverse('mailbox')}"
    logins = [
        {"role": role, "email": facts[role]["email"], "how": by_code + ADDITIONS.get(role, "")}
        for role in ROLES
    ]
    logins.append(
        {"role": "attendee", "email": "(none)", "how": "needs no account: choose a showing and say you come"}
    )
    path.write_text(json.dumps(logins, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
