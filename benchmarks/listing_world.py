"""A listing as large as it gets: a city with 500 showings, a film in 40 cities, a theater's month of 300.

`python benchmarks/listing_world.py` builds it in the house of the environment and prints the pages' paths, one a line.
"""

from __future__ import annotations

import datetime as dt
import os

THEATERS, FILMS, CITIES, IN_CITY, IN_MONTH = 12, 30, 40, 500, 300


def build() -> dict[str, str]:
    """Name of a page → its path."""
    from django.utils import timezone

    from screenings.films import create_film
    from screenings.models import City, Screening
    from screenings.showings import book, place
    from screenings.theaters import create_theater

    now = timezone.now()
    cities = list(City.objects.order_by("-population")[: CITIES + 1])
    films = [
        create_film(
            f"The Lamp That Was Left On, Part {number}",
            director="Mara Lindqvist",
            year=2026,
            running_minutes=91,
        )
        for number in range(FILMS)
    ]
    rows: list[Screening] = []

    def show(theater, film, day: int, hour: int, labels=()) -> None:  # type: ignore[no-untyped-def]
        tonight = now.astimezone(theater.tzinfo).replace(
            hour=0, minute=0, second=0, microsecond=0, tzinfo=None
        )
        wall = tonight + dt.timedelta(days=day, hours=hour)
        run = book(film, theater, tonight.date())
        row = Screening(engagement=run, status="scheduled", confirmed_at=now, labels=labels)
        place(row, wall, 0)
        rows.append(row)

    houses = [create_theater(f"House {number}", cities[0], phone="555-0100") for number in range(THEATERS)]
    for number in range(IN_CITY):
        day, slot = divmod(number, 50)
        show(
            houses[slot % THEATERS],
            films[slot % FILMS],
            day,
            13 + slot // THEATERS,
            ("oc",) if slot % 9 == 0 else (),
        )
    month = create_theater("The Month", cities[1], phone="555-0101", step_free="yes")
    for number in range(IN_MONTH):
        show(month, films[number % 3], number // 10, 12 + number % 10)
    wide = create_film("The Long Way Round", director="Mara Lindqvist", year=2026, running_minutes=102)
    for city in cities[1:]:
        theater = create_theater(f"The {city.name} Picture House", city)
        for day in range(1, 7):
            show(theater, wide, day, 19)
    Screening.objects.bulk_create(rows)
    return {
        "home": "/",
        "city, 500 showings": f"/cities/{cities[0].slug}/",
        "film, 40 cities": f"/films/{wide.slug}/",
        "theater, a month of 300": f"/theaters/{month.slug}/",
        "screening": f"/s/{rows[40].code}/",
    }


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for name, path in build().items():
        print(f"{path}\t{name}")


if __name__ == "__main__":
    main()
