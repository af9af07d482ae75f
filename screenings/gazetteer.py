"""The gazetteer: the world's cities from a file of our own, found by the first letters or by position.

The file is made from GeoNames (CC BY 4.0) by `make cities`, and loaded by `manage.py load_cities`.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from django.utils.text import slugify

from common.slugs import fold

from .models import City

FILE = Path(__file__).parent / "data" / "cities.tsv.gz"
HEADER = """\
# Cities of 10,000 people and more. From GeoNames (www.geonames.org), licensed CC BY 4.0
# (creativecommons.org/licenses/by/4.0); columns chosen and names folded for Houselights.
# geoname_id, name, folded_name, country (ISO 3166-1), region (GeoNames admin1; postal code in the US),
# latitude, longitude (WGS 84 degrees), IANA zone, population
"""
# Latin letters that Unicode does not decompose, as people type them without their keyboard.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ə": "e"}
    | dict.fromkeys("‘ʻ`", "")
)
EARTH_RADIUS_KM = 6371.0
COUNTRIES = Locale("en").territories
KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180
# Half the width, in degrees of latitude, of the bands in which `nearest` looks before it looks further.
BANDS = (1.0, 8.0, 180.0)


class Place(NamedTuple):
    """One line of the file."""

    geoname_id: int
    name: str
    folded_name: str
    country: str
    region: str
    latitude: float
    longitude: float
    zone: str
    population: int


@dataclass(frozen=True)
class Nearby:
    """A city and how far it is, in kilometres as the crow flies."""

    city: City
    kilometres: float


def fold_place(name: str) -> str:
    """A city's name as it is compared: `Łódź` and `lodz` are the same, `Saint John’s` is `saint johns`."""
    return fold(name.casefold().translate(PLAIN_LETTERS))


def write_places(places: Iterable[Place], path: Path = FILE) -> None:
    """Write the gazetteer's file: gzip, tab-separated, UTF-8; the same places give the same bytes."""
    lines = ["\t".join(str(value) for value in place) for place in places]
    path.write_bytes(gzip.compress((HEADER + "\n".join(lines) + "\n").encode(), mtime=0))


def read_places(path: Path = FILE) -> Iterator[Place]:
    """The places of the gazetteer's file, one by one."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from (_read_line(line) for line in file if not line.startswith("#"))


def _read_line(line: str) -> Place:
    number, name, folded, country, region, latitude, longitude, zone, population = line.rstrip("\n").split(
        "\t"
    )
    return Place(
        int(number), name, folded, country, region, float(latitude), float(longitude), zone, int(population)
    )


def slugs_for(places: Iterable[Place], taken: Iterable[str] = ()) -> dict[int, str]:
    """A slug for each place by its GeoNames number, none twice and none of `taken`.

    The most populous of a name is called by the name alone: `atlanta`. The others say where they are:
    `springfield-il`, `london-canada`, `london-canada-08`; at the last, their number.
    """
    used = set(taken)
    slugs: dict[int, str] = {}
    for place in sorted(places, key=lambda place: (-place.population, place.geoname_id)):
        slug = next(slug for slug in _possible_slugs(place) if slug not in used)
        used.add(slug)
        slugs[place.geoname_id] = slug
    return slugs


def _possible_slugs(place: Place) -> Iterator[str]:
    name = slugify(place.folded_name) or "city"
    country = slugify(COUNTRIES.get(place.country, place.country))
    region = place.region.lower()
    yield name
    if place.country == "US":
        yield f"{name}-{region}"
    yield f"{name}-{country}"
    yield f"{name}-{country}-{region}"
    yield f"{name}-{place.geoname_id}"


def load(places: Iterable[Place]) -> int:
    """Put `places` into the database and give how many; safe to repeat.

    A city that stands already takes the new facts and keeps its slug: its address does not move.
    """
    places = list(places)
    known = dict(City.objects.values_list("geoname_id", "slug"))
    slugs = slugs_for((place for place in places if place.geoname_id not in known), known.values()) | known
    City.objects.bulk_create(
        [City(slug=slugs[place.geoname_id], **place._asdict()) for place in places],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["geoname_id"],
        update_fields=[field for field in Place._fields if field != "geoname_id"],
    )
    return len(places)


def find_cities(prefix: str, limit: int = 8) -> list[City]:
    """Cities whose name begins with `prefix`, accents and case aside, the most populous first."""
    folded = fold_place(prefix)
    if not folded:
        return []
    return list(City.objects.filter(folded_name__startswith=folded).order_by("-population", "id")[:limit])


def nearest(latitude: float, longitude: float) -> Nearby | None:
    """The city nearest to a position in degrees (WGS 84); None where the gazetteer is empty."""
    for reach in BANDS:
        band = City.objects.filter(latitude__range=(latitude - reach, latitude + reach))
        distances = {
            pk: kilometres_between(latitude, longitude, *position)
            for pk, *position in band.values_list("pk", "latitude", "longitude")
        }
        # Whatever is outside the band is at least `reach` degrees of latitude away.
        if distances and (least := min(distances.values())) <= reach * KM_PER_DEGREE:
            pk = min(distances, key=distances.__getitem__)
            return Nearby(City.objects.get(pk=pk), least)
    return None


def kilometres_between(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """The great-circle distance of two positions in degrees (haversine formula, spherical Earth)."""
    phi, phi2 = math.radians(latitude), math.radians(latitude2)
    half_chord = (
        math.sin((phi2 - phi) / 2) ** 2
        + math.cos(phi) * math.cos(phi2) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half_chord)))
