"""The invented interviews of layouts/, each a text with marks in it from which both the source and its gold are made.

A file begins with "speakers: …" and any number of "alt: Name = Other, Another" lines. In the text after them a mark
says what follows, up to the next mark:

    ⟦Q Name⟧ question, ⟦Q⟧ question of an unnamed interviewer, ⟦A Name⟧ answer, ⟦N⟧ narration,
    ⟦+⟧ the last turn goes on, ⟦L⟧ label, ⟦M⟧ title, byline, date or heading, ⟦F⟧ anything else on the page,
    ⟦" Name⟧…⟦/⟧ a quotation inside narration (⟦" Name #1⟧ where one utterance is broken in two).
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

LAYOUTS = Path(__file__).parent / "layouts"
_MARK = re.compile(r"⟦([^⟧]*)⟧")
_KINDS = {"Q": "question", "A": "answer", "N": "narration"}
_EDGE = re.compile(r"(?:\s|</?[a-zA-Z!][^<>]*>|&nbsp;)+")


@dataclass
class MarkedInterview:
    """An invented interview: its name, format and source, and the gold in the schema of the corpus."""

    name: str
    format: str
    source: str = ""
    turns: list[dict] = field(default_factory=list)
    quotations: list[dict] = field(default_factory=list)
    labels: list[dict] = field(default_factory=list)
    meta: list[dict] = field(default_factory=list)
    boilerplate: list[dict] = field(default_factory=list)

    @property
    def gold(self) -> dict:
        """The gold as the corpus writes it."""
        keys = ("format", "turns", "quotations", "labels", "meta", "boilerplate")
        return {key: getattr(self, key) for key in keys}


def load_all(folder: Path = LAYOUTS) -> list[MarkedInterview]:
    """The interviews of a folder, by name."""
    return [
        load(path)
        for path in sorted(folder.iterdir())
        if path.suffix in (".txt", ".html", ".md", ".vtt", ".srt")
    ]


def load(path: Path) -> MarkedInterview:
    """One marked-up interview as its source and gold."""
    head, body = _head_and_body(path.read_text(encoding="utf-8"))
    interview = MarkedInterview(path.stem, path.suffix[1:])
    alternatives = _alternatives(head)
    pieces: list[str] = []
    role, begun, quoted, length = "", 0, None, 0
    for index, part in enumerate(_MARK.split(body)):
        if index % 2 == 0:
            pieces.append(part)
            length += len(part)
        elif part == "/":
            interview.quotations.append({**quoted, "end": length})
        elif part.startswith('"'):
            quoted = _quotation(part[1:].strip(), length)
        else:
            _close(interview, "".join(pieces), role, begun, length, alternatives)
            role, begun = part.strip(), length
    interview.source = "".join(pieces)
    _close(interview, interview.source, role, begun, length, alternatives)
    return interview


def _head_and_body(text: str) -> tuple[list[str], str]:
    lines = text.splitlines(keepends=True)
    count = next(i for i, line in enumerate(lines) if not line.startswith(("speakers:", "alt:")))
    return [line.strip() for line in lines[:count]], "".join(lines[count:])


def _alternatives(head: list[str]) -> dict[str, list[str]]:
    found = {}
    for line in head:
        if line.startswith("alt:"):
            name, others = line[4:].split("=")
            found[name.strip()] = [other.strip() for other in others.split(",")]
    return found


def _quotation(words: str, start: int) -> dict:
    name, _, group = words.partition("#")
    quotation = {"speaker": name.strip() or None, "start": start}
    return {**quotation, "group": int(group)} if group else quotation


def _close(
    interview: MarkedInterview, text: str, role: str, start: int, end: int, alternatives: dict[str, list[str]]
) -> None:
    kind, _, speaker = role.partition(" ")
    start, end = _tight(text, start, end) if interview.format == "html" else _stripped(text, start, end)
    if start >= end or not kind:
        return
    span = {"start": start, "end": end}
    if kind == "+":
        turn = interview.turns[-1]
        turn["segments"].append([start, end])
        turn["end"] = end
    elif kind in _KINDS:
        name = speaker.strip() or None
        turn = {"kind": _KINDS[kind], "speaker": name, "segments": [[start, end]], **span}
        interview.turns.append({**turn, "speaker_alt": alternatives.get(name or "", [])})
    else:
        {"L": interview.labels, "M": interview.meta, "F": interview.boilerplate}[kind].append(
            {"type": "marked", **span}
        )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and tags at its edges."""
    opening = _EDGE.match(text, start, end)
    start = opening.end() if opening else start
    closing = list(_EDGE.finditer(text, start, end))
    if closing and closing[-1].end() == end:
        end = closing[-1].start()
    return start, end
