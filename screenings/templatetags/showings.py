"""Showings in words, for templates of the desk."""

from __future__ import annotations

import datetime as dt

from django import template

from .. import spoken_times
from ..labels import LABELS
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
