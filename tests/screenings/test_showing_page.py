"""One showing by itself: its manager moves, relabels, cancels it and puts it on again; people are told once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from notices.models import Notice
from screenings.models import Rsvp, Screening, TheaterMembership
from screenings.showings import NotPossible, cancel, move, reinstate, relabel
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_engagement, make_film, make_screening, make_theater

NOW = dt.datetime(2026, 8, 3, 15, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def showing() -> Screening:
    return make_screening(engagement=make_engagement(make_film(), make_theater()))


@pytest.fixture
def manager(showing: Screening, client: Client) -> Client:
    person = make_person(MANAGER)
    TheaterMembership.objects.create(theater=showing.theater, person=person, role="manager")
    client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def address(showing: Screening) -> str:
    return f"/manage/theaters/{showing.theater.slug}/showings/{showing.code}/"


def act(client: Client, showing: Screening, name: str, **data: object) -> str:
    facts = {"act": name, "seen": showing.revision, **data}
    page = client.post(address(showing), facts, follow=True)
    showing.refresh_from_db()
    return str(page.content.decode())


def comes(showing: Screening, **facts: object) -> Rsvp:
    known = {"starts_at": showing.starts_at.isoformat(), "labels": [], "cancelled": False}
    return Rsvp.objects.create(
        person=make_person(ATTENDEE), screening=showing, state="going", agreed_to=known, **facts
    )


def test_the_page_says_how_many_come_and_nobody_by_name(showing: Screening, manager: Client) -> None:
    comes(showing, party_size=2)
    page = manager.get(address(showing)).content.decode()
    assert "1</strong> person comes, 2 seats." in page
    assert ATTENDEE not in page


def test_a_move_keeps_the_showing_and_is_told_after_ten_minutes(showing: Screening, manager: Client) -> None:
    comes(showing)
    page = act(manager, showing, "move", date="2026-08-08", time="00:15")
    assert "Moved. Who goes stays going. Those who come are told in ten minutes." in page
    assert (showing.wall_time, showing.night) == ("2026-08-08T00:15", dt.date(2026, 8, 7))
    assert Notice.objects.get(kind="showing_changed").due_at == NOW + dt.timedelta(minutes=10)


def test_at_once_is_at_once(showing: Screening, manager: Client) -> None:
    comes(showing)
    assert "Those who come are being told." in act(
        manager, showing, "cancel", reason="A burst pipe.", tell="at once"
    )
    assert Notice.objects.get(kind="showing_cancelled").due_at == NOW
    assert (showing.is_cancelled, showing.cancel_reason) == (True, "A burst pipe.")


def test_nobody_is_told_where_nobody_comes(showing: Screening, manager: Client) -> None:
    assert "are told" not in act(manager, showing, "cancel", reason="A burst pipe.")
    assert not Notice.objects.filter(kind="showing_cancelled").exists()


def test_a_cancellation_needs_its_reason(showing: Screening, manager: Client) -> None:
    assert "Say why, in a few words" in act(manager, showing, "cancel", reason=" ")
    assert not showing.is_cancelled


def test_labels_and_sold_out_are_one_change(showing: Screening, manager: Client) -> None:
    act(manager, showing, "labels", labels=["oc", "qa"], sold_out="on")
    assert (showing.labels, showing.sold_out, showing.revision) == (("oc", "qa"), True, 1)


def test_a_showing_is_put_on_again(showing: Screening, manager: Client) -> None:
    cancel(showing, reason="A burst pipe.", now=NOW)
    showing.refresh_from_db()
    assert "On again, at its time." in act(manager, showing, "reinstate")
    assert (showing.status, showing.cancel_reason) == ("scheduled", "")


def test_the_last_request_repeated_changes_nothing_twice(showing: Screening, manager: Client) -> None:
    data = {"act": "move", "seen": 0, "date": "2026-08-07", "time": "20:00"}
    for _ in range(2):
        page = manager.post(address(showing), data, follow=True)
    assert "was changed since you saw it. Here it is as it is now." in page.content.decode()
    showing.refresh_from_db()
    assert showing.revision == 1


def test_an_hour_that_does_not_exist_or_happens_twice_is_said(showing: Screening, manager: Client) -> None:
    assert "does not exist: the clocks go forward" in act(
        manager, showing, "move", date="2027-03-14", time="02:30"
    )
    page = act(manager, showing, "move", date="2026-11-01", time="01:30")
    assert "happens twice: the clocks go back. Say which you mean." in page
    assert showing.revision == 0
    act(manager, showing, "move", date="2026-11-01", time="01:30", fold="1")
    assert showing.starts_at == dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)


def test_what_is_past_stays_as_it_was(showing: Screening, manager: Client) -> None:
    with time_machine.travel(showing.starts_at, tick=False):
        assert "What is past stays as it was." in manager.get(address(showing)).content.decode()
        for name, data in (
            ("move", {"date": "2026-08-09", "time": "20:00"}),
            ("labels", {"labels": ["oc"]}),
            ("cancel", {"reason": "Late."}),
        ):
            assert "This showing has begun already." in act(manager, showing, name, **data)
    assert showing.revision == 0


def test_no_film_is_on_twice_at_one_time(showing: Screening) -> None:
    other = make_screening("2026-08-07T21:30", engagement=showing.engagement)
    with pytest.raises(NotPossible, match="on at that time already"):
        move(other, dt.datetime(2026, 8, 7, 19), now=NOW)
    cancel(showing, reason="A burst pipe.", now=NOW)
    move(other, dt.datetime(2026, 8, 7, 19), now=NOW)
    with pytest.raises(NotPossible, match="on at that time already"):
        reinstate(showing, now=NOW)


def test_the_same_labels_again_are_no_change(showing: Screening) -> None:
    assert relabel(showing, [], now=NOW).revision == 0
    assert relabel(showing, [], sold_out=True, now=NOW).revision == 1


def test_staff_look_and_do_not_touch(showing: Screening, manager: Client) -> None:
    TheaterMembership.objects.update(role="staff")
    assert "A manager of this theater moves" in manager.get(address(showing)).content.decode()
    assert "Only a manager changes a showing that is live." in act(manager, showing, "cancel", reason="No.")
    assert not showing.is_cancelled


def test_a_showing_of_another_theater_and_a_draft_are_not_there(showing: Screening, manager: Client) -> None:
    rialto = make_screening(
        engagement=make_engagement(theater=make_theater("The Rialto", "Chicago"), film=make_film("X"))
    )
    assert manager.get(f"/manage/theaters/{showing.theater.slug}/showings/{rialto.code}/").status_code == 404
    Screening.objects.update(status="draft")
    assert manager.get(address(showing)).status_code == 404
    assert manager.post(address(showing), {"act": "burn"}).status_code == 404


def test_the_weeks_list_leads_there(showing: Screening, manager: Client) -> None:
    assert address(showing) in manager.get(f"/manage/theaters/{showing.theater.slug}/").content.decode()
