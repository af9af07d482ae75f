"""A theater that changes its time zone: what stays, the hour on its wall or the instant."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from enum import StrEnum

from django.db import transaction

from common.local_time import SkippedTime, get_zone

from .models import Screening, Theater
from .showings import NotPossible, place, settle
from .spoken_times import say_when


class Keep(StrEnum):
    """What stays of a showing when its theater's zone changes."""

    WALL = "wall"
    INSTANT = "instant"


@transaction.atomic
def change_zone(theater: Theater, zone: str, *, keep: Keep, now: dt.datetime) -> int:
    """Put the theater into `zone` (an IANA name) and give how many of its coming showings changed with it.

    Keeping the wall, 7:00 stays 7:00 and happens at another instant: who comes is told. Keeping the instant, 7:00
    becomes what the new clock shows then. Past showings stay as they were. Raises ValidationError for no zone,
    and NotPossible, changing nothing, where kept hours do not exist in the new zone or fall together.
    """
    new = get_zone(zone)
    theater = Theater.objects.select_for_update().get(pk=theater.pk)
    if theater.zone == zone:
        return 0
    coming = list(
        Screening.objects.select_for_update(of=("self",))
        .select_related("engagement__film", "engagement__theater")
        .filter(engagement__theater=theater, starts_at__gt=now)
    )
    theater.zone = zone
    theater.save(update_fields=["zone"])
    skipped = [row for row in coming if not _place(row, theater, new, keep)]
    if skipped:
        raise NotPossible(_do_not_exist(skipped, zone))
    _refuse_falling_together(coming)
    # A showing may come to lie where another one leaves: first all step aside.
    Screening.objects.filter(pk__in=[row.pk for row in coming]).update(status=Screening.Status.DRAFT)
    for row in coming:
        settle(row, now)
    return len(coming)


def _place(row: Screening, theater: Theater, new: dt.tzinfo, keep: Keep) -> bool:
    """Move a row (unsaved) to where it belongs in the new zone; False where its hour does not exist there."""
    row.engagement.theater = theater
    wall, fold = dt.datetime.fromisoformat(row.wall_time), row.fold
    if keep is Keep.INSTANT:
        there = row.starts_at.astimezone(new)
        wall, fold = there.replace(tzinfo=None, fold=0), there.fold
    try:
        place(row, wall, fold)
    except SkippedTime:
        return False
    return True


def _do_not_exist(rows: list[Screening], zone: str) -> str:
    when = "; ".join(
        f"{row.engagement.film}, {say_when(dt.datetime.fromisoformat(row.wall_time), row.engagement.theater.locale)}"
        for row in rows
    )
    return (
        f"In {zone} the clocks go forward over these hours: {when}. Nothing was changed. "
        "Move or cancel these showings first, or keep the instants."
    )


def _refuse_falling_together(rows: list[Screening]) -> None:
    """An hour that happened twice in the old zone may be one hour in the new."""
    places = Counter(
        (row.engagement_id, row.starts_at, row.screen_id)
        for row in rows
        if row.status == Screening.Status.SCHEDULED
    )
    if any(count > 1 for count in places.values()):
        raise NotPossible(
            "Two showings would fall together: their hour happens twice here and once there. "
            "Nothing was changed; cancel one of them first."
        )
