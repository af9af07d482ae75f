"""Where words stand: W3C Web Annotation selectors, and links that open a page at them (WICG Text Fragments).

Everything here is about a visible text and spans of code points in it; nothing knows a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

Span = tuple[int, int]

# How many code points of context a TextQuoteSelector carries on each side.
CONTEXT = 32
# A term up to this long stands whole in a link; a longer passage is named by its first and last words.
WHOLE_TERM = 80
_FEWEST_WORDS, _MOST_WORDS, _CONTEXT_WORDS = 4, 9, 4
# Words end at white space, and after the punctuation of writing that sets no spaces.
_WORD = re.compile(r"[^\s，。、；：！？]+[，。、；：！？」』”]*|[，。、；：！？」』”]+")


def context_of(text: str, start: int, end: int) -> tuple[str, str]:
    """The `CONTEXT` code points before `start` and after `end`, fewer at the text's edges."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def text_quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    """A W3C TextQuoteSelector for the span: exact, prefix and suffix."""
    prefix, suffix = context_of(text, start, end)
    return {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": prefix, "suffix": suffix}


def text_position_selector(start: int, end: int) -> dict[str, str | int]:
    """A W3C TextPositionSelector: half open, in code points as the recommendation counts them."""
    return {"type": "TextPositionSelector", "start": start, "end": end}


def link_into(url: str, text: str, segments: Sequence[Span]) -> str:
    """The address `url` that opens at the segments, each of them marked; `""` where there is no address.

    A fragment that the address has already stays before the directive, as the specification asks.
    """
    if not url:
        return ""
    return url + ("" if "#" in url else "#") + fragment_directive(text, segments)


def fragment_directive(text: str, segments: Sequence[Span]) -> str:
    """`:~:text=…&text=…`, one text directive a segment (WICG Text Fragments).

    A short segment is named whole, a long one by its first and last words. Where the same words stand earlier in
    `text`, more words are taken, then what stands before or after, so that a browser's first match is this one.
    """
    return ":~:" + "&".join(f"text={_directive(text, start, end)}" for start, end in segments)


def _directive(text: str, start: int, end: int) -> str:
    words = text[start:end]
    if not _lines_break(words) and (end - start <= WHOLE_TERM or len(_words(words)) == 1):
        return _whole(text, start, end)
    opening, before = _opening(text, start, end)
    closing, after = _closing(text, start, end)
    return f"{before}{_encode(opening)},{_encode(closing)}{after}"


def _whole(text: str, start: int, end: int) -> str:
    term = text[start:end]
    if _first_match(text, term, 0) == (start, end):
        return _encode(term)
    return f"{_before(text, start)}{_encode(term)}{_after(text, end)}"


def _opening(text: str, start: int, end: int) -> tuple[str, str]:
    """The first words of a passage and, where they alone are not found first, the context before them."""
    term = ""
    for term in _growing(_words_of_first_line(text, start, end)):
        found = _first_match(text, term, 0)
        if found and found[0] == start:
            return term, ""
    return term, _before(text, start)


def _closing(text: str, start: int, end: int) -> tuple[str, str]:
    """The last words of a passage and, where they stand earlier in it, the context after them."""
    term = ""
    for term in _growing_back(_words_of_last_line(text, start, end)):
        found = _first_match(text, term, start)
        if found and found[1] == end:
            return term, ""
    return term, _after(text, end)


def _words_of_first_line(text: str, start: int, end: int) -> list[str]:
    words = _words(text[start:end].lstrip().splitlines()[0])
    return words if _lines_break(text[start:end]) else words[: (len(words) + 1) // 2]


def _words_of_last_line(text: str, start: int, end: int) -> list[str]:
    """On a single line the second half of it: a closing term is sought after the opening one."""
    words = _words(text[start:end].rstrip().splitlines()[-1])
    return words if _lines_break(text[start:end]) else words[(len(words) + 1) // 2 :]


def _words(line: str) -> list[str]:
    """The words of a line, each with the space that follows it."""
    starts = [found.start() for found in _WORD.finditer(line)]
    return [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]


def _growing(words: list[str]) -> Iterator[str]:
    for count in range(min(_FEWEST_WORDS, len(words)), min(_MOST_WORDS, len(words)) + 1):
        yield "".join(words[:count]).strip()


def _growing_back(words: list[str]) -> Iterator[str]:
    for count in range(min(_FEWEST_WORDS, len(words)), min(_MOST_WORDS, len(words)) + 1):
        yield "".join(words[-count:]).strip()


def _first_match(text: str, term: str, at: int) -> Span | None:
    """Where a browser finds `term` first: any case, any run of white space."""
    pattern = r"\s+".join(re.escape(word) for word in term.split())
    found = re.compile(pattern, re.IGNORECASE).search(text, at)
    return found.span() if found else None


def _before(text: str, start: int) -> str:
    lines = text[:start].rstrip().splitlines()[-1:]
    words = _words(lines[0])[-_CONTEXT_WORDS:] if lines else []
    return f"{_encode(''.join(words))}-," if words else ""


def _after(text: str, end: int) -> str:
    lines = text[end:].lstrip().splitlines()[:1]
    words = _words(lines[0])[:_CONTEXT_WORDS] if lines else []
    return f",-{_encode(''.join(words))}" if words else ""


def _lines_break(text: str) -> bool:
    return len(text.splitlines()) > 1


def _encode(term: str) -> str:
    """Percent-encoded, and `-`, `,` and `&` too: in a text directive they are syntax."""
    return quote(" ".join(term.split()), safe="").replace("-", "%2D")
