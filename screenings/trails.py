"""What the audit trail of a theater tells: its facts, its bookings, its showings, its people, its systems' tokens."""

from __future__ import annotations

from accounts.trail import Entry, read_trail

from .models import Engagement, Screening, Theater, TheaterMembership, TheaterToken


def trail_of(theater: Theater) -> list[Entry]:
    """The newest hundred acts on a theater: its facts, its bookings, its showings, its people."""
    films = dict(theater.engagements.values_list("pk", "film__title"))
    people = {m.person_id: str(m.person) for m in theater.memberships.select_related("person")}
    return read_trail(
        [
            (Theater.history.filter(id=theater.pk), lambda row: str(row.name)),
            (
                Engagement.history.filter(theater_id=theater.pk),
                lambda row: f"{films.get(row.id, 'a film')}, opening {row.opens_on:%-d %b %Y}",
            ),
            (
                Screening.history.filter(engagement_id__in=films),
                lambda row: f"{films[row.engagement_id]}, {row.wall_time.replace('T', ' ')}",
            ),
            (
                TheaterMembership.history.filter(theater_id=theater.pk),
                lambda row: (
                    f"{people.get(row.person_id, 'a former member')} as {row.get_role_display().lower()}"
                ),
            ),
            (
                TheaterToken.history.filter(theater_id=theater.pk),
                lambda row: f"the token “{row.name}” of a system",
            ),
        ]
    )
