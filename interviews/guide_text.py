"""The guide's own words: plain Markdown (CommonMark's paragraphs, emphasis, lists and links) as safe HTML."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .directions import direction_of

# Markup in the source stays text, and markdown-it refuses links that could run (javascript:, data:, file:).
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["heading", "lheading", "hr", "code", "fence", "image", "html_block", "html_inline"]
)


def as_html(text: str, direction: str) -> SafeString:
    """`text` as HTML. A paragraph that runs against `direction` (`ltr` or `rtl`) says so."""
    tokens = _MARKDOWN.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and direction_of(inline.content) != direction:
            opening.attrSet("dir", direction_of(inline.content))
    _mark_links(tokens)
    return mark_safe(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S308


def _mark_links(tokens: Sequence[Token]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noreferrer")
