"""Sentences and words of a text, in scripts with and without spaces."""

import re

_END = re.compile(
    r"[.!?…؟]+[\"'”’»)\]*_]*(?:\s+|$)|[。！？]+[」』”’）]*\s*|\n\s*\n",
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|vs|etc|No|Vol|Ave|Blvd|Rd|Sra?|Hr|Fr|Dra?|Mme|Mlle|M|z\.B|e\.g|i\.e)|\b[^\W\d_]|\d)\.$"
)
_OPENING = "\"'“‘«(¿¡[*_—–-"
WIDE = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}][\w'’-]*")
_QUESTION_END = re.compile(r"(?:[?？؟]|(?:す|した|せん|しょう|うの|るの)か。)[!！\"'”’»)\]*_）」』\s]*$")


_CLOSED = re.compile(r"[.!?…。！？؟](?:[\"'”’»)\]*_」』）\s]|\[\^?[\w*]{1,8}\]|\d{1,2}(?!\d)|[¹²³⁴-⁹†‡])*$")


def closes_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; quotation marks, emphasis and the signs of footnotes may follow."""
    return _CLOSED.search(text[-30:]) is not None


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the sentences of text[start:end], white space at their edges left out."""
    end = len(text) if end is None else end
    spans, at = [], start
    for found in _END.finditer(text, start, end):
        if found.end() < end and not _closes(text, found):
            continue
        spans.append((at, found.start() + len(found.group().rstrip())))
        at = found.end()
    spans.append((at, end))
    return [tight for span in spans if (tight := tighten(text, *span))]


def _closes(text: str, found: re.Match[str]) -> bool:
    mark = found.group()
    if mark[0] != ".":
        following = text[found.end() : found.end() + 1]
        return not following.islower() or mark[0] in "。！？\n"
    if not mark.strip().endswith(tuple("\"'”’»)]")) and _ABBREVIATION.search(
        text, max(0, found.start() - 12), found.start() + 1
    ):
        return False
    following = text[found.end() : found.end() + 2].lstrip(_OPENING)
    return not following[:1].islower()


def tighten(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its edges; None where nothing else is in it."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def words(text: str) -> list[str]:
    """The words of a text in lower case; each Chinese, Japanese or Korean character counts as one."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def ends_as_question(text: str) -> bool:
    """Whether a question mark closes the text, quotation marks, brackets and emphasis aside."""
    return _QUESTION_END.search(text[-12:]) is not None
