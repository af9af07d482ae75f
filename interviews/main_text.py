"""Which lines of an HTML page are the piece on it, as trafilatura's article extraction sees it.

The extraction gives text without places, so it is evidence only: its lines are found again among the visible lines,
and nothing is cut or changed by it.
"""

import logging

import trafilatura

from interviews.sentences import words
from interviews.text_map import Mark, VisibleText

EXTRACTED = "extracted"
_MAX_CHARACTERS = 1_000_000
_RUN = 5
_LOG = logging.getLogger(__name__)


def extracted_marks(source: str, visible: VisibleText) -> tuple[Mark, ...]:
    """A mark of kind EXTRACTED over each visible line that the extraction takes for the piece; none where the page is too
    large to be looked at twice, or where nothing was extracted. Never raises."""
    if len(source) > _MAX_CHARACTERS:
        return ()
    lines, runs = _lines_and_runs(_extracted(source))
    marks, at = [], 0
    for line in visible.text.split("\n"):
        found = tuple(words(line))
        if found and (found in lines or _holds(found, runs)):
            marks.append(Mark(at, at + len(line), EXTRACTED))
        at += len(line) + 1
    return tuple(marks)


def _extracted(source: str) -> str:
    try:
        return trafilatura.extract(source, include_comments=False, favor_recall=True, fast=True) or ""
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError):
        _LOG.info("The article could not be extracted; the page is read without it.", exc_info=True)
        return ""


def _lines_and_runs(extracted: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The extraction's lines, and every run of five words in them."""
    lines = [tuple(words(line)) for line in extracted.split("\n")]
    runs = {line[at : at + _RUN] for line in lines for at in range(len(line) - _RUN + 1)}
    return {line for line in lines if line}, runs


def _holds(line: tuple[str, ...], runs: set[tuple[str, ...]]) -> bool:
    """Whether the extraction has both ends of a line, which it may have joined with another."""
    return len(line) >= _RUN and line[:_RUN] in runs and line[-_RUN:] in runs
