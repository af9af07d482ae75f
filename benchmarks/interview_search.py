"""Search over a film's interviews: 200 of them in ≤ 100 ms, on the database that DATABASE_URL names.

`python benchmarks/interview_search.py` builds 200 invented interviews (30 turns each) in a database of its own, asks
several queries, and prints the median and the worst beside a yardstick of the same run: `icontains` over every text.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

INTERVIEWS, PAIRS, ROUNDS = 200, 15, 7
PROMISE_MS = 100
QUERIES = (
    "surveillance",
    "carried salt over the pass",
    "what people fear",
    "freedom",
    "the road and the goat",
    "zzzz",
)
_COMMON = re.findall(
    r"\w+",
    "the and that of to a in is it was for on with as they he she but what this over about who have",
)
_TOLD = re.findall(
    r"\w+",
    "people road salt film carried pass goat winter mother kitchen camera fear never looked walked families stone "
    "work after before again something nobody everybody tired letter bridge cairn",
)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _measure(connection.vendor)
    finally:
        teardown_databases(databases, verbosity=0)


def _measure(vendor: str) -> None:
    from interviews.models import Posting, Source
    from interviews.search import search

    film = _build()
    print(
        f"{vendor}: {INTERVIEWS} interviews, {2 * PAIRS * INTERVIEWS} turns, {Posting.objects.count()} postings"
    )
    for query in QUERIES:
        ours = _milliseconds(lambda query=query: search(film, query))
        sources = Source.objects.filter(interview__film=film, visible_text__icontains=query.split()[0])
        yardstick = _milliseconds(lambda sources=sources: list(sources.values_list("pk", flat=True)))
        kept = "" if statistics.median(ours) <= PROMISE_MS else f"  ABOVE {PROMISE_MS} ms"
        print(
            f"  {query:30} {statistics.median(ours):7.1f} ms median, {max(ours):7.1f} worst; "
            f"icontains {statistics.median(yardstick):6.1f} ms{kept}"
        )


def _milliseconds(act: Callable[[], object]) -> list[float]:
    act()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _build():  # type: ignore[no-untyped-def]
    """A film with 200 interviews of a vocabulary as uneven as people's, kept through the real act."""
    from django.db import transaction
    from django.utils import timezone

    from interviews.archive import import_interview
    from screenings.films import create_film

    chance = random.Random(7)
    rare = _TOLD + [
        f"{first}{last}" for first in ("sur", "fre", "mon", "kal", "ver", "tor") for last in _TOLD
    ]
    film = create_film("The Salt Road", director="Mara Lindqvist", year=2026, running_minutes=91)
    with transaction.atomic():
        for number in range(INTERVIEWS):
            import_interview(
                _interview(number, chance, rare).encode(),
                film=film,
                publication=f"Paper {number % 20}",
                right="own",
                right_note="Invented.",
                retrieved_at=timezone.now(),
                filename=f"{number}.txt",
            )
    return film


def _interview(number: int, chance: random.Random, rare: list[str]) -> str:
    lines = [f"Interview number {number}", ""]
    for turn in range(PAIRS):
        lines += [f"PAPER: How did {chance.choice(rare)} come about, and what of number {turn}?", ""]
        lines += [f"Mara Lindqvist: {_words(chance, rare)}", ""]
    return "\n".join(lines)


def _words(chance: random.Random, rare: list[str]) -> str:
    """Half of what is said are the words of any talk; the others come up the less the further back they stand (Zipf)."""
    count = chance.randint(30, 140)
    told = chance.choices(rare, [1 / (place + 3) for place in range(len(rare))], k=count // 2)
    said = [word for one in told for word in (chance.choice(_COMMON), one)]
    if chance.random() < 0.1:
        said.append("surveillance")
    if chance.random() < 0.1:
        said.append("freedom")
    return " ".join(said).capitalize() + "."


if __name__ == "__main__":
    main()
