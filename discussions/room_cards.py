"""The card on a showing's page that leads to its open room: the same link for everybody, in the lobby and from a mail."""

from __future__ import annotations

import datetime as dt

from django.db.models import signals
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from screenings import page_tags
from screenings.models import Screening

from .models import Discussion

# A room comes on the page when people set out for it.
BEFORE = dt.timedelta(days=2)


def room_card(screening: Screening, *, now: dt.datetime) -> SafeString:
    """The card of the showing's open room; `""` where it has none, or the showing is further away than two days."""
    if screening.starts_at - now > BEFORE:
        return mark_safe("")
    room = screening.discussions.exclude(phase=Discussion.Phase.CLOSED).first()
    return render_to_string("discussions/_room_card.html", {"room": room}) if room else mark_safe("")


def watch() -> None:
    """Have a showing's page made anew when its room opens or closes (called once)."""
    signals.post_save.connect(_saved, sender=Discussion, dispatch_uid="room_cards.saved")


def _saved(instance: Discussion, created: bool, **_: object) -> None:
    if instance.screening_id and (created or instance.phase == Discussion.Phase.CLOSED):
        page_tags.touch([f"showing-{instance.screening_id}"])
