"""Marking words, trimming them, and an editor's words in brackets: one person's words, and nothing else differs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from interviews import excerpts, trimming
from interviews.excerpts import CannotCut, exact_of, recut, stands
from interviews.marked_words import TwoSpeakers, parts_of, quote_marked
from interviews.models import Excerpt, Guide, Source
from interviews.shares import share_of
from interviews.source_page import passages_of, verbatim
from interviews.utf16_offsets import Utf16Places, to_utf16
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.zine import ARABIC, NOW, keep, keep_page, quote

CHINESE = """盐路：与导演的谈话

记者：你是怎么找到这条路的？

林导演：地图是我奶奶画的。她小时候走过一次，带着一只不肯过桥的山羊。

记者：他们愿意被拍摄吗？

林导演：很久都不愿意。第一个冬天我只背盐，摄影机留在包里。😀 后来他们看见我累了，才让我看他们。
"""


@pytest.fixture
def source(db: None) -> Source:
    return keep(make_film())


def span(source: Source, opening: str, closing: str) -> tuple[int, int]:
    start = source.visible_text.index(opening)
    return start, source.visible_text.index(closing, start) + len(closing)


# --- what is marked --------------------------------------------------------------------------------------


def test_marked_words_are_quoted_as_their_speakers(source: Source) -> None:
    excerpt = quote_marked(source, *span(source, "People will", "tired."), by=None, now=NOW)
    assert excerpt.speaker == "Mara Lindqvist"
    assert stands(excerpt, source)


def test_a_mark_over_two_people_asks_whose_words_and_cuts_nothing(source: Source) -> None:
    start, end = span(source, "Were the families", "in its bag.")
    with pytest.raises(TwoSpeakers, match="choose whose") as several:
        quote_marked(source, start, end, by=None, now=NOW)
    assert [said.speaker for said in several.value.parts] == ["The Tide", "Mara Lindqvist"]
    assert not Excerpt.objects.exists()
    excerpt = quote_marked(source, start, end, part=1, by=None, now=NOW)
    assert excerpt.exact.startswith("Not for a long time.")
    assert excerpt.speaker == "Mara Lindqvist"


def test_a_mark_over_two_turns_of_one_person_leaves_the_question_out(source: Source) -> None:
    start, end = span(source, "I thought the map", "For the first winter")
    lindqvist = next(said for said in parts_of(source, start, end) if said.speaker == "Mara Lindqvist")
    shown = exact_of(source.visible_text, lindqvist.segments)
    assert "[…]" in shown
    assert "glad to be filmed" not in shown
    assert "Lindqvist:" not in shown


def test_more_than_half_the_interview_is_refused_in_words(source: Source) -> None:
    start, end = span(source, "My grandmother", "enough for me.")
    index = [said.speaker for said in parts_of(source, start, end)].index("Mara Lindqvist")
    with pytest.raises(CannotCut, match=r"\d+ words, \d+ % of the interview: more than half"):
        quote_marked(source, start, end, part=index, by=None, now=NOW)


def test_its_length_and_share_are_said(source: Source) -> None:
    start, end = span(source, "People will", "tired.")
    assert str(share_of(source, [(start, end)])) == "14 words, 8 % of the interview"


def test_two_editors_quote_the_same_words_and_both_stand(source: Source) -> None:
    words = span(source, "People will", "tired.")
    both = [quote_marked(source, *words, by=make_person(who), now=NOW) for who in (EDITOR, "b@zine.example")]
    assert both[0].uuid != both[1].uuid
    assert all(stands(excerpt, source) for excerpt in both)


def test_one_emoji_is_quoted_whole(db: None) -> None:
    source = keep(make_film(), CHINESE)
    excerpt = quote_marked(source, *span(source, "😀", "😀"), by=None, now=NOW)
    assert (excerpt.exact, excerpt.speaker) == ("😀", "林导演")


@pytest.mark.parametrize(
    ("text", "opening", "closing"),
    [(ARABIC, "تعلمت أن", "متعبا مثلهم."), (CHINESE, "第一个冬天", "留在包里。")],
)
def test_words_in_other_scripts_are_marked_alike(db: None, text: str, opening: str, closing: str) -> None:
    source = keep(make_film(), text)
    excerpt = quote_marked(source, *span(source, opening, closing), by=None, now=NOW)
    assert excerpt.exact.startswith(opening)
    assert stands(excerpt, source)


# --- trimming --------------------------------------------------------------------------------------------


def test_words_left_out_are_marked_and_come_back(source: Source) -> None:
    excerpt = quote(source, "My grandmother drew it for me on the back of an envelope.")
    text = source.visible_text
    before = excerpt.exact
    start, end = span(source, "for me on", "back of")
    recut(excerpt, *trimming.leave_out([(excerpt.start, excerpt.end)], [], start, end, text))
    assert excerpt.exact == "My grandmother drew it […] an envelope."
    recut(excerpt, *trimming.put_back([(a, b) for a, b in excerpt.segments], [], 0))
    assert excerpt.exact == before


def test_an_editors_word_stands_in_brackets_and_goes_again(source: Source) -> None:
    excerpt = quote(source, "She had walked it once, as a girl")
    place = source.visible_text.index("had walked")
    recut(excerpt, *trimming.put_in([(excerpt.start, excerpt.end)], [], place, "the grandmother"))
    assert excerpt.exact == "She [the grandmother] had walked it once, as a girl"
    assert stands(excerpt, source)
    excerpt.refresh_from_db()
    assert stands(excerpt, source)
    recut(excerpt, *trimming.take_out([(excerpt.start, excerpt.end)], [(place, "the grandmother")], place))
    assert excerpt.exact == "She had walked it once, as a girl"


@pytest.mark.parametrize("words", ["", " ", "[x]", "…", "a" * 81])
def test_what_is_no_editors_word_is_refused(source: Source, words: str) -> None:
    excerpt = quote(source, "She had walked it once, as a girl")
    with pytest.raises(CannotCut):
        recut(excerpt, excerpt.segments, [[excerpt.start + 4, words]])


def test_an_editors_word_outside_the_quote_is_refused(source: Source) -> None:
    excerpt = quote(source, "She had walked it once, as a girl")
    with pytest.raises(CannotCut, match="outside"):
        recut(excerpt, excerpt.segments, [[excerpt.end + 9, "word"]])


def test_a_bracket_that_nobody_put_in_does_not_stand(source: Source) -> None:
    excerpt = quote(source, "She had walked it once, as a girl")
    excerpt.exact = "She [never] had walked it once, as a girl"
    assert not stands(excerpt, source)
    excerpt.insertions = [[excerpt.end + 40, "never"]]
    assert not stands(excerpt, source)


def test_chinese_brackets_set_no_spaces(db: None) -> None:
    source = keep(make_film(), CHINESE)
    excerpt = quote_marked(source, *span(source, "第一个冬天", "留在包里。"), by=None, now=NOW)
    recut(excerpt, excerpt.segments, [[source.visible_text.index("我只背盐"), "导演"]])
    assert excerpt.exact == "第一个冬天[导演]我只背盐，摄影机留在包里。"


@given(st.data())
def test_nothing_but_brackets_and_cuts_ever_differs(data: st.DataObject) -> None:
    """Take out what is in brackets, and the words are the segments' own."""
    text = "She had walked it once, as a girl, with a goat that refused every bridge. 我们走 👩\u200d🚀 now."
    edges = [at for at in range(len(text)) if text[at] == " " or at == 0]
    chosen = sorted(data.draw(st.lists(st.sampled_from(edges), min_size=2, max_size=4, unique=True)))
    bounds = [chosen[0], chosen[1]] if len(chosen) < 4 else chosen
    pairs = [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds) - 1, 2)]
    try:
        spans = excerpts.tighten(text, pairs)
    except CannotCut:
        return
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=3, unique=True))
    try:
        tidy = excerpts.tidy_insertions(text, spans, [(place, "word") for place in places])
    except CannotCut:
        return
    shown = exact_of(text, spans, tidy)
    bare = "".join(shown.replace("[…]", "").replace("[word]", "").split())
    assert bare == "".join("".join(text[start:end] for start, end in spans).split())


