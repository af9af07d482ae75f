"""What a page says of a theater itself: how to reach it, and its access. Silence is not a no."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from ..models import Stated, Theater
from ..spoken_times import say_moment
from .places import say_country

# Where the postal code follows the city; elsewhere it stands before it (Universal Postal Union's S42).
CODE_AFTER_CITY = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ"})
ACCESS_COLUMNS = {
    "step_free": "Step-free access",
    "hearing_loop": "Hearing loop",
    "caption_devices": "Caption devices",
}


@dataclass(frozen=True, slots=True)
class AccessFact:
    name: str
    words: str
    stated: bool


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """How a theater is reached. `map_url` opens a map only when it is followed; `phone_url` dials."""

    address: str
    phone: str
    phone_url: str
    map_url: str
    access: tuple[AccessFact, ...]

    @property
    def states_access(self) -> bool:
        return any(fact.stated for fact in self.access)


def access_facts(theater: Theater) -> tuple[AccessFact, ...]:
    """Yes, no or not stated, of each thing that a theater may state."""
    stated = {column: Stated(getattr(theater, column)) for column in ACCESS_COLUMNS}
    return tuple(
        AccessFact(name, stated[column].label, stated[column] != Stated.NOT_STATED)
        for column, name in ACCESS_COLUMNS.items()
    )


def phone_link(phone: str) -> str:
    """The `tel:` address of a number as printed (RFC 3966): digits and a leading +; `""` where there are none."""
    digits = "".join(character for character in phone if character.isdigit())
    plus = "+" if phone.strip().startswith("+") else ""
    return f"tel:{plus}{digits}" if digits else ""


def say_address(theater: Theater) -> str:
    """Street and city as an envelope has them, without the country: the reader is mostly in it."""
    city, code = theater.city, theater.postal_code
    if city.country == "US":
        town = f"{city.name}, {city.region} {code}"
    else:
        town = f"{city.name} {code}" if city.country in CODE_AFTER_CITY else f"{code} {city.name}"
    return ", ".join(filter(None, [theater.address, town.strip()]))


def map_link(theater: Theater) -> str:
    """A search of the theater's address on OpenStreetMap; by its name where no address is known."""
    name = "" if theater.address else theater.name
    query = ", ".join(filter(None, [name, say_address(theater), say_country(theater.city.country)]))
    return "https://www.openstreetmap.org/search?" + urlencode({"query": query})


def say_confirmed(theater: Theater, at: dt.datetime | None, here: dt.datetime) -> str:
    """When the theater confirmed its times, on its own clock (`Mon 3:12 pm`); `""` for never."""
    return say_moment(at.astimezone(theater.tzinfo), here, theater.locale) if at else ""


def venue_facts(theater: Theater) -> VenueFacts:
    """The facts of a theater read with its city."""
    return VenueFacts(
        address=say_address(theater),
        phone=theater.phone,
        phone_url=phone_link(theater.phone),
        map_url=map_link(theater),
        access=access_facts(theater),
    )
