"""The pages of coming to a showing: the form, the confirmation's link, one's own page. No cookie, no account."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from notices.models import Notice, Preference
from screenings import rsvp_links
from screenings.models import Rsvp, Screening
from screenings.rsvps import confirm, rsvp_to
from screenings.showings import cancel
from tests.cast import ATTENDEE, STRANGER
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 8, 7, 23, 0, tzinfo=dt.UTC)
HERE = "http://testserver"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser() -> Client:
    """A browser that says where its requests come from, and has the CSRF checks of a real one against it."""
    return Client(enforce_csrf_checks=True, headers={"Origin": HERE})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def say(browser: Client, screening: Screening, **fields: str) -> HttpResponse:
    fields = {"email": ATTENDEE, "wants_reminders": "on", **fields}
    return browser.post(f"/s/{screening.code}/rsvp/", fields)  # type: ignore[return-value]


def test_from_the_form_to_going(browser: Client) -> None:
    screening = make_screening()
    assert f'action="/s/{screening.code}/rsvp/' in text(browser.get(f"/s/{screening.code}/"))
    asked = say(browser, screening, wants_prompts="on")
    assert asked.status_code == 302
    assert "Look in your mailbox" in text(browser.get(asked["Location"]))
    path = rsvp_links.confirm_path(Rsvp.objects.get())
    assert "Yes, remind me" in text(browser.get(path))
    assert (
        "We write to you the day before and two hours before, and up to four times after the film."
        in text(browser.post(path, follow=True))
    )
    assert Rsvp.objects.get().state == "going"
    assert not browser.cookies


def test_looking_at_the_confirmations_link_changes_nothing_however_often(browser: Client) -> None:
    rsvp = rsvp_to(make_screening(), ATTENDEE, now=MONDAY)
    for _ in range(3):
        browser.get(rsvp_links.confirm_path(rsvp))
        browser.head(rsvp_links.confirm_path(rsvp))
    assert Rsvp.objects.get().state == "pending"
    assert Notice.objects.count() == 1


def test_known_and_unknown_addresses_are_answered_alike(browser: Client) -> None:
    screening = make_screening()
    confirm(rsvp_to(screening, ATTENDEE, now=MONDAY), MONDAY)
    known, unknown = say(browser, screening), say(browser, screening, email=STRANGER)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert dict(known.headers) == dict(unknown.headers)


@pytest.mark.parametrize(
    ("origin", "fetch_site", "status"),
    [
        (HERE, None, 302),
        ("http://localhost:8000", None, 302),  # BASE_URL, where a proxy stands before us
        (None, "same-origin", 302),
        ("http://evil.example", None, 403),
        ("http://evil.example", "same-origin", 403),
        ("null", None, 403),
        (None, "cross-site", 403),
        (None, "same-site", 403),
        (None, None, 403),
    ],
)
def test_the_form_is_taken_from_our_own_pages_only(
    origin: str | None, fetch_site: str | None, status: int
) -> None:
    said = {"Origin": origin, "Sec-Fetch-Site": fetch_site}
    browser = Client(enforce_csrf_checks=True, headers={name: value for name, value in said.items() if value})
    screening = make_screening()
    response = say(browser, screening)
    assert response.status_code == status
    assert Rsvp.objects.exists() is (status == 302)
    if status == 403:
        assert "Nothing was changed" in text(response)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": ""}, "Write your e-mail address"),
        ({"email": "ana at home"}, "does not look like an e-mail address"),
        ({"email": "ana@" + "x" * 300 + ".example"}, "too long"),
        ({"wants_reminders": ""}, "Tick one of the two"),
    ],
)
def test_what_is_wrong_is_said_on_the_page_with_the_form_as_they_left_it(
    browser: Client, fields: dict[str, str], sentence: str
) -> None:
    response = say(browser, make_screening(), **{"wants_prompts": "", **fields})
    assert response.status_code == 422
    assert sentence in text(response)
    assert f'value="{fields.get("email", ATTENDEE)}"' in text(response) or not fields.get("email", "x")
    assert not Rsvp.objects.exists()


def test_ticks_stay_as_they_were_left(browser: Client) -> None:
    response = say(browser, make_screening(), email="nonsense", wants_reminders="", wants_prompts="on")
    (reminders,) = re.findall(r'<input[^>]*name="wants_reminders"[^>]*>', text(response))
    (prompts,) = re.findall(r'<input[^>]*name="wants_prompts"[^>]*>', text(response))
    assert "checked" in prompts
    assert "checked" not in reminders


def test_a_cancelled_showing_says_so_and_keeps_nothing(browser: Client) -> None:
    screening = cancel(make_screening(), reason="The projector broke.", now=MONDAY)
    response = say(browser, screening)
    assert response.status_code == 422
    assert "there is nothing to come to" in text(response)
    assert not Rsvp.objects.exists()


def test_a_past_showing_has_no_form_and_says_so(browser: Client, clock: time_machine.Traveller) -> None:
    screening = make_screening()
    clock.move_to(START + dt.timedelta(hours=5))
    assert "rsvp-email" not in text(browser.get(f"/s/{screening.code}/"))
    assert "This showing is over. Nothing was kept." in text(say(browser, screening))


@pytest.mark.parametrize(
    ("before", "label"),
    [
        (dt.timedelta(days=2), "Remind me, the day before and two hours before"),
        (dt.timedelta(hours=5), "Remind me, two hours before"),
    ],
)
def test_the_form_offers_the_reminders_that_can_still_come(
    browser: Client, clock: time_machine.Traveller, before: dt.timedelta, label: str
) -> None:
    screening = make_screening()
    clock.move_to(START - before)
    assert label in text(browser.get(f"/s/{screening.code}/"))


def test_too_late_for_a_reminder_the_form_offers_the_question_alone(
    browser: Client, clock: time_machine.Traveller
) -> None:
    screening = make_screening()
    clock.move_to(START - dt.timedelta(hours=1))
    page = text(browser.get(f"/s/{screening.code}/"))
    assert "too soon for a reminder" in page
    assert "wants_reminders" not in page
    assert "Tick it, or there is nothing to send you." in text(say(browser, screening))
    assert say(browser, screening, wants_prompts="on").status_code == 302


def test_a_draft_is_not_there(browser: Client) -> None:
    screening = make_screening()
    Screening.objects.update(status="draft")
    assert say(browser, screening).status_code == 404


def test_where_seats_are_kept_the_form_asks_how_many_and_says_what_is_left(browser: Client) -> None:
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=3)
    page = text(browser.get(f"/s/{screening.code}/"))
    assert "3 seats left." in page
    assert "Keep my seat" in page
    say(browser, screening, party_size="3")
    assert Rsvp.objects.get().party_size == 3
    assert "Put me on the waiting list" in text(browser.get(f"/s/{screening.code}/"))


@pytest.mark.parametrize("seats", ["0", "9", "-1", "many", ""])
def test_a_party_that_cannot_be_is_refused_in_a_sentence(browser: Client, seats: str) -> None:
    screening = make_screening(entry=Screening.Entry.RESERVED, capacity=3)
    assert say(browser, screening, party_size=seats).status_code == 422
    assert not Rsvp.objects.exists()


def test_confirming_a_cancelled_showing_is_refused_in_a_sentence(browser: Client) -> None:
    screening = make_screening()
    rsvp = rsvp_to(screening, ATTENDEE, now=MONDAY)
    cancel(screening, reason="The projector broke.", now=MONDAY)
    response = browser.post(rsvp_links.confirm_path(rsvp))
    assert response.status_code == 409
    assert "This showing is cancelled" in text(response)


@pytest.mark.parametrize("path", ["/rsvp/nonsense/", "/mine/nonsense/", "/rsvp/MQ:1ws74C:forged/"])
def test_a_forged_link_leads_nowhere(browser: Client, path: str) -> None:
    response = browser.post(path)
    assert response.status_code == 404
    assert "leads nowhere" in text(response)


# --- one's own page -------------------------------------------------------------------------------------------


@pytest.fixture
def rsvp() -> Rsvp:
    return confirm(rsvp_to(make_screening(), ATTENDEE, now=MONDAY), MONDAY)


def own_page(rsvp: Rsvp) -> str:
    return rsvp_links.mine_path(rsvp.person)


def test_the_own_page_shows_what_one_comes_to_and_nobody_elses(browser: Client, rsvp: Rsvp) -> None:
    other = make_screening("2026-08-08T19:00")
    rsvp_to(other, STRANGER, now=MONDAY)
    page = text(browser.get(own_page(rsvp)))
    assert rsvp.screening.code in page
    assert other.code not in page
    assert STRANGER not in page


def test_withdrawing_and_coming_after_all(browser: Client, rsvp: Rsvp) -> None:
    act = f"{own_page(rsvp)}{rsvp.screening.code}/"
    assert "I’m coming after all" in text(browser.post(act, {"act": "withdraw"}, follow=True))
    assert Rsvp.objects.get().state == "withdrawn"
    browser.post(act, {"act": "come"})
    assert Rsvp.objects.get().state == "going"


def test_wishes_are_saved(browser: Client, rsvp: Rsvp) -> None:
    browser.post(f"{own_page(rsvp)}{rsvp.screening.code}/", {"act": "wishes", "prompts": "on"})
    saved = Rsvp.objects.get()
    assert (saved.wants_reminders, saved.wants_prompts) == (False, True)


def test_all_reminders_are_stopped_and_started(browser: Client, rsvp: Rsvp) -> None:
    address = f"{own_page(rsvp)}lists/reminders/"
    assert "You get no reminders" in text(browser.post(address, {"wanted": "0"}, follow=True))
    assert not Preference.objects.get().wanted
    assert "You get reminders" in text(browser.post(address, {"wanted": "1"}, follow=True))


def test_another_persons_showing_cannot_be_withdrawn(browser: Client, rsvp: Rsvp) -> None:
    other = confirm(rsvp_to(make_screening("2026-08-08T19:00"), STRANGER, now=MONDAY), MONDAY)
    assert browser.post(f"{own_page(rsvp)}{other.screening.code}/", {"act": "withdraw"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "going"


def test_a_link_from_last_year_says_what_to_do(
    browser: Client, rsvp: Rsvp, clock: time_machine.Traveller
) -> None:
    page = own_page(rsvp)
    clock.shift(dt.timedelta(days=181))
    assert "too old" in text(browser.get(page))
    assert browser.get(page).status_code == 404


def test_a_link_of_somebody_who_was_erased_leads_nowhere(browser: Client, rsvp: Rsvp) -> None:
    page = own_page(rsvp)
    Person.objects.all().delete()
    assert browser.get(page).status_code == 404


def test_private_pages_are_kept_by_no_cache_and_told_to_nobody(browser: Client, rsvp: Rsvp) -> None:
    for path in (own_page(rsvp), rsvp_links.confirm_path(rsvp)):
        response = browser.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex"


def test_the_own_page_makes_as_many_queries_for_one_showing_as_for_many(browser: Client, rsvp: Rsvp) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(own_page(rsvp))
        return len(captured)

    with_one = queries()
    for day in range(8, 20):
        screening = make_screening(dt.datetime(2026, 8, day, 19, 0))
        confirm(rsvp_to(screening, ATTENDEE, now=MONDAY), MONDAY)
    assert queries() == with_one