# --- the pages -------------------------------------------------------------------------------------------


def editor_of(source: Source) -> Client:
    from interviews.guides import start_guide

    person = make_person(EDITOR)
    start_guide(source.interview.film, "What we carry", person)
    client = Client()
    client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def test_the_page_says_where_each_paragraph_begins_as_browsers_count(db: None) -> None:
    source = keep(make_film(), CHINESE)
    places = Utf16Places(source.visible_text)
    assert all(places(at) == to_utf16(source.visible_text, at) for at in range(len(source.visible_text) + 1))
    encoded = source.visible_text.encode("utf-16-le")
    for passage in passages_of(source, [(5, 30)]):
        for paragraph in passage.paragraphs:
            words = "".join(str(run.html) for run in paragraph.runs)
            assert encoded[2 * paragraph.at :].decode("utf-16-le").startswith(words)


def test_markup_in_a_source_is_shown_and_never_run() -> None:
    assert verbatim("<script>1</script>\r\n") == "&lt;script&gt;1&lt;/script&gt;&#13;\n"


def test_a_mark_is_sent_as_the_browser_counts_and_quoted(db: None) -> None:
    source = keep(make_film(), CHINESE)
    start, end = span(source, "后来他们", "看他们。")
    client = editor_of(source)
    text = source.visible_text
    response = client.post(
        reverse("read_interview", args=[source.interview_id]),
        {"start": to_utf16(text, start), "end": to_utf16(text, end)},
    )
    excerpt = Excerpt.objects.get()
    assert response["Location"] == reverse("excerpt", args=[excerpt.uuid])
    assert excerpt.exact == text[start:end]
    page = client.get(response["Location"]).content.decode()
    assert "后来他们看见我累了" in page


