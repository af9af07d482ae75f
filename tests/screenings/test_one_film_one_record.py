"""One film, one record: what it is called, what an unknown title may mean, and two records made one."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from discussions.rooms import open_room
from interviews import guides, publishing
from interviews.models import GuideChoice
from notices.models import Notice
from screenings import rsvps
from screenings.film_merging import merge_films
from screenings.films import find_film, likenesses
from screenings.models import (
    CityRequest,
    Engagement,
    Film,
    FilmMembership,
    Rsvp,
    Screening,
    Theater,
    TheaterMembership,
    WeekDraft,
)
from screenings.showings import NotPossible
from screenings.week_difference import Wanted
from screenings.week_drafts import edit_to, read_week, save_draft
from tests.cast import ATTENDEE, EDITOR, MANAGER, ORGANIZER, STRANGER, make_person
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater
from tests.house.world import _show_passkey

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 8, 7)
BACKEND = "accounts.backend.CodeOrPasskeyBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def keep() -> Film:
    return make_film()


@pytest.fixture
def other() -> Film:
    return make_film(
        "Salt Road", year=None, running_minutes=None, director="M. Lindqvist", synopsis="Salt, and a road."
    )


@pytest.fixture
def theater() -> Theater:
    return make_theater()


def merge(keep: Film, other: Film) -> Film:
    return merge_films(keep, other, by=make_person(MANAGER), now=NOW)


def going(screening: Screening, email: str = ATTENDEE, state: str = "going") -> Rsvp:
    known = {"starts_at": screening.starts_at.isoformat(), "labels": [], "cancelled": False}
    return Rsvp.objects.create(
        person=make_person(email),
        screening=screening,
        state=state,
        agreed_to=known,
        queued_at=NOW if state == "waiting" else None,
    )


def test_what_one_record_does_not_say_the_other_says(keep: Film, other: Film) -> None:
    keep = merge(keep, other)
    assert (keep.title, keep.year, keep.synopsis) == ("The Salt Road", 2026, "Salt, and a road.")
    assert sorted(keep.credits.values_list("name", flat=True)) == ["M. Lindqvist", "Mara Lindqvist"]
    assert Film.objects.get() == find_film("SALT ROAD") == keep


def test_the_old_address_leads_to_the_film_and_is_not_given_again(
    keep: Film, other: Film, client: Client
) -> None:
    merge(keep, other)
    old = client.get("/films/salt-road/")
    assert (old.status_code, old.url) == (301, "/films/the-salt-road/")
    assert make_film("Salt Road!").slug == "salt-road-2"
    assert client.get("/films/none/").status_code == 404


def test_an_address_leads_on_after_another_merge(keep: Film, other: Film, client: Client) -> None:
    last = make_film("La Route du sel")
    merge(last, merge(keep, other))
    assert client.get("/films/salt-road/").url == "/films/la-route-du-sel/"


def test_bookings_and_showings_come_along_and_those_who_come_stay_coming(
    keep: Film, other: Film, theater: Theater
) -> None:
    showing = make_screening(engagement=make_engagement(other, theater))
    rsvp = going(showing)
    merge(keep, other)
    showing.refresh_from_db()
    rsvp.refresh_from_db()
    assert (showing.film, rsvp.state, rsvp.screening) == (keep, "going", showing)
    assert showing.ends_at - showing.starts_at == dt.timedelta(minutes=10 + 91)
    assert not Notice.objects.filter(kind="showing_changed").exists()
    assert Notice.objects.filter(kind="reminder_day", state="due").count() == 1


def test_a_showing_that_both_had_is_one_with_everybody(
    keep: Film, other: Film, theater: Theater, client: Client
) -> None:
    stands = make_screening(engagement=make_engagement(keep, theater))
    goes = make_screening(engagement=make_engagement(other, theater))
    going(stands, MANAGER)
    going(goes, ATTENDEE)
    both = going(stands, STRANGER, "withdrawn")
    going(goes, STRANGER)
    merge(keep, other)
    assert sorted(stands.rsvps.going().values_list("person__email", flat=True)) == sorted(
        [MANAGER, ATTENDEE, STRANGER]
    )
    assert not Rsvp.objects.filter(pk=both.pk).exists()
    assert Engagement.objects.get().film == keep
    assert [row.pk for row in Screening.objects.published()] == [stands.pk]
    moved = client.get(f"/s/{goes.code}/")
    assert (moved.status_code, moved.url) == (301, f"/s/{stands.code}/")
    assert client.get(f"/s/{goes.code}/calendar.ics").status_code == 200


def test_the_firmer_word_of_a_person_counts(keep: Film, other: Film, theater: Theater) -> None:
    stands = make_screening(engagement=make_engagement(keep, theater))
    goes = make_screening(engagement=make_engagement(other, theater))
    going(stands, ATTENDEE)
    going(goes, ATTENDEE, "waiting")
    merge(keep, other)
    assert list(Rsvp.objects.going()) == [stands.rsvps.get()]
    assert Rsvp.objects.filter(state="waiting").count() == 0


def test_requests_people_and_invitations_come_along_once(keep: Film, other: Film) -> None:
    for film in (keep, other):
        CityRequest.objects.create(film=film, city=make_city(), person=make_person(ATTENDEE))
        FilmMembership.objects.create(film=film, person=make_person(MANAGER))
    CityRequest.objects.create(film=other, city=make_city("Lyon"), device_key="a phone")
    FilmMembership.objects.create(film=other, person=make_person(EDITOR))
    keep = merge(keep, other)
    assert CityRequest.objects.filter(film=keep).count() == 2
    assert FilmMembership.objects.filter(film=keep).count() == 2


def test_guides_their_choices_and_rooms_come_along(keep: Film, other: Film, theater: Theater) -> None:
    stands = make_screening(engagement=make_engagement(keep, theater))
    goes = make_screening(engagement=make_engagement(other, theater))
    guide = guides.start_guide(other, "After Salt Road", make_person(EDITOR))
    guides.add_text(guides.add_section(guide, "welcome"), "Welcome.")
    version = publishing.publish(guide, by=make_person(EDITOR), now=NOW)
    for chosen in ({"film": other}, {"engagement": goes.engagement}, {"screening": goes}):
        GuideChoice.objects.create(guide=guide, **chosen)
    room = open_room(version, title="After", screening=goes, host=make_person(ORGANIZER), now=NOW)
    keep = merge(keep, other)
    guide.refresh_from_db()
    room.refresh_from_db()
    assert (guide.film, keep.guide_choice.guide, room.screening) == (keep, guide, stands)
    assert (stands.engagement.guide_choice.guide, stands.guide_choice.guide) == (guide, guide)


def test_the_history_of_both_stays(keep: Film, other: Film) -> None:
    gone = other.pk
    merge(keep, other)
    acts = (
        Film.history.filter(id=gone).order_by("history_id").values_list("history_type", "history_user__email")
    )
    assert list(acts) == [("+", None), ("-", MANAGER)]


def test_a_week_being_drafted_means_the_film_that_stands(keep: Film, other: Film, theater: Theater) -> None:
    put = edit_to("put", Wanted(other.pk, dt.datetime(2026, 8, 7, 19, 0)))
    save_draft(theater, FRIDAY, by=make_person(MANAGER), now=NOW, text="", edits=[put])
    merge(keep, other)
    draft = WeekDraft.objects.get()
    week = read_week(theater, FRIDAY, draft.text, today=NOW.date(), edits=draft.edits)
    assert [showing.film for showing in week.showings] == [keep.pk]


def test_a_film_is_not_made_part_of_itself(keep: Film) -> None:
    with pytest.raises(NotPossible, match="one record already"):
        merge(keep, keep)


def test_one_who_says_it_again_after_the_merge_is_known(keep: Film, other: Film, theater: Theater) -> None:
    goes = make_screening(engagement=make_engagement(other, theater), entry="open")
    rsvp = rsvps.rsvp_to(goes, ATTENDEE, now=NOW, wants_reminders=True)
    merge(keep, other)
    goes.refresh_from_db()
    assert rsvps.rsvp_to(goes, ATTENDEE, now=NOW, wants_reminders=True) == rsvp


# -- what a title may mean ---------------------------------------------------------------------------------


def test_likenesses_of_a_misspelt_title_over_all_titles_of_all_films(keep: Film) -> None:
    ferry = make_film("Night Ferry", aliases=["La Traversée de nuit"])
    near = likenesses(["Nite Ferry", "La traversee de la nuit", "The Salt Rode", "Quartz"])
    assert list(near.values()) == [[ferry], [ferry], [keep], []]


def test_an_unknown_title_is_offered_what_it_may_mean_before_a_new_film(theater: Theater) -> None:
    make_film("Night Ferry")
    week = read_week(theater, FRIDAY, "NITE FERRY\nFri 7:00", today=NOW.date())
    (doubt,) = week.doubts
    assert [choice.value for choice in doubt.choices] == ["alias:Night Ferry", "create:NITE FERRY", "skip"]
    answered = read_week(
        theater, FRIDAY, "NITE FERRY\nFri 7:00", today=NOW.date(), answers={doubt.key: "alias:Night Ferry"}
    )
    assert [showing.film for showing in answered.showings] == [Film.objects.get().pk]


# -- the pages ---------------------------------------------------------------------------------------------


@pytest.fixture
def team(client: Client, keep: Film) -> Client:
    FilmMembership.objects.create(film=keep, person=make_person(EDITOR))
    client.force_login(make_person(EDITOR), backend=BACKEND)
    return client


def test_the_team_says_what_the_film_is_called(team: Client, keep: Film) -> None:
    make_film("Night Ferry")
    address = f"/manage/films/{keep.slug}/titles/"
    assert (
        "mean this film now" in team.post(address, {"title": "La Route du sel"}, follow=True).content.decode()
    )
    assert find_film("la route du sel") == keep
    taken = team.post(address, {"title": "night ferry"})
    assert "This title means another film here, Night Ferry." in taken.content.decode()
    alias = keep.aliases.get(title="La Route du sel")
    assert "no more" in team.post(address, {"alias": alias.pk}, follow=True).content.decode()
    assert "was gone already" in team.post(address, {"alias": alias.pk}, follow=True).content.decode()
    own = keep.aliases.get()
    assert (
        "always goes by its own title" in team.post(address, {"alias": own.pk}, follow=True).content.decode()
    )
    assert find_film("la route du sel") is None


def test_the_team_of_both_makes_two_records_one_after_a_look(team: Client, keep: Film, other: Film) -> None:
    address = f"/manage/films/{keep.slug}/merge/"
    assert "You are of no other film’s team here." in team.get(address).content.decode()
    assert team.post(address, {"other": other.slug, "sure": "yes"}).status_code == 422
    FilmMembership.objects.create(film=other, person=make_person(EDITOR))
    assert "This cannot be taken back." in team.post(address, {"other": other.slug}).content.decode()
    assert Film.objects.count() == 2
    done = team.post(address, {"other": other.slug, "sure": "yes"}, follow=True)
    assert "“Salt Road” is part of “The Salt Road” now." in done.content.decode()
    assert Film.objects.get() == keep


def test_site_staff_make_any_two_records_one(client: Client, keep: Film, other: Film) -> None:
    person = make_person("root@house.example")
    person.is_staff = person.is_superuser = True
    person.save()
    client.force_login(person, backend=BACKEND)
    _show_passkey(client, person)
    lost = client.post("/staff/films/", {"keep": "the salt road", "other": "nowhere"})
    assert "No film goes by this title or address." in lost.content.decode()
    same = client.post("/staff/films/", {"keep": keep.slug, "other": "the salt road"})
    assert "This is the same record." in same.content.decode()
    names = {"keep": "The Salt Road", "other": f"https://guide.example/films/{other.slug}/"}
    assert "Make them one" in client.post("/staff/films/", names).content.decode()
    client.post("/staff/films/", {**names, "sure": "yes"})
    assert Film.objects.get() == keep


def test_a_theaters_manager_makes_no_records_one(
    client: Client, keep: Film, other: Film, theater: Theater
) -> None:
    TheaterMembership.objects.create(theater=theater, person=make_person(MANAGER), role="manager")
    client.force_login(make_person(MANAGER), backend=BACKEND)
    for address in (
        "/staff/films/",
        f"/manage/films/{keep.slug}/merge/",
        f"/manage/films/{keep.slug}/titles/",
    ):
        assert (
            client.post(address, {"keep": keep.slug, "other": other.slug, "sure": "yes"}).status_code == 404
        )
    assert Film.objects.count() == 2
