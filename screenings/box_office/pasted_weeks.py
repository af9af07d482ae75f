"""A week's text as a system sends it: read, told with its doubts, and published once nothing is doubtful."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from common.local_time import LocalTimeError
from common.problems import Fault, Problem, pointer

from ..models import Film, Theater
from ..spoken_times import tonight_in
from ..week_difference import Difference, Wanted
from ..week_drafts import ReadWeek, create_new_films, read_week
from ..week_page import tell
from ..week_publishing import difference_from_live, publish_week
from ..week_text import Doubt, TooMuchText
from ..week_view import week_start
from .showing_sets import OUTCOMES


@dataclass(frozen=True)
class WeekText:
    """A week's text for one theater. `day` is any day of the week that it is of."""

    theater: Theater
    day: dt.date
    text: str
    answers: Mapping[str, str]

    @property
    def starting(self) -> dt.date:
        return week_start(self.theater, self.day)

    def read(self, now: dt.datetime) -> ReadWeek:
        """Raises Problem for more text than a week has."""
        today = tonight_in(self.theater.tzinfo, now)
        try:
            return read_week(self.theater, self.starting, self.text, today=today, answers=self.answers)
        except TooMuchText as error:
            fault = Fault(pointer("text"), "too-long", str(error))
            raise Problem(
                "week-invalid", "The week cannot be read", 422, str(error), faults=[fault]
            ) from error


def try_text(text: WeekText, *, now: dt.datetime) -> dict[str, Any]:
    """What the text means and what publishing it would change. Nothing is stored."""
    week = text.read(now)
    difference = difference_from_live(text.theater, text.starting, week.showings, now)
    return _told(text, week, difference, published=False)


def publish_text(text: WeekText, *, now: dt.datetime, request_key: uuid.UUID) -> dict[str, Any]:
    """Publish the text, in the caller's transaction, which holds the theater's row.

    Raises Problem with every doubt that has no answer: nothing is guessed, and nothing is published in part.
    """
    week = text.read(now)
    if week.doubts:
        raise _doubtful(week.doubts)
    difference = difference_from_live(text.theater, text.starting, week.showings, now)
    told = _told(text, week, difference, published=True)
    try:
        publish_week(
            text.theater,
            text.starting,
            create_new_films(week),
            by=None,
            now=now,
            request_key=request_key,
        )
    except LocalTimeError as error:
        raise Problem("week-invalid", "The week cannot be published", 422, str(error)) from error
    return told


def _doubtful(doubts: Iterable[Doubt]) -> Problem:
    faults = [
        Fault(
            pointer("answers", doubt.key), doubt.reason, doubt.message, tuple(c.value for c in doubt.choices)
        )
        for doubt in doubts
    ]
    detail = "Nothing was published. Answer each doubt by its key in `answers`, or leave it out with “skip”."
    return Problem("week-doubtful", "Some of the week is doubtful", 422, detail, faults=faults)


def _told(text: WeekText, week: ReadWeek, difference: Difference, *, published: bool) -> dict[str, Any]:
    films = _films(week.showings, difference)
    titles: dict[Hashable, str] = {pk: film.title for pk, film in films.items()}
    words = tell(difference, {**titles, **week.titles}, text.theater.locale)
    return {
        "theater": text.theater.slug,
        "first": text.starting.isoformat(),
        "last": (text.starting + dt.timedelta(days=6)).isoformat(),
        "published": published,
        "showings": [_tell_wanted(text.theater, s, week.titles, films) for s in week.showings],
        "new_films": week.new_titles,
        "doubts": [_tell_doubt(doubt) for doubt in week.doubts],
        "remarks": [{"code": remark.code, "sentence": remark.sentence} for remark in week.remarks],
        "changes": {act: len(getattr(difference, act)) for act in OUTCOMES},
        "changes_in_words": [f"{change.act}: {change.words}" for change in words],
    }


def _films(showings: Iterable[Wanted], difference: Difference) -> dict[Hashable, Film]:
    named = [*showings, *(row.showing for row in difference.cancelled)]
    ids = {showing.film for showing in named if isinstance(showing.film, int)}
    return dict(Film.objects.in_bulk(ids))


def _tell_wanted(
    theater: Theater, showing: Wanted, titles: Mapping[Hashable, str], films: Mapping[Hashable, Film]
) -> dict[str, Any]:
    at = showing.wall.replace(tzinfo=theater.tzinfo, fold=showing.fold)
    return {
        "film": films[showing.film].slug if showing.film in films else "",
        "title": titles[showing.film],
        "starts_at": at.isoformat(timespec="minutes"),
        "night": showing.night.isoformat(),
        "labels": list(showing.labels),
        "sold_out": showing.sold_out,
    }


def _tell_doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "key": doubt.key,
        "reason": doubt.reason,
        "message": doubt.message,
        "text": doubt.text,
        "start": doubt.start,
        "end": doubt.end,
        "choices": [{"label": choice.label, "value": choice.value} for choice in doubt.choices],
        "takes": doubt.takes,
    }
