"""The week goes out again: newsletter, answering machine, door sheet."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest
from django.test import Client

from screenings import week_text
from screenings.answering_machine import write_script
from screenings.door_sheet import make_door_sheet, paper_of
from screenings.models import Theater, TheaterMembership
from screenings.spoken_numbers import VOICES, speak_times
from screenings.week.schedule import Showing
from tests.cast import MANAGER, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater

FRIDAY = dt.date(2026, 8, 7)
WEEK = """\
The Salt Road
Fri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00; no 7:00 Wed
Sat 7:00 + Q&A
Night Ferry
Fri & Sat 9:30; Sun 10:30 am; Tue 7:00 OC; Sat late show 12:15
"""
FILMS = [week_text.KnownFilm("The Salt Road"), week_text.KnownFilm("Night Ferry")]
PAPER_POINTS = {"a4": (595, 842), "letter": (612, 792)}


def showings(text: str = WEEK) -> tuple[Showing, ...]:
    reading = week_text.read(text, zone="America/New_York", locale="en-US", week_starting=FRIDAY, films=FILMS)
    assert not reading.doubts
    return reading.showings


def script(locale: str = "en-US", text: str = WEEK) -> str:
    return write_script(showings(text), theater="The Lantern", locale=locale, week_starting=FRIDAY)


@pytest.mark.parametrize(
    ("language", "clock", "spoken"),
    [
        ("en", "19:00", "seven in the evening"),
        ("en", "12:00", "noon"),
        ("en", "00:00", "midnight"),
        ("en", "00:15", "twelve fifteen after midnight"),
        ("en", "14:05", "two oh five in the afternoon"),
        ("en", "09:45", "nine forty-five in the morning"),
        ("fr", "21:30", "vingt et une heures trente"),
        ("fr", "12:00", "midi"),
        ("fr", "00:15", "zéro heure quinze dans la nuit"),
        ("fr", "14:21", "quatorze heures vingt et une"),
        ("de", "13:30", "dreizehn Uhr dreißig"),
        ("de", "01:01", "ein Uhr eins in der Nacht"),
        ("de", "21:21", "einundzwanzig Uhr einundzwanzig"),
        ("es", "13:30", "la una y media de la tarde"),
        ("es", "21:15", "las nueve y cuarto de la noche"),
        ("es", "19:20", "las siete y veinte de la tarde"),
        ("es", "00:30", "las doce y media de la madrugada"),
    ],
)
def test_a_time_is_said_as_people_say_it(language: str, clock: str, spoken: str) -> None:
    assert speak_times([(dt.time.fromisoformat(clock), "")], language) == [spoken]


@pytest.mark.parametrize("language", VOICES)
def test_every_minute_of_the_day_is_said_without_figures_and_no_two_alike(language: str) -> None:
    minutes = [dt.time(minute // 60, minute % 60) for minute in range(1440)]
    said = {phrase for at in minutes for phrase in speak_times([(at, "")], language)}
    assert len(said) == 1440
    assert not any(c.isdigit() for phrase in said for c in phrase)


def test_times_of_one_part_of_the_day_share_its_words_and_labels_follow_their_time() -> None:
    assert "Saturday: one thirty and four fifteen in the afternoon; seven in the evening, Q&A." in script()
    assert "Saturday: nine thirty in the evening; twelve fifteen after midnight." in script()
    assert "Tuesday: seven in the evening, open captions." in script()


def test_the_machine_speaks_the_theaters_language() -> None:
    assert "showtimes from Friday, August 7 to Thursday, August 13." in script()
    assert "Voici nos séances du vendredi 7 août au jeudi 13 août." in script("fr-FR")
    assert "Freitag und Sonntag: dreizehn Uhr dreißig" in script("de-AT")
    assert "Lunes, martes y jueves: las cuatro y cuarto y las siete de la tarde." in script("es-MX")


def test_a_week_without_showings_has_its_own_sentence() -> None:
    assert "Nothing is listed for this week yet." in script(text="")


def sheet(
    paper: str = "a4", locale: str = "en-US", week: tuple[Showing, ...] | None = None
) -> pypdf.PdfReader:
    pdf = make_door_sheet(
        showings() if week is None else week,
        {"The Salt Road": "Mara Lindqvist · 2026 · 91 min"},
        theater="The Lantern",
        place="12 Ponce Street",
        url="https://guide.example/theaters/the-lantern/",
        locale=locale,
        week_starting=FRIDAY,
        paper=paper,
    )
    return pypdf.PdfReader(io.BytesIO(pdf))


def structure(element: object) -> list[str]:
    """The kinds of a PDF's structure elements, the alternative texts of its figures among them."""
    found: list[str] = []
    stack = [element]
    while stack:
        item = stack.pop()
        item = item.get_object() if isinstance(item, pypdf.generic.IndirectObject) else item
        if isinstance(item, pypdf.generic.ArrayObject):
            stack.extend(item)
        elif isinstance(item, pypdf.generic.DictionaryObject):
            found += [str(item[name]) for name in ("/S", "/Alt") if name in item]
            stack.append(item.get("/K"))
    return found


