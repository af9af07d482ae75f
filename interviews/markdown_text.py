"""The structure of a Markdown text (CommonMark), as marks on the text itself."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from interviews.text_map import Mark

_BLOCKS = {
    "heading_open": "h",
    "blockquote_open": "blockquote",
    "list_item_open": "li",
    "fence": "pre",
    "table_open": "table",
    "html_block": "html",
}
_EMPHASIS = re.compile(r"(\*\*\*|___|\*\*|__|\*|_)(?=[^\s*_])((?:(?!\1)[^\n]|\n(?!\s*\n))*?[^\s])\1(?![\w*])")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,60}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_PAIR = re.compile(
    r"^(title|author|byline|date|publication|source)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.M | re.I
)
_HEAD_NAMES = {"byline": "author", "publication": "site", "source": "site"}


def markdown_marks(text: str) -> tuple[tuple[Mark, ...], tuple[tuple[str, str], ...]]:
    """(marks, head) of a Markdown text: headings, quotes, items, emphasis, links, images, front matter."""
    front = _FRONT_MATTER.match(text)
    body_start = front.end() if front else 0
    marks = [Mark(0, body_start, "front")] if front else []
    marks += _block_marks(text, body_start)
    marks += inline_marks(text, body_start)
    head = [(_HEAD_NAMES.get(name.lower(), name.lower()), value) for name, value in _front_pairs(front)]
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))), tuple(head)


def _front_pairs(front: re.Match[str] | None) -> list[tuple[str, str]]:
    return _PAIR.findall(front.group()) if front else []


def _block_marks(text: str, start: int) -> Iterator[Mark]:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline"])
    lines = _line_offsets(text, start)
    for token in parser.parse(text[start:]):
        if token.type in _BLOCKS and token.map:
            yield _block_mark(token, lines)


def _block_mark(token: Token, lines: list[int]) -> Mark:
    first, last = token.map or [0, 0]
    kind = token.tag if token.type == "heading_open" else _BLOCKS[token.type]
    return Mark(lines[min(first, len(lines) - 1)], lines[min(last, len(lines) - 1)], kind)


def _line_offsets(text: str, start: int) -> list[int]:
    """Where each line begins, as CommonMark counts lines (LF, CR LF or CR), and where the text ends."""
    return [start, *(found.end() for found in re.compile(r"\r\n|\n|\r").finditer(text, start)), len(text)]


def inline_marks(text: str, start: int = 0) -> Iterator[Mark]:
    """Emphasis ("b", "i"), links ("a") and images ("img") of a text that uses Markdown's signs for them."""
    for found in _EMPHASIS.finditer(text, start):
        sign = found.group(1)
        if sign[0] == "_" and found.start() and text[found.start() - 1].isalnum():
            continue
        if len(sign) > 1:
            yield Mark(found.start(), found.end(), "b")
        if len(sign) != 2:
            yield Mark(found.start(), found.end(), "i")
    for found in _LINK.finditer(text, start):
        yield Mark(found.start(), found.end(), "a")
    for found in _IMAGE.finditer(text, start):
        yield Mark(found.start(), found.end(), "img")
