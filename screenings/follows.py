"""Following a theater (its week by mail) or a film (its new cities): asked for, proved, stopped; and what is owed by it.

Whoever types an address says nothing yet about its owner: a follow is *pending* until the owner of the mailbox
confirms it, and the form answers alike whether we know the address or not.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Person
from notices import ledger, unsubscribe
from notices.ledger import Owed, Subject
from notices.models import Notice

from .mail_lists import FOLLOWING
from .models import Engagement, Film, Follow, Publication, Theater

CONFIRMATION, WEEK, NEW_CITIES = "follow_confirm", "week_published", "new_cities"
SUBJECT_KIND = "follow"
LONGEST_ADDRESS = 254
CONFIRMATION_IS_USEFUL_FOR = dt.timedelta(hours=24)
# Confirmations may be asked for again, but nobody's mailbox is filled by a stranger.
MAIL_NOT_AGAIN_WITHIN = dt.timedelta(minutes=2)
MAILS_PER_PERSON = 6
COUNTED_OVER = dt.timedelta(days=1)
# A week can be taken back for ten minutes: until then it is told to nobody.
WEEK_SETTLES_WITHIN = dt.timedelta(minutes=10)
# Who asked for the film in that city is told first; meanwhile further cities gather into one mail.
FOLLOWERS_AFTER = dt.timedelta(hours=1)
CITY_IS_NEWS_FOR = dt.timedelta(days=14)


class MalformedAddress(ValueError):
    """The message is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__("This does not look like an e-mail address. Check it and send again.")


def _person_of(address: str, language: str) -> Person:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise MalformedAddress from error
    if len(address) > LONGEST_ADDRESS:
        raise MalformedAddress
    return Person.objects.for_address(address, language)


@transaction.atomic
def ask_to_follow(subject: Theater | Film, address: str, *, now: dt.datetime, language: str = "en") -> Follow:
    """Somebody typed an address: they may want to follow `subject`. Only a mail that asks to confirm is owed; the same
    again is the same row. `language` is for letters to who is new here. Raises MalformedAddress, with nothing kept."""
    person = _person_of(address, language)
    which: dict[str, Any] = {"theater" if isinstance(subject, Theater) else "film": subject}
    follow, _ = Follow.objects.select_for_update().get_or_create(
        person=person, **which, defaults={"created_at": now}
    )
    if follow.state == Follow.State.STOPPED:
        follow.state = Follow.State.PENDING
    if _may_be_mailed(follow, now):
        _ask_to_confirm(follow, now)
    return follow


def _may_be_mailed(follow: Follow, now: dt.datetime) -> bool:
    """Whether another confirmation may be owed: neither too soon after the last nor too often in a day."""
    lately = Notice.objects.filter(
        person_id=follow.person_id, kind=CONFIRMATION, created_at__gt=now - COUNTED_OVER
    )
    if lately.count() >= MAILS_PER_PERSON:
        return False
    ours = lately.about(SUBJECT_KIND, follow.pk).order_by("-created_at")
    last = ours.values_list("created_at", flat=True).first()
    return last is None or last <= now - MAIL_NOT_AGAIN_WITHIN


def _ask_to_confirm(follow: Follow, now: dt.datetime) -> None:
    follow.revision += 1
    follow.save()
    ledger.supersede(Subject(SUBJECT_KIND, follow.pk), [CONFIRMATION], "A newer one is owed.", now)
    ledger.plan(
        follow.person,
        CONFIRMATION,
        Subject(SUBJECT_KIND, follow.pk, follow.revision),
        due_at=now,
        useful_until=now + CONFIRMATION_IS_USEFUL_FOR,
        facts={"state": follow.state},
        now=now,
    )


@transaction.atomic
def confirm(follow: Follow, now: dt.datetime) -> Follow:
    """The owner of the address says yes, by a link from their own mailbox. Twice is once; who had stopped, or left the
    list, follows again."""
    follow = Follow.objects.select_for_update(of=("self",)).select_related("person").get(pk=follow.pk)
    if follow.state != Follow.State.FOLLOWING:
        follow.state, follow.confirmed_at = Follow.State.FOLLOWING, now
        follow.save()
        Person.objects.filter(pk=follow.person_id, confirmed_at=None).update(confirmed_at=now)
        ledger.supersede(Subject(SUBJECT_KIND, follow.pk), [CONFIRMATION], "It was confirmed meanwhile.", now)
    unsubscribe.start(follow.person, FOLLOWING.code, now)
    return follow


@transaction.atomic
def stop(follow: Follow, now: dt.datetime) -> Follow:
    """The person follows it no more, and what was owed by it is not sent. Twice is once."""
    follow = Follow.objects.select_for_update().get(pk=follow.pk)
    follow.state = Follow.State.STOPPED
    follow.save()
    ledger.supersede(Subject(SUBJECT_KIND, follow.pk), None, "The person follows it no more.", now)
    return follow


def owe_week(publication: Publication) -> None:
    """Owe those who follow the theater its week, once, in the transaction that publishes it; nothing where a
    publication adds no showing, or the week is nearly over."""
    theater, week = publication.theater, publication.week_starting
    due = publication.published_at + WEEK_SETTLES_WITHIN
    over = dt.datetime.combine(week + dt.timedelta(days=7), dt.time(), theater.tzinfo)
    if due >= over or not any(change[0] == "added" for change in publication.changes):
        return
    ledger.plan_all(
        (
            Owed(
                follow.person_id,
                WEEK,
                # A week is told once, however often it is published: its first day is what is told.
                Subject(SUBJECT_KIND, follow.pk, week.toordinal()),
                due,
                over,
                {"week": week.isoformat()},
            )
            for follow in theater.followers.standing()
        ),
        publication.published_at,
    )


def owe_new_city(booking: Engagement, now: dt.datetime) -> None:
    """Owe those who follow the film the word that it comes to a city where it was not booked before. Cities that are
    booked before the word goes out go with it."""
    film, until = booking.film, booking.closes_on or booking.opens_on
    over = dt.datetime.combine(until, dt.time(), dt.UTC) + CITY_IS_NEWS_FOR
    known = Engagement.objects.filter(film=film, theater__city=booking.theater.city_id)
    if now + FOLLOWERS_AFTER >= over or until < now.date() or known.exclude(pk=booking.pk).exists():
        return
    standing = list(film.followers.standing())
    waiting = Notice.objects.filter(
        kind=NEW_CITIES, subject_kind=SUBJECT_KIND, subject_id__in=[follow.pk for follow in standing]
    ).open()
    told_with = set(waiting.filter(due_at__gt=now).values_list("subject_id", flat=True))
    ledger.plan_all(
        (
            Owed(
                follow.person_id,
                NEW_CITIES,
                Subject(SUBJECT_KIND, follow.pk, booking.pk),
                now + FOLLOWERS_AFTER,
                over,
                {"since": booking.created_at.isoformat()},
            )
            for follow in standing
            if follow.pk not in told_with
        ),
        now,
    )
