"""Reminders of a showing, planned in the ledger. (Interim: the ledger's author replaces this file.)"""

from __future__ import annotations

import datetime as dt

from .models import Screening


def replan(screening: Screening, now: dt.datetime) -> None:
    """Nothing is owed yet."""