@pytest.mark.parametrize("paper", PAPER_POINTS)
def test_the_door_sheet_is_one_tagged_page_of_its_paper(paper: str) -> None:
    reader = sheet(paper)
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == PAPER_POINTS[paper]
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    kinds = structure(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Figure"} <= set(kinds)
    assert "Code that leads to https://guide.example/theaters/the-lantern/" in kinds
    metadata = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part>1<" in metadata
    text = page.extract_text()
    for words in ("The Lantern", "The Salt Road", "Night Ferry", "9:30 pm", "Mara Lindqvist", "Fri, Sun"):
        assert words in text


def test_a_full_house_still_fits_one_page_and_any_script_is_printed() -> None:
    films = ["", ": the director’s cut with a rather long title", " عودة", " 艾未未", " Cléo"]
    week = tuple(
        Showing(s.film + more, s.starts_local, s.night, s.tags, False, (0, 0))
        for s in showings()
        for more in films
    )
    (page,) = sheet(week=week, locale="de-DE").pages
    assert "Cléo" in page.extract_text()
    assert "19:00" in page.extract_text()


def test_an_empty_week_is_said_on_paper_too() -> None:
    assert "Nothing is listed for this week." in sheet(week=()).pages[0].extract_text()


def test_markup_in_a_title_is_only_its_text() -> None:
    odd = tuple(
        Showing('#panic("x") *b* $1$', s.starts_local, s.night, s.tags, False, (0, 0)) for s in showings()
    )
    assert '#panic("x") *b* $1$' in sheet(week=odd).pages[0].extract_text()


def test_the_paper_is_the_one_in_the_printer() -> None:
    assert [paper_of(locale) for locale in ("en-US", "es-MX", "en-GB", "fr-FR")] == [
        "letter", "letter", "a4", "a4",
    ]  # fmt: skip


@pytest.fixture
def theater(db: None) -> Theater:
    theater = make_theater()
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="staff")
    return theater


@pytest.fixture
def staff(theater: Theater, client: Client) -> Client:
    client.force_login(make_person(MANAGER), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def test_the_page_has_the_live_week_and_reads_back(theater: Theater, staff: Client) -> None:
    film = make_film()
    screening = make_screening(engagement=make_engagement(film, theater, FRIDAY), labels=["oc"])
    page = staff.get(f"/manage/theaters/{theater.slug}/week/{FRIDAY}/words/")
    reading = week_text.read(
        page.context["newsletter"],
        zone=theater.zone,
        locale=theater.locale,
        week_starting=FRIDAY,
        films=[week_text.KnownFilm(film.title)],
    )
    assert [(s.starts_local.isoformat(timespec="minutes"), s.tags) for s in reading.showings] == [
        (screening.wall_time, {"OC"})
    ]
    assert "Friday: seven in the evening, open captions." in page.content.decode()
    sheet = staff.get(f"/manage/theaters/{theater.slug}/week/{FRIDAY}/door-sheet.pdf?paper=a4")
    assert sheet["Content-Type"] == "application/pdf"
    assert "404-555-0142" in pypdf.PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text()


def test_a_week_with_nothing_live_says_what_to_do(theater: Theater, staff: Client) -> None:
    page = staff.get(f"/manage/theaters/{theater.slug}/week/{FRIDAY}/words/")
    assert "Publish it first" in page.content.decode()
    assert staff.get(f"/manage/theaters/{theater.slug}/week/nonsense/words/").status_code == 404
