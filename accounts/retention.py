"""How long things are kept, and that they are not kept longer.

An app that keeps something for a while registers a `Rule` when it is ready (`AppConfig.ready`); a higher app is never
imported. Beat rings `accounts.tasks.keep_retention` every five minutes, and the privacy page is written from the same
rules, so that what it says is what is done:

    retention.register(Rule("rsvps", "What you said of a showing", "after the film", forget_rsvps))

How long is a setting: `settings.RETENTION["rsvps"]`, a timedelta, read from the environment where an operator may
choose (`RETENTION_RSVPS_DAYS`, documented in `docs/running.md`). Rows that carry a timer of their own (a room's) give
zero there, and `forget` reads their timers: it is given `now` as well.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

log = logging.getLogger(__name__)

# (what is older than this, and the instant) → how many rows are forgotten. It may run twice at once.
Forget = Callable[[dt.datetime, dt.datetime], int]


@dataclass(frozen=True)
class Rule:
    """One kind of thing that is kept for a while.

    `code` is its key in `settings.RETENTION`; `what` and `since` are what the privacy page says of it (“What you said
    of a showing”, “after the film”). Rules run by `order`: what others hang on goes last.
    """

    code: str
    what: str
    since: str
    forget: Forget
    order: int = 0

    @property
    def kept_for(self) -> dt.timedelta:
        """How long. Raises KeyError where the settings do not say."""
        return settings.RETENTION[self.code]


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Have `rules` kept. Once is enough. Raises KeyError for one whose time the settings do not name."""
    for rule in rules:
        assert rule.kept_for is not None
        _rules[rule.code] = rule


def rules() -> list[Rule]:
    """Every rule, in the order in which they are kept."""
    return sorted(_rules.values(), key=lambda rule: rule.order)


def keep(now: dt.datetime) -> dict[str, int]:
    """Forget everything whose time is over at `now`: by rule, how many rows.

    A rule whose database says no is tried again at the next ring, and does not hold up the others. What went wrong is
    logged by its kind alone: a database's own words may quote an address.
    """
    forgotten = {}
    for rule in rules():
        try:
            forgotten[rule.code] = rule.forget(now - rule.kept_for, now)
        except DatabaseError as error:
            log.error("Retention of %s waits for the next ring: %s.", rule.code, type(error).__name__)
    return forgotten


def say_kept(span: dt.timedelta) -> str:
    """How long, as people say it: `30 days`, `24 hours`, `a year`; `""` for what ends by a timer of its own."""
    days, hours = span.days, round(span.total_seconds() / 3600)
    if days in (365, 366):
        return "a year"
    if days >= 2:
        return f"{days} days"
    if hours >= 2:
        return f"{hours} hours"
    minutes = round(span.total_seconds() / 60)
    return "an hour" if hours == 1 else f"{minutes} minutes" if minutes else ""
