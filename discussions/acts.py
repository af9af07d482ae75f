"""One act of those who lead: what it changes is stored together with what was so before, and can be undone.

An act holds the room's row (`changes.changing`), so that two come one after the other; it carries a key made up by
the phone that acts, so that what is sent twice is done once. What an act means is said in `conducting`, `moderation`,
`scribing` and `planning`; `room_acts` knows all of them by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from . import lights_up_mail
from .changes import changing
from .models import Discussion, RoomAct

Facts = dict[str, Any]


# What is restored as a whole and not by its rows, by its name in the log: how it is read and how it is set.
_WHOLES: dict[str, tuple[Callable[[Discussion], Any], Callable[[Discussion, Any], None]]] = {}


def register_whole(
    name: str, read: Callable[[Discussion], Any], write: Callable[[Discussion, Any], None]
) -> None:
    """Have acts log a thing of many rows (the plan) under one name: `read` gives it as JSON, `write` sets it."""
    _WHOLES[name] = (read, write)


class CannotAct(ValueError):
    """What was asked for cannot be done; the message is a sentence for who asked. Nothing was changed."""


@dataclass
class Acting:
    """An act under way: the room as it stands, who acts, when, and what has changed so far."""

    room: Discussion
    by: str
    now: dt.datetime
    at: dt.datetime
    subject: tuple[str, int | None] = ("", None)
    before: dict[str, Facts] = field(default_factory=dict)
    after: dict[str, Facts] = field(default_factory=dict)

    def change(self, row: models.Model, **values: object) -> None:
        """Set the fields (by attribute name) of a row of this room and store it; what is so already is left alone."""
        found = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not found:
            return
        key = name_of(row)
        before, after = self.before.setdefault(key, {}), self.after.setdefault(key, {})
        for name, value in found.items():
            before.setdefault(name, _plain(row, name))
            setattr(row, name, value)
            after[name] = _plain(row, name)
        if row is not self.room:  # the room is stored when the act ends
            row.save(update_fields=list(found))

    def replace(self, name: str, value: Any) -> None:
        """Set a whole that was registered under `name`."""
        read, write = _WHOLES[name]
        before = read(self.room)
        if before != value:
            self.before[name], self.after[name] = {"is": before}, {"is": value}
            write(self.room, value)

    def about(self, row: models.Model) -> None:
        """Say what the act is about, for the log."""
        self.subject = (row._meta.model_name or "", row.pk)


def name_of(row: models.Model) -> str:
    """A row's name in the log: `question:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def row_named(room: Discussion, name: str) -> models.Model:
    """The row of this room with this name in the log. Raises CannotAct where it is gone, or of another room."""
    kind, _, pk = name.partition(":")
    if kind == "discussion":
        return room
    model = apps.get_model("discussions", kind)
    owner = "poll__discussion" if kind == "pollanswer" else "discussion"
    row = model._default_manager.filter(pk=pk, **{owner: room}).first()
    if row is None:
        raise CannotAct("It is not there any more. Nothing was changed.")
    return row


def perform(
    room: Discussion,
    kind: str,
    deed: Callable[[Acting], None],
    *,
    by: str,
    now: dt.datetime,
    at: dt.datetime | None = None,
    key: UUID | None = None,
) -> RoomAct | None:
    """Do `deed` to the room, under its lock, and log it as `kind`. Gives the log's row; None where nothing changed.

    Exactly once by `key`: an act that has been done under it is given back as it stands. `at` is when the thumb
    moved, where that was before `now` (a phone that was offline). Raises CannotAct; then nothing is changed.
    """
    with changing(room) as held:
        if key and (done := RoomAct.objects.filter(discussion=held, client_key=key).first()):
            return done
        acting = Acting(held, by, now, min(at or now, now))
        phase = held.phase
        deed(acting)
        act = log(acting, kind, key) if acting.after else None
        if held.phase != phase:
            lights_up_mail.replan(held, now)
        return act


def log(acting: Acting, kind: str, key: UUID | None = None) -> RoomAct:
    subject_kind, subject_id = acting.subject
    return RoomAct.objects.create(
        discussion=acting.room,
        client_key=key,
        kind=kind,
        by=acting.by[:100],
        subject_kind=subject_kind,
        subject_id=subject_id,
        before=acting.before,
        after=acting.after,
        at=acting.now,
    )


def undo(acting: Acting, act: int) -> None:
    """Set everything that the act with this number changed back to what it was before.

    Raises CannotAct where it is not in this room's log, was undone already, or something has changed since.
    """
    done = RoomAct.objects.filter(discussion=acting.room, pk=act).first()
    if done is None or done.kind == "undo":
        raise CannotAct("This cannot be undone.")
    if done.undone_at:
        return
    for name, after in done.after.items():
        _restore(acting, name, done.before[name], after)
    acting.subject = (done.subject_kind, done.subject_id)
    done.undone_at = acting.now
    done.save(update_fields=["undone_at"])


def _restore(acting: Acting, name: str, before: Facts, after: Facts) -> None:
    changed = CannotAct("It has changed again since. Undo the newer act first.")
    if name in _WHOLES:
        if _WHOLES[name][0](acting.room) != after["is"]:
            raise changed
        return acting.replace(name, before["is"])
    row = row_named(acting.room, name)
    if any(_plain(row, field_name) != value for field_name, value in after.items()):
        raise changed
    acting.change(row, **{field_name: _value(row, field_name, value) for field_name, value in before.items()})
    return None


def _plain(row: models.Model, name: str) -> Any:
    """A field's value as JSON keeps it; times to the microsecond, in UTC."""
    value = getattr(row, name)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value if value is None or isinstance(value, (bool, int, str, list, dict)) else str(value)


def _value(row: models.Model, name: str, plain: Any) -> Any:
    found = row._meta.get_field(name.removesuffix("_id"))
    return found.to_python(plain) if isinstance(found, models.Field) and plain is not None else plain
