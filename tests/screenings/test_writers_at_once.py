"""Fifty writers at once, real threads on a real database: each set is whole, and nothing is there twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from screenings.models import KeptAnswer, OwnId, Publication, Screening
from tests.factories import make_film, make_theater
from tests.screenings.box_office import System

WRITERS = 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def system(settings: Any) -> System:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    make_film()
    return System(make_theater())


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What fifty threads are answered that begin together, each on a connection of its own."""
    start = threading.Barrier(WRITERS, timeout=60)

    def run(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as threads:
        return list(threads.map(run, range(WRITERS)))


def patiently(ask: Callable[[], Any]) -> Any:
    """As a good client does: who is told that too much is going on asks again (SQLite lets one write at a time)."""
    for _ in range(5):
        answer = ask()
        if answer.status_code != 503:
            break
        assert answer["Retry-After"]
    return answer


def rows(hour: int) -> list[dict[str, Any]]:
    """Three showings a year from now, at this hour."""
    day = dt.date.today() + dt.timedelta(days=300)
    return [
        {"id": f"A-{n}", "title": "The Salt Road", "starts_at": f"{day}T{hour:02}:{20 * n:02}"}
        for n in range(3)
    ]


def nights() -> tuple[str, str]:
    day = dt.date.today() + dt.timedelta(days=300)
    return day.isoformat(), day.isoformat()


def test_one_request_sent_fifty_times_is_done_once(system: System) -> None:
    answers = at_once(
        lambda n: patiently(lambda: system.put(*rows(19), nights=nights(), Idempotency_Key='"one"'))
    )
    assert Counter(answer.status_code for answer in answers) == {200: WRITERS}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == WRITERS - 1
    assert (Screening.objects.count(), OwnId.objects.count()) == (3, 3)
    assert (Publication.objects.count(), KeptAnswer.objects.count()) == (1, 1)


def test_fifty_different_sets_come_one_after_the_other_and_the_last_stands_whole(system: System) -> None:
    answers = at_once(lambda n: patiently(lambda: system.put(*rows(10 + n % 12), nights=nights())))
    assert Counter(answer.status_code for answer in answers) == {200: WRITERS}
    live = Screening.objects.scheduled().order_by("starts_at")
    hours = {screening.wall_time[11:13] for screening in live}
    assert (live.count(), len(hours), OwnId.objects.count()) == (3, 1, 3)
    assert Screening.objects.count() == 3


def test_of_fifty_who_saw_the_same_one_writes_and_the_others_are_told(system: System) -> None:
    seen = system.ask("GET", system.nights(*nights()))["ETag"]
    answers = at_once(
        lambda n: patiently(lambda: system.put(*rows(10 + n % 12), nights=nights(), If_Match=seen))
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: WRITERS - 1}
    assert Screening.objects.count() == 3
