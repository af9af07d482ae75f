"""How right and how fast the pasted week is read.

Right: the corpus of showtimes beside the checkout, scored by its own scorer. Fast: a week of some 200
showings, beside the yardstick of cutting the same text into words with one regular expression.
Run: `python benchmarks/showtimes_reading.py`.
"""

import importlib.util
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
CORPUS = CHECKOUT.parent / "shared" / "corpus" / "showtimes"
PROMISED_MS = 50
RUNS = 15

sys.path.insert(0, str(CHECKOUT))

from screenings import week_text  # noqa: E402


def scorer() -> ModuleType:
    """The corpus's own score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def read_case(case: dict[str, Any]) -> dict[str, Any]:
    """One corpus case as the scorer wants it."""
    reading = week_text.read(
        case["text"],
        zone=case["theater_timezone"],
        locale=case["locale"],
        week_starting=date.fromisoformat(case["week_starting"]),
        films=[week_text.KnownFilm(f["title"], f["runtime_minutes"]) for f in case["films"]],
    )
    showings = [
        {"film": s.film, "starts_local": s.starts_local.isoformat(), "tags": sorted(s.tags)}
        for s in reading.showings
    ]
    return {"showings": showings, "flagged": [doubt.text for doubt in reading.doubts]}


def a_week() -> tuple[str, list[week_text.KnownFilm]]:
    """A made-up week of ten films and some 200 showings, as a multiplex writes it."""
    titles = [
        f"The {word} Hour"
        for word in [
            "Blue",
            "Quiet",
            "Last",
            "Golden",
            "Hidden",
            "Second",
            "Long",
            "Winter",
            "Paper",
            "Silent",
        ]
    ]
    lines = []
    for n, title in enumerate(titles):
        if n < 6:
            lines += [
                f"{title.upper()} (PG-13) {90 + n} min",
                f"Fri-Sun 1:{n}5 4:{n}5 7:{n}5 9:{n}5",
                f"Mon-Thu 4:{n}5 7:{n}5 (OC Tue)",
                "",
            ]
        else:
            lines += [f"{title}: Daily 2:10, 5:20, 7:40; Fri & Sat also 9:50", ""]
    return "\n".join(lines), [week_text.KnownFilm(title) for title in titles]


def milliseconds(act: Callable[[], object]) -> float:
    """The median time of RUNS runs."""
    times = []
    for _ in range(RUNS):
        before = time.perf_counter()
        act()
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)


def speed() -> None:
    """Prints the time of a week beside the yardstick."""
    text, films = a_week()
    where: dict[str, Any] = {
        "zone": "America/New_York",
        "locale": "en-US",
        "week_starting": date(2012, 8, 3),
        "films": films,
    }
    count = len(week_text.read(text, **where).showings)
    reading = milliseconds(lambda: week_text.read(text, **where))
    yardstick = milliseconds(lambda: re.findall(r"\w+|\S", text))
    print(
        f"a week of {count} showings, {len(text)} characters: {reading:.1f} ms (promised: {PROMISED_MS} ms)"
    )
    print(f"yardstick, the same text cut into words: {yardstick:.2f} ms; ratio {reading / yardstick:.0f}")
    largest = ("THE BLUE HOUR Fri-Sun 1:15 4:15 7:15\n" * 6000)[: week_text.MAX_CHARACTERS]
    print(
        f"the largest text that is read, {len(largest):,} characters: {milliseconds_once(lambda: week_text.read(largest, **where)):.0f} ms"
    )


def milliseconds_once(act: Callable[[], object]) -> float:
    """The time of one run."""
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def corpus() -> None:
    """Prints the scorer's table over the corpus, where it is present."""
    if not (CORPUS / "dev.json").exists():
        print("The corpus of showtimes is not beside this checkout: nothing to score.")
        return
    cases = json.loads((CORPUS / "dev.json").read_text(encoding="utf-8"))
    scorer().report(cases, {case["id"]: read_case(case) for case in cases}, errors=5)


if __name__ == "__main__":
    corpus()
    speed()
