"""A small world with something of everyone's in it, for the route × role table. It plants things that could leak."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts import memberships
from accounts.models import Person, SignInAttempt
from accounts.sign_in import hash_browser_key
from discussions.room_keys import make_key
from discussions.rooms import open_room
from interviews import change_requests, guides, publishing
from interviews.models import Excerpt, Guide, GuideMembership, Interview
from screenings import proposals
from screenings.box_office.tokens import make_theater_token
from screenings.models import (
    Film,
    FilmMembership,
    Screening,
    Theater,
    TheaterMembership,
    WeekDraft,
)
from screenings.showings import cancel
from tests.cast import make_person
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater
from tests.interviews.zine import keep, quote

ROLES = (
    "anonymous",
    "attendee",
    "other_manager",
    "staff",
    "manager",
    "organizer",
    "keeper",
    "other_editor",
    "editor",
    "other_team",
    "team",
    "site_staff",
)
# Words that stand in rows which only some may read. No answer to anybody else may hold them.
PLANTED = {
    "planted-week-draft": {"staff", "manager"},
    "planted-invitee@lantern.example": {"staff", "manager", "organizer"},
    "planted-proposal-note": {"site_staff"},
    "planted-token": {"staff", "manager"},
    "planted-guide-draft": {"editor"},
    "planted-editors-note": {"keeper", "editor", "team"},
    "planted-request": {"keeper", "editor", "site_staff"},
    # The label of a showing that is a draft, and why another that was taken back had been cancelled.
    "70mm": {"staff", "manager", "organizer"},
    "planted-trail-reason": {"staff", "manager", "organizer"},
    # A room of the organizer's, at a showing of the manager's theater.
    "planted-room-at-theater": {"organizer", "manager"},
}


@dataclass
class World:
    """The rows that routes are asked for, and a signed-in client for each role."""

    theater: Theater
    film: Film
    guide: Guide
    screening: Screening
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of this role; site staff have shown a passkey in its session."""
        client = Client()
        person = self.people.get(role)
        if person:
            client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
        if role == "site_staff":
            _show_passkey(client, person)
        return client


def _show_passkey(client: Client, person: Person | None) -> None:
    assert person
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "passwordless": True, "at": timezone.now().timestamp()}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def build_world() -> World:
    """One theater, one film, one guide with their people; others of each; what could leak, planted."""
    now = timezone.now()
    theater, other_theater = make_theater(), make_theater("The Rialto", "Chicago")
    film, other_film = make_film(), make_film("Night Ferry")
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0, tzinfo=None)
    screening = make_screening(tomorrow, now=now, engagement=make_engagement(film, theater, tomorrow.date()))
    people = {role: make_person(f"{role}@cast.example", name=role) for role in ROLES[2:]}
    people["site_staff"].is_staff = people["site_staff"].is_superuser = True
    people["site_staff"].save()
    for role in ("staff", "manager", "organizer"):
        TheaterMembership.objects.create(theater=theater, person=people[role], role=role)
    TheaterMembership.objects.create(
        theater=theater, person=make_person("second@lantern.example"), role="manager"
    )
    TheaterMembership.objects.create(theater=other_theater, person=people["other_manager"], role="manager")
    FilmMembership.objects.create(film=film, person=people["team"])
    FilmMembership.objects.create(film=film, person=make_person("second@salt.example"))
    FilmMembership.objects.create(film=other_film, person=people["other_team"])
    guide = guides.start_guide(film, "After The Salt Road", people["editor"])
    GuideMembership.objects.create(guide=guide, person=make_person("second@zine.example"), role="owner")
    guides.start_guide(other_film, "After Night Ferry", people["other_editor"])
    guides.add_text(guides.add_section(guide, "welcome"), "Welcome to the evening.")
    quoted = _quote(film, people["keeper"])
    guides.add_excerpt(guides.add_section(guide, "filmmaker"), quoted)
    publishing.publish(guide, by=people["editor"], now=now)
    guides.add_text(guides.add_section(guide, "background"), "planted-guide-draft")
    world = World(theater, film, guide, screening, people)
    _plant(world, now)
    _plant_request(world, quoted, now)
    return world


def _quote(film: Film, keeper: Person) -> Excerpt:
    """An excerpt of an interview that somebody keeps."""
    source = keep(film)
    Interview.objects.filter(pk=source.interview_id).update(kept_by=keeper)
    return quote(source, "My grandmother drew it for me")


def _plant_request(world: World, quoted: Excerpt, now: dt.datetime) -> None:
    request = change_requests.ask_for_change(
        world.guide,
        quoted.source,
        email="wanda@tide.example",
        name="Wanda",
        part="writer",
        words="planted-request",
        key=uuid.uuid4(),
        now=now,
    )
    Excerpt.objects.filter(pk=quoted.pk).update(note="planted-editors-note")
    world.facts |= {
        "interview": quoted.source.interview_id,
        "excerpt": quoted.uuid,
        "quoted_sha256": quoted.source.sha256,
        "request": request.pk,
    }


def _plant(world: World, now: dt.datetime) -> None:
    manager = world.people["manager"]
    later = (now + dt.timedelta(days=2)).replace(hour=11, minute=0, second=0, microsecond=0, tzinfo=None)
    draft = make_screening(later, now=now, engagement=world.screening.engagement, labels=["70mm"])
    taken_back = make_screening(later + dt.timedelta(days=1), now=now, engagement=world.screening.engagement)
    cancel(taken_back, reason="planted-trail-reason", now=now)
    Screening.objects.filter(pk__in=[draft.pk, taken_back.pk]).update(status=Screening.Status.DRAFT)
    WeekDraft.objects.create(theater=world.theater, week_starting=now.date(), text="planted-week-draft")
    invitation, _ = memberships.invite(
        world.theater, "planted-invitee@lantern.example", "staff", by=manager, now=now
    )
    proposal, _ = proposals.propose(
        "The Orpheum",
        make_city("Galway"),
        by=make_person("paul@orpheum.example"),
        note="planted-proposal-note",
    )
    attempt = SignInAttempt.objects.create(
        person=make_person("paul@orpheum.example"),
        created_at=now,
        expires_at=now + SignInAttempt.LIFETIME,
        browser_hash=hash_browser_key("another browser"),
    )
    film_invitation, _ = memberships.invite(
        world.film, "fay@salt.example", "team", by=world.people["team"], now=now
    )
    guide_invitation, _ = memberships.invite(
        world.guide, "gil@zine.example", "editor", by=world.people["editor"], now=now
    )
    room = open_room(
        world.guide.versions.get(),
        title="After The Salt Road",
        screening=None,
        host=world.people["organizer"],
        now=now,
    )
    at_theater = open_room(
        world.guide.versions.get(),
        title="planted-room-at-theater",
        screening=world.screening,
        host=world.people["organizer"],
        now=now,
    )
    token, _ = make_theater_token(world.theater, "planted-token", ["read"], by=manager)
    world.facts = {
        "theater_invitation": invitation.pk,
        "film_invitation": film_invitation.pk,
        "guide_invitation": guide_invitation.pk,
        "proposal": proposal.pk,
        "attempt": attempt.uuid,
        "room": room.code,
        "room_at_theater": at_theater.code,
        "host_key": make_key(room, "host", "", now=now)[1],
        "scribe_key": make_key(room, "scribe", "", now=now)[1],
        "token": token.pk,
    }
