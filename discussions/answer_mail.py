"""The one mail to who asked something in a room and left an address: it was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from common.local_time import get_zone
from notices.delivery import Verdict, no_longer_true
from notices.kinds import Kind, SubjectKind
from notices.models import Notice
from screenings.team_mails import loader

from .filmmaker import ANSWER, QUESTION
from .models import FilmmakerAnswer, Question


def _answer_to(question: Question) -> FilmmakerAnswer | None:
    """The newest wording that the host let through, for the question or the one that it stands under."""
    let_through = FilmmakerAnswer.objects.filter(
        question=question.grouped_under_id or question.pk, approved_at__isnull=False
    )
    return let_through.select_related("link").order_by("-revision").first()


def check(notice: Notice, question: Question, now: dt.datetime) -> Verdict:
    if question.hidden_at is not None:
        return no_longer_true("The question was taken down.")
    return Verdict() if _answer_to(question) else no_longer_true("The answer was taken back.")


def context(notice: Notice, question: Question, now: dt.datetime) -> Mapping[str, object]:
    answer, room = _answer_to(question), question.discussion
    assert answer is not None  # `check` has just seen one; a wording that was let through is never changed.
    return {
        "asked": question.text,
        "answer": answer.text,
        "by": answer.link.name if answer.link else "",
        "film": room.guide_version.content["film"]["title"],
        "room": room.title,
        "guide_url": settings.BASE_URL + reverse("guide", args=[room.guide_version.guide.code]),
    }


def zone_of(question: Question) -> ZoneInfo | None:
    """The clock of the theater where it was asked; a class or a living room has none that we know."""
    showing = question.discussion.screening
    return get_zone(showing.zone) if showing else None


ANSWERED = Kind(
    ANSWER, "Answer to a question from a room", "emails/room_answer.html", context, check, zone=zone_of
)
ASKED = SubjectKind(
    QUESTION, loader(Question, "discussion__guide_version__guide", "discussion__screening"), name=str
)
