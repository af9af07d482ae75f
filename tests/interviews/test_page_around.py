"""What stands around an interview: front matter is named, furniture stays out, showings are listed."""

import pytest

from interviews.transcripts import read
from interviews.visible_text import render

TALK = (
    "Joan Marsh: Was it cold?\n\nInes Calder: It was. We had one coat between us and it was wet.\n\n"
    "{between}Marsh: And then?\n\nCalder: We went in, and my aunt made soup for everybody on the boat.\n\n{after}"
)


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Photo: Harbour Light Films",
        "Ines Calder on the pier at Sula. Courtesy of Harbour Films.",
        "RELATED: Ten Films About Water",
        "Read more: The Quiet Year",
        "Sign up for our weekly newsletter",
        "Follow us on Twitter @reel",
        "Te puede interesar: Diez películas sobre el frío",
        "© 2019 The Reel Standard. All rights reserved.",
    ],
)
def test_furniture_between_turns_is_kept_out_of_them(line: str) -> None:
    text = TALK.format(between=f"{line}\n\n", after="")
    reading = read(text)

    assert [turn.kind for turn in reading.turns] == ["question", "answer"] * 2
    assert line in [text[start:end] for start, end in (*reading.furniture, *reading.unplaced)]


def test_an_answer_that_speaks_of_photographs_and_newsletters_stays_whole() -> None:
    answer = "I took a photo of the newsletter that we sent out, and I never subscribed to it myself."
    text = TALK.format(between="", after=f"Marsh: And now?\n\nCalder: {answer}")

    assert read(text).turns[-1].text(text) == answer


def test_title_byline_and_date_are_told_by_where_they_stand() -> None:
    text = "The Last Ferry: An Interview\n\nBy Joan Marsh\n\nOctober 3, 2019\n\n" + TALK.format(
        between="", after=""
    )
    meta = read(text).meta

    assert (meta.title, meta.byline, meta.date) == (
        "The Last Ferry: An Interview",
        "Joan Marsh",
        "October 3, 2019",
    )


def test_a_page_tells_its_publication_in_its_head() -> None:
    page = "<html><head><title>Ines Calder | The Reel Standard</title></head><body><h1>Ines Calder</h1><p>Hi.</p></body></html>"
    visible = render(page.encode(), "html")

    assert read(visible).meta.publication == "The Reel Standard"


def test_a_screening_notice_is_told_after_the_interview_and_listed() -> None:
    notice = "The Last Ferry is now on view at Atlanta’s Gate Cinema, 2345 Harbour Road. 404-555-0188."
    text = TALK.format(between="", after=notice)
    reading = read(text)
    [listing] = reading.listings

    assert reading.turns[-1].kind == "narration"
    assert (listing.venue, listing.city, listing.phone) == ("Gate Cinema", "Atlanta", "404-555-0188")
    assert text[listing.start : listing.end] == notice


def test_a_festival_that_is_only_remembered_is_no_listing() -> None:
    text = TALK.format(
        between="", after="Marsh: Where?\n\nCalder: At a festival in Girona, in a hall, and everybody slept."
    )

    assert read(text).listings == ()
