"""A home for each: after signing in, everybody finds their own work on one page.

Each app registers what it can show; a person with several kinds of work has all of them there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .models import Person


@dataclass(frozen=True)
class Line:
    """One thing on the desk: a title that leads to it, and what is to say of it today."""

    title: str
    url: str
    note: str = ""
    act: str = ""
    act_url: str = ""


@dataclass(frozen=True)
class Section:
    """One kind of work. `start` is what a person without any may do, in words, with its address."""

    title: str
    lines: list[Line] = field(default_factory=list)
    start: str = ""
    start_url: str = ""


Filler = Callable[[Person], Section | None]
_fillers: list[tuple[int, Filler]] = []


def register(filler: Filler, order: int) -> None:
    """Have `filler` put a section on every desk (or none, by giving None), at place `order`. Once is enough."""
    if all(known is not filler for _, known in _fillers):
        _fillers.append((order, filler))


def lay(person: Person) -> list[Section]:
    """The sections of the person's desk, those with work in them first."""
    sections = [s for _, filler in sorted(_fillers, key=lambda f: f[0]) if (s := filler(person))]
    return sorted(sections, key=lambda section: not section.lines)
