"""What a reader wants to see of a programme: showings with a label, and the addresses that ask for them.

The links work without a script and have one form each, so that whoever keeps pages keeps each once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ..labels import LABELS, PRINTED_CODES

# The label that people come for: it is offered wherever something is on, also where the answer is “none”.
ALWAYS_OFFERED = "oc"


@dataclass(frozen=True, slots=True)
class LabelLink:
    """A label to see alone: how many showings have it, and where they are."""

    code: str
    words: str
    printed: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class LabelFilter:
    """The labels on offer; `asked` is the one asked for, in words (`""`: all is shown), `all_url` shows all again."""

    links: tuple[LabelLink, ...]
    asked: str
    all_url: str


def asked_label(typed: str) -> str:
    """The label's code that a query names; `""` where it names none."""
    return typed if typed in LABELS else ""


def query(day: dt.date | None = None, label: str = "", *, day_name: str = "day") -> str:
    """`?day=2026-08-07&label=oc`: one form for each question, `"?"` for none."""
    asked = {day_name: day.isoformat() if day else "", "label": label}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def count_labels(counts: Iterable[tuple[Iterable[str], int]]) -> Counter[str]:
    """Label → showings that have it, of (labels, how many showings have just these)."""
    found: Counter[str] = Counter()
    for labels, count in counts:
        for code in labels:
            found[code] += count
    return found


def label_filter(
    counts: Mapping[str, int], asked: str, day: dt.date | None = None, *, day_name: str = "day"
) -> LabelFilter | None:
    """The filter of a programme in which labels occur so often; None where nothing is on and nothing asked for."""
    if not counts and not asked:
        return None
    offered = [code for code in LABELS if counts.get(code) or code in (ALWAYS_OFFERED, asked)]
    return LabelFilter(
        tuple(
            LabelLink(
                code,
                LABELS[code],
                PRINTED_CODES.get(code, ""),
                counts.get(code, 0),
                query(day, code, day_name=day_name),
                code == asked,
            )
            for code in offered
        ),
        LABELS.get(asked, ""),
        query(day, day_name=day_name),
    )
