"""What accounts keep about a person: the person, their passkeys, where they are signed in, codes of a day."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from .kept import Record, Section
from .models import Person


def tell_account(person: Person) -> Section:
    record: Record = {
        "Address": person.email,
        "Name": person.name,
        "Language": person.language,
        "Known since": person.created_at,
        "Address confirmed": person.confirmed_at,
        "Site staff": person.is_staff,
    }
    return Section("account", "Your account", "To know you and to write to you.", [record])


def tell_passkeys(person: Person) -> Section:
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("id")
    records: list[Record] = [
        {"Passkey": str(key), "Added": key.created_at, "Used last": key.last_used_at} for key in keys
    ]
    why = "The public halves of your passkeys, until you remove them. Nobody can sign in with those."
    return Section("passkeys", "Passkeys", why, records)


def tell_sessions(person: Person) -> Section:
    sessions = UserSession.objects.filter(user=person).order_by("-last_seen_at")
    records: list[Record] = [
        {"Device": s.user_agent, "Signed in": s.created_at, "Seen last": s.last_seen_at} for s in sessions
    ]
    why = "So that you can see where you are signed in, and end it. No network addresses."
    return Section("sessions", "Where you are signed in", why, records)


def tell_codes(person: Person) -> Section:
    records: list[Record] = [
        {"Asked for": attempt.created_at, "Used": attempt.consumed_at, "Guesses": attempt.guesses}
        for attempt in person.sign_in_attempts.all()
    ]
    why = (
        "When codes were asked for, for about a day, so that nobody can flood you with them. Never the codes."
    )
    return Section("sign_in_codes", "Sign-in codes", why, records)
