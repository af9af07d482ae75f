"""Word documents and PDFs: read whole, healed, and never able to hurt the house."""

from __future__ import annotations

import datetime as dt
import resource
import time
import zlib

import pytest

from interviews import office_files, transcripts
from interviews.office_files import render
from interviews.printed_dates import read_date
from interviews.text_map import UnreadableSource
from tests.interviews.documents import (
    Paragraphs,
    make_docx,
    make_lying_bomb,
    make_pdf,
    make_pdf_bomb,
    make_raw_pdf,
    make_zip_bomb,
)

ANSWERS = [
    "My grandmother drew it for me on the back of an envelope. She had walked it once, as a girl, with a goat that "
    "refused every bridge. I thought the map was an exaggeration, and then I found the first cairn exactly where she "
    "had put it, extraordinarily well-preserved under the lichen.",
    "Not for a long time. For the first winter I carried salt and left the camera in its bag. People will let you look "
    "at them only after they have seen you tired, and an unmistakable tiredness takes a winter.",
    "About what they carry. Everybody carries something over a pass for somebody, and hardly anybody is thanked.",
]
QUESTIONS = [
    "How did you find the road in the first place?",
    "Were the families glad to be filmed?",
    "What do you want an audience to talk about?",
]
TITLE = "Salt and Patience"
INTRODUCTION = (
    "The Salt Road follows three families who still carry salt over the pass on foot. We met its director."
)
INTERVIEW: Paragraphs = [(TITLE, True), (INTRODUCTION, False)] + [
    (words, bold)
    for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    for words, bold in ((question, True), (answer, False))
]
TALK: Paragraphs = [
    (words, bold)
    for number in range(12)
    for words, bold in (
        (f"What happened in week {number}?", True),
        (f"In week {number}: {ANSWERS[0]}", False),
    )
]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("make", [make_docx, make_pdf])
def test_who_says_what_is_read_by_the_bold_of_the_questions(make) -> None:  # type: ignore[no-untyped-def]
    visible = render(make(INTERVIEW))
    turns = transcripts.read(visible).turns
    assert [flat(turn.text(visible)) for turn in turns if turn.kind == "question"] == QUESTIONS
    assert [flat(turn.text(visible)) for turn in turns if turn.kind == "answer"][-3:] == ANSWERS


def test_a_pdf_broken_over_lines_and_pages_gives_its_sentences_whole() -> None:
    """Hyphens of line ends, running heads and page numbers in the midst of what is said are healed."""
    visible = render(make_pdf(TALK, head="THE TIDE · Summer", width="a6"))
    text = flat(visible.text)
    for words, _ in TALK:
        assert words in text
    assert text.count("THE TIDE · Summer") == 1
    assert "well-preserved" in text


def test_a_healed_text_still_says_where_each_word_stood() -> None:
    visible = render(make_pdf(TALK, head="THE TIDE · Summer", width="a6"))
    assert any(count for _, _, count in visible.map)
    places = [visible.to_source(at, at + 1)[0] for at, sign in enumerate(visible.text) if not sign.isspace()]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_word_that_is_spelled_with_a_hyphen_keeps_it_at_the_end_of_a_line() -> None:
    from interviews.pdf_text import Line, _is_broken

    words = {"well-known", "conversation"}
    assert _is_broken(Line("a conver-"), Line("sation began"), words)
    assert not _is_broken(Line("a well-"), Line("known road"), words)
    assert not _is_broken(Line("Lindqvist-"), Line("Moreau said"), words)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(lambda: make_zip_bomb(400), "unpacks to more", id="a zip bomb"),
        pytest.param(make_lying_bomb, "cannot be opened|unpacks|damaged", id="a zip that lies of its size"),
        pytest.param(
            lambda: make_docx([("x" * 38_000_000, False)]),
            "unpacks to more|could not|takes too long",
            id="one huge word",
        ),
        pytest.param(
            lambda: make_pdf_bomb(600), "unpacks|damaged|could not|too long|no text", id="a PDF bomb"
        ),
        pytest.param(
            lambda: make_docx(
                [("&lol;", False)],
                before_root='<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY lol "&a;&a;&a;&a;&a;&a;">]>',
            ),
            "declares XML entities",
            id="a billion laughs",
        ),
        pytest.param(
            lambda: make_docx(
                INTERVIEW,
                extra={"word/f.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16")},
            ),
            "declares XML entities",
            id="an outside entity, in UTF-16",
        ),
        pytest.param(lambda: b"PK\x03\x04" + b"\0" * 500, "damaged", id="no zip at all"),
        pytest.param(lambda: b"%PDF-1.7\n" + b"\xff" * 5000, "damaged", id="no PDF at all"),
        pytest.param(
            lambda: make_raw_pdf(b"x\x9c"), "damaged|pictures of pages", id="a page that cannot be unpacked"
        ),
        pytest.param(
            lambda: make_raw_pdf(zlib.compress(b"0 0 9 9 re f")), "pictures of pages", id="pages without text"
        ),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 5000, "old kind", id="an old Word document"),
        pytest.param(lambda: b"{\\rtf1 words}", "RTF", id="RTF"),
    ],
)
def test_a_bomb_is_refused_in_words_and_this_process_does_not_feel_it(data, words: str) -> None:  # type: ignore[no-untyped-def]
    made = data()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(UnreadableSource, match=words):
        render(made)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kB
    assert time.monotonic() - began < office_files.TIMEOUT_SECONDS + 2


def test_a_document_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "TIMEOUT_SECONDS", 0.05)
    with pytest.raises(UnreadableSource, match="takes too long"):
        render(make_pdf(INTERVIEW))


def test_the_process_that_opens_it_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {}

    def run(*args: object, **facts: object) -> object:
        given.update(facts)
        raise office_files.subprocess.TimeoutExpired("", 0)

    monkeypatch.setenv("SECRET_KEY", "planted-secret")
    monkeypatch.setattr(office_files.subprocess, "run", run)
    with pytest.raises(UnreadableSource):
        render(make_docx(INTERVIEW))
    assert set(given["env"]) == {"PYTHONPATH", "PATH", "PYTHONDONTWRITEBYTECODE"}


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026-05-03T10:00:00Z", "en", dt.date(2026, 5, 3)),
        ("Published May 3, 2026", "en", dt.date(2026, 5, 3)),
        ("3 Sept 2026", "en", None),
        ("3. Mai 2026", "de", dt.date(2026, 5, 3)),
        ("le 3 août 2026", "fr", dt.date(2026, 8, 3)),
        ("3 de mayo de 2026", "es-MX", dt.date(2026, 5, 3)),
        ("2026年5月3日", "zh", dt.date(2026, 5, 3)),
        ("03/05/2026", "en", None),
        ("May 45, 2026", "en", None),
        ("", "xx", None),
    ],
)
def test_a_printed_date_is_read_where_it_can_mean_one_day_only(
    text: str, language: str, day: dt.date | None
) -> None:
    assert read_date(text, language) == day
