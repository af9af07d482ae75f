"""What a reading promises of any text: every character has one place, nothing is dropped, nothing is raised."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.text_map import VisibleText
from interviews.transcripts import Reading, read
from interviews.visible_text import UnreadableSource, render

PIECES = st.sampled_from(
    [
        "Calder:", "Q:", "A:", "Q.", "A.", "What is it?", "I think so.", "**MS** —", "—", "――", "1. ", "2. ", ">> ",
        "[00:12:03] Speaker 1:", "\n", "\n\n", " ", "Photo: X", "INTERVIEWER", "“", "”", '"', "said Jane Doe", "# H",
        "Jane Doe", "> ", "- ", "[^1]:", "(laughs)", "问：", "答：", "س:", "©", "\r\n", "\u2028", "\x0c", "\xa0", "\ud800",
        "The Last FerryFor", "http://x.y", "*", "_", "*a*", "- [", "![", "](", "---\n", "title: x\n",
    ]
)  # fmt: skip
TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<br>", "<div class='q'>", "</div>", "&amp;", "&#8217;", "&nbsp;", "<script>", "<",
        "</script>", "<!--", "-->", "<td>", "<li>", "<h2>", "</h2>", "&", "<dl><dt>", "<dd>", "<title>", "</title>",
        "<head>", "</head>", "<![CDATA[", "<!x", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "<v Roz>", "&lt;",
    ]
)  # fmt: skip
ANYTHING = st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join)
ANY_PAGE = st.lists(TAGS | PIECES | st.text(max_size=8), max_size=50).map("".join)
THOROUGH = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    turns = [segment for turn in reading.turns for segment in turn.segments]
    meta = [(start, end) for _, start, end in reading.meta.spans]
    labels = [span for span in reading.labels if span[0] < span[1]]
    return sorted([*turns, *labels, *meta, *reading.furniture, *reading.unplaced])


def assert_all_is_placed_once(reading: Reading, text: str) -> None:
    reached = 0
    for start, end in spans_of(reading):
        assert reached <= start < end
        assert not text[reached:start].strip()
        reached = end
    assert not text[reached:].strip()


@THOROUGH
@given(ANYTHING | st.text())
def test_every_character_of_any_text_has_exactly_one_place(text: str) -> None:
    assert_all_is_placed_once(read(text), text)


@THOROUGH
@given(ANY_PAGE, st.sampled_from(["html", "md", "vtt", "srt", "txt"]))
def test_every_character_of_any_page_has_exactly_one_place(source: str, format: str) -> None:
    try:
        visible = render(source.encode("utf-8", "replace"), format)
    except UnreadableSource:
        return
    assert_all_is_placed_once(read(visible), visible.text)


@THOROUGH
@given(ANYTHING)
def test_turns_come_in_order_and_say_how_sure_they_are(text: str) -> None:
    reading = read(text)
    reached = -1
    for turn in reading.turns:
        assert turn.start > reached
        assert 0.0 <= turn.confidence <= 1.0
        reached = turn.end
    assert [turn["text"] for turn in reading.as_json(text)["turns"]] == [
        turn.text(text) for turn in reading.turns
    ]


def test_a_text_that_is_no_interview_is_told_and_said_to_be_none() -> None:
    recipe = (
        "Bread\n\nMix the flour and the water. Let it rest for an hour.\n\nBake it until it sounds hollow."
    )
    reading = read(recipe)

    assert not reading.is_interview
    assert {turn.kind for turn in reading.turns} == {"narration"}
    assert reading.meta.title == "Bread"


@pytest.mark.parametrize("text", ["", " \n ", "?", "Q:", "A: A: A:", ":\n:\n:", "—", "“", "Q. Q. Q. Q."])
def test_scraps_are_read_without_complaint(text: str) -> None:
    assert not read(text).is_interview


def test_a_caption_between_two_paragraphs_of_an_answer_leaves_one_turn_in_two_segments() -> None:
    text = (
        "Joan Marsh: Was it cold?\n\nInes Calder: It was. We had one coat.\n\n"
        "Ines Calder on the pier. Photo: Harbour Films\n\nAnd the coat was wet.\n\nMarsh: And then?\n\nCalder: We went in."
    )
    answer = read(text).turns[1]

    assert answer.speaker == "Ines Calder"
    assert [text[start:end] for start, end in answer.segments] == [
        "It was. We had one coat.",
        "And the coat was wet.",
    ]


def test_a_label_that_comes_again_begins_a_new_turn_of_the_same_speaker() -> None:
    text = "Marsh: Was it cold?\n\nCalder: It was.\n\nCalder: And wet.\n\nMarsh: And then?\n\nCalder: We went in."

    assert [turn.kind for turn in read(text).turns] == ["question", "answer", "answer", "question", "answer"]


def test_the_json_holds_what_callers_are_promised() -> None:
    text = "A Talk\n\nQ: Was it cold?\n\nA: It was.\n\nQ: And then?\n\nA: We went in."
    plain = read(text).as_json(text)

    assert set(plain) >= {"turns", "quotations", "meta", "listings", "unplaced"}
    assert set(plain["meta"]) == {"title", "byline", "publication", "date"}
    assert plain["turns"][0] == {
        "kind": "question",
        "speaker": None,
        "text": "Was it cold?",
        "start": 11,
        "end": 23,
        "segments": [[11, 23]],
        "confidence": 0.98,
    }


def test_spans_lead_back_into_a_page_with_entities_and_tags() -> None:
    source = "<p><b>Q:</b> Salt &amp; <i>bread</i>?</p><p><b>A:</b> Yes.</p><p><b>Q:</b> Butter?</p><p><b>A:</b> No.</p>"
    visible = render(source.encode(), "html")
    question = read(visible).turns[0]
    start, end = visible.to_source(question.start, question.end)

    assert question.text(visible) == "Salt & bread?"
    assert source[start:end] == "Salt &amp; <i>bread</i>?"


def test_a_plain_string_and_its_visible_text_read_alike() -> None:
    text = "Q: Was it cold?\n\nA: It was.\n\nQ: And then?\n\nA: We went in."

    assert read(text) == read(VisibleText(text, "txt"))
