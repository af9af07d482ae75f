"""What leads to a showing's open room, the same for everybody: the card on the showing's page, in the lobby and from a
mail, and the list of tonight's rooms for who comes from a guide."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet, signals
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.prepared_queries import prepared
from screenings import page_tags
from screenings.models import Screening

from .models import Discussion

# A room comes on the page when people set out for it.
BEFORE = dt.timedelta(days=2)
# And for who comes from the guide: what is on this evening.
SOON = dt.timedelta(hours=6)
LONG_AGO = dt.timedelta(hours=8)
SHOWN = 20


@prepared
def _open_rooms(*, screening: int) -> QuerySet[Discussion]:
    rooms = Discussion.objects.filter(screening=screening).exclude(phase=Discussion.Phase.CLOSED)
    return rooms.order_by("-opened_at", "-id")[:1]


def room_card(screening: Screening, *, now: dt.datetime) -> SafeString:
    """The card of the showing's open room; `""` where it has none, or the showing is further away than two days."""
    if screening.starts_at - now > BEFORE:
        return mark_safe("")
    room = _open_rooms.first(screening=screening.pk)
    return render_to_string("discussions/_room_card.html", {"room": room}) if room else mark_safe("")


def rooms_with_guide(code: str, now: dt.datetime) -> QuerySet[Discussion]:
    """Open rooms of this evening's showings that go by the guide with this code, the nearest in time first. A room that
    belongs to no showing is found by its code alone."""
    rooms = Discussion.objects.exclude(phase=Discussion.Phase.CLOSED).filter(
        guide_version__guide__code=code,
        screening__starts_at__range=(now - LONG_AGO, now + SOON),
        screening__status=Screening.Status.SCHEDULED,
    )
    return rooms.select_related(
        "screening__engagement__film", "screening__engagement__theater__city", "screening__screen"
    ).order_by("screening__starts_at", "id")[:SHOWN]


def watch() -> None:
    """Have a showing's page made anew when its room opens or closes (called once)."""
    signals.post_save.connect(_saved, sender=Discussion, dispatch_uid="room_cards.saved")


def _saved(instance: Discussion, created: bool, **_: object) -> None:
    if instance.screening_id and (created or instance.phase == Discussion.Phase.CLOSED):
        page_tags.touch([f"showing-{instance.screening_id}"])
