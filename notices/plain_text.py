"""The plain text of a mail, read off its HTML: one source, two forms."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import lxml.html
from django.utils.translation import gettext
from lxml.html import HtmlElement

WIDTH = 72
# White space as HTML understands it; a no-break space (French has one before a colon) is kept.
SPACES = re.compile(r"[ \t\n\f\r]+")
BLOCKS = ("h1", "h2", "p", "li", "blockquote", "figcaption", "hr", "td")


def plain_text(html: str) -> tuple[str, str]:
    """The title and the text of a mail's HTML.

    Headings stand over a rule, quotations behind `>` (RFC 3676), items behind a dash; a link's address follows
    its words on its own line, unbroken, so that every mail program makes a link of it. Elements with
    `aria-hidden` are left out.
    """
    page = lxml.html.document_fromstring(html)
    title = page.findtext(".//title") or ""
    body = page.body
    blocks = [text for block in _blocks(body) if (text := _say(block))]
    return " ".join(title.split()), "\n\n".join(blocks) + "\n"


def _blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost blocks of `element`, in order."""
    for child in element:
        if not isinstance(child.tag, str) or child.get("aria-hidden"):
            continue
        if child.tag in BLOCKS and not any(True for inner in child.iter(*BLOCKS) if inner is not child):
            yield child
        else:
            yield from _blocks(child)


def _say(block: HtmlElement) -> str:
    if block.tag == "hr":
        return "--------"
    paragraphs = _lines(block)
    words = "\n".join(_wrap(line) for line in paragraphs if line)
    if block.tag == "h1":
        return f"{words}\n{'=' * min(WIDTH, max(map(len, words.splitlines()), default=0))}"
    if _inside(block, "blockquote"):
        return textwrap.indent(words, "> ", lambda line: True)
    return textwrap.indent(words, "  ").replace("  ", "- ", 1) if block.tag == "li" else words


def _inside(block: HtmlElement, tag: str) -> bool:
    return block.tag == tag or any(parent.tag == tag for parent in block.iterancestors())


def _lines(block: HtmlElement) -> list[str]:
    """The lines of a block: `<br>` breaks them, and a link's address has its own."""
    return [SPACES.sub(" ", line).strip(" ") for line in "".join(_pieces(block)).split("\v")]


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not child.get("aria-hidden"):
            yield "\v" if child.tag == "br" else ""
            yield from _pieces(child)
            if child.tag == "a" and child.get("href", "") not in (child.text_content().strip(), ""):
                yield f"{gettext(':')}\v{child.get('href')}\v"
        yield child.tail or ""


def _wrap(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
