"""What the listing's pages say: rows in words, under the night they belong to, for the same few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from screenings.calendar_file import calendar_feed
from screenings.listings.atom import write_atom
from screenings.listings.booking_rows import BookingRow, booking_rows, read_bookings, read_coming
from screenings.listings.city_page import city_page
from screenings.listings.feeds import feed_of
from screenings.listings.film_page import film_page
from screenings.listings.home_page import home_page, say_where
from screenings.listings.places import cities_with_showings, find_cities
from screenings.listings.screening_page import phase_of, screening_page
from screenings.listings.sitemap import write_map
from screenings.listings.theater_page import theater_page
from screenings.listings.venue_facts import phone_link, venue_facts
from screenings.models import Engagement, Screening
from screenings.showings import book, cancel, place, schedule
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater

# Fri 7 Aug 2026, half past four in the afternoon in Atlanta.
NOW = dt.datetime(2026, 8, 7, 20, 30, tzinfo=dt.UTC)
TONIGHT = dt.date(2026, 8, 7)
pytestmark = pytest.mark.django_db


def titles(page) -> list[tuple[str, list[str]]]:  # type: ignore[no-untyped-def]
    return [(night.name or night.day, [row.time for row in night.showings]) for night in page.nights]


def plan(engagement: Engagement, *walls: str) -> list[Screening]:
    return [
        schedule(engagement, dt.datetime.fromisoformat(wall), now=NOW - dt.timedelta(days=9))
        for wall in walls
    ]


def test_a_city_begins_with_tonight_then_tomorrow_and_links_the_rest() -> None:
    plan(make_engagement(), "2026-08-09T14:00", "2026-08-08T12:00", "2026-08-07T21:15", "2026-08-07T19:00")
    page = city_page(make_city(), NOW)
    assert titles(page) == [("Tonight", ["7:00 pm", "9:15 pm"]), ("Tomorrow", ["12 noon"])]
    assert [(day.words, day.count, day.current) for day in page.days] == [
        ("Fri 7 Aug", 2, True), ("Sat 8 Aug", 1, True), ("Sun 9 Aug", 1, False),
    ]  # fmt: skip


def test_another_day_is_shown_when_it_is_asked_for() -> None:
    plan(make_engagement(), "2026-08-09T14:00", "2026-08-07T19:00")
    page = city_page(make_city(), NOW, asked=dt.date(2026, 8, 9))
    assert titles(page) == [("Sun 9 Aug", ["2:00 pm"])]


def test_where_tonight_and_tomorrow_are_dark_the_next_night_is_shown() -> None:
    plan(make_engagement(), "2026-08-12T19:00", "2026-08-13T19:00")
    page = city_page(make_city(), NOW)
    assert titles(page) == [("Wed 12 Aug", ["7:00 pm"])]
    assert page.nothing_today


def test_a_showing_after_midnight_files_under_its_night_with_its_true_date() -> None:
    plan(make_engagement(), "2026-08-08T00:15")
    (night,) = city_page(make_city(), NOW).nights
    (row,) = night.showings
    assert (night.name, row.time, row.true_date) == ("Tonight", "12:15 am", "Sat 8 Aug")


def test_at_one_in_the_morning_it_is_still_last_night() -> None:
    plan(make_engagement(), "2026-08-08T00:15", "2026-08-08T19:00")
    page = city_page(make_city(), dt.datetime(2026, 8, 8, 5, 0, tzinfo=dt.UTC))
    assert titles(page) == [("Tonight", ["12:15 am"]), ("Today", ["7:00 pm"])]
    assert page.nights[0].showings[0].running


def test_at_four_in_the_morning_with_nothing_left_the_new_day_is_today() -> None:
    plan(make_engagement(), "2026-08-08T19:00", "2026-08-09T19:00")
    night = dt.datetime(2026, 8, 8, 8, 0, tzinfo=dt.UTC)
    page = city_page(make_city(), night)
    assert titles(page) == [("Today", ["7:00 pm"]), ("Tomorrow", ["7:00 pm"])]
    assert not page.nothing_today
    assert [(city.name, city.on) for city in home_page(night).tonight] == [("Atlanta", "1 showing")]
    assert [city.on for city in cities_with_showings(night)] == ["On today"]


def test_what_is_over_and_what_is_a_draft_is_not_listed() -> None:
    over, draft, _ = plan(make_engagement(), "2026-08-07T12:00", "2026-08-07T20:00", "2026-08-07T21:00")
    Screening.objects.filter(pk=draft.pk).update(status=Screening.Status.DRAFT)
    assert over.ends_at < NOW
    assert titles(city_page(make_city(), NOW)) == [("Tonight", ["9:00 pm"])]


def test_a_cancelled_showing_stays_with_its_reason() -> None:
    (screening,) = plan(make_engagement(), "2026-08-07T19:00")
    cancel(screening, reason="The print has not arrived.", now=NOW)
    (row,) = city_page(make_city(), NOW).nights[0].showings
    assert (row.cancelled, row.reason, row.running) == (True, "The print has not arrived.", False)


def test_access_labels_come_first_in_words_with_their_codes() -> None:
    screening = make_screening(labels=["35mm", "qa", "oc", "relaxed"])
    labels = screening_page(screening, NOW).row.labels
    assert [(label.words, label.printed, label.is_access) for label in labels] == [
        ("Open captions", "OC", True), ("Relaxed", "", True), ("35mm", "", False), ("Q&A", "", False),
    ]  # fmt: skip


def test_an_engagement_without_showtimes_says_when_it_opens_and_where_to_look() -> None:
    theater = make_theater(website="https://lantern.example/")
    book(make_film(), theater, dt.date(2026, 8, 14))
    (row,) = city_page(make_city(), NOW).announced
    assert (row.lead, row.listings_url, row.phone_url) == (
        ("Opens", "Fri 14 Aug"), "https://lantern.example/", "tel:4045550142",
    )  # fmt: skip


def test_an_engagement_with_showtimes_is_not_announced_again() -> None:
    plan(make_engagement(), "2026-08-15T19:00")
    assert city_page(make_city(), NOW).announced == ()
    assert theater_page(Screening.objects.get().theater, NOW).announced == ()


def line_of(booking: Engagement) -> BookingRow:
    """The line of a film's only booking."""
    coming = read_coming(booking.film_id, NOW, each=3)
    (row,) = booking_rows(read_bookings(film=booking.film_id), coming, NOW)
    return row


