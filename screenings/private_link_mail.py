"""A new private link, sent to the address that it is of: for who has an old one, or wants to do what an old one is not
enough for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from accounts.models import Person
from notices import ledger
from notices.kinds import Kind, SubjectKind
from notices.ledger import Subject
from notices.models import Notice

from . import rsvp_links

CODE, SUBJECT_KIND = "private_link", "person"
USEFUL_FOR = dt.timedelta(hours=12)
NOT_AGAIN_WITHIN = dt.timedelta(minutes=2)
AT_MOST, COUNTED_OVER = 5, dt.timedelta(days=1)


def send_link(person: Person, now: dt.datetime) -> None:
    """Owe `person` a new link: five times a day at most, and not twice within two minutes. Beyond that, nothing: the
    newest that was sent is good."""
    sent = Notice.objects.filter(person=person, kind=CODE, created_at__gt=now - COUNTED_OVER)
    times = list(sent.order_by("-created_at").values_list("created_at", flat=True))
    if len(times) >= AT_MOST or (times and times[0] > now - NOT_AGAIN_WITHIN):
        return
    subject = Subject(SUBJECT_KIND, person.pk, int(now.timestamp()) // 60)
    ledger.plan(person, CODE, subject, due_at=now, useful_until=now + USEFUL_FOR, now=now)


def load_people(notices: Collection[Notice]) -> Mapping[int, Person]:
    people = Person.objects.in_bulk({notice.subject_id for notice in notices})
    return {notice.pk: people[notice.subject_id] for notice in notices if notice.subject_id in people}


def _context(notice: Notice, person: Person, now: dt.datetime) -> Mapping[str, object]:
    return {}


def _private(notice: Notice, person: Person) -> Mapping[str, str]:
    return {"mine_url": rsvp_links.mine_url(person)}


PERSON = SubjectKind(SUBJECT_KIND, load_people, lambda person: "a person’s own page")
PRIVATE_LINK = Kind(
    code=CODE,
    name="A new private link",
    template="emails/private_link.html",
    context=_context,
    private=_private,
    answers=True,
)
