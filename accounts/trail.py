"""The audit trail: who changed what, from what to what, when (rows by django-simple-history).

A row outlives the person: once they are erased it says in which capacity they acted, “a former manager”.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from simple_history.models import HistoricalRecords, ModelDelta
from simple_history.signals import pre_create_historical_record

# What changes by itself and tells nobody anything.
SILENT_FIELDS = [
    "revision",
    "updated_at",
    "confirmed_at",
    "starts_at",
    "ends_at",
    "night",
    "fold",
    "zone",
    "moved_from",
]


class Acted(models.Model):
    """In which capacity somebody acted; kept in every historical row."""

    acting_as = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


def keep_history() -> HistoricalRecords:
    """A model's audit trail, with the capacity in which each change was made."""
    return HistoricalRecords(bases=[Acted])


def act_as(request: HttpRequest, capacity: str) -> None:
    """Say in which capacity (“manager”, “staff”, “site staff”) this request's changes are made."""
    request.acting_as = capacity  # type: ignore[attr-defined]


def _note_capacity(sender: type, history_instance: Any = None, **_: object) -> None:
    request = getattr(HistoricalRecords.context, "request", None)
    if request is not None and hasattr(history_instance, "acting_as"):
        history_instance.acting_as = getattr(request, "acting_as", "")


def watch_capacities() -> None:
    """Have every new historical row keep its capacity (called once, when the house opens)."""
    pre_create_historical_record.connect(_note_capacity, dispatch_uid="accounts.trail")


@dataclass(frozen=True)
class Change:
    """One field's change, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One act in a trail."""

    when: dt.datetime
    who: str
    verb: str
    what: str
    changes: list[Change] = field(default_factory=list)


# A capacity that begins so is a program's, not a person's.
_PROGRAM = "the token “"


def as_program(name: str) -> str:
    """The capacity in which a program acts that shows the token of this name (24 characters at most)."""
    return f"{_PROGRAM}{name}”"


VERBS = {"+": "added", "~": "changed", "-": "removed"}


def who_acted(record: Any) -> str:
    """The person's name; “a former manager” once they are erased; a program by its token; “Houselights” where
    nobody was signed in."""
    if record.history_user:
        return str(record.history_user)
    if record.acting_as.startswith(_PROGRAM):
        return str(record.acting_as)
    return f"a former {record.acting_as}" if record.acting_as else "Houselights"


def _words(value: object) -> str:
    if value is None or value == "" or value == ():
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _changes(delta: ModelDelta) -> Iterator[Change]:
    for change in delta.changes:
        name = str(delta.new_record._meta.get_field(change.field).verbose_name)
        yield Change(name, _words(change.old), _words(change.new))


def _entry(record: Any, before: Any, what: str) -> Entry | None:
    changes: list[Change] = []
    if record.history_type == "~":
        if before is None:
            return None
        changes = list(_changes(record.diff_against(before, excluded_fields=SILENT_FIELDS)))
        if not changes:
            return None
    return Entry(record.history_date, who_acted(record), VERBS[record.history_type], what, changes)


def _entries(history: models.QuerySet[Any], describe: Callable[[Any], str], limit: int) -> Iterator[Entry]:
    """Two queries whatever the number of rows: the newest acts, and what their objects were before."""
    newest = list(history.select_related("history_user").order_by("-history_date", "-history_id")[:limit])
    objects = {row.id for row in newest}
    earlier = history.model._default_manager.filter(id__in=objects).order_by("history_date", "history_id")
    before: dict[Any, Any] = {}
    previous_of: dict[Any, Any] = {}
    for row in earlier:
        previous_of[row.history_id] = before.get(row.id)
        before[row.id] = row
    for row in newest:
        if entry := _entry(row, previous_of.get(row.history_id), describe(row)):
            yield entry


def read_trail(
    histories: Iterable[tuple[models.QuerySet[Any], Callable[[Any], str]]], limit: int = 100
) -> list[Entry]:
    """The newest `limit` acts of several histories, newest first. Changes that say nothing are left out.

    Each history comes with a function that says in words what a row of it is about.
    """
    entries = [e for history, describe in histories for e in _entries(history, describe, limit)]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)[:limit]
