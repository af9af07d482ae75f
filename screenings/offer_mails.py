"""The mail that offers a place to somebody on the waiting list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from common.local_time import get_zone
from notices.delivery import Verdict, no_longer_true
from notices.kinds import Kind
from notices.models import Notice

from . import rsvp_links
from .letter_times import say_time
from .models import Rsvp
from .rsvp_mails import showing_stands, zone_of
from .showing_mail import Attendance, showing_context
from .waiting.offers import PLACE_OFFERED


def check(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    """Still theirs to take: in line, and this offer is the one that stands."""
    rsvp = about.rsvp
    assert rsvp is not None
    if rsvp.state != Rsvp.State.WAITING:
        return no_longer_true("The person is not in line any more.")
    if rsvp.revision != notice.subject_revision or rsvp.offered_until is None:
        return no_longer_true("The place is not theirs to take any more.")
    return showing_stands(about.screening)


def context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    until = dt.datetime.fromisoformat(str(notice.facts["until"])).astimezone(get_zone(about.screening.zone))
    return {
        **showing_context(about.screening, now),
        "seats": notice.facts["seats"],
        "asked_for": notice.facts["of"],
        "until": say_time(until, about.screening.theater.locale),
    }


def private(notice: Notice, about: Attendance) -> Mapping[str, str]:
    return {"mine_url": f"{rsvp_links.mine_url(notice.person)}#{about.screening.code}"}


def _start(about: Attendance) -> dt.datetime:
    return about.screening.starts_at


OFFER_MAIL = Kind(
    code=PLACE_OFFERED,
    name="A place on the waiting list",
    template="emails/place_offered.html",
    context=context,
    check=check,
    private=private,
    zone=zone_of,
    news_of_start=_start,
)