@pytest.mark.parametrize(
    ("opens", "closes", "lead", "dates", "over"),
    [
        ("2026-08-14", None, "Opens Fri 14 Aug", "", False),
        ("2026-08-07", "2026-08-20", "Opens tonight", "Until Thu 20 Aug", False),
        ("2026-08-07", "2026-08-07", "Tonight", "One night only", False),
        ("2026-07-31", "2026-08-07", "Now", "Last night", False),
        ("2026-07-31", None, "Now", "", False),
        ("2026-07-01", None, "Now", "Wed 1 Jul", True),
        ("2012-08-03", "2012-08-16", "Now", "Fri 3 Aug 2012 to Thu 16 Aug 2012", True),
    ],
)
def test_a_booking_in_words(opens: str, closes: str | None, lead: str, dates: str, over: bool) -> None:
    until = dt.date.fromisoformat(closes) if closes else None
    book(make_film(), make_theater(), dt.date.fromisoformat(opens), until)
    row = line_of(Engagement.objects.get())
    assert (" ".join(row.lead), row.dates, row.over) == (lead, dates, over)


def test_a_film_is_listed_city_by_city_in_the_order_of_opening() -> None:
    film = make_film()
    for name, city, opens in [
        ("Le Petit Phare", "Lyon", 21), ("The Lantern", "Atlanta", -3), ("An Lampa", "Galway", 0), ("Tara", "Atlanta", 30),
    ]:  # fmt: skip
        book(film, make_theater(name, city), TONIGHT + dt.timedelta(days=opens))
    book(film, make_theater("The Rialto", "Chicago"), dt.date(2012, 8, 3), dt.date(2012, 8, 9))
    page = film_page(film, NOW)
    assert [(city.name, [row.theater for row in city.bookings]) for city in page.cities] == [
        ("Atlanta", ["The Lantern", "Tara"]), ("Galway", ["An Lampa"]), ("Lyon", ["Le Petit Phare"]),
    ]  # fmt: skip
    assert [row.city for row in page.played] == ["Chicago"]


def test_a_booking_shows_its_next_three_and_counts_the_rest() -> None:
    engagement = make_engagement()
    plan(engagement, *(f"2026-08-{day:02}T19:00" for day in range(6, 14)))
    row = line_of(engagement)
    assert [showing.day for showing in row.showings] == ["Fri 7 Aug", "Sat 8 Aug", "Sun 9 Aug"]
    assert row.more == 4


