"""The words of others inside narration: what is quoted, and who is said to have said it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviews.people import People
from interviews.sentences import tighten, words

_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‘": "’", '"': '"', "‹": "›"}
_SAYS = (
    r"(?:says?|said|tells?|told|explain(?:s|ed)|add(?:s|ed)|recall(?:s|ed)|notes?|noted|insist(?:s|ed)|argue[sd]|continue[sd]|laugh(?:s|ed)|"
    r"admit(?:s|ted)|remember(?:s|ed)|reply|replie[sd]|ask(?:s|ed)|write[s]?|wrote|comment(?:s|ed)|observe[sd]|claim(?:s|ed)|confess(?:es|ed)|"
    r"joke[sd]|remark(?:s|ed)|state[sd]|declare[sd]|answer(?:s|ed)|conclude[sd]|muse[sd]|reveal(?:s|ed)|warn(?:s|ed)|put it|puts it|think(?:s)?|"
    r"believe[sd]?|describe[sd]?|tweet(?:s|ed)|call(?:s|ed)|point(?:s|ed) out|offer(?:s|ed)|mention(?:s|ed)|suggest(?:s|ed)|shrug(?:s|ged)|"
    r"dice|dijo|explica|explicó|cuenta|contó|añade|añadió|recuerda|afirma|señala|asegura|dit|déclare|explique|raconte|ajoute|confie|affirme|"
    r"se souvient|sagt|sagte|erklärt|erklärte|erzählt|erzählte|meint|meinte|erinnert sich|fügt hinzu|dice|spiega|racconta|diz|disse|conta|说|說|表示|称|語る|話す|قال|قالت|يقول|تقول)"
)
_SAYS_WORD = re.compile(rf"(?<!\w){_SAYS}(?!\w)", re.I)
_NAME = (
    r"(?:[^\W\d_a-z][\w.'’-]*(?: (?:de|da|del|van|von|der|bin|al|la|le)(?= ))?(?: [^\W\d_a-z][\w.'’-]*){0,3})"
)
_PRONOUN = r"(?i:he|she|they|él|ella|il|elle|er|sie|lui|lei|ele|ela)"
_SUBJECT = rf"(?P<pronoun>{_PRONOUN}(?!\w))|(?P<thing>(?i:the|a|an|one|his|her|another|el|la|le|un|une|der|die|das)\s[\w-]+(?:\s[\w-]+)?)|(?P<name>{_NAME})"
_AFTER_VERB_FIRST = re.compile(rf"\s*[,—–-]?\s*(?i:{_SAYS})\s+(?:{_SUBJECT})(?:,\s+(?P<apposed>{_NAME}))?")
_AFTER_NAME_FIRST = re.compile(
    rf"\s*[,—–-]?\s*(?:{_SUBJECT})(?:,[^,.“\"]{{1,60}},)?\s+(?:\w+ly\s+|also\s+|then\s+)?(?i:{_SAYS})(?!\w)"
)
_THING_VERB = re.compile(r"\s*[,—–-]?\s*(?i:reads?|read|runs|ran|goes|went)\s+", re.I)
_LAST_NAME = re.compile(_NAME)
_POSSESSIVE = re.compile(r"['’]s$")
_QUOTES_SPEECH = (',"', ",”", '."', ".”", '?"', "?”", '!"', "!”")
_LOOSE_SUBJECT = re.compile(rf"(?<!\w)(?:{_SUBJECT})")


_UNSAID, _SAID_BEFORE, _SAID_AFTER = 0, 1, 2


@dataclass(frozen=True)
class Quotation:
    """Somebody's words inside narration. Two quotations of one `group` are one utterance, broken by "said X"."""

    speaker: str | None
    segments: tuple[tuple[int, int], ...]
    confidence: float
    group: int | None = None

    @property
    def start(self) -> int:
        return self.segments[0][0]

    @property
    def end(self) -> int:
        return self.segments[-1][1]

    def text(self, text: str) -> str:
        """The quoted words in the visible text, segments joined by a space."""
        return " ".join(text[start:end] for start, end in self.segments)


@dataclass
class _Known:
    """What the quotations so far tell: who spoke last, and by which pronoun each speaker goes."""

    last: str | None = None
    pronouns: dict[str, str] = field(default_factory=dict)


