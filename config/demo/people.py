"""The demo's people: site staff, two managers, an organizer, a proposal that waits, and those who come."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from django.core.management import call_command

from accounts.memberships import accept, invite
from accounts.models import Person
from screenings.models import Theater, TheaterRole
from screenings.proposals import propose

from . import content
from .places import city_of
from .programme import theater_named


@dataclass(frozen=True)
class Team:
    """Who works here. The manager and the organizer are of the theater that has a showing tonight."""

    staff: Person
    manager: Person
    organizer: Person


def person_of(name: str, email: str, now: dt.datetime) -> Person:
    """The person of this address, proved theirs; once."""
    standing = Person.objects.filter(email=email).first()
    return standing or Person.objects.create_user(email, name=name, confirmed_at=now)


def add_team(theater: Theater, now: dt.datetime) -> Team:
    """Staff, and the manager and the organizer of `theater`; a manager of another; a proposal for staff."""
    facts = content.read("people")
    other = facts["other_manager"]
    team = Team(*(person_of(facts[role]["name"], facts[role]["email"], now) for role in ROLES))
    call_command("appoint_staff", team.staff.email, stdout=io.StringIO())
    join(theater, team.manager, TheaterRole.MANAGER, by=team.staff, now=now)
    join(theater, team.organizer, TheaterRole.ORGANIZER, by=team.manager, now=now)
    keeper = person_of(other["name"], other["email"], now)
    join(theater_named(other["theater"]), keeper, TheaterRole.MANAGER, by=team.staff, now=now)
    _propose(facts["proposal"], now)
    return team


ROLES = ("staff", "manager", "organizer")


def join(theater: Theater, person: Person, role: TheaterRole, *, by: Person, now: dt.datetime) -> None:
    """Invite a person to a theater, and have them accept; once."""
    if theater.memberships.filter(person=person).exists():
        return
    invitation, _ = invite(theater, person.email, role, by=by, now=now)
    accept(theater, invitation, person, now=now)


def _propose(facts: dict[str, str], now: dt.datetime) -> None:
    facts = dict(facts)
    by = person_of("", facts.pop("by"), now)
    propose(facts.pop("name"), city_of(int(facts.pop("city"))), by=by, **facts)


def attendees(now: dt.datetime) -> list[Person]:
    """The invented people who come, each with an address."""
    names = content.read("people")["attendees"]["names"]
    return [person_of(name, f"{name.lower().replace(' ', '.')}@post.example", now) for name in names]
