"""A guide written as a file: its quotes by name, its sections in order.

```toml
film = "the-salt-road"
title = "What we carry"

[quotes.tired]
from = "People will let you"
to = "after they have seen you tired."

[[sections]]
kind = "after"
[[sections.blocks]]
excerpt = "tired"
[[sections.blocks]]
prompt = "Whom have you let look at you when you were tired?"
moment = "deepening"
minutes = 10
group_size = 2
excerpt = "tired"
```

A quote is `words`, or `from` and `to`, or `pieces` (a list, what lies between is left out), each as it stands in an
interview of the film; `source` (a publication) says which interview, `speaker` whose words, where the reading has it
wrong. A block is a `text`, an `excerpt`, a `prompt` or an `action` (with a `url`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Person
from screenings.films import find_film
from screenings.models import Film

from . import guides
from .choices import choose_guide
from .excerpts import CannotCut, cut, exact_of, speaker_of, tighten
from .models import Excerpt, Guide, GuideSection, GuideVersion, Prompt, Source
from .publishing import publish
from .selectors import Span
from .wanted_words import WordsNotFound, find_passage, find_pieces, find_words

_GUIDE_KEYS = {"film", "title", "language", "quotes", "sections", "changelog"}
_QUOTE_KEYS = {"words", "from", "to", "pieces", "source", "speaker"}
_SECTION_KEYS = {"kind", "heading", "blocks"}
_PROMPT_KEYS = {"prompt", "moment", "minutes", "group_size", "if_silent", "if_heated", "excerpt"}
_BLOCK_KEYS = {"text": {"text"}, "prompt": _PROMPT_KEYS, "action": {"action", "url"}, "excerpt": {"excerpt"}}


class GuideFileError(ValueError):
    """The file does not say what a guide needs; the message says where."""


@transaction.atomic
def build_guide(plan: Mapping[str, Any], *, by: Person | None, now: dt.datetime) -> GuideVersion:
    """Arrange the guide that `plan` describes, publish it and let its film offer it.

    The same title for the same film is the same guide: its draft is arranged anew, a prompt that is asked again keeps
    its UUID, and words that are quoted already are the same excerpt. All of it, or nothing. Raises GuideFileError, and
    CannotPublish as `publish` does.
    """
    _refuse_unknown(plan, _GUIDE_KEYS, "The file")
    film = _film(_need(plan, "film", "The file"))
    guide = _draft(film, _need(plan, "title", "The file"), plan.get("language", "en"), by)
    quotes = {name: _excerpt(film, name, quote, by, now) for name, quote in plan.get("quotes", {}).items()}
    _arrange(guide, plan.get("sections", []), quotes)
    version = publish(guide, by=by, now=now, changelog=plan.get("changelog", ""))
    choose_guide(guide, film)
    return version


def _film(name: str) -> Film:
    film = Film.objects.filter(slug=name).first() or find_film(name)
    if film is None:
        raise GuideFileError(f"No film is called “{name}”.")
    return film


def _draft(film: Film, title: str, language: str, by: Person | None) -> Guide:
    guide = Guide.objects.filter(film=film, title=title).order_by("id").first()
    return guide or guides.start_guide(film, title, by, language)


# --- quotes ----------------------------------------------------------------------------------------------


def _excerpt(film: Film, name: str, quote: Mapping[str, Any], by: Person | None, now: dt.datetime) -> Excerpt:
    _refuse_unknown(quote, _QUOTE_KEYS, f"The quote “{name}”")
    try:
        source, segments = _find(_sources(film, name, quote.get("source", "")), quote)
        spans = tighten(source.visible_text, segments)
        speaker = quote.get("speaker") or speaker_of(source, spans[0][0], spans[-1][1])
        kept = _same_excerpt(source, spans, speaker)
        return kept or cut(source, spans, speaker=speaker, by=by, now=now)
    except (WordsNotFound, CannotCut) as error:
        raise GuideFileError(f"The quote “{name}”: {error}") from error


def _sources(film: Film, name: str, publication: str) -> Sequence[Source]:
    sources = Source.objects.filter(interview__film=film).select_related("interview").defer("content")
    if publication:
        sources = sources.filter(interview__publication__iexact=publication)
    if not sources:
        where = f"from “{publication}”" if publication else "about this film"
        raise GuideFileError(f"The quote “{name}”: no interview {where} is kept. Import it first.")
    return list(sources)


def _find(sources: Sequence[Source], quote: Mapping[str, Any]) -> tuple[Source, Sequence[Span]]:
    if "pieces" in quote:
        return find_pieces(sources, quote["pieces"])
    if "words" in quote:
        source, span = find_words(sources, quote["words"])
    elif "from" in quote and "to" in quote:
        source, span = find_passage(sources, quote["from"], quote["to"])
    else:
        raise WordsNotFound(
            "Say its “words”, or where it starts and ends (“from” and “to”), or its “pieces”."
        )
    return source, [span]


def _same_excerpt(source: Source, spans: Sequence[Span], speaker: str) -> Excerpt | None:
    """The excerpt of these words that is cut already. One that was withdrawn counts: it is not cut again."""
    same = source.excerpts.filter(
        start=spans[0][0], end=spans[-1][1], speaker=speaker, exact=exact_of(source.visible_text, spans)
    )
    return same.order_by("id").first()


# --- sections --------------------------------------------------------------------------------------------


def _arrange(guide: Guide, sections: Sequence[Mapping[str, Any]], quotes: Mapping[str, Excerpt]) -> None:
    asked = {prompt.question: prompt for prompt in guide.prompts.all()}
    guide.sections.all().delete()
    for number, plan in enumerate(sections, 1):
        place = f"Section {number}"
        _refuse_unknown(plan, _SECTION_KEYS, place)
        section = _section(guide, _need(plan, "kind", place), plan.get("heading", ""), place)
        for position, block in enumerate(plan.get("blocks", []), 1):
            _add_block(section, block, quotes, asked, f"{place} ({section.kind}), block {position}")
    guide.prompts.filter(block=None).delete()


def _section(guide: Guide, kind: str, heading: str, place: str) -> GuideSection:
    if kind not in guides.SECTION_ORDER:
        raise GuideFileError(
            f"{place}: “{kind}” is no section. There are: {', '.join(guides.SECTION_ORDER)}."
        )
    return guides.add_section(guide, kind, heading)


def _add_block(
    section: GuideSection,
    block: Mapping[str, Any],
    quotes: Mapping[str, Excerpt],
    asked: dict[str, Prompt],
    place: str,
) -> None:
    kind = next((kind for kind in ("prompt", "text", "action", "excerpt") if kind in block), None)
    if kind is None:
        raise GuideFileError(f"{place} is no text, excerpt, prompt or action.")
    _refuse_unknown(block, _BLOCK_KEYS[kind], place)
    excerpt = _named(block, quotes, place)
    if kind == "prompt":
        _add_prompt(section, block, excerpt, asked, place)
    elif kind == "text":
        guides.add_text(section, block["text"])
    elif kind == "action":
        guides.add_action(section, block["action"], block.get("url", ""))
    elif excerpt:
        guides.add_excerpt(section, excerpt)


def _named(block: Mapping[str, Any], quotes: Mapping[str, Excerpt], place: str) -> Excerpt | None:
    name = block.get("excerpt")
    if name is not None and name not in quotes:
        raise GuideFileError(
            f"{place}: no quote is called “{name}”. There are: {', '.join(quotes) or 'none'}."
        )
    return quotes[name] if name is not None else None


def _add_prompt(
    section: GuideSection,
    block: Mapping[str, Any],
    excerpt: Excerpt | None,
    asked: dict[str, Prompt],
    place: str,
) -> None:
    facts = {key: block[key] for key in _PROMPT_KEYS - {"prompt", "excerpt"} if key in block}
    if facts.get("moment", Prompt.Moment.OPENING) not in Prompt.Moment.values:
        raise GuideFileError(f"{place}: the moment is one of {', '.join(Prompt.Moment.values)}.")
    again = asked.pop(block["prompt"], None)
    uuid = again.uuid if again else None
    if again:
        again.delete()
    guides.add_prompt(section, block["prompt"], excerpt=excerpt, uuid=uuid, **facts)


def _need(plan: Mapping[str, Any], key: str, place: str) -> str:
    if not plan.get(key):
        raise GuideFileError(f"{place} does not say its “{key}”.")
    return str(plan[key])


def _refuse_unknown(plan: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(plan) - known)
    if unknown:
        raise GuideFileError(
            f"{place}: “{unknown[0]}” means nothing here. It may say: {', '.join(sorted(known))}."
        )
