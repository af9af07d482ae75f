"""Questions after the film: on the evening or the morning after, the next day, a week later; from the guide, for those
who asked for them."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.follow_ups import EVENING_OF, NEXT_DAY, STEPS, WEEK_LATER, Step, question_for
from interviews import excerpts, guides
from interviews.choices import choose_guide
from interviews.guide_content import prompts_of
from interviews.models import Excerpt, Guide, GuideVersion, Prompt
from interviews.publishing import publish
from notices.dispatch import work_off
from notices.looks import look_at
from notices.models import Notice
from screenings.models import Screening
from screenings.rsvps import confirm, rsvp_to
from tests.cast import ATTENDEE
from tests.factories import make_film, make_screening
from tests.interviews.zine import make_guide

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)


def go(screening: Screening) -> None:
    confirm(rsvp_to(screening, ATTENDEE, now=NOW, wants_reminders=False, wants_prompts=True), NOW)


def offer(screening: Screening, guide: Guide | None = None) -> GuideVersion:
    guide = guide or make_guide(screening.film)
    choose_guide(guide, screening.film)
    return publish(guide, by=None, now=NOW)


def owed(kind: str = "prompt_after") -> Notice:
    return Notice.objects.get(kind=kind)


def send(at: dt.datetime | None = None, kind: str = "prompt_after") -> str:
    """What went out last at the due time of `kind` (or at `at`), as text."""
    mail.outbox.clear()
    with time_machine.travel(at or owed(kind).due_at, tick=False):
        work_off()
    return mail.outbox[-1].body if mail.outbox else ""


def wall(screening: Screening, at: dt.datetime) -> str:
    return f"{at.astimezone(screening.theater.tzinfo):%a %H:%M}"


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2026-08-07T14:00", "Fri 16:26"),  # 10 minutes of trailers, 91 of film, 45 to talk
        ("2026-08-07T19:00", "Fri 21:26"),
        ("2026-08-07T19:33", "Fri 21:59"),
        ("2026-08-07T19:34", "Sat 09:00"),
        ("2026-08-07T23:30", "Sat 09:00"),
        ("2026-08-08T00:15", "Sat 09:00"),
    ],
)
def test_it_is_due_on_the_evening_before_ten_or_at_nine_the_next_morning(starts: str, due: str) -> None:
    screening = make_screening(starts)
    go(screening)
    assert wall(screening, owed().due_at) == due
    assert owed().useful_until == screening.ends_at + dt.timedelta(hours=72)


def test_it_brings_one_question_and_the_guides_address() -> None:
    screening = make_screening()
    version = offer(screening)
    go(screening)
    text = send()
    assert "You saw it tonight" in text
    assert "Which scene is still with you?" in text
    assert f"http://localhost:8000/g/{version.guide.code}/" in text
    assert owed().state == "sent"


@pytest.mark.parametrize(
    ("starts", "later", "words"),
    [
        ("2026-08-07T14:00", 0, "You saw it today"),
        ("2026-08-07T21:00", 0, "You saw it last night"),
        ("2026-08-08T00:30", 0, "You saw it last night"),
        ("2026-08-07T14:00", 20, "You saw it yesterday"),
        ("2026-08-07T19:00", 62, "You saw it on Fri 7 Aug"),
    ],
)
def test_it_is_worded_for_when_it_arrives(starts: str, later: int, words: str) -> None:
    screening = make_screening(starts)
    offer(screening)
    go(screening)
    assert words in send(owed().due_at + dt.timedelta(hours=later))


def test_the_words_that_a_question_rests_on_go_along_with_their_receipt() -> None:
    screening = make_screening()
    guide = make_guide(screening.film)
    Prompt.objects.filter(guide=guide, moment="opening").update(moment="before")
    offer(screening, guide)
    go(screening)
    text = send()
    assert "Whom have you let look at you when you were tired?" in text
    assert "> People will let you look at them" in text
    assert "Mara Lindqvist, The Tide" in text


def test_withdrawn_words_are_not_sent() -> None:
    screening = make_screening()
    guide = make_guide(screening.film)
    Prompt.objects.filter(guide=guide, moment="opening").update(moment="before")
    version = offer(screening, guide)
    go(screening)
    rests_on = question_for(EVENING_OF, prompts_of(version.content))
    assert rests_on
    excerpts.withdraw(Excerpt.objects.get(uuid=rests_on["excerpt"]), reason="Asked for.", now=NOW)
    assert "People will let you look" not in send()
    assert owed().state == "sent"


def test_a_guide_without_a_question_is_still_offered() -> None:
    screening = make_screening()
    guide = make_guide(screening.film)
    guide.prompts.all().delete()
    assert prompts_of(offer(screening, guide).content) == []
    go(screening)
    assert "Open the guide" in send()


def test_without_a_published_guide_nothing_is_sent_and_the_ledger_says_why() -> None:
    go(make_screening())
    assert send() == ""
    assert (owed().state, owed().reason) == ("declined", "No guide is published for this film.")


def test_the_showings_own_guide_wins_over_the_films() -> None:
    screening = make_screening()
    offer(screening)
    own = make_guide(make_film("A Film of One’s Own"), title="For this evening")
    choose_guide(own, screening)
    publish(own, by=None, now=NOW)
    go(screening)
    assert f"/g/{own.code}/" in send()


def test_three_days_later_it_is_of_no_use() -> None:
    screening = make_screening()
    offer(screening)
    go(screening)
    assert "One question after" not in send(screening.ends_at + dt.timedelta(hours=72))
    assert owed().state == "expired"


@pytest.mark.parametrize(
    ("starts", "kind", "due"),
    [
        ("2026-08-07T19:00", "prompt_next_day", "Sat 8 18:00"),
        ("2026-08-07T19:00", "prompt_week_later", "Fri 14 18:00"),
        ("2026-08-08T00:15", "prompt_next_day", "Sat 8 18:00"),  # The night is Friday's.
        ("2026-10-30T19:00", "prompt_week_later", "Fri 6 18:00"),  # The clocks went back.
    ],
)
def test_the_others_come_at_six_the_next_day_and_a_week_later(starts: str, kind: str, due: str) -> None:
    screening = make_screening(starts)
    go(screening)
    row = owed(kind)
    assert f"{row.due_at.astimezone(screening.theater.tzinfo):%a %-d %H:%M}" == due
    assert row.useful_until == row.due_at + dt.timedelta(hours=72)


def prompts(*moments: str) -> list[dict[str, str]]:
    return [{"moment": moment, "question": f"{moment} {place}"} for place, moment in enumerate(moments)]


@pytest.mark.parametrize(
    ("moments", "brought"),
    [
        ((), (None, None, None)),
        (("before",), (None, None, None)),
        (("opening",), ("opening 0", None, None)),
        (("closing",), ("closing 0", None, None)),
        (("action",), (None, None, "action 0")),
        (("deepening", "opening"), ("opening 1", "deepening 0", None)),
        (("deepening", "deepening"), ("deepening 0", "deepening 1", None)),
        (("closing", "action", "opening", "deepening"), ("opening 2", "closing 0", "action 1")),
        (("closing", "closing", "action", "action"), ("closing 0", "closing 1", "action 2")),
    ],
)
def test_the_guide_decides_by_its_prompts_which_there_are(
    moments: tuple[str, ...], brought: tuple[str | None, ...]
) -> None:
    found = [question_for(step, prompts(*moments)) for step in STEPS]
    assert tuple(one and one["question"] for one in found) == brought


def later_guide(screening: Screening) -> None:
    guide = make_guide(screening.film)
    for moment, question in (("closing", "What will you keep?"), ("action", "Who made your road?")):
        guides.add_prompt(guide.sections.get(kind="after"), question, moment=moment)
    offer(screening, guide)


@pytest.mark.parametrize(
    ("step", "subject", "question", "seen"),
    [
        (NEXT_DAY, "The Salt Road, the day after", "What will you keep?", "You saw it last night"),
        (WEEK_LATER, "A week after The Salt Road", "Who made your road?", "You saw it on Fri 7 Aug"),
    ],
)
def test_each_brings_its_own_question_and_is_worded_for_its_day(
    step: Step, subject: str, question: str, seen: str
) -> None:
    screening = make_screening()
    later_guide(screening)
    go(screening)
    text = send(kind=step.kind)
    assert question in text
    assert seen in text
    assert mail.outbox[-1].subject == subject
    assert owed(step.kind).state == "sent"


@pytest.mark.parametrize("kind", ["prompt_next_day", "prompt_week_later"])
def test_what_the_guide_does_not_have_is_not_sent_and_the_ledger_says_why(kind: str) -> None:
    screening = make_screening()
    guide = make_guide(screening.film)
    Prompt.objects.filter(guide=guide, moment="deepening").delete()
    offer(screening, guide)
    go(screening)
    send(owed().due_at)
    assert send(kind=kind) == ""
    assert (owed(kind).state, owed(kind).reason) == ("declined", "The guide has no question for then.")


@pytest.mark.parametrize("kind", ["prompt_next_day", "prompt_week_later"])
def test_a_later_one_is_of_no_use_three_days_after_its_hour(kind: str) -> None:
    screening = make_screening()
    later_guide(screening)
    go(screening)
    late = owed(kind).due_at + dt.timedelta(hours=72)
    assert send(late - dt.timedelta(minutes=1), kind) != ""
    Notice.objects.filter(kind=kind).update(state="due", settled_at=None)
    send(late, kind)
    assert owed(kind).state == "expired"


def test_the_last_look_takes_as_many_queries_for_thirty_as_for_one() -> None:
    screening = make_screening()
    offer(screening)
    for n in range(30):
        asked = rsvp_to(screening, f"guest{n}@home.example", now=NOW, wants_prompts=True)
        confirm(asked, NOW)
    rows = Notice.objects.filter(kind="prompt_after").select_related("person", "reply_to")

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            look_at(rows[:count], rows[0].due_at)
        return len(captured)

    assert queries(1) == queries(30)
