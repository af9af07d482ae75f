"""A theater's own systems: a set of showings under their own ids, all or nothing, nothing twice."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.tasks import keep_retention
from notices.models import Notice
from screenings import rsvps
from screenings.models import Engagement, Film, KeptAnswer, Publication, Rsvp, Screening, Theater
from screenings.showings import book
from screenings.trails import trail_of
from tests.cast import ATTENDEE, make_person
from tests.factories import make_film, make_screening, make_theater
from tests.screenings.box_office import System, faults, row

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def film() -> Film:
    return make_film()


@pytest.fixture
def system(film: Film) -> System:
    return System(make_theater())


def live(theater: Theater) -> list[tuple[str, str, str]]:
    rows = (
        Screening.objects.filter(engagement__theater=theater)
        .select_related("own_id")
        .order_by("starts_at", "id")
    )
    return [(r.own_id.value if hasattr(r, "own_id") else "", r.wall_time[5:], r.status) for r in rows]


def going(screening: Screening) -> Rsvp:
    return rsvps.confirm(rsvps.rsvp_to(screening, ATTENDEE, now=NOW), NOW)


def film_at(system: System, film: Film) -> Engagement:
    return book(film, system.theater, dt.date(2026, 8, 7))


# -- a set ------------------------------------------------------------------------------------------------


def test_a_first_set_is_added_under_the_theaters_own_ids(system: System) -> None:
    answer = system.put(
        row("A-1", "07T19:00", labels=["oc"], screen="1", ticket_url="https://tickets.example/A-1"),
        row("A-2", "08T00:15", sold_out=True),
    )
    assert answer.status_code == 200
    assert live(system.theater) == [("A-1", "08-07T19:00", "scheduled"), ("A-2", "08-08T00:15", "scheduled")]
    first, late = answer.json()["showings"]
    assert (first["outcome"], first["labels"], first["screen"]) == ("added", ["oc"], "1")
    assert (late["starts_at"], late["night"], late["sold_out"]) == (
        "2026-08-08T00:15-04:00",
        "2026-08-07",
        True,
    )
    assert answer.json()["changes"]["added"] == 2


def test_the_same_set_again_changes_nothing_and_no_undo_is_spent(system: System) -> None:
    rows = [row("A-1", "07T19:00"), row("A-2", "08T19:00")]
    system.put(*rows)
    revisions = list(Screening.objects.values_list("pk", "revision"))
    again = system.put(*rows)
    assert again.json()["changes"] == {
        "added": 0, "moved": 0, "changed": 0, "reinstated": 0, "cancelled": 0, "unchanged": 2,
    }  # fmt: skip
    assert again.json()["undoable_until"] is None
    assert list(Screening.objects.values_list("pk", "revision")) == revisions
    assert Publication.objects.count() == 1


def test_an_id_moves_however_far_and_who_comes_stays_with_it(system: System) -> None:
    system.put(row("A-1", "07T13:30"), row("A-2", "07T21:30"))
    screening = Screening.objects.get(own_id__value="A-1")
    rsvp = going(screening)
    answer = system.put(row("A-1", "11T21:30"), row("A-2", "07T21:30"))
    assert answer.json()["changes"]["moved"] == 1
    rsvp.refresh_from_db()
    screening.refresh_from_db()
    assert (rsvp.screening_id, screening.wall_time) == (screening.pk, "2026-08-11T21:30")


def test_two_ids_change_places(system: System) -> None:
    system.put(row("A-1", "07T19:00", screen="1"), row("A-2", "07T19:00", screen="2"))
    before = {r["id"]: r["code"] for r in system.stand()}
    assert (
        system.put(row("A-1", "07T19:00", screen="2"), row("A-2", "07T19:00", screen="1")).status_code == 200
    )
    assert {(r["id"], r["screen"]) for r in system.stand()} == {("A-1", "2"), ("A-2", "1")}
    assert {r["id"]: r["code"] for r in system.stand()} == before


def test_what_is_left_out_is_cancelled_with_its_people_told_once(system: System) -> None:
    system.put(row("A-1", "07T19:00"), row("A-2", "08T19:00"))
    going(Screening.objects.get(own_id__value="A-1"))
    system.put(row("A-2", "08T19:00"))
    system.put(row("A-2", "08T19:00"))
    assert live(system.theater)[0] == ("A-1", "08-07T19:00", "cancelled")
    assert Notice.objects.filter(kind="showing_cancelled", state="due").count() == 1


def test_a_cancelled_row_says_why(system: System) -> None:
    system.put(row("A-1", "07T19:00"))
    system.put(row("A-1", "07T19:00", status="cancelled", cancel_reason="The projector’s lamp."))
    (stands,) = system.stand()
    assert (stands["status"], stands["cancel_reason"]) == ("cancelled", "The projector’s lamp.")


def test_an_id_sent_again_after_its_cancelling_is_on_again_even_at_another_time(system: System) -> None:
    system.put(row("A-1", "07T19:00"))
    system.put()
    answer = system.put(row("A-1", "09T16:00"))
    assert live(system.theater) == [("A-1", "08-09T16:00", "scheduled")]
    assert answer.json()["changes"]["moved"] == 1


def test_a_showing_that_came_by_a_pasted_week_gets_the_id_and_keeps_its_people(
    system: System, film: Film
) -> None:
    standing = make_screening(engagement=film_at(system, film), now=NOW)
    answer = system.put(row("A-1", "07T19:00"))
    assert answer.json()["changes"] == {
        "added": 0, "moved": 0, "changed": 0, "reinstated": 0, "cancelled": 0, "unchanged": 1,
    }  # fmt: skip
    assert Screening.objects.get(own_id__value="A-1") == standing


def test_an_id_that_means_another_film_now_is_another_showing(system: System) -> None:
    make_film("Night Ferry")
    system.put(row("A-1", "07T19:00"))
    system.put(row("A-1", "07T19:00", title="Night Ferry"))
    standing = [(r["id"], r["title"], r["status"]) for r in system.stand()]
    assert ("A-1", "Night Ferry", "scheduled") in standing
    assert [status for name, title, status in standing if title == "The Salt Road"] == ["cancelled"]


def test_what_was_told_can_be_sent_back_as_it_came(system: System, film: Film) -> None:
    make_screening("2026-08-09T16:00", engagement=film_at(system, film), now=NOW)
    system.put(
        row("A-1", "07T19:00", labels=["oc"]),
        {"id": "hl:" + code_of("09T16:00"), "film": film.slug, "starts_at": "2026-08-09T16:00"},
    )
    told = system.ask("GET", system.nights()).json()
    answer = system.ask("PUT", system.nights(), told)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["changes"]["unchanged"] == 2
    assert answer.json()["undoable_until"] is None


def code_of(start: str) -> str:
    return Screening.objects.get(wall_time=f"2026-08-{start}").code


def test_nights_outside_the_set_are_left_alone(system: System) -> None:
    system.put(row("A-1", "07T19:00"), row("A-9", "13T19:00"))
    system.put(nights=("2026-08-07", "2026-08-12"))
    assert [status for _, _, status in live(system.theater)] == ["cancelled", "scheduled"]


def test_a_new_film_is_made_once_and_only_where_the_set_says_that_it_is_new(system: System) -> None:
    new = [{"title": "Paper Lanterns", "director": "Ines Okafor", "running_minutes": 84}]
    for _ in range(2):
        answer = system.put(row("A-1", "07T19:00", title="PAPER LANTERNS"), new_films=new)
        assert answer.status_code == 200, answer.json()
    film = Film.objects.get(title="Paper Lanterns")
    assert (film.running_minutes, film.credits.get().name) == (84, "Ines Okafor")


def test_a_short_title_means_the_theaters_one_film_of_it_as_in_a_pasted_week(
    system: System, film: Film
) -> None:
    film_at(system, film)
    answer = system.put(row("A-1", "07T19:00", title="Salt Road"))
    assert [r["title"] for r in answer.json()["showings"]] == ["The Salt Road"]


# -- bad input --------------------------------------------------------------------------------------------


def test_one_bad_row_among_three_hundred_and_nothing_is_changed(system: System) -> None:
    rows = [row(f"A-{n}", f"{7 + n % 7:02}T{10 + n // 60:02}:{n % 60:02}") for n in range(300)]
    rows[217]["title"] = "The Sald Raod"
    answer = system.put(*rows)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith("#showings-invalid")
    assert faults(answer) == [("#/showings/217/title", "film-unknown")]
    assert "The Salt Road" in problem["errors"][0]["suggestions"]
    assert not Screening.objects.exists()
    rows[217]["title"] = "The Salt Road"
    assert system.put(*rows).json()["changes"]["added"] == 300


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (row("A-1", "07T19:00", title="Nobody Knows It"), ("title", "film-unknown")),
        ({"id": "A-1", "film": "no-such-film", "starts_at": "2026-08-07T19:00"}, ("film", "film-unknown")),
        ({"id": "A-1", "starts_at": "2026-08-07T19:00"}, ("film", "required")),
        (row("A-1", "07T19:00", zone="America/Atlantis"), ("zone", "zone-unknown")),
        (row("A-1", "07T19:00", zone="Europe/Paris"), ("zone", "zone-differs")),
        (row("A-1", "14T19:00"), ("starts_at", "outside-nights")),
        (row("A-1", "07T19:00", labels=["oc", "imax"]), ("labels/1", "label-unknown")),
        (row("A-1", "07"), ("starts_at", "invalid")),
        (row("A-1", "32T19:00"), ("starts_at", "invalid")),
        (row("A 1", "07T19:00"), ("id", "invalid")),
        (row("hl:nothere", "07T19:00"), ("id", "id-unknown")),
        (row("A-1", "07T19:00", soldout=True), ("soldout", "unknown-field")),
        (row("A-1", "07T19:00", ticket_url="javascript:alert(1)"), ("ticket_url", "invalid")),
        (row("A-0", "08T19:00"), ("id", "id-twice")),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named_with_its_field(
    system: System, bad: Any, expected: tuple[str, str]
) -> None:
    answer = system.put(row("A-0", "07T21:00"), bad)
    assert answer.status_code == 422
    assert faults(answer) == [(f"#/showings/1/{expected[0]}", expected[1])]
    assert not Screening.objects.exists()


def test_every_bad_row_is_named_at_once_in_their_order(system: System) -> None:
    answer = system.put(
        row("A-0", "20T19:00"),
        row("A-1", "07T19:00"),
        row("A-2", "07T19:00"),
        row("A-3", "08T19:00", title="X?"),
    )
    assert faults(answer) == [
        ("#/showings/0/starts_at", "outside-nights"),
        ("#/showings/2", "showing-twice"),
        ("#/showings/3/title", "film-unknown"),
    ]


def test_what_is_past_stays_and_what_would_change_it_is_refused(system: System, monday: Any) -> None:
    system.put(row("A-1", "07T13:00"), row("A-2", "08T19:00"))
    monday.move_to(dt.datetime(2026, 8, 8, 12, 0, tzinfo=dt.UTC))
    assert system.put(row("A-1", "07T13:00"), row("A-2", "08T19:30")).status_code == 200
    assert system.put(row("A-2", "08T19:30")).status_code == 200
    assert live(system.theater)[0] == ("A-1", "08-07T13:00", "scheduled")
    for late in (row("A-1", "09T13:00"), row("A-7", "07T15:00")):
        answer = system.put(late, row("A-2", "08T19:30"))
        assert faults(answer) == [("#/showings/0/starts_at", "in-the-past")]


def test_an_hour_that_the_clocks_skip_is_refused_and_one_that_comes_twice_asks_which(system: System) -> None:
    spring = ("2027-03-13", "2027-03-14")
    skipped = {"id": "A-1", "title": "The Salt Road", "starts_at": "2027-03-14T02:30"}
    for start in ("2027-03-14T02:30", "2027-03-14T02:30-05:00"):
        answer = system.put({**skipped, "starts_at": start}, nights=spring)
        assert faults(answer) == [("#/showings/0/starts_at", "time-skipped")]
    autumn = ("2026-10-31", "2026-11-01")
    twice = {**skipped, "starts_at": "2026-11-01T01:30"}
    answer = system.put(twice, nights=autumn)
    assert faults(answer) == [("#/showings/0/starts_at", "time-repeated")]
    both = answer.json()["errors"][0]["suggestions"]
    assert both == ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]
    assert system.put({**twice, "starts_at": both[1]}, nights=autumn).status_code == 200
    assert Screening.objects.get().starts_at == dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)


def test_an_offset_says_the_instant_whatever_the_clock(system: System) -> None:
    system.put(row("A-1", "07T23:00Z"))
    assert live(system.theater) == [("A-1", "08-07T19:00", "scheduled")]


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ("{", 400, "malformed"),
        ("[" * 100_000, 400, "malformed"),
        ('{"showings": NaN}', 400, "malformed"),
        ("null", 422, "invalid"),
        ("[]", 422, "invalid"),
        ('{"showings": {}}', 422, "invalid"),
        ('{"showings": [null, 7]}', 422, "invalid"),
        ('{"showings": [], "\\ud800": 1}', 422, "invalid"),
        (
            '{"showings": [{"id": "A-1", "title": "\\u0000", "starts_at": "2026-08-07T19:00"}]}',
            422,
            "invalid",
        ),
    ],
)
def test_what_is_no_set_is_a_problem_and_never_an_error_of_ours(
    system: System, body: str, status: int, name: str
) -> None:
    answer = system.ask("PUT", system.nights(), body)
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (status, name)


def test_too_much_at_once_is_refused(system: System) -> None:
    answer = system.ask("PUT", system.nights(), '{"showings": []}' + " " * 2_600_000)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    rows = [row(f"A-{n}", "07T19:00") for n in range(2001)]
    assert faults(system.put(*rows)) == [("#/showings", "too-many")]


# -- ETags ------------------------------------------------------------------------------------------------


def test_an_etag_stands_until_something_changes(system: System) -> None:
    system.put(row("A-1", "07T19:00"))
    first = system.ask("GET", system.nights())
    assert first["ETag"].startswith('"')
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" not in first["Vary"]
    again = system.ask("GET", system.nights(), If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    system.put(row("A-1", "07T19:00"))
    assert system.ask("GET", system.nights())["ETag"] == first["ETag"]
    told = system.put(row("A-1", "07T19:30")).json()["etag"]
    now = system.ask("GET", system.nights(), If_None_Match=first["ETag"])
    assert (now.status_code, now["ETag"]) == (200, told)


def test_an_etag_out_of_date_changes_nothing(system: System) -> None:
    seen = system.ask("GET", system.nights())["ETag"]
    assert system.put(row("A-1", "07T19:00"), If_Match=seen).status_code == 200
    answer = system.put(If_Match=seen)
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (412, "out-of-date")
    assert live(system.theater) == [("A-1", "08-07T19:00", "scheduled")]
    assert system.put(If_Match="*").status_code == 200


# -- Idempotency-Key --------------------------------------------------------------------------------------


def test_the_same_request_under_its_key_is_answered_the_same_and_done_once(system: System) -> None:
    first = system.put(row("A-1", "07T19:00"), Idempotency_Key='"k-1"')
    system.put()
    again = system.put(row("A-1", "07T19:00"), Idempotency_Key='"k-1"')
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert live(system.theater) == [("A-1", "08-07T19:00", "cancelled")]


def test_the_same_key_with_another_body_is_refused(system: System) -> None:
    system.put(row("A-1", "07T19:00"), Idempotency_Key='"k-1"')
    answer = system.put(row("A-1", "07T20:00"), Idempotency_Key="k-1")
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (422, "idempotency-key-reused")
    assert live(system.theater) == [("A-1", "08-07T19:00", "scheduled")]


def test_a_refusal_does_not_spend_the_key(system: System) -> None:
    assert system.put(row("A-1", "20T19:00"), Idempotency_Key="k-1").status_code == 422
    assert system.put(row("A-1", "07T19:00"), Idempotency_Key="k-1").status_code == 200


def test_a_key_is_one_tokens_own_and_a_days(system: System, monday: Any) -> None:
    other = System(system.theater, name="Web site")
    system.put(row("A-1", "07T19:00"), Idempotency_Key="k-1")
    assert "Idempotency-Replayed" not in other.put(Idempotency_Key="k-1")
    monday.shift(dt.timedelta(hours=24, minutes=1))
    assert system.put(row("A-1", "07T19:00"), Idempotency_Key="k-1").json()["changes"]["reinstated"] == 1


def test_answers_are_forgotten_after_a_day_by_the_houses_task(system: System, monday: Any) -> None:
    system.put(row("A-1", "07T19:00"), Idempotency_Key="k-1")
    monday.shift(dt.timedelta(hours=23))
    keep_retention()
    assert KeptAnswer.objects.count() == 1
    monday.shift(dt.timedelta(hours=2))
    keep_retention()
    assert KeptAnswer.objects.count() == 0


@pytest.mark.parametrize("key", ['""', "with space", "é", '"' + "x" * 256 + '"'])
def test_a_key_that_is_none_is_refused(system: System, key: str) -> None:
    answer = system.put(Idempotency_Key=key)
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (400, "idempotency-key-invalid")


# -- one showing ------------------------------------------------------------------------------------------


def test_a_showing_is_read_and_cancelled_by_the_theaters_id_or_by_our_code(system: System) -> None:
    system.put(row("A-1", "07T19:00"), row("A-2", "08T19:00"))
    code = Screening.objects.get(own_id__value="A-2").code
    stem = f"/api/theaters/{system.theater.slug}/showings/"
    one = system.ask("GET", f"{stem}A-1/")
    assert (one.json()["id"], one.json()["url"].endswith(f"/s/{one.json()['code']}/")) == ("A-1", True)
    assert system.ask("GET", f"{stem}A-1/", If_None_Match=one["ETag"]).status_code == 304
    off = system.ask("POST", f"{stem}A-1/cancel/", {"reason": "The lamp."}, If_Match=one["ETag"])
    assert (off.json()["status"], off.json()["cancel_reason"]) == ("cancelled", "The lamp.")
    assert system.ask("POST", f"{stem}A-1/cancel/", {}, If_Match=one["ETag"]).status_code == 412
    assert system.ask("POST", f"{stem}hl:{code}/cancel/", {}).json()["id"] == "A-2"
    assert system.ask("GET", f"{stem}A-3/").status_code == 404


def test_what_has_begun_is_not_cancelled(system: System, monday: Any) -> None:
    system.put(row("A-1", "07T19:00"))
    monday.move_to(dt.datetime(2026, 8, 7, 23, 30, tzinfo=dt.UTC))
    answer = system.ask("POST", f"/api/theaters/{system.theater.slug}/showings/A-1/cancel/", {})
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (409, "has-begun")


# -- a pasted week ----------------------------------------------------------------------------------------

WEEK = "THE SALT ROAD (91 min)\nFri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00; no 7:00 Wed\n"


def test_a_pasted_week_is_tried_then_published(system: System, film: Film) -> None:
    film_at(system, film)
    address = f"/api/theaters/{system.theater.slug}/weeks/2026-08-07/"
    tried = system.ask("POST", address, {"text": WEEK})
    assert tried.status_code == 200
    assert (len(tried.json()["showings"]), tried.json()["doubts"], tried.json()["changes"]["added"]) == (
        16,
        [],
        16,
    )
    assert not Screening.objects.exists()
    done = system.ask("POST", address, {"text": WEEK, "publish": True}, Idempotency_Key="w-1")
    assert done.json()["published"] is True
    system.ask("POST", address, {"text": WEEK, "publish": True}, Idempotency_Key="w-1")
    assert Screening.objects.count() == 16
    assert Publication.objects.count() == 1


def test_a_doubtful_week_is_published_once_its_doubts_are_answered(system: System, film: Film) -> None:
    film_at(system, film)
    address = f"/api/theaters/{system.theater.slug}/weeks/2026-08-09/"
    text = WEEK + "\nPAPER LANTERNS\nSat 7:00\n"
    (doubt,) = system.ask("POST", address, {"text": text}).json()["doubts"]
    refused = system.ask("POST", address, {"text": text, "publish": True})
    assert (refused.status_code, faults(refused)) == (422, [(f"#/answers/{doubt['key']}", "unknown_film")])
    assert not Screening.objects.exists()
    create = next(c["value"] for c in doubt["choices"] if c["value"].startswith("create:"))
    answers = {doubt["key"]: create}
    done = system.ask("POST", address, {"text": text, "publish": True, "answers": answers})
    assert (done.status_code, done.json()["new_films"]) == (200, ["PAPER LANTERNS"])
    assert Film.objects.filter(title__iexact="paper lanterns").count() == 1


def test_reading_may_try_a_week_and_only_publishing_publishes_it(system: System) -> None:
    reader = System(system.theater, "read", name="Web site")
    address = f"/api/theaters/{system.theater.slug}/weeks/2026-08-07/"
    assert reader.ask("POST", address, {"text": WEEK}).status_code == 200
    refused = reader.ask("POST", address, {"text": WEEK, "publish": True})
    assert (refused.status_code, refused.json()["type"].partition("#")[2]) == (403, "scope-missing")


# -- who asks ---------------------------------------------------------------------------------------------


def test_a_token_opens_its_own_theater_and_no_other(system: System) -> None:
    other = make_theater("The Rialto", "Chicago")
    for method, address in (
        ("GET", f"/api/theaters/{other.slug}/"),
        ("GET", f"/api/theaters/{other.slug}/nights/2026-08-07/2026-08-13/showings/"),
        ("PUT", f"/api/theaters/{other.slug}/nights/2026-08-07/2026-08-13/showings/"),
        ("POST", f"/api/theaters/{other.slug}/weeks/2026-08-07/"),
    ):
        answer = system.ask(method, address, {"showings": []})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_theaters_ids_are_not_seen_and_may_be_the_same(system: System) -> None:
    other = System(make_theater("The Rialto", "Chicago"))
    system.put(row("A-1", "07T19:00"))
    assert other.ask("GET", f"/api/theaters/{other.theater.slug}/showings/A-1/").status_code == 404
    code = Screening.objects.get().code
    assert other.ask("GET", f"/api/theaters/{other.theater.slug}/showings/hl:{code}/").status_code == 404
    assert faults(other.put(row(f"hl:{code}", "07T19:00"))) == [("#/showings/0/id", "id-unknown")]
    assert other.put(row("A-1", "07T19:00")).json()["changes"]["added"] == 1
    assert live(system.theater) == [("A-1", "08-07T19:00", "scheduled")]


def test_a_revoked_token_opens_nothing_and_is_told_so(system: System) -> None:
    system.token.revoke(NOW)
    answer = system.ask("GET", "/api/token/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Houselights"')
    assert "revoked on 3 August 2026" in answer.json()["detail"]


def test_no_token_a_strangers_and_a_session_open_nothing(system: System) -> None:
    manager = make_person("marta@lantern.example")
    system.theater.memberships.create(person=manager, role="manager")
    browser = Client()
    browser.force_login(manager, backend="accounts.backend.CodeOrPasskeyBackend")
    for client, header in (
        (browser, ""),
        (Client(), ""),
        (Client(), "Bearer hl_theater_" + "x" * 43),
        (Client(), "Basic YTpi"),
    ):
        answer = client.get("/api/token/", headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert not answer.cookies


@pytest.mark.parametrize("where", ["?token={}", "?access_token={}", "?a=1&b=%20{}"])
def test_a_token_in_the_address_is_refused_and_counts_as_leaked(system: System, where: str) -> None:
    answer = system.ask("PUT", system.nights() + where.format(system.secret), {"showings": []})
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (400, "token-in-address")
    assert "revoke it" in answer.json()["detail"]
    system.token.refresh_from_db()
    assert system.token.leaked_at == NOW


def test_a_token_is_kept_as_a_hash_alone(system: System) -> None:
    kept = json.dumps([str(value) for value in system.token.__dict__.values()])
    assert system.secret not in kept
    assert system.secret.removeprefix("hl_theater_")[:-4] not in kept


def test_the_token_says_whose_it_is_and_where_to_begin(system: System) -> None:
    told = system.ask("GET", "/api/token/").json()
    assert (told["scopes"], told["theater"]["theater"]) == (["publish", "read"], system.theater.slug)
    assert told["theater"]["next_week"] == {"first": "2026-08-07", "last": "2026-08-13"}
    system.token.refresh_from_db()
    assert system.token.used_at == NOW


def test_what_is_not_done_at_an_address_says_what_is(system: System) -> None:
    answer = system.ask("DELETE", system.nights())
    assert (answer.status_code, answer.json()["type"].partition("#")[2]) == (405, "method-not-allowed")
    assert "PUT" in answer["Allow"]


@pytest.mark.parametrize(
    "nights", [("yesterday", "2026-08-07"), ("2026-08-08", "2026-08-07"), ("2026-01-01", "2026-12-31")]
)
def test_nights_that_are_none_are_not_there(system: System, nights: tuple[str, str]) -> None:
    assert system.ask("GET", system.nights(*nights)).status_code == 404


def test_the_theaters_trail_names_the_token(system: System) -> None:
    system.put(row("A-1", "07T19:00"))
    assert "the token “Box office”" in {entry.who for entry in trail_of(system.theater)}


def test_the_list_asks_as_often_for_three_hundred_showings_as_for_one(
    system: System, django_assert_num_queries: Any
) -> None:
    system.put(row("A-0", "07T09:00"))
    for rows in (1, 300):
        system.put(*[row(f"A-{n}", f"{7 + n % 7:02}T{10 + n // 60:02}:{n % 60:02}") for n in range(rows)])
        system.ask("GET", system.nights())
        with django_assert_num_queries(3):
            assert len([r for r in system.stand() if r["status"] == "scheduled"]) == rows
