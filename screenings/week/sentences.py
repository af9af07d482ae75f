"""Sentences and clauses of a line: where one ends, and which stand apart from the others."""

from collections.abc import Sequence

from screenings.week.nodes import STRONG, Node, holds_time, is_days_bracket


def sentences_apart(nodes: list[Node]) -> list[list[Node]]:
    """A sentence that ends with its film (`On Saturday at 10:30 we show X.`) stands apart from the others."""
    chunks: list[list[Node]] = [[]]
    sentences = _sentences(nodes)
    own_days = all(any(n.kind == "D" or n.means("CHANGED") for n in s) for s in sentences if _tells_times(s))
    for sentence in sentences:
        if own_days and _ends_with_film(sentence):
            chunks += [sentence, []]
        else:
            chunks[-1].extend(sentence)
    return [chunk for chunk in chunks if chunk]


def _tells_times(sentence: Sequence[Node]) -> bool:
    return any(n.kind == "F" for n in sentence) and any(map(holds_time, sentence))


def _sentences(nodes: list[Node]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for node in nodes:
        found[-1].append(node)
        if node.kind == "S" and node.sign in (".", "!", "?", ";"):
            found.append([])
    return [sentence for sentence in found if sentence]


def _ends_with_film(sentence: Sequence[Node]) -> bool:
    films = [k for k, n in enumerate(sentence) if n.kind == "F"]
    if len(films) != 1 or not any(n.kind == "D" for n in sentence[: films[0]]):
        return False
    before, behind = sentence[: films[0]], sentence[films[0] :]
    return any(map(holds_time, before)) and not any(n.kind == "D" or holds_time(n) for n in behind)


def clauses_of(nodes: Sequence[Node]) -> list[tuple[list[Node], str]]:
    """The clauses of a line, each with the strong sign that ends it (a full stop at the end of the line)."""
    found: list[tuple[list[Node], str]] = []
    clause: list[Node] = []
    for node in nodes:
        if node.kind == "S" and node.sign in STRONG:
            if clause:
                found.append((clause, node.sign))
            clause = []
        else:
            clause.append(node)
    if clause:
        found.append((clause, "."))
    return found


def joined(clauses: list[tuple[list[Node], str]]) -> list[tuple[list[Node], str]]:
    """`Sa zusätzl. 16.00`: after a full stop a list of times still belongs to days that have none."""
    found: list[tuple[list[Node], str]] = []
    for clause, sign in clauses:
        before, stop = found[-1] if found else ([], "")
        if stop == "." and clause[0].kind == "T" and _awaits_times(before):
            found[-1] = ([*before, *clause], sign)
        else:
            found.append((clause, sign))
    return found


def _awaits_times(clause: Sequence[Node]) -> bool:
    """Whether a clause ends with days that no time follows, but for a word."""
    kinds = [n.kind for n in clause if n.kind != "S"]
    return "D" in kinds[-2:] and kinds[-1] in ("D", "X", "W") and "F" not in kinds


def days_close_brackets(clauses: Sequence[Sequence[Node]]) -> bool:
    """`4:20, 7:00 (Fri-Sun); 7:00 (Mon-Thu)`: every list of times ends with its days in brackets."""
    timed = [c for c in clauses if any(n.kind == "T" for n in c)]
    return len(timed) > 1 and all(
        not any(n.kind == "D" for n in c)
        and sum(is_days_bracket(n) for n in c) == 1
        and is_days_bracket(c[-1])
        for c in timed
    )


def is_aside_in_brackets(nodes: Sequence[Node]) -> bool:
    """A line in brackets that tells times with words of its own: `(captions: RBG Sun 2:00)`."""
    if len(nodes) != 1 or nodes[0].kind != "N" or not holds_time(nodes[0]):
        return False
    words = [n for n in nodes[0].inner if n.kind in ("X", "F")]
    return bool(words) and any(n.kind == "D" for n in nodes[0].inner)


def leads_to_title(head: Sequence[Node]) -> bool:
    """Whether a head ends with "of" behind a time: `the 9:00 screening of`."""
    low = head[-1].item.low if head[-1].item is not None else ""
    return low in ("of", "de", "von", "du", "d") and any(n.kind == "T" for n in head[-6:])
