"""Sitemaps (sitemaps.org 0.9): an index, and one map of each kind of page with something to show.

A map holds 50,000 addresses at most; further ones are on further maps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse
from lxml import etree

from ..models import City, Film, Screening, Theater

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
# A showing is found by searching until a week after it is over.
FOUND_FOR = dt.timedelta(days=7)


def _cities(now: dt.datetime) -> QuerySet[Any, Any]:
    listed = City.objects.filter(theaters__engagements__screenings__ends_at__gt=now)
    return _changed(listed, "theaters__engagements__screenings__updated_at", "slug")


def _films(now: dt.datetime) -> QuerySet[Any, Any]:
    return _changed(Film.objects.all(), "engagements__screenings__updated_at", "slug")


def _theaters(now: dt.datetime) -> QuerySet[Any, Any]:
    return _changed(Theater.objects.all(), "engagements__screenings__updated_at", "slug")


def _screenings(now: dt.datetime) -> QuerySet[Any, Any]:
    listed = Screening.objects.published().filter(ends_at__gt=now - FOUND_FOR)
    return listed.order_by("pk").values_list("code", "updated_at")


def _changed(rows: QuerySet[Any], path: str, name: str) -> QuerySet[Any, Any]:
    return rows.annotate(changed=Max(path)).order_by("pk").values_list(name, "changed")


# Route of the page → (its name in the address, when it changed) of each page, by primary key.
KINDS: dict[str, Callable[[dt.datetime], QuerySet[Any, Any]]] = {
    "city": _cities,
    "film": _films,
    "theater": _theaters,
    "screening": _screenings,
}


def _document(root: str, item: str, entries: list[tuple[str, dt.datetime | None]]) -> bytes:
    document = etree.Element(f"{{{NAMESPACE}}}{root}", nsmap={None: NAMESPACE})
    for address, changed in entries:
        element = etree.SubElement(document, f"{{{NAMESPACE}}}{item}")
        etree.SubElement(element, f"{{{NAMESPACE}}}loc").text = settings.BASE_URL + address
        if changed:
            etree.SubElement(element, f"{{{NAMESPACE}}}lastmod").text = changed.isoformat(timespec="seconds")
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def write_index(now: dt.datetime) -> bytes:
    """The index: every map that holds something. One query for each kind."""
    pages = [
        (kind, number)
        for kind, rows in KINDS.items()
        for number in range(1, -(-rows(now).count() // MOST) + 1)
    ]
    addresses = [reverse("sitemap", args=[kind, number]) for kind, number in pages]
    return _document("sitemapindex", "sitemap", [(address, None) for address in addresses])


def write_map(kind: str, number: int, now: dt.datetime) -> bytes | None:
    """The map of that kind and number, from 1; None where there is none. One query."""
    rows = KINDS[kind](now)[(number - 1) * MOST : number * MOST] if kind in KINDS and number > 0 else []
    entries = [(reverse(kind, args=[name]), changed) for name, changed in rows]
    return _document("urlset", "url", entries) if entries else None
