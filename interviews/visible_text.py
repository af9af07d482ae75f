"""From an imported file to what a reader of it sees."""

import re
from dataclasses import replace
from pathlib import PurePath

from interviews.cue_text import is_timing, render_cues
from interviews.main_text import extracted_marks
from interviews.markdown_text import inline_marks, markdown_marks
from interviews.page_text import render_page
from interviews.text_decoding import decode
from interviews.text_map import Mark, UnreadableSource, VisibleText

__all__ = ["FORMATS", "MAX_BYTES", "Mark", "UnreadableSource", "VisibleText", "detect_format", "render"]

FORMATS = ("txt", "html", "md", "vtt", "srt")
MAX_BYTES = 20 * 1024 * 1024
_SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "md",
    ".markdown": "md",
    ".vtt": "vtt",
    ".srt": "srt",
}
_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|p|div|br|h[1-6]|article|section|span|table)\b[^>]*>", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|---[ \t]*$|> \S|!\[)|\*\*\S[^*\n]{0,200}\*\*|__\S[^_\n]{0,200}__|\]\(https?://|\[\^\w+\]",
    re.M,
)


def render(data: bytes, format: str | None = None, *, filename: str = "") -> VisibleText:
    """The visible text of a source.

    Takes the file's bytes, its format if known (one of FORMATS) and its name (whose suffix is a hint). Gives a
    VisibleText; for txt and md it is the file's own text, unchanged. Raises UnreadableSource, with a sentence for
    people, for what is empty, larger than MAX_BYTES, binary, undecodable, or of another format.
    """
    _refuse_unreadable(data, format)
    text, encoding = decode(data)
    if not text.strip():
        raise UnreadableSource("The file is empty: there is no text in it.")
    format = format or detect_format(text, filename)
    visible = _render_text(text, format)
    if not visible.text.strip():
        raise UnreadableSource("There is markup in this file, but no text that a reader would see.")
    return replace(visible, encoding=encoding)


def _refuse_unreadable(data: bytes, format: str | None) -> None:
    if format is not None and format not in FORMATS:
        raise UnreadableSource(f"“{format}” is not a format that can be read here: {', '.join(FORMATS)} are.")
    if not data:
        raise UnreadableSource("The file is empty: there is no text in it.")
    if len(data) > MAX_BYTES:
        raise UnreadableSource(
            f"The file has {len(data) // (1024 * 1024)} MB; a text of at most {MAX_BYTES // (1024 * 1024)} MB can be read."
        )


def detect_format(text: str, filename: str = "") -> str:
    """The format of a decoded text: by the content where it is unmistakable, then by the name's suffix."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start.startswith("WEBVTT"):
        return "vtt"
    if any(is_timing(line) for line in start.splitlines()[:4]):
        return "srt"
    named = _SUFFIXES.get(PurePath(filename).suffix.lower())
    if named:
        return named
    if start[:15].lower().startswith(("<!doctype html", "<html")) or len(_TAGS.findall(text[:50_000])) >= 2:
        return "html"
    return "md" if len(_MARKDOWN.findall(text[:50_000])) >= 2 else "txt"


def _render_text(text: str, format: str) -> VisibleText:
    if format == "html":
        page = render_page(text)
        return replace(page, marks=(*page.marks, *extracted_marks(text, page)))
    if format in ("vtt", "srt"):
        return render_cues(text, format)
    whole = ((0, 0, len(text)),)
    if format == "md":
        marks, head = markdown_marks(text)
        return VisibleText(text, "md", marks, whole, head=head)
    return VisibleText(text, "txt", tuple(inline_marks(text)), whole)
