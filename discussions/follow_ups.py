"""After the film: questions to take home, for those who asked for them.

There are three steps: one question on the evening, one the next day, one a week later. The guide decides which of them
there are, by the moments of its prompts (`question_for`): what opens a talk is for the evening, what closes
or deepens it for the next day, what leads to acting for a week later. A guide without any still gets its evening mail, which
offers the guide; the other two are not sent then. Nobody is asked the same thing twice.

The evening's goes on the evening itself where that is before 22:00 at the theater, else at 09:00 the next morning, and is
worded so. The others go at 18:00, when people are on their way home. Three days later each is of no use any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from common.local_time import get_zone
from interviews.choices import guide_for
from interviews.guide_content import Content, prompts_of
from interviews.models import Excerpt, GuideVersion, Prompt
from notices.delivery import TRUE_AND_WANTED, Verdict, not_wanted
from notices.kinds import Kind
from notices.ledger import Owed
from notices.models import Notice
from notices.quiet_hours import at_hour, evening_or_morning
from screenings import plans, rsvp_links
from screenings.letter_times import say_day
from screenings.mail_lists import PROMPTS
from screenings.models import Rsvp, Screening
from screenings.rsvp_mails import check_after_the_film, zone_of
from screenings.showing_mail import Attendance, as_it_stands, counted_for, showing_context
from screenings.spoken_times import EVENING

from .reply_links import can_reply, reply_url

# Those who stayed to talk are on their way home by then.
AFTER_LIGHTS_UP = dt.timedelta(minutes=45)
USEFUL_FOR = dt.timedelta(hours=72)
# The later ones come when people are on their way home from work.
LATER_HOUR = dt.time(18, 0)
Moment = Prompt.Moment


@dataclass(frozen=True)
class Step:
    """One of the three: its kind, how many days after the night it goes (0: on the evening), and the moments whose
    prompts it may bring, the best first."""

    kind: str
    name: str
    days_after: int
    moments: tuple[str, ...]


EVENING_OF = Step(
    "prompt_after", "Question after the film", 0, (Moment.OPENING, Moment.DEEPENING, Moment.CLOSING)
)
NEXT_DAY = Step("prompt_next_day", "Question the next day", 1, (Moment.CLOSING, Moment.DEEPENING))
WEEK_LATER = Step("prompt_week_later", "Question a week later", 7, (Moment.ACTION,))
STEPS = (EVENING_OF, NEXT_DAY, WEEK_LATER)


def question_for(step: Step, prompts: Sequence[Content]) -> Content | None:
    """The prompt that a guide has for `step`, of its `prompts` in order; None where it has none.

    Of the first moment for which there is one; never what an earlier step has brought.
    """
    taken: list[Content] = []
    for each in STEPS:
        left = [prompt for prompt in prompts if prompt not in taken]
        found = next((p for moment in each.moments for p in left if p["moment"] == moment), None)
        if each is step:
            return found
        taken += [found] if found else []
    return None


def due_at(step: Step, screening: Screening) -> dt.datetime:
    """When `step` is owed to those who saw `screening`."""
    zone = get_zone(screening.zone)
    if step is EVENING_OF:
        return evening_or_morning(screening.ends_at + AFTER_LIGHTS_UP, zone)
    return at_hour(screening.night + dt.timedelta(days=step.days_after), LATER_HOUR, zone)


def useful_until(step: Step, screening: Screening) -> dt.datetime:
    """72 hours after the film; after its hour, for what comes later."""
    return (screening.ends_at if step is EVENING_OF else due_at(step, screening)) + USEFUL_FOR


def plan_follow_ups(screening: Screening, rsvps: Sequence[Rsvp], now: dt.datetime) -> Iterator[Owed]:
    """The questions owed to those of `rsvps` who want them; what the guide has by then is seen when they are sent."""
    for step in STEPS:
        due, until = due_at(step, screening), useful_until(step, screening)
        for rsvp in rsvps:
            if rsvp.wants_prompts and until > now:
                yield Owed(
                    person_id=rsvp.person_id,
                    kind=step.kind,
                    subject=plans.subject_of(screening),
                    due_at=due,
                    useful_until=until,
                )


def check(notice: Notice, about: Attendance, now: dt.datetime) -> Verdict:
    verdict = check_after_the_film(notice, about)
    if verdict is not TRUE_AND_WANTED:
        return verdict
    version = about.of_showing(guide_for)
    if version is None:
        return not_wanted("No guide is published for this film.")
    step = _step_of(notice)
    if step is not EVENING_OF and question_for(step, prompts_of(version.content)) is None:
        return not_wanted("The guide has no question for then.")
    return TRUE_AND_WANTED


def _step_of(notice: Notice) -> Step:
    return next(step for step in STEPS if step.kind == notice.kind)


def context(notice: Notice, about: Attendance, now: dt.datetime) -> Mapping[str, object]:
    version, step = about.of_showing(guide_for), _step_of(notice)
    assert version is not None  # `check` has just seen it.
    prompt = question_for(step, prompts_of(version.content))
    return {
        **showing_context(about.screening, now),
        "step": step.kind,
        "seen": say_since(about.screening, now),
        "question": prompt["question"] if prompt else "",
        "said": _said(version, prompt),
        "can_reply": bool(prompt) and can_reply(about.screening.pk),
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
        return gettext("tonight") if by_night else gettext("today")
    if days == 1:
        return gettext("last night") if by_night else gettext("yesterday")
    return gettext("on %(day)s") % {"day": say_day(screening.night)}


def _said(version: GuideVersion, prompt: Content | None) -> Content | None:
    """The words that the question rests on, with speaker and publication, unless they were withdrawn."""
    if not prompt or not prompt["excerpt"]:
        return None
    if Excerpt.objects.filter(uuid=prompt["excerpt"], withdrawn_at__isnull=False).exists():
        return None
    return version.content["excerpts"].get(prompt["excerpt"])


def private(notice: Notice, about: Attendance) -> Mapping[str, str]:
    return {
        "mine_url": rsvp_links.mine_url(notice.person),
        "reply_url": reply_url(notice, about.screening.pk),
    }


def _mail(step: Step) -> Kind:
    return Kind(
        code=step.kind,
        name=step.name,
        template="emails/prompt_after.html",
        context=context,
        check=check,
        private=private,
        mail_list=PROMPTS,
        zone=zone_of,
        alike=lambda notice, about: as_it_stands(about.screening),
        counted_for=counted_for,
    )


FOLLOW_UPS = tuple(_mail(step) for step in STEPS)