def test_a_theater_shows_its_play_week_and_links_the_next() -> None:
    plan(make_engagement(opens_on=TONIGHT), "2026-08-07T19:00", "2026-08-13T19:00", "2026-08-14T19:00")
    theater = Screening.objects.first().theater
    page = theater_page(theater, NOW)
    assert page.week == "Fri 7 Aug to Thu 13 Aug"
    assert titles(page) == [("Tonight", ["7:00 pm"]), ("Thu 13 Aug", ["7:00 pm"])]
    assert page.later is not None
    assert page.later.url == "?week=2026-08-14"
    assert titles(theater_page(theater, NOW, asked=dt.date(2026, 8, 14))) == [("Fri 14 Aug", ["7:00 pm"])]


def test_a_theater_whose_week_begins_on_wednesday_shows_it_from_there() -> None:
    lantern = make_theater(play_week_start=2)
    plan(book(make_film(), lantern, TONIGHT), "2026-08-11T19:00", "2026-08-12T19:00")
    assert theater_page(lantern, NOW).week == "Wed 5 Aug to Tue 11 Aug"
    assert titles(theater_page(lantern, NOW)) == [("Tue 11 Aug", ["7:00 pm"])]


def test_on_the_last_day_of_a_dark_week_the_next_week_is_shown() -> None:
    plan(make_engagement(), "2026-08-14T19:00")
    page = theater_page(Screening.objects.get().theater, NOW)
    assert page.week == "Fri 14 Aug to Thu 20 Aug"
    assert not page.is_this_week


def test_the_cover_says_where_something_is_on_tonight_in_each_citys_own_night() -> None:
    plan(make_engagement(), "2026-08-07T19:00", "2026-08-07T21:00")
    far = book(make_film("Night Sail"), make_theater("Astor", "Melbourne"), TONIGHT)
    # In Melbourne it is Saturday morning already: tonight is the 8th, and Friday's showing is over.
    plan(far, "2026-08-07T19:00", "2026-08-08T20:00")
    assert [(city.name, city.on) for city in home_page(NOW).tonight] == [
        ("Atlanta", "2 showings"), ("Melbourne", "1 showing"),
    ]  # fmt: skip


def test_the_cover_lists_films_in_release_the_widest_first_and_none_that_is_over() -> None:
    wide, narrow, gone = make_film("Wide"), make_film("Narrow"), make_film("Gone")
    book(wide, make_theater("A", "Lyon"), TONIGHT)
    book(wide, make_theater("B", "Galway"), TONIGHT)
    book(narrow, make_theater("C", "Chicago"), TONIGHT + dt.timedelta(days=7))
    book(gone, make_theater("D", "Chicago"), TONIGHT - dt.timedelta(days=60))
    films = home_page(NOW).films
    assert [(film.title, film.where, film.opens) for film in films] == [
        ("Wide", "Galway and Lyon", ""), ("Narrow", "Chicago", "Opens Fri 14 Aug"),
    ]  # fmt: skip


