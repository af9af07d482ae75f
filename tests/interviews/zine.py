"""Invented interviews about an invented film, in several layouts; and a guide built from them through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from interviews import excerpts, guides
from interviews.archive import import_interview
from interviews.models import Excerpt, Guide, Source
from screenings.models import Film
from tests.factories import make_film

NOW = dt.datetime(2026, 8, 1, 16, 0, tzinfo=dt.UTC)

LABELLED = """Salt, Roads and Patience: Mara Lindqvist on “The Salt Road”

By Ines Okafor

The Salt Road follows three families who still carry salt over the pass on foot. We met its director in a cold kitchen.

THE TIDE: How did you find the road in the first place?

Mara Lindqvist: My grandmother drew it for me on the back of an envelope. She had walked it once, as a girl, with a goat
that refused every bridge. I thought the map was a joke, and then I found the first cairn exactly where she had put it.

THE TIDE: Were the families glad to be filmed?

Lindqvist: Not for a long time. For the first winter I carried salt and left the camera in its bag. People will let you
look at them only after they have seen you tired.

THE TIDE: What do you want an audience to talk about when the lights come up?

Lindqvist: About what they carry. Everybody carries something over a pass for somebody – and hardly anybody is thanked.
If one person phones their mother on the way home, that is enough for me.
"""

HTML = """<!doctype html><html lang="en"><head><title>Five minutes with Mara Lindqvist</title></head><body>
<nav><a href="/">Home</a> <a href="/film">Film</a></nav>
<article><h1>Five minutes with Mara Lindqvist</h1>
<p><b>Is silence a kind of dialogue?</b></p>
<p>Silence is the only dialogue that nobody has rehearsed. In the edit I kept&nbsp;every pause, because a pause is where a
person decides whether to trust you.</p>
<p><b>What was the hardest day?</b></p>
<p>The day of the landslide &amp; the day after. We did not film the first one. On the second day Tomas handed me the
camera himself and said that somebody ought to remember the road as it was.</p>
<p><b>What would you ask of us?</b></p>
<p>Go and look at the road nearest to your house, and find out who made it.</p>
</article></body></html>
"""

ARABIC = """حوار مع مارا ليندكفيست عن فيلم طريق الملح

المجلة: كيف بدأت الحكاية؟

مارا ليندكفيست: بدأت الحكاية بخريطة رسمتها جدتي على ظهر مظروف قديم، ثم وجدت أول علامة في مكانها تماما.

المجلة: ماذا تعلمت من العائلات؟

مارا ليندكفيست: تعلمت أن الناس لا يسمحون لك بالنظر إليهم إلا بعد أن يروك متعبا مثلهم.
"""

RIGHTS: dict[str, Any] = {"right": "quotation", "right_note": "Quoted with a question on each passage."}


def keep(film: Film, text: str = LABELLED, **facts: Any) -> Source:
    """An interview imported through the real act."""
    facts = {
        "publication": "The Tide",
        "url": "https://tide.example/salt-road",
        "published_on": dt.date(2026, 5, 3),
        "filename": "tide.txt",
        "retrieved_at": NOW,
        **RIGHTS,
        **facts,
    }
    return import_interview(text.encode(), film=film, **facts)[1]


def keep_page(film: Film) -> Source:
    return keep(
        film,
        HTML,
        publication="Reel & Rope",
        url="https://reel.example/five-minutes",
        filename="five.html",
        published_on=dt.date(2026, 6, 11),
        right="permission",
        right_note="Given by the editors of Reel & Rope on 2 July 2026.",
    )


def quote(source: Source, *words: str, speaker: str = "Mara Lindqvist") -> Excerpt:
    """The excerpt of these words, each piece found once in the source."""
    segments = []
    for piece in words:
        assert source.visible_text.count(piece) == 1, piece
        start = source.visible_text.index(piece)
        segments.append((start, start + len(piece)))
    return excerpts.cut(source, segments, speaker=speaker, by=None, now=NOW)


def make_guide(film: Film | None = None, *, title: str = "What we carry") -> Guide:
    """A draft with a content note, two quotes from two interviews, and prompts."""
    film = film or make_film()
    tide, reel = keep(film), keep_page(film)
    tired = quote(tide, "People will let you\nlook at them only after they have seen you tired.")
    pause = quote(
        reel,
        "Silence is the only dialogue that nobody has rehearsed.",
        "a pause is where a person decides whether to trust you.",
    )
    guide = guides.start_guide(film, title, None, "en")
    guides.add_text(guides.add_section(guide, "content_note"), "A landslide and its aftermath are shown.")
    guides.add_text(guides.add_section(guide, "welcome"), "Stay a while. **Nobody** has to speak.")
    words = guides.add_section(guide, "filmmaker")
    guides.add_excerpt(words, tired)
    guides.add_excerpt(words, pause)
    after = guides.add_section(guide, "after")
    guides.add_prompt(after, "Which scene is still with you?", minutes=5, group_size=2)
    guides.add_prompt(
        after,
        "Whom have you let look at you when you were tired?",
        moment="deepening",
        minutes=10,
        excerpt=tired,
        if_silent="Ask for a place instead of a person.",
        if_heated="Give everyone a breath, and a pencil.",
    )
    guides.add_action(
        guides.add_section(guide, "action"), "Find out who made your road.", "https://roads.example/"
    )
    return guide
