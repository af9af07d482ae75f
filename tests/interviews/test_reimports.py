"""A source comes in again with changes: each quote is found again word for word, or flagged with a look-alike."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from interviews import excerpts, guides, reimports
from interviews.archive import add_source
from interviews.excerpts import CannotCut, stands
from interviews.models import Excerpt, Interview, Refinding, Source
from interviews.publishing import CannotPublish, publish
from interviews.refinding import find_again, find_alike
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.zine import LABELLED, NOW, keep, quote

TIRED = "People will let you\nlook at them only after they have seen you tired."


@pytest.fixture
def source(db: None) -> Source:
    return keep(make_film())


def again(source: Source, *changes: tuple[str, str]) -> tuple[Source, reimports.Outcome]:
    """The source imported again with words replaced."""
    text = LABELLED
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    new, is_new = add_source(source.interview, text.encode(), filename="tide.txt", retrieved_at=NOW)
    assert is_new
    return new, reimports.carry_over(new, now=NOW)


def test_a_comma_elsewhere_and_the_quote_is_found_again_word_for_word(source: Source) -> None:
    excerpt = quote(source, TIRED)
    new, outcome = again(source, ("She had walked it once, as", "She had walked it once as"))
    excerpt.refresh_from_db()
    assert outcome.flagged == ()
    assert excerpt.source == new
    assert (excerpt.exact, excerpt.start) == (TIRED, new.visible_text.index(TIRED))
    assert stands(excerpt, new)


def test_a_comma_within_and_the_quote_is_flagged_and_never_changed_by_itself(source: Source) -> None:
    excerpt = quote(source, TIRED)
    new, outcome = again(source, ("look at them only after", "look at them, only after"))
    excerpt.refresh_from_db()
    assert (excerpt.source, excerpt.exact) == (source, TIRED)
    (flag,) = outcome.flagged
    assert flag.exact == TIRED.replace("them only", "them, only")
    assert 97 < flag.alike < 100
    assert stands(excerpt, source)
    assert reimports.carry_over(new, now=NOW) == reimports.Outcome((), ())


def test_a_person_takes_the_new_words_or_keeps_the_old(source: Source) -> None:
    taken, kept = quote(source, TIRED), quote(source, "have seen you tired.")
    new, _ = again(source, ("have seen you tired.", "had seen you tired."))
    editor = make_person(EDITOR)
    reimports.accept(taken.refindings.get(), by=editor, now=NOW)
    taken.refresh_from_db()
    assert taken.exact.endswith("after they had seen you tired.")
    assert stands(taken, new)
    reimports.keep(kept.refindings.get(), by=editor, now=NOW)
    kept.refresh_from_db()
    assert (kept.exact, kept.source) == ("have seen you tired.", source)
    with pytest.raises(reimports.AlreadyDecided):
        reimports.keep(taken.refindings.get(), by=editor, now=NOW)
    assert taken.history.first().history_user == editor


def test_an_open_question_holds_up_publishing(source: Source) -> None:
    guide = guides.start_guide(source.interview.film, "What we carry", None)
    guides.add_excerpt(guides.add_section(guide, "filmmaker"), quote(source, TIRED))
    again(source, ("seen you tired", "seen you very tired"))
    with pytest.raises(CannotPublish, match="reads otherwise in its source"):
        publish(guide, by=None, now=NOW)
    reimports.keep(Refinding.objects.get(), by=make_person(EDITOR), now=NOW)
    publish(guide, by=None, now=NOW)


def test_words_that_are_gone_have_no_look_alike(source: Source) -> None:
    start = LABELLED.index("My grandmother drew")
    end = LABELLED.index("THE TIDE: Were")
    excerpt = quote(source, "My grandmother drew it for me on the back of an envelope.")
    _, outcome = again(source, (LABELLED[start:end], "I will not say.\n\n"))
    assert (outcome.flagged[0].exact, outcome.flagged[0].reason) == ("", reimports.GONE)
    with pytest.raises(CannotCut):
        reimports.accept(excerpt.refindings.get(), by=make_person(EDITOR), now=NOW)
    assert Refinding.objects.get().state == Refinding.State.OPEN


def test_the_same_words_given_to_another_person_are_not_found_but_flagged(source: Source) -> None:
    quote(source, TIRED)
    _, outcome = again(
        source,
        ("Lindqvist: Not for a long time.", "Tomas Berg: Not for a long time."),
        ("three families", "families"),
    )
    assert "Tomas Berg says them, not Mara Lindqvist" in outcome.flagged[0].reason


def test_cuts_and_editors_words_move_along(source: Source) -> None:
    excerpt = quote(source, "My grandmother drew it for me", "with a goat\nthat refused every bridge.")
    place = source.visible_text.index("that refused")
    excerpts.recut(excerpt, excerpt.segments, [[place, "a stubborn one"]])
    shown = excerpt.exact
    new, outcome = again(
        source, ("We met its director", "We met her"), ("once, as a girl", "twice, as a girl")
    )
    excerpt.refresh_from_db()
    assert outcome.found == (excerpt,)
    assert excerpt.exact == shown
    assert stands(excerpt, new)


def test_words_that_stand_twice_are_told_apart_by_their_neighbours() -> None:
    old = "One says: I do not know. Two says: I do not know. The end."
    new = "Preface. " + old
    start = old.rindex("I do not know.")
    assert find_again(old, [(start, start + 14)], new) == [(start + 9, start + 23)]
    assert find_again(old, [(start, start + 14)], "I do not know. No, I do not know.") is None


def test_a_look_alike_that_is_far_off_is_not_offered() -> None:
    old = "We walked over the pass for nine days and nobody spoke of the road again."
    assert (
        find_alike(old, [(0, len(old))], "An entirely different text about boats, weather and tea.") is None
    )


def test_a_withdrawn_quote_is_left_alone(source: Source) -> None:
    excerpt = quote(source, TIRED)
    excerpts.withdraw(excerpt, reason="Asked for.", now=NOW)
    _, outcome = again(source, ("seen you tired", "seen you very tired"))
    assert outcome == reimports.Outcome((), ())


def test_the_page_brings_the_new_text_in_and_shows_both_side_by_side(source: Source) -> None:
    person = make_person(EDITOR)
    Interview.objects.update(kept_by=person)
    client = Client()
    client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
    found, flagged = quote(source, "My grandmother drew it for me"), quote(source, TIRED)
    address = reverse("interview_changes", args=[source.interview_id])
    text = LABELLED.replace("look at them only after", "look at them, only after")
    page = client.post(address, {"text": text}, follow=True).content.decode()
    assert "1 quote stands in it word for word. 1 does not" in page
    shown = client.get(reverse("excerpt", args=[flagged.uuid])).content.decode()
    assert "Its source reads otherwise now" in shown
    client.post(
        reverse("excerpt", args=[flagged.uuid]), {"act": "accept", "refinding": Refinding.objects.get().pk}
    )
    assert Excerpt.objects.get(pk=flagged.pk).exact == TIRED.replace("them only", "them, only")
    assert Excerpt.objects.get(pk=found.pk).source_id != source.pk
    assert "words that we have already" in client.post(address, {"text": text}, follow=True).content.decode()
    for nothing in ({}, {"text": "  "}):
        assert client.post(address, nothing).status_code == 422
    call_command("check_excerpts")
