"""“Something wrong? Ask for a change”: anyone asks about a source that a published guide quotes; its editors answer.

Nobody needs an account. The address is asked for only to answer, and lies with the person's other mail.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Person
from notices import ledger
from notices.ledger import Subject

from .models import ChangeRequest, Guide, GuideMembership, GuideVersion, Source

ASKED, ANSWERED = "change_asked", "change_answered"
SUBJECT_KIND = "change_request"
NEWS_FOR = dt.timedelta(days=14)
# Nobody's mailbox is filled by a stranger: more than this in a day about one guide is kept and tells nobody anew.
TOLD_A_DAY = 20


class MalformedAddress(ValueError):
    """The address cannot be written to."""

    def __init__(self) -> None:
        super().__init__("This does not look like an e-mail address. Check it and send again.")


class AlreadyAnswered(ValueError):
    """Somebody was quicker: the first answer stands."""


def quoted_source(guide: Guide, sha256: str) -> Source | None:
    """The source with this SHA-256 that some published version of `guide` quotes; None for any other."""
    contents = GuideVersion.objects.filter(guide=guide).values_list("content", flat=True)
    quoted = {quote["source_sha256"] for content in contents for quote in content["excerpts"].values()}
    if sha256 not in quoted:
        return None
    sources = Source.objects.filter(interview__film=guide.film, sha256=sha256).defer(
        "content", "visible_text"
    )
    return sources.select_related("interview").order_by("id").first()


@transaction.atomic
def ask_for_change(
    guide: Guide,
    source: Source,
    *,
    email: str,
    name: str,
    part: str,
    words: str,
    key: UUID,
    now: dt.datetime,
    language: str = "en",
) -> ChangeRequest:
    """Keep what somebody asks, and owe the editors and site staff the word of it. The same `key` twice is one request.
    `language` is for letters to who is new here.

    Raises MalformedAddress.
    """
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise MalformedAddress from error
    asked_by = Person.objects.for_address(email, language)
    request, is_new = ChangeRequest.objects.get_or_create(
        key=key,
        defaults={
            "source": source,
            "guide": guide,
            "asked_by": asked_by,
            "name": " ".join(name.split()),
            "part": ChangeRequest.Part(part),
            "words": words.strip(),
            "created_at": now,
        },
    )
    if is_new and _told_today(guide, now) <= TOLD_A_DAY:
        for person in who_is_told(request):
            _owe(person, ASKED, request, now)
    return request


def _told_today(guide: Guide, now: dt.datetime) -> int:
    return ChangeRequest.objects.filter(guide=guide, created_at__gt=now - dt.timedelta(days=1)).count()


def who_is_told(request: ChangeRequest) -> QuerySet[Person]:
    """The people of the guide, the interview's keeper, and site staff: each once."""
    people = GuideMembership.objects.filter(guide=request.guide).values("person")
    keeper = request.source.interview.kept_by_id
    return Person.objects.filter(Q(pk__in=people) | Q(pk=keeper) | Q(is_staff=True), is_active=True)


def _owe(person: Person, kind: str, request: ChangeRequest, now: dt.datetime) -> None:
    ledger.plan(
        person, kind, Subject(SUBJECT_KIND, request.pk), due_at=now, useful_until=now + NEWS_FOR, now=now
    )


@transaction.atomic
def answer(request: ChangeRequest, words: str, *, by: Person, now: dt.datetime) -> None:
    """Answer once, and owe the person who asked the mail. Raises AlreadyAnswered."""
    is_open = ChangeRequest.objects.filter(pk=request.pk, state=ChangeRequest.State.OPEN)
    if not is_open.update(
        state=ChangeRequest.State.ANSWERED, answer=words.strip(), answered_by=by, answered_at=now
    ):
        raise AlreadyAnswered("Somebody has answered this already. Their answer stands; yours was not sent.")
    request.refresh_from_db()
    if request.asked_by:
        _owe(request.asked_by, ANSWERED, request, now)


def requests_for(person: Person, *, all_of_them: bool = False) -> QuerySet[ChangeRequest]:
    """What the person may answer: about guides that they work on and interviews that they keep. `all_of_them` for site
    staff who have shown their passkey."""
    requests = ChangeRequest.objects.select_related(
        "source__interview__film", "guide", "asked_by", "answered_by"
    ).defer("source__content", "source__visible_text", "source__source_map")
    if all_of_them:
        return requests
    guides = GuideMembership.objects.filter(person=person).values("guide")
    return requests.filter(Q(guide__in=guides) | Q(source__interview__kept_by=person))
