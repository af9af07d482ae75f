"""Who the labels of an interview stand for: which labels are one voice, which voices ask, and their full names."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import OSA

from interviews.blocks import Page
from interviews.front_matter import FrontMatter
from interviews.label_shapes import Label
from interviews.languages import ASKED, ASKERS, LETTER_PAIRS, QUESTION_WORDS
from interviews.people import People, name_key
from interviews.speaker_labels import same_person
from interviews.turn_sequence import ANSWER, QUESTION
from interviews.turn_signs import opens_as_question

_GREETING = re.compile(
    r"\b(?:welcome (?:back )?to|hello,? (?:and|every)|good (?:evening|morning|afternoon),? every|i['’]m your host|with us is|joined by|my guest|our guest)\b",
    re.I,
)


_PRESENTED_BY = re.compile(
    r"\b(?i:interviewed|moderated|hosted|conducted|chaired|modera|moderado por|moderiert von|animé par):? ?(?i:by)? "
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,2})"
)
_NUMBERED_ASKER = re.compile(r"q\d{1,2}")
_OWN_NAME = re.compile(r"\b(?:I['’]m|I am|this is|my name is) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")


@dataclass
class Voice:
    """One speaker as the labels show them."""

    keys: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    printed: Counter[str] = field(default_factory=Counter)
    blocks: list[int] = field(default_factory=list)
    kind: str = ANSWER
    name: str | None = None


def voices_of(page: Page, labels: list[Label], people: People, front: FrontMatter) -> list[Voice]:
    """The voices behind the labels, each with its kind and its name."""
    voices: list[Voice] = []
    for label in labels:
        voice = _voice_for(label.key, voices)
        voice.keys.add(label.key)
        voice.printed[label.printed] += 1
        voice.blocks.append(label.block)
        voice.roles |= {label.role} & ASKERS
    _set_kinds(page, voices, labels, people, front)
    for voice in voices:
        voice.name = _name_of(voice, voices, page, people, front)
    return voices


def _voice_for(key: str, voices: list[Voice]) -> Voice:
    for voice in voices:
        if key in voice.keys:
            return voice
    for voice in voices:
        if any(len(key) > 1 and len(other) > 1 and same_person(key, other) for other in voice.keys):
            return voice
    for voice in voices:
        if any(_is_letter_of(key, other) or _is_letter_of(other, key) for other in voice.keys):
            return voice
    for voice in voices:
        if any(_nearly(key, other) for other in voice.keys):
            return voice
    voices.append(Voice())
    return voices[-1]


def _is_letter_of(letter: str, word: str) -> bool:
    """Whether a label is the first letter of a written-out one: "P." of "Pregunta."."""
    return len(letter) == 1 < len(word) and word[0] == letter and word in ASKERS | ASKED


def _nearly(key: str, other: str) -> bool:
    allowed = 1 if min(len(key), len(other)) < 6 else 2
    return (
        min(len(key), len(other)) >= 4
        and key[0] == other[0]
        and not key[-1].isdigit()
        and OSA.distance(key, other) <= allowed
    )


def _set_kinds(
    page: Page, voices: list[Voice], labels: list[Label], people: People, front: FrontMatter
) -> None:
    by_letter = _letters(voices)
    if by_letter:
        return
    if _answers_alone(page, voices, labels):
        for voice in voices:
            voice.kind = QUESTION if _is_named_asker(voice) else ANSWER
        return
    turns = _turn_words(page, labels)
    presenting = _presenters(page)
    for voice in voices:
        if any(same_person(key, name) for key in voice.keys for name in presenting if len(key) > 1):
            voice.roles.add("host")
    weights = [_asking_weight(voice, page, turns, labels, people, front) for voice in voices]
    if not weights:
        return
    leading = [index for index, voice in enumerate(voices) if not _is_audience(voice)]
    everyone = range(len(voices))
    best = max(leading if len(leading) > 1 else everyone, key=lambda index: weights[index])
    for index, voice in enumerate(voices):
        named = _is_named_asker(voice)
        leads = index == best and (len(voices) > 1 or _asks_by_itself(voice, page, people))
        voice.kind = QUESTION if named or leads or (len(voices) > 2 and weights[index] > 2.5) else ANSWER
    _add_further_askers(voices, labels, turns)


def _add_further_askers(voices: list[Voice], labels: list[Label], turns: list[tuple[int, bool]]) -> None:
    """Who often asks, and speaks nearly always next to those who answer, asks too (the members of a committee)."""
    order = [next(voice for voice in voices if label.key in voice.keys) for label in labels]
    for voice in voices if len(voices) > 2 else ():
        own = [place for place, other in enumerate(order) if other is voice]
        beside = [order[place + step] for place in own for step in (-1, 1) if 0 <= place + step < len(order)]
        answering = sum(other.kind == ANSWER and other is not voice for other in beside)
        asked = sum(turns[place][1] for place in own)
        if len(own) >= 2 and asked >= 0.4 * len(own) and answering >= 0.7 * len(beside):
            voice.kind = QUESTION


def _is_named_asker(voice: Voice) -> bool:
    return bool(voice.roles) or any(_is_asker(key) for key in voice.keys)


def _answers_alone(page: Page, voices: list[Voice], labels: list[Label]) -> bool:
    """Whether several guests bear labels and the questions to them none: before most labels stands a paragraph without
    a label that asks, and few labelled paragraphs do."""
    labelled = {label.block for label in labels}
    if any(label.end == page.blocks[label.block].end for label in labels[: len(labels) // 2]):
        return False  # labels on lines of their own: what follows them is labelled
    bare = [
        page.blocks[label.block - 1] for label in labels if label.block and label.block - 1 not in labelled
    ]
    asking = sum(block.asks or opens_as_question(block) for block in bare)
    asked_by_label = sum(page.blocks[label.block].asks for label in labels)
    return (
        len(voices) > 1
        and asking >= 3
        and asking >= 0.35 * len(labels)
        and asked_by_label < 0.3 * len(labels)
    )


def _asks_by_itself(voice: Voice, page: Page, people: People) -> bool:
    """Whether the only voice with a label is the interviewer's: its paragraphs are brief and ask."""
    blocks = [page.blocks[index] for index in voice.blocks]
    brief = [block for block in blocks if block.asks and len(block.words) < 60]
    is_interviewed = any(
        people.full_name(key) in (people.interviewee(), None) for key in voice.keys if len(key) > 1
    )
    return len(brief) > (0.8 if is_interviewed else 0.5) * len(blocks)


