"""The mails of an RSVP: the one that asks to confirm, and the reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from zoneinfo import ZoneInfo

from common.local_time import get_zone
from notices.delivery import TRUE_AND_WANTED, Verdict, no_longer_true, not_wanted
from notices.kinds import Attachment, Kind
from notices.models import Notice

from . import rsvp_links, rsvps
from .letter_times import say_time
from .mail_lists import REMINDERS
from .models import Rsvp, Screening
from .reminders import DAY_BEFORE, HOURS_BEFORE
from .showing_mail import Attendance, as_it_stands, calendar_attachment, counted_for, showing_context


def check_confirmation(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    """Asking to confirm is moot once it is answered, or the showing is off."""
    assert about.rsvp is not None
    if about.rsvp.state != notice.facts.get("state"):
        return no_longer_true("It was answered meanwhile.")
    if about.rsvp.revision != notice.subject_revision:
        return no_longer_true("A newer one is owed.")
    return showing_stands(about.screening)


def showing_stands(screening: Screening) -> Verdict:
    if screening.status != Screening.Status.SCHEDULED:
        return no_longer_true(f"The showing is {screening.get_status_display()}.")
    return TRUE_AND_WANTED


def check_attendance(notice: Notice, about: Attendance) -> Verdict:
    """What is owed about a showing: it stands as it was when that was planned, and the person still comes."""
    if about.screening.revision != notice.subject_revision:
        return no_longer_true("The showing changed.")
    if about.rsvp is None or about.rsvp.state != Rsvp.State.GOING:
        return no_longer_true("The person does not come.")
    return showing_stands(about.screening)


def check_reminder(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    verdict = check_attendance(notice, about)
    if verdict is TRUE_AND_WANTED and about.rsvp is not None and not about.rsvp.wants_reminders:
        return not_wanted("The person wants no reminder of this showing.")
    return verdict


def check_after_the_film(notice: Notice, about: Attendance) -> Verdict:
    """What comes after a film: as `check_attendance`, and the person wants it."""
    verdict = check_attendance(notice, about)
    if verdict is TRUE_AND_WANTED and about.rsvp is not None and not about.rsvp.wants_prompts:
        return not_wanted("The person wants no mail after this film.")
    return verdict


def confirmation_context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    assert about.rsvp is not None
    held_until = about.rsvp.held_until
    zone, locale = get_zone(about.screening.zone), about.screening.theater.locale
    return {
        **showing_context(about.screening, now),
        "rsvp": about.rsvp,
        "reserved": about.screening.entry == Screening.Entry.RESERVED,
        "seats": about.rsvp.party_size,
        "held_until": say_time(held_until.astimezone(zone), locale) if held_until else "",
    }


def reminder_context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    assert about.rsvp is not None
    return {**showing_context(about.screening, now), "seats": about.rsvp.party_size}


def private_link(notice: Notice, about: Attendance) -> Mapping[str, str]:
    return {"mine_url": rsvp_links.mine_url(notice.person)}


def private_links(notice: Notice, about: Attendance) -> Mapping[str, str]:
    assert about.rsvp is not None
    return {
        "confirm_url": rsvp_links.confirm_url(about.rsvp),
        "mine_url": rsvp_links.mine_url(notice.person),
    }


def attached(notice: Notice, about: Attendance) -> Iterable[Attachment]:
    return [calendar_attachment(about.screening)]


def zone_of(about: Attendance) -> ZoneInfo:
    return get_zone(about.screening.zone)


CONFIRMATION = Kind(
    code=rsvps.CONFIRMATION,
    name="Please confirm",
    template="emails/rsvp_confirm.html",
    context=confirmation_context,
    check=check_confirmation,
    private=private_links,
    answers=True,
)


def _alike(notice: Notice, about: Attendance) -> Hashable:
    """A reminder says of the person only how many seats they have."""
    assert about.rsvp is not None
    return as_it_stands(about.screening), about.rsvp.party_size


def _reminder(code: str, name: str) -> Kind:
    return Kind(
        code=code,
        name=name,
        template="emails/reminder.html",
        context=reminder_context,
        check=check_reminder,
        private=private_link,
        attachments=attached,
        mail_list=REMINDERS,
        zone=zone_of,
        alike=_alike,
        counted_for=counted_for,
    )


DAY_BEFORE_MAIL = _reminder(DAY_BEFORE.kind, "Reminder, the day before")
HOURS_BEFORE_MAIL = _reminder(HOURS_BEFORE.kind, "Reminder, two hours before")
