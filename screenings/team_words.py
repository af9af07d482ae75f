"""What each role may do, as we say it to the person who is asked."""

from __future__ import annotations

THEATER_ROLES = {
    "manager": "list and publish showtimes, change what the theater says of itself, and choose its people",
    "staff": "list showtimes and prepare the week; a manager publishes it",
    "organizer": "open rooms for discussions at this theater’s screenings",
}
FILM_ROLES = {
    "team": "keep the film’s page and its roll-out, its guides, and answer the questions sent to it"
}