def test_half_a_character_is_refused_in_words(db: None) -> None:
    source = keep(make_film(), CHINESE)
    half = to_utf16(source.visible_text, source.visible_text.index("😀")) + 1
    response = editor_of(source).post(
        reverse("read_interview", args=[source.interview_id]), {"start": half, "end": half + 5}
    )
    assert response.status_code == 422
    assert "in the middle of a character" in response.content.decode()
    assert not Excerpt.objects.exists()


def test_a_mark_over_two_people_shows_both_to_choose(source: Source) -> None:
    start, end = span(source, "Were the families", "in its bag.")
    client, address = editor_of(source), reverse("read_interview", args=[source.interview_id])
    response = client.post(address, {"start": start, "end": end})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Quote Mara Lindqvist" in page
    client.post(address, {"start": start, "end": end, "part": 1})
    assert Excerpt.objects.get().speaker == "Mara Lindqvist"


def test_without_a_script_words_are_named_by_turn(source: Source) -> None:
    client, address = editor_of(source), reverse("read_interview", args=[source.interview_id])
    turn = next(
        turn for turn in source.turns.all() if "People will" in source.visible_text[turn.start : turn.end]
    )
    number = list(source.turns.all()).index(turn) + 1
    client.post(address, {"turn": number, "opening": "People will let", "closing": "seen you tired."})
    assert " ".join(Excerpt.objects.get().exact.split()).endswith("after they have seen you tired.")
    response = client.post(address, {"turn": number, "opening": "Nowhere at all", "closing": ""})
    assert response.status_code == 422
    assert "do not stand" in response.content.decode()


def test_every_act_of_the_excerpts_page(source: Source) -> None:
    client = editor_of(source)
    excerpt = quote(source, "My grandmother drew it for me on the back of an envelope.")
    address = reverse("excerpt", args=[excerpt.uuid])

    def act(**data: object) -> Excerpt:
        assert client.post(address, data).status_code == 302
        excerpt.refresh_from_db()
        assert stands(excerpt, source)
        return excerpt

    assert (
        act(act="leave_out", words="for me on the back of").exact == "My grandmother drew it […] an envelope."
    )
    assert act(act="put_in", words="drew", insertion="often").exact.startswith(
        "My grandmother [often] drew it"
    )
    assert "[…]" not in act(act="put_back", gap=0).exact
    place = excerpt.insertions[0][0]
    assert "[" not in act(act="take_out", place=place).exact
    assert act(act="note", note="It was a postcard.").note == "It was a postcard."
    guide = Guide.objects.get()
    act(act="add", guide=guide.pk, section="filmmaker")
    act(act="add", guide=guide.pk, section="filmmaker")
    assert guide.sections.get().blocks.count() == 1
    act(act="right", right="own", right_note="Made for this guide.")
    assert excerpt.right == "own"
    act(act="withdraw", reason="The writer asks.")
    assert excerpt.withdrawn_reason == "The writer asks."
    trail = client.get(address).content.decode()
    assert EDITOR in trail
    assert "The writer asks." in trail


def test_nonsense_changes_nothing_and_is_answered_in_words(source: Source) -> None:
    client = editor_of(source)
    excerpt = quote(source, "My grandmother drew it")
    for data in (
        {"act": "leave_out"},
        {"act": "leave_out", "start": "9" * 9, "end": "1"},
        {"act": "put_in", "words": "drew", "insertion": "[]"},
        {"act": "put_back", "gap": "7"},
        {"act": "take_out", "place": "x"},
        {"act": "accept", "refinding": "x"},
        {"act": "dance"},
    ):
        assert client.post(reverse("excerpt", args=[excerpt.uuid]), data).status_code == 302
    excerpt.refresh_from_db()
    assert excerpt.exact == "My grandmother drew it"


def test_a_withdrawn_source_is_quoted_no_more(source: Source) -> None:
    quote(source, "My grandmother drew it")
    assert excerpts.withdraw_source(source, reason="Asked for.", now=NOW, by=None) == 1
    with pytest.raises(CannotCut, match="withdrawn"):
        quote(source, "I found the first cairn")


def test_what_comes_from_a_page_is_marked_across_its_markup(db: None) -> None:
    source = keep_page(make_film())
    excerpt = quote_marked(source, *span(source, "Silence is", "trust you."), by=None, now=NOW)
    assert "kept\xa0every pause" in excerpt.exact
    assert stands(excerpt, source)