def _is_audience(voice: Voice) -> bool:
    return any(key.startswith("audience") or _NUMBERED_ASKER.fullmatch(key) for key in voice.keys)


def _presenters(page: Page) -> list[str]:
    """The keys of those by whom the opening says that a conversation is moderated, hosted or conducted."""
    return [
        name_key(found["name"])
        for block in page.blocks[:15]
        for found in _PRESENTED_BY.finditer(block.text)
        if len(block.words) < 60
    ]


def _is_asker(key: str) -> bool:
    return (
        bool(_NUMBERED_ASKER.fullmatch(key)) or (key in ASKERS and len(key) > 1) or key in ("问", "問", "س")
    )


def _letters(voices: list[Voice]) -> bool:
    singles = {key: voice for voice in voices for key in voice.keys if len(key) == 1}
    for asks, answers in LETTER_PAIRS:
        if asks in singles and answers in singles:
            for voice in voices:
                voice.kind = ANSWER
            singles[asks].kind = QUESTION
            for voice in voices:
                if voice is not singles[answers] and any(_is_asker(key) for key in voice.keys):
                    voice.kind = QUESTION
            return True
    return False


def _asking_weight(
    voice: Voice,
    page: Page,
    turns: list[tuple[int, bool]],
    labels: list[Label],
    people: People,
    front: FrontMatter,
) -> float:
    """How much speaks for a voice being the interviewer's: it asks, it is brief, it says "you", it begins."""
    if voice.roles or any(_is_asker(key) or key == "q" for key in voice.keys):
        return 10.0
    if any(key in ASKED for key in voice.keys):
        return -10.0
    own = [turn for label, turn in zip(labels, turns, strict=True) if label.key in voice.keys]
    asked = sum(asks for _, asks in own) / len(own)
    length = sum(count for count, _ in own) / len(own)
    mean = sum(count for count, _ in turns) / len(turns)
    weight = 4.0 * asked + (1.0 if length < 0.6 * mean else -0.8 if length > 1.2 * mean else 0.0)
    weight += 0.5 if voice.blocks[0] == labels[0].block else 0.0
    weight += (
        3.0
        if _GREETING.search(_opening(page, voice.blocks[0])) and voice.blocks[0] <= labels[:3][-1].block
        else 0.0
    )
    if len({other.key for other in labels}) > 2:
        weight += _introduced(voice, page, labels, front)
    return weight + _standing(voice, people, front)


