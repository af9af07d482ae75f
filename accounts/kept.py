"""What we keep about a person: each app tells its part, on a page and as JSON (GDPR articles 15 and 20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from .models import Person

Value = str | int | bool | dt.datetime | dt.date | None
Record = dict[str, Value]


@dataclass(frozen=True)
class Section:
    """One kind of thing that we keep. `name` is its key in the export, `why` says what for and how long.

    A record is a dictionary from words (“Signed in”) to values; times are aware.
    """

    name: str
    title: str
    why: str
    records: list[Record] = field(default_factory=list)


Teller = Callable[[Person], Section]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Have `teller` say what its app keeps about a person. Once is enough."""
    if teller not in _tellers:
        _tellers.append(teller)


def kept_about(person: Person) -> list[Section]:
    """Everything we keep about `person`, section by section, in the order in which apps registered."""
    return [teller(person) for teller in _tellers]


def export(person: Person, now: dt.datetime) -> dict[str, object]:
    """The same as plain values, ready for JSON: `{"as of": …, "account": [{…}], …}`."""
    return {"as of": now, **{section.name: section.records for section in kept_about(person)}}
