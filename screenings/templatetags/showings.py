"""Showings in words, for templates. What has been rendered from the same words is not rendered again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .. import spoken_times
from ..forms_rsvp import Asks, RsvpForm
from ..labels import LABELS
from ..listings import addresses
from ..listings.film_page import ReleaseCity
from ..listings.showing_rows import KEPT_ROWS, ShowingRow
from ..models import Screening

register = template.Library()
BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
# Parts of pages have some kB each; a long night has thirty.
KEPT_PARTS = 512


@register.filter
def say_day(day: dt.date) -> str:
    """A date as people say it: `Fri 3 Aug`."""
    return spoken_times.say_day(day)


@register.filter
def say_start(showing: Screening) -> str:
    """The start on the theater's clock; with its true date where it is after midnight."""
    start, locale = showing.local_start, showing.engagement.theater.locale
    words = spoken_times.say_time(start, locale)
    return f"{words} ({spoken_times.say_day(start.date())})" if showing.is_after_midnight else words


@register.filter
def label_words(code: str) -> str:
    """A label's code in words."""
    return LABELS[code]


@register.filter
def address(key: str, name: str) -> str:
    """The path of the page of route `name` that `key` names: `{{ film.slug|address:"film" }}`."""
    return addresses.address(name, key)


@register.simple_tag
def kept(part: str, **words: Hashable) -> SafeString:
    """As `{% include part with … only %}`, of words that do not change (strings, rows, tuples of them): what the same
    words were made into before is given again."""
    return _part(part, tuple((name, type(value), value) for name, value in words.items()))


@lru_cache(maxsize=KEPT_PARTS)
def _part(part: str, words: tuple[tuple[str, type, Any], ...]) -> SafeString:
    # The type is part of the question: a text that is safe equals one that is not.
    return render_to_string(part, {name: value for name, _, value in words})


@register.filter
def fields(form: RsvpForm | Asks) -> SafeString:
    """The fields of the form on a showing's page; of one that nobody has filled in, kept."""
    return _blank_fields(form) if isinstance(form, Asks) else _fields(form)


@lru_cache(maxsize=KEPT_PARTS)
def _blank_fields(asks: Asks) -> SafeString:
    return _fields(RsvpForm(asks))


def _fields(form: RsvpForm) -> SafeString:
    return render_to_string("screenings/_rsvp_fields.html", {"form": form})


@register.filter
def lines(rows: Iterable[ShowingRow], at_a_theater: bool | str = False) -> SafeString:
    """The lines of a night."""
    return mark_safe("".join(line(row, at_a_theater) for row in rows))  # noqa: S308


@register.filter
def releases(cities: Iterable[ReleaseCity]) -> SafeString:
    """All cities of a film's release."""
    return mark_safe("".join(release(city) for city in cities))  # noqa: S308


@lru_cache(maxsize=KEPT_ROWS)
def line(row: ShowingRow, at_a_theater: bool | str = False) -> SafeString:
    """A showing as a line of a city's programme, or (`at_a_theater`) of its theater's own."""
    return _tight(render_to_string("screenings/_showing.html", {"row": row, "at": at_a_theater}))


@lru_cache(maxsize=KEPT_ROWS)
def release(city: ReleaseCity) -> SafeString:
    """A city of a film's release with its bookings."""
    return _tight(render_to_string("screenings/_release.html", {"city": city}))


def _tight(html: str) -> SafeString:
    """Without the line breaks between tags: hundreds of them are text that a phone reads and nobody sees."""
    return mark_safe(BETWEEN_TAGS.sub("><", html))  # noqa: S308
