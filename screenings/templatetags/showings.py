"""Showings in words, for templates. A line that has been rendered from the same words is not rendered again."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import spoken_times
from ..labels import LABELS
from ..listings.film_page import ReleaseCity
from ..listings.showing_rows import KEPT_ROWS, ShowingRow
from ..models import Screening

register = template.Library()


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
@lru_cache(maxsize=KEPT_ROWS)
def line(row: ShowingRow, at_a_theater: bool | str = False) -> SafeString:
    """A showing as a line of a city's programme, or (`at_a_theater`) of its theater's own."""
    return render_to_string("screenings/_showing.html", {"row": row, "at": at_a_theater})


@register.filter
@lru_cache(maxsize=KEPT_ROWS)
def release(city: ReleaseCity) -> SafeString:
    """A city of a film's release with its bookings."""
    return render_to_string("screenings/_release.html", {"city": city})
