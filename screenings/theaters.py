"""Opening a theater: a venue, the city it is in and its screens."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from common.slugs import free_slug

from .models import City, Screen, Theater


@transaction.atomic
def create_theater(
    name: str, city: City, *, screens: Iterable[str] = (), zone: str = "", **facts: object
) -> Theater:
    """A theater in `city`, on the city's clock unless `zone` (an IANA name) says otherwise.

    `facts` are further columns of `Theater`. Raises ValidationError for facts that cannot be.
    """
    theater = Theater(name=name, city=city, zone=zone or city.zone, slug=free_slug(name, Theater), **facts)
    theater.full_clean()
    theater.save()
    Screen.objects.bulk_create(Screen(theater=theater, name=screen) for screen in screens)
    return theater
