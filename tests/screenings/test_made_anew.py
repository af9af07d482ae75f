"""Pages that are made anew: from what the database says now, whatever was rendered and remembered before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from screenings.models import City, Engagement, Film, FilmCredit, Screening, Theater
from screenings.showings import book, schedule
from tests.factories import make_film, make_theater

# Fri 7 Aug 2026, noon in Atlanta.
NOW = dt.datetime(2026, 8, 7, 16, 0, tzinfo=dt.UTC)
TONIGHT = dt.date(2026, 8, 7)
HOSTILE = '<script>alert("1")</script> & Söhne'
pytestmark = pytest.mark.django_db


@pytest.fixture
def showing() -> Screening:
    with time_machine.travel(NOW, tick=False):
        booking = book(make_film(), make_theater(), TONIGHT)
        yield schedule(booking, dt.datetime(2026, 8, 7, 19, 0), now=NOW, labels=("oc",))


def addresses(showing: Screening) -> dict[str, str]:
    return {
        "home": "/",
        "city": f"/cities/{showing.theater.city.slug}/",
        "film": f"/films/{showing.film.slug}/",
        "theater": f"/theaters/{showing.theater.slug}/",
        "screening": f"/s/{showing.code}/",
    }


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def film(showing: Screening) -> None:
    Film.objects.filter(pk=showing.film.pk).update(title="Another Road")


def theater(showing: Screening) -> None:
    Theater.objects.filter(pk=showing.theater.pk).update(
        name="Another House", website="https://another.example/"
    )


def labels(showing: Screening) -> None:
    Screening.objects.filter(pk=showing.pk).update(labels=("ad",))


def sold_out(showing: Screening) -> None:
    Screening.objects.filter(pk=showing.pk).update(sold_out=True)


def hour(showing: Screening) -> None:
    showings = Screening.objects.filter(pk=showing.pk)
    showings.update(starts_at=showing.starts_at + dt.timedelta(hours=1), moved_from="2026-08-07T19:00")


def cancelled(showing: Screening) -> None:
    Screening.objects.filter(pk=showing.pk).update(status="cancelled", cancel_reason="the lamp has failed.")


def director(showing: Screening) -> None:
    FilmCredit.objects.filter(film=showing.film).update(name="Somebody Else")


def city(showing: Screening) -> None:
    City.objects.filter(pk=showing.theater.city.pk).update(name="Elsewhere")


def closing(showing: Screening) -> None:
    Engagement.objects.filter(pk=showing.engagement.pk).update(closes_on=dt.date(2026, 8, 20))


@pytest.mark.parametrize(
    ("change", "pages", "says"),
    [
        (film, ("home", "city", "film", "theater", "screening"), "Another Road"),
        (theater, ("city", "film", "theater", "screening"), "Another House"),
        (theater, ("theater", "screening"), "https://another.example/"),
        (labels, ("city", "film", "theater", "screening"), "Audio description"),
        (sold_out, ("city", "film", "theater", "screening"), "Sold out"),
        (hour, ("city", "film", "theater", "screening"), "8:00 pm"),
        (hour, ("city", "film", "theater", "screening"), "Moved from 7:00 pm"),
        (cancelled, ("city", "film", "theater", "screening"), "Cancelled"),
        (director, ("home", "film", "screening"), "Somebody Else"),
        (city, ("home", "city", "film", "theater", "screening"), "Elsewhere"),
        (closing, ("film",), "Until Thu 20 Aug"),
    ],
)
def test_what_changed_is_said_though_the_rest_was_remembered(
    client: Client, showing: Screening, change: Callable[[Screening], None], pages: tuple[str, ...], says: str
) -> None:
    for name in pages:
        for _ in range(2):
            assert says not in page(client, addresses(showing)[name]), name
    change(showing)
    for name in pages:
        assert says in page(client, addresses(showing)[name]), name


def test_nothing_that_people_wrote_becomes_markup_however_often_it_is_shown(
    client: Client, showing: Screening
) -> None:
    FilmCredit.objects.filter(film=showing.film).update(name=HOSTILE)
    Film.objects.filter(pk=showing.film.pk).update(title=HOSTILE, synopsis=HOSTILE)
    Theater.objects.filter(pk=showing.theater.pk).update(
        name=HOSTILE, address=HOSTILE, phone=f"404 {HOSTILE}"
    )
    City.objects.filter(pk=showing.theater.city.pk).update(name=HOSTILE)
    Screening.objects.filter(pk=showing.pk).update(
        status="cancelled", cancel_reason=HOSTILE, confirmed_at=None
    )
    for name, address in addresses(showing).items():
        for _ in range(2):
            written = page(client, address)
            assert "<script>alert" not in written, name
            assert 'alert("1")' not in written, name
    # It was there to leak.
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Söhne" in page(
        client, addresses(showing)["city"]
    )


def test_a_kept_part_tells_what_is_safe_from_what_is_not() -> None:
    tell = Template(
        '{% load showings %}{% kept "screenings/_tell_somebody.html" code="abc" film=film base_url="" %}'
    )
    safe, typed = mark_safe("<b>Salt</b>"), "<b>Salt</b>"
    for _ in range(2):
        assert 'data-title="<b>Salt</b>"' in tell.render(Context({"film": safe}))
        assert 'data-title="&lt;b&gt;Salt&lt;/b&gt;"' in tell.render(Context({"film": typed}))


@pytest.mark.parametrize(
    ("name", "most"), [("home", 3), ("city", 4), ("film", 6), ("theater", 4), ("screening", 5)]
)
def test_a_page_asks_the_database_few_questions(
    client: Client, showing: Screening, name: str, most: int
) -> None:
    address = addresses(showing)[name]
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        assert len(asked) <= most, [query["sql"] for query in asked]


def test_a_films_picture_is_not_read_to_show_its_page(client: Client, showing: Screening) -> None:
    for name in ("film", "screening"):
        with CaptureQueriesContext(connection) as asked:
            page(client, addresses(showing)[name])
        assert not [query["sql"] for query in asked if '"image"' in query["sql"]]
