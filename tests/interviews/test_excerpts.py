"""An excerpt is its source's words, character for character, and says where they stand."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import excerpts, selectors
from interviews.excerpts import CannotCut, cut, stands
from interviews.models import Excerpt, Source
from interviews.utf16_offsets import SplitsCharacter, from_utf16, to_utf16
from tests.factories import make_film
from tests.interviews.zine import ARABIC, LABELLED, NOW, keep, keep_page, quote


@pytest.fixture
def source(db: None) -> Source:
    return keep(make_film())


def test_an_excerpt_carries_its_words_and_32_characters_around_them(source: Source) -> None:
    words = "People will let you\nlook at them only after they have seen you tired."
    excerpt = quote(source, words)
    text, start = source.visible_text, source.visible_text.index(words)
    assert (excerpt.exact, excerpt.start, excerpt.end) == (words, start, start + len(words))
    assert (excerpt.prefix, excerpt.suffix) == (
        text[start - 32 : start],
        text[start + len(words) :][:32],
    )
    assert stands(excerpt, source)


def test_what_is_left_out_is_marked(source: Source) -> None:
    excerpt = quote(source, "My grandmother drew it for me", "I found the first cairn")
    assert excerpt.exact == "My grandmother drew it for me […] I found the first cairn"
    assert stands(excerpt, source)


def test_space_at_the_edges_is_left_off(source: Source) -> None:
    start = source.visible_text.index(" For the first winter")
    excerpt = cut(source, [[start, start + 22]], speaker="Mara Lindqvist", by=None, now=NOW)
    assert excerpt.exact == "For the first winter"


@pytest.mark.parametrize(
    "segments",
    [
        [],
        [[5, 5]],
        [[9, 5]],
        [[-3, 5]],
        [[0, 10**6]],
        [[59, 61]],
        [[30, 40], [10, 20]],
        [[10, 20], [15, 30]],
        [[0, 5], [5, 11]],
        [[0, 5], [6, 11]],
    ],
)
def test_what_is_no_excerpt_is_refused(source: Source, segments: list[list[int]]) -> None:
    assert source.visible_text[59:61].isspace()
    assert source.visible_text[5:6].isspace()
    with pytest.raises(CannotCut):
        cut(source, segments, speaker="Mara Lindqvist", by=None, now=NOW)
    assert not Excerpt.objects.exists()


def test_nobodys_words_are_refused(source: Source) -> None:
    with pytest.raises(CannotCut):
        cut(source, [[0, 10]], speaker=" ", by=None, now=NOW)


@pytest.mark.parametrize(("text", "place"), [("cafe\u0301 now", 4), ("👩\u200d🚀 flies", 1), ("👍🏽 yes", 1)])
def test_a_cut_through_a_letter_is_refused(text: str, place: int) -> None:
    with pytest.raises(CannotCut):
        excerpts.tighten(text, [[0, place]])


@pytest.mark.parametrize("change", [" ", "e", "."])
def test_one_character_changed_in_the_source_and_it_does_not_stand(source: Source, change: str) -> None:
    excerpt = quote(source, "People will let you\nlook at them only after they have seen you tired.")
    middle = excerpt.start + 12
    source.visible_text = source.visible_text[:middle] + change + source.visible_text[middle + 1 :]
    assert not stands(excerpt, source)


def test_a_word_put_into_an_excerpt_and_it_does_not_stand(source: Source) -> None:
    excerpt = quote(source, "People will let you\nlook at them only after they have seen you tired.")
    excerpt.exact = excerpt.exact.replace("only", "just")
    assert not stands(excerpt, source)


def test_segments_outside_do_not_stand_and_do_not_raise(source: Source) -> None:
    excerpt = quote(source, "My grandmother drew it")
    for segments in ([], [[10**6, 10**6 + 4]], [[40, 20]]):
        excerpt.segments = segments
        assert not stands(excerpt, source)


def test_the_speaker_of_a_span_is_its_turns(source: Source) -> None:
    start = source.visible_text.index("My grandmother")
    assert excerpts.speaker_of(source, start, start + 14) == "Mara Lindqvist"
    assert excerpts.speaker_of(source, 0, len(source.visible_text)) == ""


def test_withdrawing_happens_once(source: Source) -> None:
    excerpt = quote(source, "My grandmother drew it")
    assert excerpts.withdraw(excerpt, reason="The writer asks.", now=NOW)
    assert excerpt.withdrawn_at == NOW
    assert not excerpts.withdraw(excerpt, reason="Again.", now=NOW)
    assert excerpt.withdrawn_reason == "The writer asks."


# --- selectors and links ---------------------------------------------------------------------------------


def test_selectors_are_those_of_the_web_annotation_model() -> None:
    text = "One. Two. Three."
    assert selectors.text_quote_selector(text, 5, 9) == {
        "type": "TextQuoteSelector",
        "exact": "Two.",
        "prefix": "One. ",
        "suffix": " Three.",
    }
    assert selectors.text_position_selector(5, 9) == {"type": "TextPositionSelector", "start": 5, "end": 9}


def directive(text: str, words: str) -> str:
    start = text.index(words)
    return selectors.fragment_directive(text, [(start, start + len(words))])


def test_a_short_passage_is_named_whole_and_encoded() -> None:
    text = "He said: well-known, R&D and 100% café."
    assert directive(text, "well-known, R&D and 100% café") == (
        ":~:text=well%2Dknown%2C%20R%26D%20and%20100%25%20caf%C3%A9"
    )


def test_a_long_passage_is_named_by_its_first_and_last_words() -> None:
    text = "Before. " + " ".join(f"word{number}" for number in range(40)) + ". After."
    assert (
        directive(text, text[8:-8])
        == ":~:text=word0%20word1%20word2%20word3,word36%20word37%20word38%20word39"
    )


def test_words_that_stand_earlier_too_are_told_apart() -> None:
    text = "I do not know. Then she came home and said it: I do not know. That was all."
    start = text.rindex("I do not know.")
    assert selectors.fragment_directive(text, [(start, start + 14)]) == (
        ":~:text=home%20and%20said%20it%3A-,I%20do%20not%20know.,-That%20was%20all."
    )


def test_an_opening_that_stands_earlier_takes_more_words() -> None:
    tail = " and so on until the very last of the days that we had on the road together with the goat"
    text = "We went up the hill slowly. We went up the hill again" + tail + "."
    start = text.rindex("We went")
    found = directive(text[start - 28 :], text[start:-1])
    assert found.startswith(":~:text=We%20went%20up%20the%20hill%20again,")


def test_a_passage_over_paragraphs_is_never_one_term() -> None:
    text = "First words here.\n\nLast words there."
    assert directive(text, text) == ":~:text=First%20words%20here.,Last%20words%20there."


def test_each_piece_has_its_own_directive() -> None:
    assert selectors.fragment_directive("One two three four.", [(0, 3), (8, 13)]) == ":~:text=One&text=three"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b", "https://a.example/b#:~:text=One"),
        ("https://a.example/b#c", "https://a.example/b#c:~:text=One"),
        ("", ""),
    ],
)
def test_a_link_opens_at_the_words(url: str, link: str) -> None:
    assert selectors.link_into(url, "One two", [(0, 3)]) == link


def resolve(text: str, found: str) -> tuple[int, int] | None:
    """What a browser would mark for one text directive: the first match, any case, any white space."""
    terms = found.removeprefix(":~:text=").split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""

    def pattern(term: str) -> str:
        return r"\s+".join(re.escape(word) for word in unquote(term).split())

    opening = rf"(?:{pattern(prefix)}\s*)" if prefix else ""
    closing = rf"(?=\s*{pattern(suffix)})" if suffix else ""
    middle = pattern(terms[0]) + (rf".*?{pattern(terms[1])}" if len(terms) > 1 else "")
    match = re.search(rf"{opening}(?P<it>{middle}){closing}", text, re.IGNORECASE | re.DOTALL)
    return match.span("it") if match else None


@given(st.data())
def test_every_marked_sentence_is_found_again_through_its_link(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([LABELLED, ARABIC]))
    edges = [found.start() for found in re.finditer(r"(?<=\s)\S", text)]
    start, end = sorted(data.draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2, unique=True)))
    span = excerpts.tighten(text, [[start, end]])[0]
    assert resolve(text, selectors.fragment_directive(text, [span])) == span


def test_chinese_is_cut_at_its_punctuation() -> None:
    text = (
        "我们走了很久，山上没有人，只有风，只有盐，只有路。" * 2
        + "后来她说，路是人走出来的，盐是人背过来的，话是人说出来的，山却一直在那里，从来没有走开过，也从来没有问过我们累不累，渴不渴，冷不冷，它只是看着我们一年一年地走过去，又一年一年地走回来，背着盐，背着孩子。"
        + "就这样。"
    )
    start = text.index("后来她说")
    found = selectors.fragment_directive(text, [(start, len(text) - 4)])
    opening, closing = (unquote(term) for term in found.removeprefix(":~:text=").split(","))
    assert opening.startswith("后来她说，")
    assert closing.endswith("背着孩子。")
    assert len(found) < 600


# --- offsets as a browser counts them ----------------------------------------------------------------------


@given(st.text(), st.data())
def test_offsets_come_back_from_the_browser(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert to_utf16(text, offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    assert from_utf16(text, to_utf16(text, offset)) == offset


@pytest.mark.parametrize("units", [-1, 2, 9])
def test_an_offset_in_the_midst_of_a_character_is_refused(units: int) -> None:
    with pytest.raises(SplitsCharacter):
        from_utf16("a🎬b", units)


def test_a_page_is_quoted_as_it_is_seen(db: None) -> None:
    source = keep_page(make_film())
    excerpt = quote(source, "The day of the landslide & the day after.")
    assert stands(excerpt, source)
    assert "&amp;" in bytes(source.content).decode()
