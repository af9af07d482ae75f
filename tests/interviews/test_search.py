"""Who said what about it: the same on both databases, and suggestions that say why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviews import search as searching
from interviews.archive import add_source
from interviews.guides import start_guide
from interviews.heard import Heard, HeardTurn, heard_about
from interviews.lexemes import lexemes
from interviews.models import Posting
from interviews.search import search
from interviews.suggestions import echoes, sentence_spans, suggest
from screenings.models import Film
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.test_quoting import CHINESE
from tests.interviews.zine import ARABIC, LABELLED, NOW, keep, keep_page

FRENCH = """Entretien avec Mara Lindqvist sur La Route du sel

LA MARÉE : Comment avez-vous trouvé la route ?

Mara Lindqvist : Ma grand-mère l'avait dessinée. Les familles marchaient encore, et nous avons marché avec elles.

LA MARÉE : Étaient-elles contentes d'être filmées ?

Mara Lindqvist : Pas pendant longtemps. Il fallait d'abord qu'elles nous voient fatigués et que nous portions le sel.
"""


@pytest.fixture
def film(db: None) -> Film:
    film = make_film()
    keep(film)
    keep_page(film)
    keep(film, FRENCH, publication="La Marée", filename="maree.txt", url="https://maree.example/sel")
    keep(film, CHINESE, publication="潮报", filename="chao.txt", url="https://chao.example/yan")
    keep(film, ARABIC, publication="المد", filename="madd.txt", url="https://madd.example/milh")
    return film


def found(film: Film, query: str, **filters: str) -> list[tuple[str, str]]:
    results = search(film, query, **filters)
    return [
        (one.interview.publication, "".join(words for words, _ in one.snippet)[:24]) for one in results.found
    ]


def test_the_order_of_what_is_found_is_the_same_on_every_database(film: Film) -> None:
    """Figures and order are written down here: this test runs on SQLite and on PostgreSQL."""
    results = search(film, "carried salt over the pass")
    assert [(one.interview.publication, one.number, round(one.score, 3)) for one in results.found[:3]] == [
        ("The Tide", 1, 14.198),
        ("The Tide", 7, 9.971),
        ("The Tide", 5, 6.612),
    ]


@pytest.mark.parametrize(
    ("query", "publications"),
    [
        ("silences", {"Reel & Rope"}),
        ("CARRYING", {"The Tide"}),
        ("marcher", {"La Marée"}),
        ("fatigue", {"La Marée"}),
        ("山羊", {"潮报"}),
        ("الناس", {"المد"}),
        ("surveillance", set()),
        ("", set()),
        ("!?", set()),
    ],
)
def test_words_are_found_in_every_form_and_script(film: Film, query: str, publications: set[str]) -> None:
    assert {publication for publication, _ in found(film, query)} == publications


def test_turns_that_say_every_word_come_first(film: Film) -> None:
    results = search(film, "grandmother envelope goat landslide")
    assert results.said_all == 0
    assert "grandmother" in "".join(words for words, _ in results.found[0].snippet)
    assert search(film, "grandmother goat").said_all == 1


def test_a_speaker_and_a_publication_narrow_it(film: Film) -> None:
    assert {name for name, _ in found(film, "road", publication="Reel & Rope")} == {"Reel & Rope"}
    everybody = search(film, "film").total
    assert search(film, "film", speaker="Mara Lindqvist").total < everybody
    assert search(film, "film", speaker="Nobody").total == 0


def test_what_was_sought_is_marked_in_its_place(film: Film) -> None:
    snippet = search(film, "silence").found[0].snippet
    assert [words for words, is_sought in snippet if is_sought] == ["silence"]


def test_other_films_are_not_searched(film: Film) -> None:
    assert search(make_film("Night Ferry"), "silence").total == 0


def test_a_changed_text_is_searched_and_the_old_one_no_more(film: Film) -> None:
    source = film.interviews.get(publication="The Tide").sources.get()
    text = LABELLED.replace("grandmother", "godfather")
    add_source(source.interview, text.encode(), filename="tide.txt", retrieved_at=NOW.replace(year=2030))
    assert found(film, "grandmother") == []
    assert [name for name, _ in found(film, "godfather")] == ["The Tide"]
    assert not Posting.objects.filter(turn__source=source).exists()


def test_the_number_of_queries_does_not_grow_with_what_is_found(film: Film) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        search(film, "landslide")
    with CaptureQueriesContext(connection) as many:
        assert search(film, "the road and the salt").total > 4
    assert len(many) == len(few)


def test_indexing_twice_is_indexing_once(film: Film) -> None:
    before = Posting.objects.count()
    for interview in film.interviews.all():
        searching.index_source(interview.sources.get())
    assert Posting.objects.count() == before


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Surveillance, surveilled", "en", ["surveil", "surveil"]),
        ("The director’s café", "en", ["the", "director", "cafe"]),
        ("Häuser", "de-AT", ["haus"]),
        ("盐路", "zh", ["盐", "路", "盐路"]),
        ("ﬁlm FILM", "xx", ["film", "film"]),
    ],
)
def test_lexemes(text: str, language: str, expected: list[str]) -> None:
    assert lexemes(text, language) == expected


def test_the_page_finds_and_leads_to_the_turn(film: Film) -> None:
    start_guide(film, "What we carry", make_person(EDITOR))
    client = Client()
    client.force_login(make_person(EDITOR), backend="accounts.backend.CodeOrPasskeyBackend")
    page = client.get(reverse("search_interviews", args=[film.slug]), {"q": "silence"}).content.decode()
    assert "<mark>Silence</mark>" in page
    assert "#turn-" in page
    assert (
        "Nothing found"
        in client.get(reverse("search_interviews", args=[film.slug]), {"q": "zzzz"}).content.decode()
    )
    assert client.get(reverse("suggest_quotes", args=[film.slug])).status_code == 200


# --- suggestions -----------------------------------------------------------------------------------------

THOUGHT = (
    "Everybody carries something over a pass for somebody, and hardly anybody is thanked for the weight. I think that "
    "freedom means nothing to people who are never asked what they carry. We all have to learn to look at one another "
    "when we are tired."
)


def heard(key: int, *turns: tuple[str, str]) -> Heard:
    text, made = "", []
    for number, (kind, words) in enumerate(turns, 1):
        start = len(text)
        text += words + "\n\n"
        made.append(HeardTurn(kind, "Mara Lindqvist", ((start, start + len(words)),), number))
    return Heard(key, f"Paper {key}", "en", text, tuple(made))


ORIGIN = (
    "My grandmother drew the salt road on an envelope, and the families there let me walk with their goats."
)
INTERVIEWS = [
    heard(
        1,
        ("question", "How did you come upon the salt road?"),
        ("answer", ORIGIN + " The road was as she had drawn it for me."),
        ("question", "What do people carry?"),
        ("answer", THOUGHT),
        ("question", "Thanks for your time!"),
        (
            "answer",
            "Thank you. It was great. Yes. See you in Berlin on 12 March 2026 at 7, and in Lyon on the 14th.",
        ),
    ),
    heard(
        2,
        ("question", "And where does your interest in the road come from?"),
        ("answer", "From an envelope. " + ORIGIN),
        ("question", "What weighs on people?"),
        ("answer", THOUGHT),
    ),
]


def test_a_thought_comes_before_small_talk_and_is_never_offered_twice() -> None:
    passages = suggest(INTERVIEWS)
    assert "freedom means nothing" in passages[0].words
    assert sum("freedom means nothing" in one.words for one in passages) == 1
    assert not any("Thank you" in one.words for one in passages[:2])


def test_every_suggestion_stands_in_its_text_and_is_a_whole_thought_of_25_to_120_words() -> None:
    for one in suggest(INTERVIEWS):
        assert 25 <= len(one.words.split()) <= 120
        assert one.words[-1] in ".!?"
        assert one.why


def test_an_echo_is_two_answers_to_the_same_question_in_two_interviews() -> None:
    first = echoes(INTERVIEWS)[0]
    assert {first.one.heard.key, first.other.heard.key} == {1, 2}
    passages = {one.turn.number: one for one in suggest(INTERVIEWS)}
    assert any("asked in 2 of 2 interviews" in why for one in passages.values() for why in one.why)


@pytest.mark.parametrize("interviews", [[], [heard(1)], [heard(1, ("answer", "Yes."))], INTERVIEWS[:1]])
def test_little_or_nothing_heard_suggests_little_or_nothing(interviews: list[Heard]) -> None:
    assert len(suggest(interviews)) <= 3
    assert echoes(interviews) == []


@pytest.mark.parametrize("language", ["en", "zh", "xx", "ar"])
def test_sentences_are_spans_of_the_text(language: str) -> None:
    text = "Dr. Vale came. He said: “No.” 她来了。她说：好。 كيف؟ نعم."
    spans = list(sentence_spans(text, 0, len(text), language))
    assert "".join("".join(text[low:high].split()) for low, high in spans) == "".join(text.split())


def test_what_is_heard_is_the_newest_text_of_each_interview_and_nothing_withdrawn(film: Film) -> None:
    from interviews.excerpts import withdraw_source

    before = len(heard_about(film))
    withdraw_source(film.interviews.first().sources.get(), reason="Asked for.", now=NOW, by=None)
    assert len(heard_about(film)) == before - 1
