"""After the film: one question from the guide, for those who asked for it.

It goes on the evening itself where that is before 22:00 at the theater, else at 09:00 the next morning, and is worded
so; three days later it is of no use any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from common.local_time import get_zone
from interviews.choices import guide_for
from interviews.guide_content import Content, prompts_of
from interviews.models import Excerpt, GuideVersion, Prompt
from notices.delivery import TRUE_AND_WANTED, Verdict, not_wanted
from notices.kinds import Kind
from notices.ledger import Owed
from notices.models import Notice
from notices.quiet_hours import evening_or_morning
from screenings import plans, rsvp_links
from screenings.mail_lists import PROMPTS
from screenings.models import Rsvp, Screening
from screenings.rsvp_mails import check_attendance
from screenings.showing_mail import Attendance, as_it_stands, showing_context
from screenings.spoken_times import EVENING, say_day

KIND = "prompt_after"
# Those who stayed to talk are on their way home by then.
AFTER_LIGHTS_UP = dt.timedelta(minutes=45)
USEFUL_FOR = dt.timedelta(hours=72)
# The first of these that the guide has is the one to take home.
MOMENTS = (Prompt.Moment.OPENING, Prompt.Moment.DEEPENING, Prompt.Moment.CLOSING)


def plan_follow_up(screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime) -> Iterator[Owed]:
    """The question owed to those of `rsvps` who want it; whether there is a guide by then is seen when it is sent."""
    due_at = evening_or_morning(screening.ends_at + AFTER_LIGHTS_UP, get_zone(screening.zone))
    for rsvp in rsvps:
        if rsvp.wants_prompts:
            yield Owed(
                person_id=rsvp.person_id,
                kind=KIND,
                subject=plans.subject_of(screening),
                due_at=due_at,
                useful_until=screening.ends_at + USEFUL_FOR,
            )


def check(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    verdict = check_attendance(notice, about)
    if verdict is not TRUE_AND_WANTED:
        return verdict
    if about.rsvp is None or not about.rsvp.wants_prompts:
        return not_wanted("The person wants no question after this film.")
    if guide_for(about.screening) is None:
        return not_wanted("No guide is published for this film.")
    return TRUE_AND_WANTED


def question_of(content: Content) -> Content | None:
    """The prompt of a frozen guide to take home: of the first moment that it has one for; None where it has none."""
    prompts = prompts_of(content)
    return next((p for moment in MOMENTS for p in prompts if p["moment"] == moment), None)


def context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    version = guide_for(about.screening)
    assert version is not None  # `check` has just seen one; a guide is never unpublished.
    prompt = question_of(version.content)
    return {
        **showing_context(about.screening, now),
        "seen": say_since(about.screening, now),
        "question": prompt["question"] if prompt else "",
        "said": _said(version, prompt),
        "guide": version.guide.title,
        "guide_url": settings.BASE_URL + reverse("guide", args=[version.guide.code]),
    }


def say_since(screening: Screening, now: dt.datetime) -> str:
    """When the film was seen, as of `now`: `tonight`, `today`, `last night`, `yesterday`, `on Fri 7 Aug`; so what was
    held up says no “tonight”."""
    wall = screening.local_start
    by_night = wall.time() >= EVENING or screening.is_after_midnight
    days = (now.astimezone(get_zone(screening.zone)).date() - screening.night).days
    if days == 0:
        return "tonight" if by_night else "today"
    if days == 1:
        return "last night" if by_night else "yesterday"
    return f"on {say_day(screening.night)}"


def _said(version: GuideVersion, prompt: Content | None) -> Content | None:
    """The words that the question rests on, with speaker and publication, unless they were withdrawn."""
    if not prompt or not prompt["excerpt"]:
        return None
    if Excerpt.objects.filter(uuid=prompt["excerpt"], withdrawn_at__isnull=False).exists():
        return None
    return version.content["excerpts"].get(prompt["excerpt"])


def private(notice: Notice, about: Attendance) -> Mapping[str, str]:
    return {"mine_url": rsvp_links.mine_url(notice.person)}


def zone_of(about: Attendance) -> ZoneInfo:
    return get_zone(about.screening.zone)


PROMPT_AFTER = Kind(
    code=KIND,
    name="Question after the film",
    template="emails/prompt_after.html",
    context=context,
    check=check,
    private=private,
    mail_list=PROMPTS,
    zone=zone_of,
    alike=lambda notice, about: as_it_stands(about.screening),
)
