"""Mails about a request for a change: to those who can make it, and the answer to who asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings

from notices import kinds
from notices.delivery import Verdict, no_longer_true
from notices.kinds import Kind, SubjectKind
from notices.models import Notice
from screenings.team_mails import loader

from .change_requests import ANSWERED, ASKED, SUBJECT_KIND
from .models import ChangeRequest


def _facts(notice: Notice, request: ChangeRequest, now: dt.datetime) -> Mapping[str, object]:
    return {
        "name": request.name,
        "part": request.get_part_display(),
        "words": request.words,
        "answer": request.answer,
        "interview": str(request.source.interview),
        "guide": str(request.guide),
        "guide_url": f"{settings.BASE_URL}/g/{request.guide.code}/",
        "url": f"{settings.BASE_URL}/manage/requests/{request.pk}/",
    }


def _waits(notice: Notice, request: ChangeRequest, now: dt.datetime) -> Verdict:
    if request.state == ChangeRequest.State.OPEN:
        return Verdict()
    return no_longer_true("Somebody has answered it.")


def register() -> None:
    """Make these mails known to the ledger (called once, when the house opens)."""
    kinds.register(
        Kind(
            ASKED, "A change is asked for", "emails/change_asked.html", _facts, check=_waits, in_english=True
        ),
        Kind(
            ANSWERED,
            "Answer to a request for a change",
            "emails/change_answered.html",
            _facts,
            in_english=True,
        ),
    )
    kinds.register_subject(
        SubjectKind(SUBJECT_KIND, loader(ChangeRequest, "source__interview", "guide"), name=str)
    )
