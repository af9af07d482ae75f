"""A feed as Atom (RFC 4287): what changed last stands first, and a cancellation is an entry like any news."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from lxml import etree

from ..labels import LABELS
from ..models import Screening
from ..spoken_times import say_when
from .feeds import Feed

ATOM = "http://www.w3.org/2005/Atom"
# Before the first showing was listed: a feed must say when it changed last (RFC 4287 §4.1.1), also an empty one.
NEVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _id(kind: str, name: str, day: dt.date) -> str:
    """A tag URI (RFC 4151): the same for ever, wherever the house moves."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{day.year}:{kind}/{name}"


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def title_of(screening: Screening) -> str:
    """`Cancelled: The Salt Road, Fri 7 Aug, 7:00 pm, The Lantern`."""
    when = say_when(screening.local_start, screening.theater.locale)
    said = f"{screening.film.title}, {when}, {screening.theater.name}"
    if screening.is_cancelled:
        return f"Cancelled: {said}"
    return f"Moved: {said}" if screening.listed_start else said


def summary_of(screening: Screening) -> str:
    """What else there is to say, in sentences."""
    before, said = screening.listed_start, []
    if screening.is_cancelled:
        said.append(f"Cancelled: {screening.cancel_reason}" if screening.cancel_reason else "Cancelled.")
    if before:
        said.append(f"It was announced for {say_when(before, screening.theater.locale)}.")
    if screening.sold_out and not screening.is_cancelled:
        said.append("Sold out.")
    if screening.labels:
        said.append(", ".join(LABELS[code] for code in screening.labels) + ".")
    theater = screening.theater
    where = ", ".join(filter(None, [theater.name, theater.address, theater.city.name]))
    return " ".join([*said, f"{where}."])


def _entry(feed: etree._Element, screening: Screening) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _id("s", screening.code, screening.created_at.date()))
    _add(entry, "title", title_of(screening))
    _add(entry, "updated", _stamp(screening.updated_at))
    _add(entry, "published", _stamp(screening.created_at))
    address = settings.BASE_URL + reverse("screening", args=[screening.code])
    _add(entry, "link", href=address, rel="alternate", type="text/html")
    for code in screening.labels:
        _add(entry, "category", term=code, label=LABELS[code])
    _add(entry, "summary", summary_of(screening))


def write_atom(feed: Feed, address: str) -> bytes:
    """The document, UTF-8; `address` is the feed's own."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _add(root, "id", address)
    _add(root, "title", f"{feed.name}: showtimes")
    newest = max((screening.updated_at for screening in feed.screenings), default=NEVER)
    _add(root, "updated", _stamp(newest))
    _add(root, "link", href=address, rel="self", type="application/atom+xml")
    _add(root, "link", href=settings.BASE_URL + feed.path, rel="alternate", type="text/html")
    _add(_add(root, "author"), "name", "Houselights")
    for screening in feed.screenings:
        _entry(root, screening)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
