"""What interviews do when somebody is erased: a change that they asked for stays with the editors, without the name."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person

from .models import ChangeRequest, GuideMembership

NO_NAME = "somebody"


def unname_requests(person: Person, now: dt.datetime) -> None:
    ChangeRequest.objects.filter(asked_by=person).update(name=NO_NAME, asked_by=None)


def teams(person: Person) -> list[str]:
    titles = GuideMembership.objects.filter(person=person).values_list("guide__title", flat=True)
    return [f"You work on the guide “{title}”." for title in titles]
