"""What is not yours is not there; what you may see and not do is refused in words."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest

from accounts.models import Person
from accounts.permits import Refused
from screenings.models import FilmMembership, Theater, TheaterMembership
from screenings.permits import SENTENCES, film_for, theater_for
from tests.cast import MANAGER, ORGANIZER, OTHER_MANAGER, STRANGER, make_person
from tests.factories import make_film, make_theater

pytestmark = pytest.mark.django_db

ALLOWED = {
    "manager": set(SENTENCES) - {"screenings.edit_film"},
    "staff": {"screenings.list_week", "screenings.read_trail"},
    "organizer": {"screenings.host_room"},
}


@pytest.fixture
def theater() -> Theater:
    return make_theater()


def request_of(person: Person) -> HttpRequest:
    request = HttpRequest()
    request.user = person
    return request


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("permission", sorted(set(SENTENCES) - {"screenings.edit_film"}))
def test_each_role_does_what_it_may_and_is_refused_the_rest_in_words(
    theater: Theater, role: str, permission: str
) -> None:
    person = make_person(MANAGER)
    TheaterMembership.objects.create(theater=theater, person=person, role=role)
    if permission in ALLOWED[role]:
        assert theater_for(request_of(person), theater.slug, permission) == theater
    else:
        with pytest.raises(Refused, match=r"\w+ \w+ \w+"):
            theater_for(request_of(person), theater.slug, permission)


def test_another_theaters_manager_finds_nothing(theater: Theater) -> None:
    other = make_theater("The Rialto")
    TheaterMembership.objects.create(theater=other, person=make_person(OTHER_MANAGER), role="manager")
    with pytest.raises(Http404):
        theater_for(request_of(make_person(OTHER_MANAGER)), theater.slug)


def test_being_site_staff_opens_no_theater(theater: Theater) -> None:
    with pytest.raises(Http404):
        theater_for(request_of(make_person("sita@houselights.example", is_staff=True)), theater.slug)


def test_a_superuser_has_no_part_in_a_theater_either(theater: Theater) -> None:
    root = Person.objects.create_superuser("root@houselights.example", "a password")
    with pytest.raises(Http404):
        theater_for(request_of(root), theater.slug)


def test_a_theater_that_is_not_there_answers_like_one_that_is_not_yours(theater: Theater) -> None:
    answers = []
    for slug in (theater.slug, "no-such-theater"):
        with pytest.raises(Http404) as refusal:
            theater_for(request_of(make_person(STRANGER)), slug)
        answers.append(str(refusal.value))
    assert answers[0] == answers[1]


def test_a_film_is_kept_by_its_team_alone() -> None:
    film = make_film()
    FilmMembership.objects.create(film=film, person=make_person(ORGANIZER))
    assert film_for(request_of(make_person(ORGANIZER)), film.slug) == film
    for person in (STRANGER, "sita@houselights.example"):
        with pytest.raises(Http404):
            film_for(request_of(make_person(person)), film.slug)
