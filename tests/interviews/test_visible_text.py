"""What a reader sees of a file: five formats, any encoding, and a sentence for what cannot be read."""

import pytest

from interviews.visible_text import MAX_BYTES, UnreadableSource, detect_format, render

PAGE = b"<html><head><title>T</title><script>x()</script></head><body><p>One <b>two</b></p><p>three</p></body></html>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x00\x01\x02\x03" * 400, "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 30, "not a text file"),
        (b"\xff\xfeQ\x00:", "damaged"),
        (b"<script>only()</script>", "no text that a reader would see"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableSource, match=says):
        render(data, "html" if data.startswith(b"<") else None)


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UnreadableSource, match="“exe” is not a format"):
        render(b"Hello", "exe")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_the_same_words_come_out_of_every_encoding(encoding: str) -> None:
    text = "P. ¿Cuándo empezó? R. En el año de la nieve, señora, cuando cerró el café."

    assert render(text.encode(encoding)).text == text


def test_shift_jis_is_told_from_its_declaration() -> None:
    page = '<html><head><meta charset="shift_jis"></head><body><p>――海は好きですか。</p></body></html>'

    assert render(page.encode("shift_jis")).text == "――海は好きですか。"


@pytest.mark.parametrize(
    ("text", "filename", "format"),
    [
        ("Q: Yes?", "talk.txt", "txt"),
        ("Q: Yes?", "talk.md", "md"),
        ("Q: Yes?", "", "txt"),
        ("# Talk\n\n**Q:** Yes?", "", "md"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "talk.txt", "vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi", "", "srt"),
        ("<!DOCTYPE html><p>Hi", "", "html"),
        ("<p>One</p><p>Two</p>", "", "html"),
    ],
)
def test_the_format_is_told_by_content_then_by_name(text: str, filename: str, format: str) -> None:
    assert detect_format(text, filename) == format


@pytest.mark.parametrize("format", ["txt", "md"])
def test_plain_text_and_markdown_are_seen_as_they_stand(format: str) -> None:
    text = "# Talk\r\n\r\n**Q:** Was it   _cold_?\n\n\n\tYes."
    visible = render(text.encode(), format)

    assert visible.text == text
    assert visible.to_source(3, 9) == (3, 9)


def test_a_page_is_seen_without_scripts_with_its_blocks_apart() -> None:
    visible = render(PAGE, "html")

    assert visible.text == "One two\n\nthree"
    assert visible.head == (("title", "T"),)


def test_every_visible_letter_of_a_page_leads_back_to_its_own() -> None:
    source = PAGE.decode()
    visible = render(PAGE, "html")
    for index, character in enumerate(visible.text):
        start, end = visible.to_source(index, index + 1)
        assert character.isspace() or source[start:end] == character


def test_subtitles_are_seen_without_numbers_times_and_tags_but_keep_their_voices() -> None:
    source = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Roz>It&apos;s <i>you</i>\nagain\n\nNOTE x\n\n00:bad --> 9\nlost\n"
    visible = render(source.encode(), "vtt")

    assert visible.text == "It's you\nagain"
    assert [(mark.kind, mark.value) for mark in visible.marks] == [("voice", "Roz"), ("voice", "Roz")]


def test_deeply_nested_and_unclosed_markup_is_read() -> None:
    assert render(b"<div>" * 20_000 + b"deep", "html").text == "deep"
    assert render(b"<p>a<b>b<i>c" * 2_000, "html").text.startswith("abc")
