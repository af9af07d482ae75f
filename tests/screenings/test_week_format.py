"""The week written out is the week read back."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenings import week_format, week_text
from screenings.week_format import TAG_WORDS

LOCALES = {
    "en-US": "America/New_York", "en-GB": "Europe/London", "en-IE": "Europe/Dublin", "en-CA": "America/Toronto",
    "en-AU": "Australia/Brisbane", "fr-FR": "Europe/Paris", "fr-CH": "Europe/Zurich", "fr-CA": "America/Montreal",
    "de-DE": "Europe/Berlin", "de-AT": "Europe/Vienna", "de-CH": "Europe/Zurich", "es-ES": "Europe/Madrid",
    "es-MX": "America/Mexico_City", "es-AR": "America/Argentina/Buenos_Aires",
}  # fmt: skip
TITLES = (
    "Amour", "3:10 to Yuma", "His Girl Friday", "Saturday Night Fever", "2001: A Space Odyssey", "Before Midnight",
    "(500) Days of Summer", "No", "Her", "Friday", "20.000 especies de abejas", "12 Years a Slave", "I, Daniel Blake",
    "Mufasa : le roi lion", "Jusqu'à la garde", "Vice – Der zweite Mann", "Closed Circuit", "Dark Waters", "1917",
    "Sophia, der Tod & ich", "Évolution", "Us", "Noche de fuego", "Once", "Late Night", "9 to 5", "Premiere", "Die Welle",
)  # fmt: skip


def _showing(
    film: str, week_starting: date, day: int, minute: int, tags: frozenset[str]
) -> week_text.Showing:
    night = week_starting + timedelta(days=day)
    starts = datetime.combine(night, time()) + timedelta(minutes=300 + minute)
    return week_text.Showing(film, starts, night, tags, False, (0, 0))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[date, list[str], list[week_text.Showing]]:
    """A play week in summer: up to five films, times on any minute from 5:00 to 4:59 the next morning."""
    week_starting = date(2012, 5, 1) + timedelta(
        days=draw(st.integers(0, 4000)) // 365 * 365 + draw(st.integers(0, 90))
    )
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=5, unique=True))
    tags = st.frozensets(st.sampled_from(sorted(TAG_WORDS["en"])), max_size=3)
    days = st.one_of(st.integers(0, 6), st.integers(0, 6), st.integers(7, 40))
    minutes = st.one_of(st.integers(0, 287).map(lambda n: 5 * n), st.integers(0, 1439))
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(titles), days, minutes, tags),
            min_size=1,
            max_size=24,
            unique_by=lambda r: r[:3],
        )
    )
    return week_starting, titles, [_showing(t, week_starting, d, m, g) for t, d, m, g in rows]


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(week=weeks())
def test_any_week_written_is_read_back_the_same(
    locale: str, week: tuple[date, list[str], list[week_text.Showing]]
) -> None:
    week_starting, titles, showings = week
    films = [week_text.KnownFilm(title) for title in titles]
    where = {"locale": locale, "zone": LOCALES[locale], "week_starting": week_starting}
    text = week_format.write(showings, films, **where)
    reading = week_text.read(text, films=films, **where)
    assert not reading.doubts, text
    assert {(s.film, s.starts_local): s.tags for s in reading.showings} == {
        (s.film, s.starts_local): s.tags for s in showings
    }, text
    assert {s.night for s in reading.showings} == {s.night for s in showings}


def test_a_week_reads_like_a_newsletter() -> None:
    week = date(2012, 8, 3)
    showings = [_showing("Amour", week, day, 14 * 60, frozenset()) for day in (0, 1, 2, 4)]
    showings += [
        _showing("Amour", week, 5, 14 * 60, frozenset({"OC", "qa"})),
        _showing("Amour", week, 1, 19 * 60 + 30, frozenset()),
    ]
    text = week_format.write(showings, [], locale="en-US", zone="America/New_York", week_starting=week)
    assert text.splitlines()[1:] == [
        "",
        "Amour",
        "Fri-Sun & Tue: 7:00 pm",
        "Wed: 7:00 pm (open captions, Q&A)",
        "Late show Sat: 12:30 am",
    ]


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(KeyError):
        week_format.write([], [], locale="en-US", zone="Mars/Olympus", week_starting=date(2012, 8, 3))
