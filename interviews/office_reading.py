"""The process that opens a stranger's Word document or PDF: it has little memory and little time, writes no file,
knows no database and no secret. `office_files` starts it: bytes on standard input, JSON on standard output.
"""

from __future__ import annotations

import json
import resource
import sys

MEGABYTE = 1024 * 1024
MEMORY_BYTES = 640 * MEGABYTE
CPU_SECONDS = 12
MAX_CHARACTERS = 5_000_000
TOO_LARGE = "This document unpacks to more than any interview holds. Paste the text instead."


def main(format: str) -> None:
    """Read the document on standard input; answer {"text", "marks", "map"} or {"refused": a sentence}."""
    _limit()
    try:
        answer = _read(format, sys.stdin.buffer.read())
    except MemoryError:
        answer = {"refused": TOO_LARGE}
    json.dump(answer, sys.stdout)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(format: str, data: bytes) -> dict[str, object]:
    from interviews.text_map import UnreadableSource

    try:
        if format == "pdf":
            from interviews.pdf_text import render_pdf as render
        else:
            from interviews.docx_text import render_docx as render
        visible = render(data)
    except UnreadableSource as refusal:
        return {"refused": str(refusal)}
    if len(visible.text) > MAX_CHARACTERS:
        return {"refused": TOO_LARGE}
    marks = [[mark.start, mark.end, mark.kind, mark.value] for mark in visible.marks]
    return {"text": visible.text, "marks": marks, "map": [list(run) for run in visible.map]}


if __name__ == "__main__":
    main(sys.argv[1])
