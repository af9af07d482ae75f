"""Words as phones send them: any script, nothing hidden, nothing turned around."""

from __future__ import annotations

import uuid

import pytest

from discussions.sent_words import CannotSend, clean, clean_words, key_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  The   salt  ", "The salt"),
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("cafe\u0301", "café"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\u200bb\x00c\x1b[31m", "abc[31m"),
        ("الضوء في السينما", "الضوء في السينما"),
        ("👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"),
    ],
)
def test_words_are_kept_as_they_are_read(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_name_is_one_line() -> None:
    assert clean("Amber\nHeron", lines=False) == "Amber Heron"


@pytest.mark.parametrize(
    ("typed", "said"), [("", "nothing in it"), (" \u200b\n", "nothing"), ("a" * 281, "281 letters")]
)
def test_what_cannot_be_sent_is_said_in_words(typed: str, said: str) -> None:
    with pytest.raises(CannotSend, match=said):
        clean_words(typed)


def test_280_letters_fit_in_any_script() -> None:
    assert len(clean_words("夜" * 280)) == 280


def test_without_a_key_the_same_words_about_the_same_thing_are_the_same() -> None:
    assert key_of("", 7, "answer", "p", "words") == key_of("", 7, "answer", "p", "words")
    others = {
        key_of("", 8, "answer", "p", "words"),
        key_of("", 7, "answer", "p", "word"),
        key_of("", 7, "ask", "p", "words"),
    }
    assert len(others | {key_of("", 7, "answer", "p", "words")}) == 4
    given = uuid.uuid4()
    assert key_of(str(given), 7, "anything") == given
    with pytest.raises(CannotSend):
        key_of("7 OR 1=1", 7)
