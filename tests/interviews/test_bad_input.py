"""What goes wrong on the builder's evenings: the draft is safe, and the answer is clear."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from interviews import excerpts, guide_print, guides
from interviews.guide_copies import copy_guide
from interviews.models import Block, Excerpt, Guide, GuideMembership
from interviews.publishing import publish
from screenings.models import FilmMembership
from tests.cast import ORGANIZER, make_person
from tests.factories import make_film
from tests.interviews.zine import NOW, keep, make_guide, quote

pytestmark = pytest.mark.django_db
TWO_SCRIPTS = "أغنية الطريق 漫长的归途"


@pytest.fixture
def editor() -> Person:
    return make_person(ORGANIZER)


@pytest.fixture
def guide(editor: Person) -> Guide:
    guide = make_guide()
    GuideMembership.objects.create(guide=guide, person=editor, role="owner")
    return guide


@pytest.fixture
def desk(client: Client, editor: Person) -> Client:
    client.force_login(editor, backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def page_of(guide: Guide) -> str:
    return f"/manage/guides/{guide.code}/"


def save(desk: Client, guide: Guide, block: Block, text: str) -> Any:
    facts = {"act": "save", "revision": block.revision, "text": text}
    return desk.post(f"{page_of(guide)}blocks/{block.pk}/", facts)


def test_a_background_of_three_thousand_words_is_kept_whole(desk: Client, guide: Guide) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    block = guides.add_text(guides.add_section(guide, "background"), "To be written.")
    assert save(desk, guide, block, words).status_code == 302
    block.refresh_from_db()
    assert block.text == words
    assert desk.get(page_of(guide)).status_code == 200
    publish(guide, by=None, now=NOW)
    assert "word2999" in Client().get(f"/g/{guide.code}/").content.decode()


def test_a_text_beyond_all_measure_is_refused_and_stands_in_the_answer(desk: Client, guide: Guide) -> None:
    block = guides.add_text(guides.add_section(guide, "background"), "Short.")
    answer = save(desk, guide, block, "too long " * 5000)
    assert answer.status_code == 422
    assert "too long too long" in answer.content.decode()
    block.refresh_from_db()
    assert block.text == "Short."


def test_sixty_questions_ask_the_database_no_oftener_than_two(desk: Client, guide: Guide) -> None:
    desk.get(page_of(guide))
    with CaptureQueriesContext(connection) as few:
        desk.get(page_of(guide))
    after = guides.add_section(guide, "after")
    for number in range(60):
        guides.add_prompt(after, f"Which sound number {number} is still with you?")
    with CaptureQueriesContext(connection) as many:
        answer = desk.get(page_of(guide))
    assert len(many) == len(few)
    assert "The 62 questions after the film want" in answer.content.decode()
    assert publish(guide, by=None, now=NOW).number == 1


def test_a_guide_without_questions_is_built_looked_at_and_published(desk: Client, editor: Person) -> None:
    guide = guides.start_guide(make_film("Night Ferry"), "Only words", editor)
    guides.add_text(guides.add_section(guide, "welcome"), "Stay a while.")
    for path in ("", "preview/", "preview/facilitator/", "publish/"):
        assert desk.get(page_of(guide) + path).status_code == 200
    assert desk.post(f"{page_of(guide)}publish/", {"changelog": ""}).status_code == 302
    for path in ("", "facilitator/"):
        assert desk.get(f"/g/{guide.code}/{path}").status_code == 200
    for paper in ("guide-a5", "facilitator-a4", "run-sheet-a4"):
        assert desk.get(f"/g/{guide.code}/v1/{paper}.pdf").status_code == 200


def test_a_quote_withdrawn_while_it_is_being_arranged(desk: Client, guide: Guide) -> None:
    spare = quote(keep(guide.film, publication="The Tide"), "My grandmother drew it for me")
    section = guide.sections.get(kind="filmmaker")
    assert str(spare.uuid) in desk.get(page_of(guide)).content.decode()
    arranged = Excerpt.objects.get(exact__startswith="People")
    for excerpt in (spare, arranged):
        excerpts.withdraw(excerpt, reason="asked for", now=timezone.now())
    # The page was open: the button for the one is pressed, the other is moved.
    answer = desk.post(page_of(guide), {"excerpt": str(spare.uuid), "section": section.pk}, follow=True)
    assert "The quote was not taken in: it was withdrawn meanwhile" in answer.content.decode()
    block = section.blocks.get(excerpt=arranged)
    assert desk.post(f"{page_of(guide)}blocks/{block.pk}/", {"act": "down"}).status_code == 302
    assert "Take it out: the guide cannot be published with it." in desk.get(page_of(guide)).content.decode()
    refused = desk.post(f"{page_of(guide)}publish/", {"changelog": "x"})
    assert refused.status_code == 422
    assert "was withdrawn. Take it out of the guide." in refused.content.decode()
    assert section.blocks.count() == 2
    desk.post(f"{page_of(guide)}blocks/{block.pk}/", {"act": "remove"})
    guide.prompts.filter(excerpt=arranged).update(excerpt=None)
    assert desk.post(f"{page_of(guide)}publish/", {"changelog": "x"}).status_code == 302


def test_a_title_in_two_scripts_goes_through_every_page_and_paper(desk: Client, editor: Person) -> None:
    film = make_film("طريق الملح")
    facts = {"film": film.slug, "title": TWO_SCRIPTS, "language": "ar", "begin": "outline"}
    assert desk.post("/manage/guides/start/", facts).status_code == 302
    guide = Guide.objects.get(title=TWO_SCRIPTS)
    assert desk.post(f"{page_of(guide)}publish/", {"changelog": "你好 أهلا"}).status_code == 302
    for path in (page_of(guide), f"{page_of(guide)}publish/", f"/g/{guide.code}/", "/home/"):
        assert TWO_SCRIPTS in desk.get(path).content.decode()
    version = guide.versions.get()
    for name in guide_print.PAPERS:
        assert guide_print.print_guide(version, name).startswith(b"%PDF")


# --- whose guide it is -----------------------------------------------------------------------------------


def test_the_film_teams_guide_says_so_and_no_copy_can(desk: Client, editor: Person, guide: Guide) -> None:
    FilmMembership.objects.create(film=guide.film, person=editor)
    facts = {"title": guide.title, "language": "en", "is_films_own": "on", "revision": guide.revision}
    assert desk.post(page_of(guide), facts).status_code == 302
    own = publish(guide, by=editor, now=NOW)
    assert "By the film’s team" in desk.get(f"/g/{guide.code}/").content.decode()
    # Anybody may copy it, the film's team among them; a copy is an adaptation whoever makes it.
    copy = copy_guide(own, "Ours", editor)
    desk.post(page_of(copy), {**facts, "title": "Ours", "revision": copy.revision})
    copy.refresh_from_db()
    assert (copy.title, copy.is_films_own) == ("Ours", False)
    publish(copy, by=editor, now=NOW)
    html = desk.get(f"/g/{copy.code}/").content.decode()
    assert "By the film’s team" not in html
    assert "dapted from" in html
    assert f"/g/{guide.code}/v1/" in html


def test_who_is_not_of_the_films_team_cannot_call_their_guide_the_films_own(
    desk: Client, guide: Guide
) -> None:
    desk.post(
        page_of(guide), {"title": "Mine", "language": "en", "is_films_own": "on", "revision": guide.revision}
    )
    guide.refresh_from_db()
    assert (guide.title, guide.is_films_own) == ("Mine", False)


def test_anybody_may_copy_a_published_guide_and_the_credits_stay(client: Client, guide: Guide) -> None:
    version = publish(guide, by=None, now=NOW)
    client.force_login(
        make_person("newcomer@library.example"), backend="accounts.backend.CodeOrPasskeyBackend"
    )
    answer = client.post(f"/manage/guides/copy/{guide.code}/1/", {"title": "At the library"})
    copy = Guide.objects.get(title="At the library")
    assert answer["Location"] == page_of(copy)
    frozen = publish(copy, by=None, now=NOW).content
    assert frozen["excerpts"] == version.content["excerpts"]
    assert frozen["guide"]["adapted_from"]["title"] == "What we carry"
    assert client.get(page_of(guide)).status_code == 404
