"""Whoever leads the room in `credits_roll.py`: reads acts as JSON, one a line, and says when each was done."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from discussions import changes, phone_page, planning, questions  # noqa: E402
from discussions.changes import changing  # noqa: E402
from discussions.joining import join, make_token  # noqa: E402
from discussions.live.events import encode  # noqa: E402
from discussions.models import Discussion, Vote  # noqa: E402
from discussions.room_acts import do  # noqa: E402
from interviews.publishing import publish  # noqa: E402
from screenings.models import Screen  # noqa: E402
from tests.factories import make_screening  # noqa: E402
from tests.interviews.zine import make_guide  # noqa: E402


def open_room(seats: int) -> dict[str, Any]:
    """A room with its lights up, at a showing in a house of so many seats, on a guide with quotes."""
    now = timezone.now()
    room = Discussion.objects.order_by("id").first()
    version = room.guide_version if room else None
    if version is None:
        showing = make_screening(
            (now - dt.timedelta(hours=2)).replace(tzinfo=None, second=0), now=now - dt.timedelta(hours=4)
        )
        version = publish(make_guide(showing.film), by=None, now=now)
        room = Discussion.objects.create(
            guide_version=version, title="After The Salt Road", screening=showing
        )
        planning.give_plan(room, 30)
    else:
        room = Discussion.objects.create(guide_version=version, title="After The Salt Road")
        planning.give_plan(room, 30)
    if room.screening:
        screen = Screen.objects.create(theater=room.screening.theater, name=uuid.uuid4().hex[:8], seats=seats)
        room.screening.screen = screen
        room.screening.save()
    step = next(step for step in room.steps.all() if step.kind == "prompt")
    Discussion.objects.filter(pk=room.pk).update(phase="lights_up", step=step.position)
    before = phone_page.render(room.code)
    push(room.code, "m" * 15)
    after = phone_page.render(room.code)
    assert before
    assert after
    return {
        "code": room.code,
        "guide": reverse("guide", args=[version.guide.code]),
        "event_bytes": len(encode(after, before).change.message["body"]),
    }


def push(code: str, words: str, quietly: bool = False) -> dict[str, Any]:
    """Change what every phone sees; `quietly`: without telling anybody."""
    bell, changes._ring = changes._ring, (lambda code: None) if quietly else changes._ring
    began = time.monotonic()
    try:
        with changing(_room(code)) as room:
            room.policy = f"Who decides what is asked: {words}"
    finally:
        changes._ring = bell
    return {"began": began}


def ring(code: str) -> dict[str, Any]:
    began = time.monotonic()
    changes._ring(code)
    return {"began": began}


def ask(code: str) -> dict[str, Any]:
    """A question to vote for, and an answer that becomes the next mark."""
    room, now = _room(code), timezone.now()
    host = join(room, make_token(code), now)
    asked = questions.ask(host, "Who drew the map?", key=uuid.uuid4(), now=now)
    return {"question": asked.pk, "answer": uuid.uuid4().hex[:12]}


def hide(code: str, question: int, answer: str) -> dict[str, Any]:
    """Hide the question; what phones get then carries the mark."""
    Discussion.objects.filter(code=code).update(policy=answer)
    began = time.monotonic()
    do(_room(code), "hide", {"kind": "question", "pk": question}, role="host", by="host", now=timezone.now())
    return {"began": began}


def count(code: str, question: int) -> dict[str, Any]:
    return {"votes": Vote.objects.filter(question=question).count()}


def count_connections() -> dict[str, Any]:
    """Connections of others to this database; on SQLite nobody can tell from here, and tests count them."""
    if connection.vendor != "postgresql":
        return {"count": -1}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {"count": cursor.fetchone()[0]}


def _room(code: str) -> Discussion:
    return Discussion.objects.get(code=code)


ACTS = {"open": open_room, "push": push, "ring": ring, "ask": ask, "hide": hide, "count": count,
        "connections": count_connections}  # fmt: skip

if __name__ == "__main__":
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps(ACTS[given.pop("act")](**given)), flush=True)
        connections.close_all()