def test_cities_in_a_sentence() -> None:
    assert say_where(["Lyon"]) == "Lyon"
    assert say_where(["Lyon", "Galway", "Lyon", "Chicago"]) == "Lyon, Galway and Chicago"
    assert say_where(["A", "B", "C", "D"]) == "A, B, C and 1 more city"
    assert say_where(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more cities"


def test_three_letters_find_a_city_and_fewer_only_a_whole_name() -> None:
    plan(make_engagement(), "2026-08-09T19:00")
    make_city("Lyon")
    assert [(city.name, city.on) for city in find_cities("ÁTL", NOW)] == [("Atlanta", "Next: Sun 9 Aug")]
    assert [(city.name, city.on) for city in find_cities("lyon", NOW)] == [("Lyon", "")]
    assert find_cities("at", NOW) == find_cities("", NOW) == find_cities("!?", NOW) == ()


def test_only_cities_with_something_to_come_are_offered() -> None:
    (doomed,) = plan(book(make_film(), make_theater("A", "Galway"), TONIGHT), "2026-08-09T19:00")
    cancel(doomed, reason="", now=NOW)
    plan(make_engagement(film=make_film("Over")), "2026-08-07T12:00")
    plan(book(make_film("On"), make_theater("B", "Lyon"), TONIGHT), "2026-08-08T19:00")
    assert [city.name for city in cities_with_showings(NOW)] == ["Lyon"]


def test_a_city_without_showings_names_the_nearest_that_has_some() -> None:
    for theater, city in [("A", "Galway"), ("B", "Chicago")]:
        plan(book(make_film(city), make_theater(theater, city), TONIGHT), "2026-08-08T19:00")
    page = city_page(make_city("Lyon"), NOW)
    assert [row.name for row in page.neighbours] == ["Galway", "Chicago"]


def test_the_phases_of_a_showing() -> None:
    screening = make_screening("2026-08-07T19:00")
    minute = dt.timedelta(minutes=1)
    assert phase_of(screening, screening.starts_at - minute) == "coming"
    assert phase_of(screening, screening.starts_at) == "running"
    assert phase_of(screening, screening.ends_at - minute) == "running"
    assert phase_of(screening, screening.ends_at) == "over"


def test_an_address_reads_as_on_an_envelope() -> None:
    astor = make_theater("Astor", "Melbourne", address="1 Chapel Street", postal_code="3182")
    assert venue_facts(astor).address == "1 Chapel Street, Melbourne 3182"
    assert venue_facts(make_theater(postal_code="30324")).address == "12 Ponce Street, Atlanta, GA 30324"
    lyon = make_theater("Phare", "Lyon", address="9 rue des Lampes", postal_code="69001")
    assert venue_facts(lyon).address == "9 rue des Lampes, 69001 Lyon"
    assert "query=9+rue+des+Lampes%2C+69001+Lyon%2C+France" in venue_facts(lyon).map_url


def test_a_phone_number_can_be_dialled() -> None:
    assert phone_link("404-634-6288") == "tel:4046346288"
    assert phone_link("+353 (0)91 555") == "tel:+353091555"
    assert phone_link("ask at the bar") == ""


def queries(page: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page()
    return len(caught)


@pytest.mark.parametrize("name", ["home", "cities", "city", "theater", "film", "screening"])
def test_thirty_rows_cost_as_many_queries_as_one(name: str) -> None:
    film, theater = make_film(), make_theater()
    screening = plan(book(film, theater, TONIGHT), "2026-08-07T19:00")[0]
    loaded = (
        Screening.objects.for_listing().prefetch_related("engagement__film__credits").get(pk=screening.pk)
    )
    pages: dict[str, Callable[[], object]] = {
        "home": lambda: home_page(NOW),
        "cities": lambda: cities_with_showings(NOW),
        "city": lambda: city_page(theater.city, NOW),
        "theater": lambda: theater_page(theater, NOW),
        "film": lambda: film_page(film, NOW),
        "screening": lambda: screening_page(loaded, NOW),
    }
    one = queries(pages[name])
    cities = ["Atlanta", "Chicago", "Galway", "Lyon", "Melbourne"]
    for number in range(30):
        other = make_film(f"Film {number}")
        house = make_theater(f"House {number}", cities[number % 5])
        plan(book(film, theater, TONIGHT), f"2026-08-{8 + number % 20:02}T{14 + number // 20}:00")
        plan(book(film, house, TONIGHT), "2026-08-07T20:00", "2026-08-08T20:00")
        plan(book(other, theater, TONIGHT), f"2026-08-07T{18 + number % 5}:{number:02}")
        book(other, house, TONIGHT + dt.timedelta(days=9))
    assert queries(pages[name]) == one <= 5


@pytest.mark.parametrize("name", ["city", "theater", "film", "calendar", "feed", "sitemap"])
def test_three_hundred_rows_cost_as_many_queries_as_three(name: str) -> None:
    film, theater = make_film(), make_theater()
    run = book(film, theater, TONIGHT)
    plan(run, "2026-08-07T19:00", "2026-08-07T21:00", "2026-08-08T19:00")
    Screening.objects.update(labels=["oc"])
    pages: dict[str, Callable[[], object]] = {
        "city": lambda: city_page(theater.city, NOW, label="oc"),
        "theater": lambda: theater_page(theater, NOW),
        "film": lambda: film_page(film, NOW),
        "calendar": lambda: calendar_feed("The Lantern", feed_of(theater, NOW).screenings),
        "feed": lambda: write_atom(feed_of(theater.city, NOW, newest=True), "https://here.example/feed"),
        "sitemap": lambda: write_map("screening", 1, NOW),
    }
    three = queries(pages[name])
    rows = []
    for number in range(300):
        row = Screening(
            engagement=run, status="scheduled", confirmed_at=NOW, labels=["oc"] if number % 2 else []
        )
        place(row, dt.datetime(2026, 8, 7, 12, number % 60) + dt.timedelta(days=number // 12), 0)
        rows.append(row)
    Screening.objects.bulk_create(rows, ignore_conflicts=True)
    for number, city in enumerate(["Chicago", "Galway", "Lyon", "Melbourne"]):
        book(film, make_theater(f"House {number}", city), TONIGHT)
    assert Screening.objects.count() > 290
    assert queries(pages[name]) == three <= 4