def quotations_in(text: str, spans: list[tuple[int, int]], people: People) -> tuple[Quotation, ...]:
    """The quotations in the narrative spans of a text, in order."""
    found: list[Quotation] = []
    known = _Known()
    group = 0
    for start, end in spans:
        for span, continued in _quoted(text, start, end):
            speaker, certain = _speaker(text, span, (start, end), people, known)
            if not (_is_speech(text, span, certain) or _goes_on_after(text, span, found)):
                continue
            if found and _is_broken_off(text, found[-1], span):
                previous = found[-1]
                group += previous.group is None
                found[-1] = Quotation(
                    previous.speaker, previous.segments, previous.confidence, previous.group or group
                )
                found.append(Quotation(previous.speaker, (span,), previous.confidence, found[-1].group))
            elif continued and found:
                previous = found[-1]
                found[-1] = Quotation(
                    previous.speaker, (*previous.segments, span), previous.confidence, previous.group
                )
            else:
                found.append(Quotation(speaker, (span,), 0.9 if certain else 0.5))
            known.last = found[-1].speaker or known.last
    return tuple(found)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """(span within the marks, whether it continues a quotation left open in the paragraph before)."""
    at, left_open = start, False
    while at < end:
        mark = text[at]
        closing = _PAIRS.get(mark)
        if closing is None or (mark in "‘'" and not _opens_single(text, at)):
            at += 1
            continue
        close = _closing(text, at, end, closing, mark)
        paragraph = text.find("\n", at, end)
        stop = close if close >= 0 else (paragraph if paragraph >= 0 else end)
        inner = tighten(text, at + 1, stop)
        if inner:
            yield inner, left_open
        left_open = close < 0
        at = stop + 1


