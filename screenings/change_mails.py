"""The mails that tell of a change: moved, other labels, cancelled, on again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from common.local_time import get_zone
from notices.delivery import TRUE_AND_WANTED, Verdict, no_longer_true
from notices.kinds import Attachment, Kind
from notices.models import Notice

from . import change_notices, rsvp_links
from .change_notices import Known
from .labels import say_label
from .letter_times import say_day, say_time, say_when
from .models import Rsvp, Screening
from .rsvp_mails import attached, zone_of
from .showing_mail import Attendance, as_it_stands, counted_for, showing_context
from .spoken_times import EVENING


def check(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    """Still so, and still news to somebody who comes. A later change has taken the row back and owes its own."""
    if about.screening.revision != notice.subject_revision:
        return no_longer_true("The showing changed again.")
    if about.rsvp is None or about.rsvp.state not in (Rsvp.State.GOING, Rsvp.State.WAITING):
        return no_longer_true("The person does not come.")
    return TRUE_AND_WANTED


def context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    was = Known.from_facts(notice.facts["was"])
    screening = about.screening
    return {
        **showing_context(screening, now),
        **_moved(was, screening, now),
        "gone": [say_label(code) for code in was.labels if code not in screening.labels],
        "come": [say_label(code) for code in screening.labels if code not in was.labels],
        "reason": screening.cancel_reason,
        "film_url": settings.BASE_URL + reverse("film", args=[screening.film.slug]),
    }


def _moved(was: Known, screening: Screening, now: dt.datetime) -> dict[str, object]:
    """`7:00 pm → 7:30 pm, same evening`, or both days where it is another: nothing where the start stands."""
    locale, zone = screening.theater.locale, get_zone(screening.zone)
    before, after = dt.datetime.fromisoformat(was.starts_at).astimezone(zone), screening.local_start
    if before == after:
        return {"moved": ""}
    if before.date() == after.date():
        times = {"before": say_time(before, locale), "after": say_time(after, locale)}
        if min(before.hour, after.hour) >= EVENING.hour:
            return {"moved": gettext("%(before)s → %(after)s, same evening") % times}
        return {"moved": gettext("%(before)s → %(after)s, same day") % times}
    moved = f"{say_when(before, locale)} → {say_when(after, locale)}"
    return {"moved": moved, "other_day": say_day(after.date())}


def private(notice: Notice, about: Attendance) -> Mapping[str, str]:
    return {"mine_url": rsvp_links.mine_url(notice.person)}


def files(notice: Notice, about: Attendance) -> Iterable[Attachment]:
    return attached(notice, about)


def _kind(code: str, name: str) -> Kind:
    return Kind(
        code=code,
        name=name,
        template=f"emails/{code}.html",
        context=context,
        check=check,
        private=private,
        attachments=files,
        zone=zone_of,
        news_of_start=lambda about: about.screening.starts_at,
        alike=lambda notice, about: (as_it_stands(about.screening), Known.from_facts(notice.facts["was"])),
        counted_for=counted_for,
    )


CHANGED_MAIL = _kind(change_notices.CHANGED, "A showing changed")
CANCELLED_MAIL = _kind(change_notices.CANCELLED, "A showing was cancelled")
REINSTATED_MAIL = _kind(change_notices.REINSTATED, "A showing is on again")
