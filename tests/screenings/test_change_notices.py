"""Who means to come is told of a change once, after a quiet spell, and only of what is news to them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from notices import kinds
from notices.letters import compose
from notices.models import Notice
from screenings import rsvps
from screenings.change_notices import KINDS, Known, news
from screenings.models import Rsvp, Screening
from screenings.reminders import replan
from screenings.showings import cancel, move, reinstate, relabel
from screenings.week_difference import Wanted
from screenings.week_publishing import publish_week, undo
from tests.cast import ATTENDEE, MANAGER, STRANGER, make_person
from tests.factories import make_screening

pytestmark = pytest.mark.django_db

# Monday noon in Atlanta; the showing is on Friday 7 August 2026 at 7 pm there.
NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
SEVEN, HALF_PAST = dt.datetime(2026, 8, 7, 19, 0), dt.datetime(2026, 8, 7, 19, 30)


@pytest.fixture
def showing() -> Screening:
    return make_screening()


def going(showing: Screening, email: str = ATTENDEE, now: dt.datetime = NOW) -> Rsvp:
    return rsvps.confirm(rsvps.rsvp_to(showing, email, now=now), now)


def owed(email: str = ATTENDEE) -> list[tuple[str, dt.timedelta]]:
    """The news that is due to somebody, and how long after NOW."""
    rows = Notice.objects.filter(person__email=email, kind__in=KINDS, state="due").order_by("due_at")
    return [(row.kind, row.due_at - NOW) for row in rows]


def send_all() -> None:
    """As though the mail server had taken everything."""
    Notice.objects.filter(kind__in=KINDS, state="due").update(state="sent", settled_at=NOW)


def subject_line() -> str:
    notice = Notice.objects.filter(kind__in=KINDS, state="due").select_related("person").get()
    kind, about = kinds.kind_of(notice.kind), kinds.load_subjects([notice])[notice.pk]
    assert kind
    return compose(kind, notice, about, NOW).subject


def test_a_moved_showing_is_told_after_ten_quiet_minutes(showing: Screening) -> None:
    going(showing)
    move(showing, HALF_PAST, now=NOW)
    assert owed() == [("showing_changed", 10 * MINUTE)]
    assert subject_line().startswith("7:00 pm → 7:30 pm, same evening: The Salt Road")


def test_changes_within_the_quiet_spell_are_one_mail(showing: Screening) -> None:
    going(showing)
    move(showing, HALF_PAST, now=NOW)
    move(showing, dt.datetime(2026, 8, 8, 20, 0), now=NOW + 5 * MINUTE)
    assert owed() == [("showing_changed", 15 * MINUTE)]
    assert subject_line().startswith("Fri 7 Aug, 7:00 pm → Sat 8 Aug, 8:00 pm")


def test_there_and_back_again_is_no_news(showing: Screening) -> None:
    going(showing)
    move(showing, HALF_PAST, now=NOW)
    move(showing, SEVEN, now=NOW + 5 * MINUTE)
    assert owed() == []


def test_who_was_told_of_the_new_time_is_told_that_it_is_the_old_one_again(showing: Screening) -> None:
    going(showing)
    move(showing, HALF_PAST, now=NOW)
    send_all()
    move(showing, SEVEN, now=NOW + 20 * MINUTE)
    assert owed() == [("showing_changed", 30 * MINUTE)]
    assert subject_line().startswith("7:30 pm → 7:00 pm")


def test_who_says_yes_after_the_move_is_not_told_of_it(showing: Screening) -> None:
    move(showing, HALF_PAST, now=NOW)
    showing.refresh_from_db()
    going(showing, STRANGER, NOW + MINUTE)
    relabel(showing, ["oc"], now=NOW + 2 * MINUTE)
    row = Notice.objects.get(person__email=STRANGER, kind__in=KINDS)
    assert Known.from_facts(row.facts["was"]).labels == ()
    assert row.facts["was"]["starts_at"] == row.facts["starts_at"]


def test_a_cancelled_showing_is_told_with_its_reason_and_its_reminders_are_taken_back(
    showing: Screening,
) -> None:
    going(showing)
    cancel(showing, reason="The projector is ill.", now=NOW)
    assert owed() == [("showing_cancelled", 10 * MINUTE)]
    assert subject_line().startswith("Cancelled: The Salt Road")
    assert not Notice.objects.filter(kind__startswith="reminder", state="due").exists()


def test_cancelled_and_reinstated_within_the_quiet_spell_is_no_news_and_reminders_stand(
    showing: Screening,
) -> None:
    going(showing)
    cancel(showing, reason="A mistake.", now=NOW)
    reinstate(showing, now=NOW + MINUTE)
    assert owed() == []
    assert Notice.objects.filter(kind__startswith="reminder", state="due").count() == 2


def test_who_was_told_that_it_is_off_is_told_that_it_is_on_again(showing: Screening) -> None:
    going(showing)
    cancel(showing, reason="The projector is ill.", now=NOW)
    send_all()
    reinstate(showing, now=NOW + 30 * MINUTE)
    assert [kind for kind, _ in owed()] == ["showing_reinstated"]


def test_a_lost_label_is_news_to_those_who_rely_on_it() -> None:
    showing = make_screening(labels=["oc"])
    going(showing)
    relabel(showing, [], now=NOW)
    assert subject_line().startswith("No longer: Open captions")


def test_sold_out_is_no_news_to_those_who_come(showing: Screening) -> None:
    going(showing)
    wanted = Wanted(showing.film.pk, SEVEN, sold_out=True)
    publish_week(
        showing.theater, SEVEN.date(), [wanted], by=make_person(MANAGER), now=NOW, request_key=uuid.uuid4()
    )
    assert owed() == []


def test_told_at_once_by_choice(showing: Screening) -> None:
    going(showing)
    move(showing, HALF_PAST, now=NOW, tell_at_once=True)
    assert owed() == [("showing_changed", dt.timedelta())]


def test_what_starts_soon_is_told_at_once(showing: Screening) -> None:
    going(showing)
    soon = showing.starts_at - 15 * MINUTE
    cancel(showing, reason="The projector is ill.", now=soon)
    assert Notice.objects.get(kind="showing_cancelled").due_at == soon


def test_who_withdrew_or_never_confirmed_hears_nothing(showing: Screening) -> None:
    rsvps.withdraw(going(showing), NOW)
    rsvps.rsvp_to(showing, STRANGER, now=NOW)
    move(showing, HALF_PAST, now=NOW)
    assert owed() == owed(STRANGER) == []


def test_an_undone_week_tells_nobody(showing: Screening) -> None:
    going(showing)
    publication = publish_week(
        showing.theater,
        SEVEN.date(),
        [Wanted(showing.film.pk, HALF_PAST)],
        by=make_person(MANAGER),
        now=NOW,
        request_key=uuid.uuid4(),
    )
    assert owed() == [("showing_changed", 10 * MINUTE)]
    undo(publication, now=NOW + 9 * MINUTE)
    assert owed() == []


def test_telling_takes_the_same_number_of_queries_for_one_person_and_for_thirty(
    showing: Screening, django_assert_max_num_queries
) -> None:
    def change() -> None:
        showing.revision += 1
        showing.starts_at += 30 * MINUTE
        showing.ends_at += 30 * MINUTE
        showing.save()

    going(showing)
    change()
    replan(showing, NOW)
    change()
    with django_assert_max_num_queries(40) as few:
        replan(showing, NOW)
    for n in range(30):
        going(showing, f"guest{n}@home.example")
    change()
    # SQLite takes 999 values a statement, so that sixty new rows are two statements.
    with django_assert_max_num_queries(len(few) + 1):
        replan(showing, NOW)


@pytest.mark.parametrize(
    ("known", "now", "told"),
    [
        (Known("T1", ()), Known("T1", ()), None),
        (Known("T1", ()), Known("T2", ()), "showing_changed"),
        (Known("T1", ()), Known("T1", ("oc",)), "showing_changed"),
        (Known("T1", ()), Known("T1", (), True), "showing_cancelled"),
        (Known("T1", (), True), Known("T2", (), True), None),
        (Known("T1", (), True), Known("T2", ()), "showing_reinstated"),
    ],
)
def test_what_is_news(known: Known, now: Known, told: str | None) -> None:
    assert news(known, now) == told
