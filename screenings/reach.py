"""What is near enough: 50 km as the crow flies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

from .gazetteer import KM_PER_DEGREE, kilometres_between

REACH_KM = 50.0


class Placed(Protocol):
    """Whatever has a position in degrees (WGS 84)."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A position and nothing else."""

    latitude: float
    longitude: float


def is_within_reach(here: Placed, there: Placed, reach_km: float = REACH_KM) -> bool:
    """Whether two positions are at most so far apart, as the crow flies."""
    apart = kilometres_between(here.latitude, here.longitude, there.latitude, there.longitude)
    return apart <= reach_km


def box_around(here: Placed, city: str = "", reach_km: float = REACH_KM) -> Q:
    """A condition on cities (`city` is the path to them, as in `city__`) that holds for all within reach of `here` and
    for few others: what it finds is measured after. Near the poles and the date line it does not look at longitude."""
    degrees = reach_km / KM_PER_DEGREE
    near = Q(**{f"{city}latitude__range": (here.latitude - degrees, here.latitude + degrees)})
    widest = abs(here.latitude) + degrees
    if widest >= 89:
        return near
    wide = degrees / math.cos(math.radians(widest))
    west, east = here.longitude - wide, here.longitude + wide
    if west < -180 or east > 180:
        return near
    return near & Q(**{f"{city}longitude__range": (west, east)})
