"""The labels by which an interview says who speaks: "Calder:", "Q.", "**MS** —", "INTERVIEWER" on its own line.

A label is believed because it comes again, because it names one of the two sides, or because it names a person whom
the text or another label names too. The styles differ in how much they need to be believed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from interviews.blocks import Block, Page, cut
from interviews.label_shapes import Label, label_candidates
from interviews.languages import ASKED, ASKERS, LETTER_PAIRS
from interviews.people import People

_FORMAL = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Miss|Prof|Professor|Sir|Sra?|Mme|Herr|Frau|M|Senator|Representative|Congress(?:wo)?man|Judge|Justice)"
    r"\.? [^\W\d_]"
)
_AFTER_TITLE = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Dr|Sr|Sra|St|MR|MRS|MS|DR)\.\s*$")
_NO_LABELS = frozenset(
    [
        "note",
        "photo",
        "photos",
        "credit",
        "update",
        "updated",
        "cast",
        "starring",
        "genre",
        "rating",
        "rated",
        "runtime",
        "running",
        "time",
        "country",
        "language",
        "year",
        "by",
        "text",
        "words",
        "source",
        "tags",
        "tag",
        "categories",
        "category",
        "filed",
        "posted",
        "published",
        "date",
        "location",
        "venue",
        "when",
        "where",
        "what",
        "who",
        "why",
        "how",
        "tickets",
        "address",
        "phone",
        "email",
        "e-mail",
        "website",
        "web",
        "related",
        "read",
        "more",
        "watch",
        "also",
        "warning",
        "spoiler",
        "spoilers",
        "editor's",
        "ps",
        "nb",
        "editor's",
        "note",
        "share",
        "follow",
        "facebook",
        "twitter",
        "instagram",
        "image",
        "images",
        "caption",
        "pictured",
        "above",
        "below",
        "left",
        "title",
        "subject",
        "from",
        "to",
        "re",
        "cc",
        "screenplay",
        "written",
        "music",
        "producer",
        "producers",
        "distributor",
        "certificate",
        "release",
        "opens",
        "cinema",
        "theaters",
        "listen",
        "subscribe",
        "comments",
        "trailer",
        "advertisement",
        "about",
        "topics",
        "keywords",
        "series",
        "part",
        "chapter",
        "section",
        "synopsis",
        "plot",
        "summary",
        "interview",
        "entrevista",
        "entretien",
        "director's",
        "statement",
        "see",
        "sources",
        "contact",
        "info",
        "hours",
        "price",
        "admission",
        "first",
        "second",
        "third",
        "finally",
        "remember",
        "yes",
        "no",
        "today",
        "tomorrow",
        "warning",
        "disclaimer",
        "link",
        "links",
        "photography",
        "cinematography",
        "editing",
        "editor",
    ]
) | {
    "editor's note",
    "photo credit",
    "image credit",
    "read more",
    "running time",
    "interview by",
    "filed under",
    "photo by",
    "e mail",
    "release date",
    "in theaters",
    "directed by",
    "written by",
}
_DELIMITED = ("colon", "numbered", "bracket", "timed", "bold", "alone", "dash", "stop", "wide")
_STRONG = ("colon", "bracket", "bold", "timed", "dash", "wide")


def find_labels(page: Page, people: People) -> list[Label]:
    """The speaker labels of a page, one at most a block, in order. Blocks that hold several turns are split first."""
    if page.is_subtitles and any(block.voice for block in page.blocks):
        return _voice_labels(page)
    candidates = {
        index: list(label_candidates(index, block, page)) for index, block in enumerate(page.blocks)
    }
    tally = _tally(candidates, page)
    believed = _believed(tally, candidates, people, page)
    if not believed:
        return []
    if _split_inline(page, believed, tally):
        candidates = {
            index: list(label_candidates(index, block, page)) for index, block in enumerate(page.blocks)
        }
    chosen = [label for index in candidates if (label := _choose(candidates[index], believed, page))]
    return _without_headline(chosen, page)


def _voice_labels(page: Page) -> list[Label]:
    """The voices that cues are marked with; they stand in no visible text, so their spans are empty."""
    labels = []
    before = ""
    for index, block in enumerate(page.blocks):
        if block.voice and block.voice != before:
            labels.append(Label(index, block.start, block.start, block.voice, "voice"))
        before = block.voice
    return labels


def _without_headline(labels: list[Label], page: Page) -> list[Label]:
    """A headline such as "Jane Doe: Small Rooms" is no turn: it is short, ends in no point, and prose without a label
    stands between it and the first of the others."""
    while len(labels) > 1:
        first, second = labels[:2]
        block = page.blocks[first.block]
        between = page.blocks[first.block + 1 : second.block]
        is_short = len(block.words) <= 20 and not block.text.rstrip("*_ ").endswith(
            (".", "?", "!", "…", "。")
        )
        odd = block.heading > 0 and not page.blocks[second.block].heading
        bare = first.end == block.end
        if not (odd or (is_short and not bare)) or not between:
            return labels
        labels = labels[1:]
    return labels


# ------------------------------------------------------------------ which to believe


def _tally(candidates: dict[int, list[Label]], page: Page) -> dict[str, Counter[str]]:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for labels in candidates.values():
        for label in labels:
            tally[label.key][label.style] += 1
    return tally


def _believed(
    tally: dict[str, Counter[str]], candidates: dict[int, list[Label]], people: People, page: Page
) -> dict[str, set[str]]:
    """The label keys to believe, each with the styles it may have."""
    believed: dict[str, set[str]] = {}
    formally = {label.key for labels in candidates.values() for label in labels if _is_formal(label.printed)}
    for key, styles in tally.items():
        formal = key in formally
        accepted = {style for style in styles if _is_repeated(key, style, styles[style], people, formal)}
        if accepted:
            believed[key] = accepted
    _believe_letters(tally, believed)
    _believe_pairs(tally, believed)
    _keep_main_style(tally, believed)
    if len(believed) == 1 and next(iter(believed)) in ("a",):
        believed.clear()
    _believe_once(tally, candidates, believed, people, page)
    _believe_mistyped(tally, believed)
    return believed


def _is_formal(printed: str) -> bool:
    """Set as names are set in proceedings: with a title or in capitals ("Mr. Rankin", "RANKIN")."""
    return bool(_FORMAL.match(printed)) or (printed.isupper() and len(printed) > 1)


def _is_repeated(key: str, style: str, count: int, people: People, formal: bool) -> bool:
    known = people.full_name(key) is not None
    if key in _NO_LABELS and not (known and count >= 3):
        return False
    if key in ASKERS or (key in ASKED and len(key) > 1):
        return style in _DELIMITED and count >= (2 if style in ("stop", "dash", "alone") else 1)
    if len(key) == 1:
        return False
    if style in ("colon", "bracket"):
        return count >= (2 if known else 3)
    if style in ("timed", "bold"):
        return count >= 2
    if style in ("dash", "wide"):
        return count >= 3 or (count >= 2 and known)
    if style == "alone":
        return count >= 3 or (count >= 2 and known)
    if style == "capitals":
        return count >= 3
    return count >= 3 and (known or formal or len(key.split()) > 1 or len(key) <= 3)


def _keep_main_style(tally: dict[str, Counter[str]], believed: dict[str, set[str]]) -> None:
    """An interview sets its labels in one style; what is set otherwise is a dateline or a caption, unless it names
    somebody whom the main style names too."""
    totals = Counter(dict.fromkeys(_DELIMITED, 0))
    for key, styles in believed.items():
        for style in styles:
            totals[style] += tally[key][style]
    main = max((*_DELIMITED, "capitals"), key=lambda style: totals[style])
    in_main = [key for key, styles in believed.items() if main in styles]
    for key in [key for key in believed if key not in in_main]:
        if not any(same_person(key, other) for other in in_main) and key not in ASKERS:
            del believed[key]


def _believe_pairs(tally: dict[str, Counter[str]], believed: dict[str, set[str]]) -> None:
    """Two names that nothing else vouches for, each twice before a colon, vouch for each other."""
    twice = [
        key
        for key, styles in tally.items()
        if styles["colon"] == 2 and len(key) > 1 and key not in _NO_LABELS
    ]
    if len(twice) >= 2 or (twice and believed):
        for key in twice:
            believed.setdefault(key, set()).add("colon")


def _believe_letters(tally: dict[str, Counter[str]], believed: dict[str, set[str]]) -> None:
    """Single letters come in pairs (Q and A, P and R …) or, for a question alone, twice."""
    for asks, answers in LETTER_PAIRS:
        styles = {style for style in tally.get(asks, ()) if style in _DELIMITED}
        both = styles & set(tally.get(answers, ()))
        if both and sum(tally[asks][style] + tally[answers][style] for style in both) >= 3:
            believed[asks] = believed[answers] = both
            _believe_words_of_letters(asks, answers, both, tally, believed)
            return
    for letter, counts in tally.items():
        strong = {style for style in counts if style in _DELIMITED and counts[style] >= 2}
        if letter in ("q", "a") and strong:
            believed[letter] = strong


def _believe_words_of_letters(
    asks: str, answers: str, styles: set[str], tally: dict[str, Counter[str]], believed: dict[str, set[str]]
) -> None:
    """Before "P." and "R." the first pair may be written out: "Pregunta.", "Respuesta."."""
    for key, found in tally.items():
        written_out = (key in ASKERS and key[0] == asks) or (key in ASKED and key[0] == answers)
        if written_out and len(key) > 1 and styles & set(found):
            believed[key] = styles & set(found)


def _believe_once(
    tally: dict[str, Counter[str]],
    candidates: dict[int, list[Label]],
    believed: dict[str, set[str]],
    people: People,
    page: Page,
) -> None:
    """A label that comes once or twice is believed as the long form of another, or beside other labels."""
    every = [label for labels in candidates.values() for label in labels]
    labelled = {label.block for label in every if label.style in believed.get(label.key, ())}
    if not labelled:
        _believe_opening_pair(candidates, believed, people, page)
        return
    in_capitals = _labels_in_capitals(every, believed)
    used = {style for styles in believed.values() for style in styles}
    for key, styles in tally.items():
        strong = {style for style in styles if style in _STRONG or style in used}
        if key in believed or key in _NO_LABELS or len(key) == 1 or not strong:
            continue
        if any(same_person(key, other) for other in believed):
            believed[key] = strong
        elif "colon" not in strong or "colon" not in used:
            continue
        elif key in in_capitals or (people.full_name(key) and _is_among(key, candidates, labelled)):
            believed[key] = {"colon"}


def _labels_in_capitals(every: list[Label], believed: dict[str, set[str]]) -> set[str]:
    """The keys printed in capitals before a colon, where four believed labels are printed so."""
    capitals = [label.key for label in every if label.style == "colon" and label.printed.isupper()]
    return set(capitals) if sum(key in believed for key in capitals) >= 4 else set()


def _believe_opening_pair(
    candidates: dict[int, list[Label]], believed: dict[str, set[str]], people: People, page: Page
) -> None:
    pair = next(_opening_pairs(candidates, page, people), None)
    for label in pair or ():
        believed[label.key] = {label.style}


def _is_among(key: str, candidates: dict[int, list[Label]], labelled: set[int]) -> bool:
    places = [index for index, labels in candidates.items() if any(label.key == key for label in labels)]
    return bool(labelled) and min(labelled) <= places[0] and places[-1] <= max(labelled) + 1


def _opening_pairs(
    candidates: dict[int, list[Label]], page: Page, people: People
) -> Iterator[tuple[Label, Label]]:
    """Two labels on neighbouring blocks, the first asking, the second naming somebody the text knows."""
    colons = [
        label
        for labels in candidates.values()
        for label in labels
        if label.style in ("colon", "bold", "dash")
    ]
    for first, second in pairwise(colons):
        near = 0 < second.block - first.block <= 3 and first.key != second.key
        if (
            near
            and page.blocks[first.block].asks
            and (people.full_name(second.key) or people.full_name(first.key))
        ):
            yield first, second


def same_person(one: str, other: str) -> bool:
    """Whether two label keys can name one person: surname, first name or initials of the longer one, "P." for
    "Pregunta."."""
    short, long = sorted((one.split(), other.split()), key=len)
    if len(long) < 2 or short == long:
        return short == long
    if len(short) == 1:
        return short[0] in (long[-1], long[0]) or short[0] == "".join(part[0] for part in long)
    return short[0] == long[0] and short[-1] == long[-1]


def _believe_mistyped(tally: dict[str, Counter[str]], believed: dict[str, set[str]]) -> None:
    """A label one or two letters away from a believed one is that one mistyped."""
    sure = [key for key in believed if len(key) >= 4]
    for key, found in tally.items():
        if key not in believed and len(key) >= 4 and any(_is_mistyped(key, other) for other in sure):
            believed[key] = set(found) & {"colon", "bracket", "dash", "alone", "bold", "timed"}


def _is_mistyped(key: str, other: str) -> bool:
    allowed = 1 if len(other) < 6 else 2
    return (
        key.split()[0][0] == other.split()[0][0] and OSA.distance(key, other, score_cutoff=allowed) <= allowed
    )


def _choose(labels: list[Label], believed: dict[str, set[str]], page: Page) -> Label | None:
    for label in labels:
        if label.key in believed and label.style in believed[label.key]:
            return label
    for label in labels:
        if (
            label.key in believed
            and len(label.key) > 1
            and label.style in ("colon", "bracket", "dash", "timed")
        ):
            return label
    for label in labels:
        following = page.text[label.end : label.end + 40].split()
        if (
            label.key in believed
            and len(label.key) > 3
            and label.style == "stop"
            and following[:1]
            and following[0][0].isupper()
        ):
            return label
    return None


# ------------------------------------------------------------------ several turns in one block


def _split_inline(page: Page, believed: dict[str, set[str]], tally: dict[str, Counter[str]]) -> bool:
    """Cut blocks before believed labels with a colon that stand after the end of a sentence."""
    keys = [key for key, styles in believed.items() if "colon" in styles and " " not in key]
    if not keys:
        return False
    names = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    inline = re.compile(
        rf"(?<=[.?!…”\"）)。？！؟])[ \t\xa0]*(?=[*_]{{0,3}}(?:[^\W\d_][\w.]*[ ])?(?:{names})[*_]{{0,3}}[ \t]?[:：][*_]{{0,3}}[ \t]?\S)",
        re.I,
    )
    blocks: list[Block] = []
    for block in page.blocks:
        ends = [found.end() for found in inline.finditer(block.text)]
        cuts = [
            end
            for end in ends
            if not _AFTER_TITLE.search(block.text, max(0, end - 12), end)
            and block.text[: min(end, 40)].strip("*_ \t")
        ]
        blocks += cut(block, cuts)
    changed = len(blocks) > len(page.blocks)
    page.blocks[:] = blocks
    return changed
