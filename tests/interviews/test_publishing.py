"""What is published is true to its sources, numbered, and never changes."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from interviews import choices, excerpts, guides
from interviews.guide_content import prompts_of
from interviews.models import Excerpt, Guide, GuideVersion, Interview, Prompt
from interviews.publishing import CannotPublish, publish
from tests.cast import make_person
from tests.factories import make_film, make_screening
from tests.interviews.zine import ARABIC, NOW, keep, make_guide, quote

pytestmark = pytest.mark.django_db


def out(guide: Guide, **facts: Any) -> GuideVersion:
    return publish(guide, **{"by": None, "now": NOW, **facts})


def test_a_version_holds_all_that_a_reader_needs() -> None:
    content = out(make_guide()).content
    assert content["schema"] == 1
    assert content["film"]["directors"] == ["Mara Lindqvist"]
    assert [section["kind"] for section in content["sections"]] == [
        "welcome",
        "filmmaker",
        "content_note",
        "after",
        "action",
    ]
    first, second = (content["excerpts"][block["excerpt"]] for block in content["sections"][1]["blocks"])
    assert first["exact"] == "People will let you\nlook at them only after they have seen you tired."
    assert second["exact"].count(" […] ") == 1
    assert {
        key: second[key] for key in ("speaker", "publication", "published_on", "lang", "dir", "right")
    } == {
        "speaker": "Mara Lindqvist",
        "publication": "Reel & Rope",
        "published_on": "2026-06-11",
        "lang": "en",
        "dir": "ltr",
        "right": "permission",
    }
    assert first["link"].startswith("https://tide.example/salt-road#:~:text=People%20will%20let%20you")
    assert json.loads(json.dumps(content)) == content


def test_prompts_keep_their_uuid_from_draft_to_version_to_version() -> None:
    guide = make_guide()
    first = prompts_of(out(guide).content)
    prompt = Prompt.objects.get(uuid=first[0]["uuid"])
    prompt.question = "Which sound is still with you?"
    prompt.save()
    second = prompts_of(out(guide).content)
    assert [one["uuid"] for one in first] == [two["uuid"] for two in second]
    assert first[0]["question"] != second[0]["question"]
    assert second[1]["section"] == "after"


def test_a_passage_that_runs_the_other_way_says_so() -> None:
    film = make_film()
    guide = make_guide(film)
    arabic = quote(keep(film, ARABIC, url=""), "بدأت الحكاية بخريطة رسمتها جدتي")
    guides.add_excerpt(guides.add_section(guide, "background"), arabic)
    frozen = out(guide).content["excerpts"][str(arabic.uuid)]
    assert (frozen["lang"], frozen["dir"], frozen["link"]) == ("ar", "rtl", "")


def test_pressed_twice_it_is_published_once() -> None:
    guide = make_guide()
    first = out(guide)
    assert out(guide, now=NOW + dt.timedelta(seconds=2)) == first
    assert guide.versions.count() == 1


def test_a_change_is_the_next_number_and_the_old_one_stays() -> None:
    guide = make_guide()
    before = out(guide)
    guides.add_text(guides.add_section(guide, "resources"), "A book about salt.")
    after = out(guide, changelog="A book.")
    assert (before.number, after.number, after.changelog) == (1, 2, "A book.")
    before.refresh_from_db()
    assert "resources" not in [section["kind"] for section in before.content["sections"]]


def test_a_quote_whose_words_no_longer_stand_stops_it() -> None:
    guide = make_guide()
    Excerpt.objects.filter(exact__startswith="People").update(exact="People will never let you look.")
    with pytest.raises(CannotPublish) as refused:
        out(guide)
    assert refused.value.reasons == [
        "“People will never let you look.” (Mara Lindqvist, The Tide) does not stand in its source as it is quoted. "
        "Cut it again from the interview."
    ]
    assert not guide.versions.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"right": ""}, "has no right to be quoted stated"),
        ({"right_until": dt.date(2026, 7, 31)}, "the permission ended on 31 July 2026"),
    ],
)
def test_a_right_that_is_missing_or_over_stops_it_and_every_quote_is_named(
    facts: dict[str, Any], sentence: str
) -> None:
    guide = make_guide()
    Interview.objects.update(**facts)
    with pytest.raises(CannotPublish) as refused:
        out(guide)
    assert len(refused.value.reasons) == 2
    assert all(sentence in reason for reason in refused.value.reasons)


def test_a_permission_that_ends_today_still_holds_today() -> None:
    guide = make_guide()
    Interview.objects.update(right_until=NOW.date())
    assert out(guide).number == 1


def test_a_withdrawn_quote_stops_it_also_where_only_a_prompt_rests_on_it() -> None:
    film = make_film()
    guide = guides.start_guide(film, "One prompt", None)
    excerpt = quote(keep(film), "My grandmother drew it for me")
    guides.add_prompt(guides.add_section(guide, "after"), "Who drew your map?", excerpt=excerpt)
    excerpts.withdraw(excerpt, reason="The writer asks.", now=NOW)
    with pytest.raises(CannotPublish, match="was withdrawn"):
        out(guide)


def test_an_empty_guide_stays_a_draft() -> None:
    guide = guides.start_guide(make_film(), "Nothing yet", None)
    guides.add_section(guide, "welcome")
    with pytest.raises(CannotPublish, match="nothing in this guide"):
        out(guide)


# --- never changes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"content": {}}, {"number": 9}, {"changelog": "other"}, {"published_at": NOW + dt.timedelta(1)}],
)
def test_the_database_refuses_to_change_a_version(change: dict[str, Any]) -> None:
    version = out(make_guide())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        GuideVersion.objects.filter(pk=version.pk).update(**change)
    for name, value in change.items():
        setattr(version, name, value)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()


def test_the_database_refuses_to_delete_a_version() -> None:
    version = out(make_guide())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.delete()
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM interviews_guideversion")
    assert GuideVersion.objects.filter(pk=version.pk).exists()


def test_a_version_outlives_the_person_who_published_it() -> None:
    person = make_person()
    version = out(make_guide(), by=person)
    person.delete()
    version.refresh_from_db()
    assert version.published_by is None


@pytest.mark.django_db(transaction=True)
def test_emptying_the_whole_database_works_and_the_guard_stands_again() -> None:
    out(make_guide())
    call_command("flush", interactive=False, verbosity=0)
    assert not GuideVersion.objects.exists()
    version = out(make_guide())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.delete()


# --- which guide is offered ----------------------------------------------------------------------------


def test_the_most_specific_choice_wins() -> None:
    screening = make_screening()
    film = screening.film
    versions = [out(make_guide_of(film, title)) for title in ("Film", "Engagement", "Screening")]
    assert choices.guide_for(screening) is None
    for version, subject in zip(versions, (film, screening.engagement, screening), strict=True):
        choices.choose_guide(version.guide, subject)
        assert choices.guide_for(screening) == version
    assert choices.guide_for_film(film) == versions[0]


def make_guide_of(film: Any, title: str) -> Guide:
    guide = guides.start_guide(film, title, None)
    guides.add_text(guides.add_section(guide, "welcome"), title)
    return guide


def test_a_choice_that_is_not_published_is_passed_over() -> None:
    screening = make_screening()
    general, special = (make_guide_of(screening.film, title) for title in ("General", "Special"))
    choices.choose_guide(general, screening.film)
    choices.choose_guide(special, screening)
    version = out(general)
    assert choices.guide_for(screening) == version
    special_version = out(special)
    assert choices.guide_for(screening) == special_version


def test_the_newest_version_is_offered_and_a_choice_is_replaced() -> None:
    screening = make_screening()
    first, second = (make_guide_of(screening.film, title) for title in ("First", "Second"))
    choices.choose_guide(first, screening.film)
    out(first)
    guides.add_text(guides.add_section(first, "welcome"), "more")
    second_version = out(first)
    assert choices.guide_for(screening) == second_version
    choices.choose_guide(second, screening.film)
    assert choices.guide_for(screening) is None


def test_another_films_guide_is_not_offered() -> None:
    other = make_guide_of(make_film("Another"), "Another")
    out(other)
    choices.choose_guide(other, other.film)
    assert choices.guide_for(make_screening()) is None


def test_asking_which_guide_is_one_query(django_assert_num_queries: Any) -> None:
    screening = make_screening()
    guide = make_guide_of(screening.film, "Film")
    choices.choose_guide(guide, screening)
    out(guide)
    with django_assert_num_queries(1):
        assert choices.guide_for(screening).guide.code == guide.code