def _opens_single(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _closing(text: str, at: int, end: int, closing: str, mark: str) -> int:
    limit = min(end, at + 3000)
    newline = text.find("\n", at, limit)
    limit = newline if newline >= 0 else limit
    position = at + 1
    while position < limit:
        if text[position] in closing and not (mark == "‘" and text[position + 1 : position + 2].isalpha()):
            return position
        position += 1
    return -1


def _is_speech(text: str, span: tuple[int, int], certain: int) -> bool:
    """Titles, nicknames and scare quotes are short, and nobody is said to have said them."""
    inner = text[slice(*span)]
    count = len(words(inner))
    is_title = (
        count <= 5
        and inner[-1:] not in tuple("?!")
        and all(w[:1].isupper() or len(w) < 4 for w in inner.split())
    )
    if certain == _SAID_AFTER and (inner[-1:] in ",?!" or _mark_after(text, span) == ","):
        return True
    if certain:
        introduced = text[: span[0] - 1].rstrip()[-1:] in ",:，：" or count >= 5
        return count >= 2 and not is_title and introduced
    closed = inner.rstrip()[-1:] in ".,!?…。，！？" or _mark_after(text, span) in (".", ",")
    return (count >= 7 and (closed or inner[:1].isupper())) or count >= 12


def _goes_on_after(text: str, span: tuple[int, int], found: list[Quotation]) -> bool:
    """Whether a whole sentence is quoted right after "…," says X., however brief it is."""
    inner = text[slice(*span)]
    is_whole = inner[:1].isupper() and inner[-1:] in ".!?…" and len(words(inner)) > 1 and not inner.istitle()
    return is_whole and bool(found) and _is_broken_off(text, found[-1], span)


def _beyond(text: str, span: tuple[int, int]) -> int:
    """The place after the mark that closes the quoted words (French sets a space before it)."""
    at = span[1]
    while at < len(text) and text[at] in " \xa0\u202f":
        at += 1
    return at + 1


def _mark_after(text: str, span: tuple[int, int]) -> str:
    at = _beyond(text, span)
    return text[at : at + 1]


def _is_broken_off(text: str, previous: Quotation, span: tuple[int, int]) -> bool:
    """ "…," says X. "…": a comma, and one sentence of who says it, stand between the two."""
    between = text[previous.end : span[0]]
    if "\n" in between or len(between) > 140 or (text[previous.end - 1] not in ",，" and between[1:2] != ","):
        return False
    attribution = between.strip("”“\"'’‘»« ,")
    return bool(_SAYS_WORD.search(attribution)) and len(re.findall(r"[.!?](?=\s)", attribution)) == 0


def _speaker(
    text: str, span: tuple[int, int], around: tuple[int, int], people: People, known: _Known
) -> tuple[str | None, int]:
    """(who says the quoted words, whether the text says so, and on which side of them)."""
    after = text[_beyond(text, span) : min(around[1], span[1] + 120)].split("\n")[0]
    for pattern in (_AFTER_VERB_FIRST, _AFTER_NAME_FIRST):
        found = pattern.match(after)
        if found:
            return _resolve(found, text, span, around, people, known), _SAID_AFTER
    if _THING_VERB.match(after):
        return None, _SAID_AFTER
    before = text[max(around[0], span[0] - 200) : span[0] - 1].split("\n")[-1]
    sentence = re.split(r"(?<=[.!?”\"])\s+", before)[-1]
    if _SAYS_WORD.search(sentence):
        return _subject_before(sentence, text, span, around, people, known), _SAID_BEFORE
    return known.last, _UNSAID


def _subject_before(
    sentence: str, text: str, span: tuple[int, int], around: tuple[int, int], people: People, known: _Known
) -> str | None:
    verb = list(_SAYS_WORD.finditer(sentence))[-1]
    candidates = list(_LOOSE_SUBJECT.finditer(sentence[: verb.start()]))
    named = [found for found in candidates if found["name"] and people.full_name(found["name"])]
    if named:
        return people.full_name(named[-1]["name"])
    if candidates and candidates[-1]["pronoun"]:
        return _mentioned_before(text, span, around, people) or known.last
    capital = [found["name"] for found in candidates if found["name"] and len(found["name"].split()) > 1]
    return capital[-1] if capital else known.last


def _resolve(
    found: re.Match[str],
    text: str,
    span: tuple[int, int],
    around: tuple[int, int],
    people: People,
    known: _Known,
) -> str | None:
    if found["pronoun"]:
        return _whom_pronoun_means(found["pronoun"], text, span, around, people, known)
    apposed = found.groupdict().get("apposed")
    if apposed and not (found["name"] and people.full_name(found["name"])):
        return people.full_name(apposed) or apposed
    if found["name"]:
        if re.fullmatch(_PRONOUN, found["name"], re.I):
            return _whom_pronoun_means(found["name"], text, span, around, people, known)
        name = re.sub(r"['’]s$", "", found["name"]).rstrip(".,")
        is_somebody = len(name.split()) > 1 or text.count(name) > 1
        return people.full_name(name) or (name if is_somebody else None)
    return None


def _whom_pronoun_means(
    pronoun: str, text: str, span: tuple[int, int], around: tuple[int, int], people: People, known: _Known
) -> str | None:
    """The likeliest person for "he said", "she said"; whoever was "he" before is not "she" now."""
    likely = (
        _in_paragraph(text, span, people),
        _in_paragraph_before(text, span, people),
        known.last,
        *reversed([name for name, other in known.pronouns.items() if other == pronoun.lower()]),
        _mentioned_before(text, span, around, people),
    )
    fitting = [
        name for name in likely if name and known.pronouns.get(name, pronoun.lower()) == pronoun.lower()
    ]
    if fitting:
        known.pronouns[fitting[0]] = pronoun.lower()
    return fitting[0] if fitting else None


def _in_paragraph(text: str, span: tuple[int, int], people: People) -> str | None:
    """Who is named first in the paragraph before the quoted words: whom "he said" is about."""
    begin = text.rfind("\n", 0, span[0]) + 1
    for found in _LAST_NAME.finditer(text, begin, span[0]):
        full = people.full_name(re.sub(r"['’]s$", "", found.group()))
        if full and text[max(0, found.start() - 1)] not in '“"‘«':
            return full
    return None


def _in_paragraph_before(text: str, span: tuple[int, int], people: People) -> str | None:
    """Who is named last in the paragraph before, if that paragraph quotes nobody."""
    begin = text.rfind("\n", 0, span[0]) + 1
    before = text[:begin].rstrip()
    paragraph = before[before.rfind("\n") + 1 :] if before else ""
    if any(mark in paragraph for mark in _QUOTES_SPEECH):
        return None
    named = [people.full_name(_POSSESSIVE.sub("", found.group())) for found in _LAST_NAME.finditer(paragraph)]
    return next((name for name in reversed(named) if name), None)


def _mentioned_before(
    text: str, span: tuple[int, int], around: tuple[int, int], people: People
) -> str | None:
    before = text[max(around[0], span[0] - 800) : span[0]]
    for found in reversed(list(_LAST_NAME.finditer(before))):
        full = people.full_name(re.sub(r"['’]s$", "", found.group()))
        if full:
            return full
    return None