def _introduced(voice: Voice, page: Page, labels: list[Label], front: FrontMatter) -> float:
    """Among several voices: who says who they are right at the beginning hosts; whom the title names is a guest."""
    opening = [label.block for label in labels[:3] if label.key in voice.keys]
    weight = 3.0 if any(_says_own_name(_opening(page, index), voice) for index in opening) else 0.0
    named = {label.key for label in labels if _is_in_title(label.key, front)}
    if not named:
        return weight
    return weight - 2.0 if named & voice.keys else weight + 1.0


def _is_in_title(key: str, front: FrontMatter) -> bool:
    return len(key) > 3 and key.split()[-1] in name_key(front.title or "").split()


def _opening(page: Page, label: int) -> str:
    """The paragraph of a label, with the next where the label stands on a line of its own."""
    block = page.blocks[label]
    return " ".join(
        following.text for following in page.blocks[label : label + (2 if len(block.words) < 7 else 1)]
    )


def _says_own_name(text: str, voice: Voice) -> bool:
    found = _OWN_NAME.search(text)
    return found is not None and any(same_person(name_key(found["name"]), key) for key in voice.keys)


def _standing(voice: Voice, people: People, front: FrontMatter) -> float:
    weight = 0.0
    for key in voice.keys:
        if front.byline and same_person(key, name_key(front.byline)):
            weight += 2.0
        if front.publication and key in (name_key(front.publication), _initials(front.publication)):
            weight += 2.0
        full = people.full_name(key)
        if full and people.interviewed[full] >= 5 and full == people.interviewee():
            weight -= 1.0
    return weight


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.lower().split())


def _turn_words(page: Page, labels: list[Label]) -> list[tuple[int, bool]]:
    """(words, whether it ends as a question) of the paragraphs from each label to the next, four at most."""
    turns = []
    for label, following in pairwise([*(label.block for label in labels), len(page.blocks)]):
        blocks = page.blocks[label : min(following, label + 4)]
        count = sum(len(block.words) for block in blocks)
        turns.append((count, any(block.asks for block in blocks[:2]) and count < 150))
    return turns


def _name_of(voice: Voice, voices: list[Voice], page: Page, people: People, front: FrontMatter) -> str | None:
    """The fullest name the text gives a voice; None for a mere "Q", the interviewee for a mere "A"."""
    keys = sorted(voice.keys, key=lambda key: (-len(key.split()), key))
    if all(_NUMBERED_ASKER.fullmatch(key) for key in keys):
        return None
    if all(key in ASKERS and len(key) > 1 for key in keys) and keys[0] not in QUESTION_WORDS:
        presenting = _presenters(page)
        if len(presenting) == 1 and keys[0] == "moderator":
            return people.full_name(presenting[0]) or presenting[0].title()
        return _as_name(max(voice.printed, key=len))
    if all(len(key) == 1 or key in ASKERS or key in ASKED for key in keys):
        return people.interviewee() if voice.kind == ANSWER and _is_only_answer(voice, voices) else None
    publication = name_key(front.publication or "")
    for key in keys:
        full = people.full_name(key)
        if full and key not in publication:
            return full
    printed = max(voice.printed, key=lambda text: (len(text.split()), voice.printed[text]))
    return _as_name(printed)


def _is_only_answer(voice: Voice, voices: list[Voice]) -> bool:
    return sum(other.kind == ANSWER for other in voices) == 1


def _as_name(printed: str) -> str:
    name = printed.strip(" .:*_")
    return name.title() if name.isupper() and len(name.split()) > 1 else name
