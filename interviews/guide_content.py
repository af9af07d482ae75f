"""What is frozen of a guide: plain JSON values that need no other row to be read.

`{"schema": 1, "guide": {…}, "film": {…}, "sections": [{"kind", "heading", "blocks": […]}], "excerpts": {uuid: {…}}}`;
a block is a text, an action, a tip, a prompt (with its UUID) or `{"kind": "excerpt", "excerpt": uuid}`. Versions of
before lack what came in later without a new schema: `is_films_own` and `adapted_from` of the guide; `sensitivity`,
`follow_up` and `tip` of a prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screenings.models import Film

from .directions import direction_of, direction_of_language
from .models import Block, Excerpt, Guide, GuideSection, Prompt
from .rights import right_of
from .selectors import link_into

SCHEMA = 1
Content = dict[str, Any]


def arranged_sections(guide: Guide) -> list[GuideSection]:
    """The draft's sections with their blocks, and the sources that they quote: a handful of queries."""
    sections = guide.sections.prefetch_related(
        "blocks__prompt__excerpt__source__interview",
        "blocks__prompt__excerpt__refindings",
        "blocks__excerpt__source__interview",
        "blocks__excerpt__refindings",
    )
    return list(sections)


def quoted_in(sections: list[GuideSection]) -> list[Excerpt]:
    """Every excerpt of the sections, shown or rested on by a prompt, once, in the order of reading."""
    return list({excerpt.uuid: excerpt for excerpt in _excerpts(sections)}.values())


def _excerpts(sections: list[GuideSection]) -> Iterator[Excerpt]:
    for section in sections:
        for block in section.blocks.all():
            if block.excerpt:
                yield block.excerpt
            elif block.prompt and block.prompt.excerpt:
                yield block.prompt.excerpt


def content_of(guide: Guide, sections: list[GuideSection]) -> Content:
    """The guide as it stands now, as JSON values."""
    return {
        "schema": SCHEMA,
        "guide": {
            "title": guide.title,
            "lang": guide.language,
            "dir": direction_of_language(guide.language),
            "is_films_own": guide.is_films_own,
            "adapted_from": _origin(guide),
        },
        "film": _film(guide.film),
        "sections": [_section(section) for section in sections],
        "excerpts": {str(excerpt.uuid): _excerpt(excerpt) for excerpt in quoted_in(sections)},
    }


def _origin(guide: Guide) -> Content | None:
    """The version that this guide was copied from, credited for ever: what it was called then, and where it is read."""
    version = guide.adapted_from
    if version is None:
        return None
    title = version.content["guide"]["title"]
    return {"title": title, "code": version.guide.code, "version": version.number}


def _film(film: Film) -> Content:
    return {
        "title": film.title,
        "slug": film.slug,
        "year": film.year,
        "running_minutes": film.running_minutes,
        "languages": film.languages,
        "content_notes": film.content_notes,
        "directors": [credit.name for credit in film.credits.all() if credit.role == "director"],
    }


def _section(section: GuideSection) -> Content:
    return {
        "kind": section.kind,
        "heading": section.heading or section.get_kind_display(),
        "blocks": [_block(block) for block in section.blocks.all()],
    }


def _block(block: Block) -> Content:
    if block.excerpt:
        return {"kind": block.kind, "excerpt": str(block.excerpt.uuid)}
    if block.prompt:
        return {"kind": block.kind, **_prompt(block.prompt)}
    if block.kind == Block.Kind.ACTION:
        return {"kind": block.kind, "text": block.text, "url": block.url}
    return {"kind": block.kind, "text": block.text}


def _prompt(prompt: Prompt) -> Content:
    return {
        "uuid": str(prompt.uuid),
        "question": prompt.question,
        "moment": prompt.moment,
        "minutes": prompt.minutes,
        "group_size": prompt.group_size,
        "if_silent": prompt.if_silent,
        "if_heated": prompt.if_heated,
        "sensitivity": prompt.sensitivity,
        "follow_up": prompt.follow_up,
        "tip": prompt.tip,
        "excerpt": str(prompt.excerpt.uuid) if prompt.excerpt else None,
    }


def _excerpt(excerpt: Excerpt) -> Content:
    source, interview, right = excerpt.source, excerpt.source.interview, right_of(excerpt)
    url = source.url or interview.url
    return {
        "exact": excerpt.exact,
        "prefix": excerpt.prefix,
        "suffix": excerpt.suffix,
        "segments": excerpt.segments,
        "insertions": excerpt.insertions,
        "note": excerpt.note,
        "speaker": excerpt.speaker,
        "lang": interview.language,
        "dir": direction_of(excerpt.exact),
        "publication": interview.publication,
        "title": interview.title,
        "byline": interview.byline,
        "published_on": interview.published_on.isoformat() if interview.published_on else None,
        "url": url,
        "link": link_into(url, source.visible_text, excerpt.segments),
        "right": right.right,
        "right_note": right.note,
        "source_sha256": source.sha256,
    }


def prompts_of(content: Content) -> list[Content]:
    """The prompts of a frozen guide in the order of reading, each with its `uuid` and its section's kind."""
    return [
        {**block, "section": section["kind"]}
        for section in content["sections"]
        for block in section["blocks"]
        if block["kind"] == Block.Kind.PROMPT
    ]
