"""Named slots of the listing's pages, which higher rooms fill: the guide on a screening's page.

A room registers what fills a slot when its app is ready; this app never imports it. A filler takes the
page's subject and the instant, and gives ready HTML or `""`. Pages are shared by all who read them: a
filler knows no reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .models import Film, Screening

Filler = Callable[..., str]

# Slot → what its fillers are called with, besides `now`.
SLOTS: dict[str, type[Film] | type[Screening]] = {
    "screening.guide": Screening,
    "film.guides": Film,
}
_fillers: dict[str, list[Filler]] = {name: [] for name in SLOTS}


class UnknownSlot(LookupError):
    """No page has a slot of that name."""


def register(name: str, filler: Filler) -> None:
    """Let `filler(subject, now=…) -> SafeString` fill the slot `name`, once however often it is registered.

    Raises UnknownSlot for a name that is not in `SLOTS`.
    """
    if name not in SLOTS:
        raise UnknownSlot(f"“{name}” is no slot. There are: {', '.join(SLOTS)}.")
    if filler not in _fillers[name]:
        _fillers[name].append(filler)


def fill(name: str, subject: Film | Screening, *, now: dt.datetime) -> SafeString:
    """What the slot `name` shows for `subject` at `now`, in the order of registering; `""` where nothing does."""
    return format_html_join(
        "", "{}", ((part,) for filler in _fillers[name] if (part := filler(subject, now=now)))
    )
