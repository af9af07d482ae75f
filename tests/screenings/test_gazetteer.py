"""The gazetteer: every city once, under an address that a person can read, found as people type."""

from __future__ import annotations

from itertools import islice
from zoneinfo import available_timezones

import pytest

from screenings import gazetteer
from screenings.gazetteer import Place, find_cities, fold_place, nearest, slugs_for
from screenings.models import City


def place(
    number: int, name: str, country: str, region: str, population: int, at: tuple[float, float]
) -> Place:
    return Place(number, name, fold_place(name), country, region, *at, "UTC", population)


SPRINGFIELD_MO = place(1, "Springfield", "US", "MO", 170_188, (37.2, -93.3))
SPRINGFIELD_IL = place(2, "Springfield", "US", "IL", 114_394, (39.8, -89.6))
LODZ = place(3, "Łódź", "PL", "74", 639_890, (51.77, 19.47))
LONDON = place(4, "London", "GB", "ENG", 8_961_989, (51.51, -0.13))
LONDON_ON = place(5, "London", "CA", "08", 422_324, (42.98, -81.25))
SUVA = place(6, "Suva", "FJ", "C", 93_970, (-18.14, 178.44))
APIA = place(7, "Apia", "WS", "TU", 37_708, (-13.83, -171.77))
PLACES = [SPRINGFIELD_IL, SPRINGFIELD_MO, LODZ, LONDON_ON, LONDON, SUVA, APIA]


def names(cities: list[City]) -> list[str]:
    return [city.slug for city in cities]


class TestTheFile:
    def test_holds_each_city_once_with_a_zone_that_exists_and_a_position_on_earth(self) -> None:
        places = list(gazetteer.read_places())
        assert len(places) > 40_000
        assert len({place.geoname_id for place in places}) == len(places)
        assert {place.zone for place in places} <= available_timezones()
        assert all(-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180 for place in places)

    def test_names_are_folded_as_a_search_is(self) -> None:
        assert all(place.folded_name == fold_place(place.name) for place in gazetteer.read_places())

    def test_credits_geonames_and_its_licence_and_stays_small(self) -> None:
        assert "GeoNames" in gazetteer.HEADER
        assert "CC BY 4.0" in gazetteer.HEADER
        assert gazetteer.FILE.stat().st_size < 1_250_000

    def test_is_the_same_bytes_for_the_same_places(self, tmp_path) -> None:
        first, again = tmp_path / "first.gz", tmp_path / "again.gz"
        gazetteer.write_places(PLACES, first)
        gazetteer.write_places(gazetteer.read_places(first), again)
        assert list(gazetteer.read_places(again)) == PLACES
        assert first.read_bytes() == again.read_bytes()

    def test_gives_every_city_an_address_of_its_own(self) -> None:
        slugs = slugs_for(gazetteer.read_places())
        assert len(set(slugs.values())) == len(slugs)
        assert slugs[4180439] == "atlanta"
        assert slugs[4887398] == "chicago"


class TestAddresses:
    def test_the_most_populous_is_called_by_its_name_alone(self) -> None:
        slugs = slugs_for(PLACES)
        assert slugs[SPRINGFIELD_MO.geoname_id] == "springfield"
        assert slugs[SPRINGFIELD_IL.geoname_id] == "springfield-il"
        assert slugs[LONDON.geoname_id] == "london"
        assert slugs[LONDON_ON.geoname_id] == "london-canada"
        assert slugs[LODZ.geoname_id] == "lodz"

    def test_twins_of_one_region_are_told_apart_by_number(self) -> None:
        twins = [SPRINGFIELD_IL._replace(geoname_id=number) for number in range(10, 15)]
        assert list(slugs_for(twins).values()) == [
            "springfield",
            "springfield-il",
            "springfield-united-states",
            "springfield-united-states-il",
            "springfield-14",
        ]


@pytest.mark.django_db
class TestLoading:
    def test_twice_is_once_and_takes_the_new_facts(self) -> None:
        gazetteer.load(PLACES)
        gazetteer.load([LODZ._replace(population=700_000)])
        assert City.objects.count() == len(PLACES)
        assert City.objects.get(slug="lodz").population == 700_000

    def test_an_address_does_not_move_when_a_bigger_namesake_comes(self) -> None:
        gazetteer.load([LONDON_ON])
        gazetteer.load(PLACES)
        assert City.objects.get(slug="london").geoname_id == LONDON_ON.geoname_id
        assert City.objects.get(geoname_id=LONDON.geoname_id).slug == "london-united-kingdom"

    def test_takes_the_file_as_it_is(self) -> None:
        assert gazetteer.load(islice(gazetteer.read_places(), 500)) == 500


@pytest.mark.django_db
class TestFinding:
    @pytest.fixture(autouse=True)
    def cities(self) -> None:
        gazetteer.load(PLACES)

    @pytest.mark.parametrize("typed", ["lodz", "Łódź", "ŁÓD", " LODZ "])
    def test_accents_and_case_do_not_matter(self, typed: str) -> None:
        assert "lodz" in names(find_cities(typed))

    def test_the_most_populous_comes_first(self) -> None:
        assert names(find_cities("lo")) == ["london", "lodz", "london-canada"]
        assert names(find_cities("lo", limit=1)) == ["london"]

    @pytest.mark.parametrize("typed", ["", "  ", "%", "_", "xyzzy"])
    def test_nothing_typed_or_nothing_like_it_finds_nothing(self, typed: str) -> None:
        assert find_cities(typed) == []

    def test_the_nearest_is_by_the_globe_and_not_by_the_map(self) -> None:
        """East of the date line Suva's map distance is a whole world, and its true one is a morning's sail."""
        found = nearest(-18.0, -179.9)
        assert found is not None
        assert found.city.slug == "suva"
        assert found.kilometres == pytest.approx(176, abs=3)

    def test_the_nearest_may_be_far(self) -> None:
        found = nearest(-20.0, -150.0)
        assert found is not None
        assert found.city.slug == "apia"

    def test_distances_are_those_of_an_atlas(self) -> None:
        """London to New York: 5,570 km."""
        assert gazetteer.kilometres_between(51.5074, -0.1278, 40.7128, -74.006) == pytest.approx(5570, abs=5)


@pytest.mark.django_db
def test_an_empty_gazetteer_knows_no_nearest_city() -> None:
    assert nearest(0, 0) is None
