"""Word documents and PDFs, read at arm's length; and every other file, by what it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .text_map import Mark, UnreadableSource, VisibleText
from .visible_text import FORMATS as TEXT_FORMATS
from .visible_text import MAX_BYTES
from .visible_text import render as render_text

OFFICE_FORMATS = ("docx", "pdf")
FORMATS = (*TEXT_FORMATS, *OFFICE_FORMATS)
TIMEOUT_SECONDS = 18
HOUSE = Path(__file__).resolve().parent.parent
_STRANGERS = {
    b"\xd0\xcf\x11\xe0": "This is a Word document of the old kind. Save it as .docx, or paste the text instead.",
    b"{\\rtf": "This is an RTF document. Save it as .docx, or paste the text instead.",
}


def render(data: bytes, format: str | None = None, *, filename: str = "") -> VisibleText:
    """The visible text of a file of any of `FORMATS`, as `visible_text.render` gives it.

    A DOCX or PDF is opened in a process of its own, limited in memory and time, so that no bomb in it touches this
    one. Raises UnreadableSource, with a sentence for people.
    """
    kind = format if format in OFFICE_FORMATS else office_format(data) if format is None else None
    if kind is None:
        _refuse_strangers(data)
        return render_text(data, format, filename=filename)
    if len(data) > MAX_BYTES:
        raise UnreadableSource(f"The file has more than {MAX_BYTES // (1024 * 1024)} MB.")
    visible = _as_visible(_read_apart(kind, data), kind)
    if not visible.text.strip():
        raise UnreadableSource("There is no text in this document that a reader would see.")
    return visible


def office_format(data: bytes) -> str | None:
    """`docx` or `pdf` where the first bytes say so (a PDF may begin within the first kilobyte), else None."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "docx" if data.startswith(b"PK\x03\x04") else None


def _refuse_strangers(data: bytes) -> None:
    for beginning, sentence in _STRANGERS.items():
        if data.startswith(beginning):
            raise UnreadableSource(sentence)


def _read_apart(kind: str, data: bytes) -> dict[str, Any]:
    """What the process answers. It is given nothing of our environment but where the house is."""
    command = [sys.executable, "-m", "interviews.office_reading", kind]
    environment = {"PYTHONPATH": str(HOUSE), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(  # noqa: S603 - our own module; the stranger's bytes are its input
            command,
            input=data,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            env=environment,
            cwd=HOUSE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableSource(
            "This document takes too long to open. Paste the text of it instead."
        ) from None
    if run.returncode:
        raise UnreadableSource(
            "This document could not be opened: it is damaged, or made to be too much. Paste the text instead."
        )
    answer: dict[str, Any] = json.loads(run.stdout)
    if "refused" in answer:
        raise UnreadableSource(answer["refused"])
    return answer


def _as_visible(answer: dict[str, Any], kind: str) -> VisibleText:
    marks = tuple(Mark(*mark) for mark in answer["marks"])
    runs = tuple((first, second, length) for first, second, length in answer["map"])
    return VisibleText(answer["text"], kind, marks, runs, encoding="")
