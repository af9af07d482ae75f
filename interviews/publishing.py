"""Publishing a guide: the draft as it stands, frozen and numbered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person

from .excerpts import stands
from .guide_content import Content, arranged_sections, content_of, quoted_in
from .models import Excerpt, Guide, GuideSection, GuideVersion, Refinding
from .rights import right_of, what_is_missing
from .written_pages import publish_files


class CannotPublish(ValueError):
    """The guide stays a draft. `reasons`: one sentence for each thing that stands in the way."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@transaction.atomic
def publish(guide: Guide, *, by: Person | None, now: dt.datetime, changelog: str = "") -> GuideVersion:
    """Freeze the draft as its next version; the newest version where nothing has changed since (pressed twice).

    Raises CannotPublish where an excerpt's words do not stand in its source, where it was withdrawn, where its source
    came in again with other words and nobody has decided, where the right to quote it is missing or has expired on the
    day of `now`, and where the guide is empty.
    """
    guide = Guide.objects.select_for_update(of=("self",)).select_related("film").get(pk=guide.pk)
    sections = arranged_sections(guide)
    reasons = what_stands_in_the_way(sections, on=now.date())
    if reasons:
        raise CannotPublish(reasons)
    content = content_of(guide, sections)
    newest = guide.versions.order_by("-number").first()
    if newest and newest.content == content:
        return newest
    version = _freeze(guide, content, newest, by=by, now=now, changelog=changelog)
    version.excerpts.set(quoted_in(sections))
    publish_files(version)
    return version


def _freeze(
    guide: Guide,
    content: Content,
    newest: GuideVersion | None,
    *,
    by: Person | None,
    now: dt.datetime,
    changelog: str,
) -> GuideVersion:
    return GuideVersion.objects.create(
        guide=guide,
        number=newest.number + 1 if newest else 1,
        content=content,
        changelog=changelog,
        published_by=by,
        published_at=now,
    )


def what_stands_in_the_way(sections: list[GuideSection], *, on: dt.date) -> list[str]:
    """Why these sections cannot be published on a day, in sentences; none where they can."""
    if not any(section.blocks.all() for section in sections):
        return ["There is nothing in this guide yet: add a section with some words to it."]
    wrong = ((excerpt, _what_is_wrong(excerpt, on)) for excerpt in quoted_in(sections))
    return [f"{_name(excerpt)} {why}" for excerpt, why in wrong if why]


def _what_is_wrong(excerpt: Excerpt, on: dt.date) -> str:
    if excerpt.withdrawn_at:
        return "was withdrawn. Take it out of the guide."
    if not stands(excerpt, excerpt.source):
        return "does not stand in its source as it is quoted. Cut it again from the interview."
    if any(found.state == Refinding.State.OPEN for found in excerpt.refindings.all()):
        return "reads otherwise in its source since it came in again. Look at both, and say which is quoted."
    return what_is_missing(right_of(excerpt), on)


def _name(excerpt: Excerpt) -> str:
    opening = " ".join(excerpt.exact.split())
    short = opening if len(opening) <= 60 else f"{opening[:59].rstrip()}…"
    return f"“{short}” ({excerpt.speaker}, {excerpt.source.interview.publication})"


def newest_version(guide: Guide) -> GuideVersion | None:
    return guide.versions.order_by("-number").first()
