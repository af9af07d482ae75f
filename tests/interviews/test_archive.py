"""The archive keeps what was given, once, or nothing."""

import hashlib

import pytest

from interviews.archive import CannotImport, NotAnInterview, import_interview
from interviews.models import Interview, Quotation, Source, Turn
from interviews.visible_text import UnreadableSource, render
from tests.factories import make_film
from tests.interviews.zine import ARABIC, HTML, LABELLED, NOW, RIGHTS, keep, keep_page

pytestmark = pytest.mark.django_db


def test_the_bytes_are_kept_untouched_under_their_hash() -> None:
    data = LABELLED.replace("\n", "\r\n").encode("utf-8-sig")
    _, source, created = import_interview(
        data, film=make_film(), publication="The Tide", filename="tide.txt", retrieved_at=NOW, **RIGHTS
    )
    source.refresh_from_db()
    assert created
    assert bytes(source.content) == data
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.retrieved_at == NOW


def test_turns_have_speakers_and_stand_where_they_say() -> None:
    source = keep(make_film())
    answers = list(source.turns.filter(kind=Turn.Kind.ANSWER))
    assert [answer.speaker for answer in answers] == ["Mara Lindqvist"] * 3
    assert source.visible_text[answers[0].start : answers[0].end].startswith("My grandmother drew it")
    assert source.turns.filter(kind=Turn.Kind.QUESTION).count() == 3


def test_title_byline_and_language_are_as_printed_where_nobody_says_them() -> None:
    interview = keep(make_film()).interview
    assert interview.title.startswith("Salt, Roads and Patience")
    assert interview.byline == "Ines Okafor"
    assert keep(make_film("Another"), ARABIC).interview.language == "ar"


def test_the_map_of_a_page_leads_back_to_its_bytes() -> None:
    source = keep_page(make_film())
    visible = render(HTML.encode(), "html")
    assert source.visible_text == visible.text
    assert [tuple(run) for run in source.source_map] == list(visible.map)
    assert keep(make_film("Another")).source_map == []


def test_the_same_bytes_for_a_film_are_kept_once() -> None:
    film = make_film()
    first = keep(film)
    counts = (Interview.objects.count(), Source.objects.count(), Turn.objects.count())
    interview, source, created = import_interview(
        LABELLED.encode(), film=film, publication="Under another name", retrieved_at=NOW, **RIGHTS
    )
    assert (interview, source, created) == (first.interview, first, False)
    assert (Interview.objects.count(), Source.objects.count(), Turn.objects.count()) == counts


def test_another_film_may_have_the_same_interview() -> None:
    assert keep(make_film()).interview != keep(make_film("Another")).interview


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableSource),
        (b"   \n", UnreadableSource),
        (bytes(range(256)) * 40, UnreadableSource),
        (b"A list of shopping: milk, bread, and two eggs.\n", NotAnInterview),
        (LABELLED.encode() + b"x" * 20_000 + b"\x00tail", UnreadableSource),
    ],
)
def test_what_cannot_be_kept_leaves_nothing_behind(data: bytes, error: type[ValueError]) -> None:
    with pytest.raises(error):
        import_interview(data, film=make_film(), publication="The Tide", retrieved_at=NOW, **RIGHTS)
    assert not Interview.objects.exists()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "cp1252"])
def test_old_encodings_are_read(encoding: str) -> None:
    text = LABELLED.replace("“", '"').replace("”", '"').replace("–", "-").replace("Ines", "Inés")
    source = import_interview(
        text.encode(encoding), film=make_film(), publication="The Tide", retrieved_at=NOW, **RIGHTS
    )[1]
    assert source.visible_text == text


@pytest.mark.parametrize(
    "facts",
    [{"right": ""}, {"right": "theft"}, {"right_note": "  "}, {"url": "not an address"}, {"publication": ""}],
)
def test_a_missing_or_malformed_fact_is_named(facts: dict[str, str]) -> None:
    with pytest.raises(CannotImport):
        keep(make_film(), **facts)
    assert not Interview.objects.exists()


def test_half_an_import_is_no_import(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Quotation.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="disk"):
        keep(make_film())
    assert not Interview.objects.exists()
    assert not Turn.objects.exists()
