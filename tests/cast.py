"""The cast: the people of every test (DESIGN, habits). Their addresses are of a domain that cannot exist."""

from __future__ import annotations

from accounts.models import Person

MANAGER = "marta@lantern.example"
OTHER_MANAGER = "otto@rialto.example"
ORGANIZER = "olu@library.example"
EDITOR = "edda@zine.example"
ATTENDEE = "ana@home.example"
STRANGER = "sam@elsewhere.example"


def make_person(email: str = ATTENDEE, **facts: object) -> Person:
    """The person of this address, once."""
    person = Person.objects.filter(email=email).first()
    return person or Person.objects.create_user(email, **facts)
