"""Every letter in the language of its reader: words, headers, marks; and what stays English."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from notices import mail_merge
from notices.letters import Letter, compose
from notices.mail import attachments_of, private_values
from tests.every_letter import TO_COLLEAGUES, WRITERS, Written, write
from tests.mail_server import read_letter, text_of
from tests.notices.test_catalogues import LANGUAGES, TAG, VALUE, both, messages, read

pytestmark = pytest.mark.django_db

TO_ATTENDEES = sorted(set(WRITERS) - TO_COLLEAGUES)
# Lines that are names, or words that somebody said: they are the same in every language.
NOT_OURS = {
    "The Salt Road",
    "The Lantern",
    "The Lantern, Atlanta",
    "12 Ponce Street, Atlanta, GA",
    "Who paid for the salt?",
    "> My aunt did, and a bank in Oaxaca that has since closed.",
    "> She was paid back in salt.",
    "Ines Aguilar",
    "The projector’s lamp has gone. A new one comes on Monday.",
    "> People will let you look at them only after they have seen you tired.",
    "Whom have you let look at you when you were tired?",
    "What will you keep of it, now that you have slept?",
    "Who made the road nearest to your house, and who keeps it open?",
}


def read_by(written: Written, language: str) -> tuple[Letter, bytes]:
    """The letter to the same reader, had they chosen another language; and the mail."""
    kind, notice, about = written.kind, written.notice, written.about
    reader = notice.person if notice.person_id else notice.reply_to
    assert reader is not None
    reader.language = language
    letter = compose(kind, notice, about, written.at)
    mail = mail_merge.alone(kind, notice, about, letter, attachments_of(kind, notice, about))
    return letter.filled(private_values(kind, notice, about)), mail.content


def phrases(english: str) -> list[str]:
    """What a message says of its own: between its values and tags, where that is more than a word."""
    pieces = VALUE.split(TAG.sub("", english))
    return [piece.strip(" .,:") for piece in pieces if len(piece.split()) > 1]


def lines(letter: Letter) -> set[str]:
    return {line for line in letter.text.splitlines() if re.search(r"[^\W\d_]", line) and "http" not in line}


@pytest.mark.parametrize("code", TO_ATTENDEES)
def test_a_letter_is_in_its_readers_language(code: str) -> None:
    written = write(code)
    for language in LANGUAGES:
        letter, content = read_by(written, language)
        mail = read_letter(content)
        assert not mail.defects
        assert mail["Content-Language"] == language  # RFC 3282
        assert f'<html lang="{language}" dir="ltr">' in text_of(mail, "html")
        assert len(content) < 100_000
        assert letter.subject != written.letter.subject
        assert lines(letter) & lines(written.letter) <= NOT_OURS
        said = " ".join(f"{letter.subject} {letter.text} {TAG.sub(' ', letter.html)}".split())
        for message in messages(read(language)):
            for english, theirs in both(message):
                left = [p for p in phrases(english) if p in said and p not in theirs]
                assert not left, left


@pytest.mark.parametrize("code", sorted(TO_COLLEAGUES))
def test_who_works_with_us_is_written_to_in_english(code: str) -> None:
    """What they answer at is in English; so is the letter, and says so."""
    written = write(code, language="de")
    assert written.notice.language == "de"
    mail = read_letter(written.content)
    assert mail["Content-Language"] == "en"
    assert '<html lang="en" dir="ltr">' in text_of(mail, "html")
    assert written.letter == read_by(written, "en")[0]


def test_a_language_that_nobody_writes_is_answered_in_english() -> None:
    written = write("reminder_day", language="tlh")
    assert read_letter(written.content)["Content-Language"] == settings.LANGUAGE_CODE
    assert "Tomorrow, 7:00 pm: The Salt Road" in written.letter.subject


def test_the_calendar_of_a_letter_speaks_as_the_letter_does() -> None:
    (calendar,) = read_letter(write("showing_cancelled", language="de").content).iter_attachments()
    assert "SUMMARY:Abgesagt: The Salt Road" in calendar.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_lets_a_title_add_a_header_or_markup(language: str) -> None:
    title = "Salt\r\nBcc: all@home.example\r\n\r\n<script>alert(1)</script>%(code)s"
    for code in ("reminder_day", "showing_changed"):
        mail = read_letter(write(code, title, language).content)
        assert mail["Bcc"] is None
        assert "<script" not in text_of(mail, "html")
        assert not mail.defects


def test_the_code_is_in_the_subject_in_every_language() -> None:
    written = write("sign_in")
    for language in LANGUAGES:
        letter, _ = read_by(written, language)
        code = private_values(written.kind, written.notice, written.about)["code"]
        assert letter.subject.startswith(f"{code} ")
        assert f"\n\n{code}\n\n" in letter.text
