"""The people a text names: their full names, and which of them is being interviewed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from interviews.blocks import Block, Page, stands_apart
from interviews.languages import LANGUAGES, MONTHS, PARTICLES, ROLE_WORDS, WEEKDAYS

_CAPITAL = r"[^\W\d_a-z](?:[\w\-]|['’](?=\w)|\.(?=[^\W\d_]\.))*\.?"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[ ](?:{_CAPITAL}|(?:{'|'.join(sorted(PARTICLES))})(?!\w)))+")
_WORD = re.compile(r"[^ ]+")
_POSSESSIVE = re.compile(r"['’]s$")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lady",
        "lord",
        "señor",
        "señora",
        "sr",
        "sra",
        "senator",
        "congressman",
        "congresswoman",
        "representative",
        "judge",
        "justice",
        "honorable",
        "hon",
        "rev",
        "father",
        "captain",
        "herr",
        "frau",
        "mme",
        "monsieur",
    ]
)
_NO_NAMES = (
    frozenset().union(
        *(
            language.common | language.asks | language.replies | language.me | language.you
            for language in LANGUAGES
        )
    )
    | ROLE_WORDS
    | MONTHS
    | WEEKDAYS
    | _TITLES
    | frozenset(
        [
            "film",
            "films",
            "festival",
            "cinema",
            "theater",
            "theatre",
            "photo",
            "credit",
            "image",
            "courtesy",
            "interview",
            "q&a",
            "documentary",
            "university",
            "the",
            "new",
            "los",
            "san",
            "north",
            "south",
            "east",
            "west",
            "american",
            "chinese",
            "british",
            "french",
            "german",
            "academy",
            "award",
            "awards",
            "oscar",
            "pictures",
            "studios",
            "house",
            "street",
            "road",
            "avenue",
            "times",
            "magazine",
            "post",
            "news",
            "press",
            "museum",
            "center",
            "centre",
            "world",
            "war",
            "international",
            "national",
            "united",
            "states",
            "kingdom",
            "city",
            "county",
            "institute",
            "school",
            "college",
            "project",
            "posted",
            "published",
            "written",
            "by",
            "with",
            "part",
            "read",
            "more",
            "watch",
            "official",
            "trailer",
            "never",
            "first",
            "after",
            "before",
            "when",
            "while",
            "then",
            "there",
            "here",
            "his",
            "her",
            "their",
            "its",
            "hi",
            "hello",
            "hey",
            "dear",
            "thanks",
            "sorry",
            "executive",
            "senior",
            "staff",
            "republic",
            "people",
            "great",
            "red",
            "blue",
            "black",
            "white",
            "also",
            "however",
            "although",
            "born",
        ]
    )
)
_ARTICLES = ("The", "A", "An")  # "The Long Pier" is a film, a place or a paper, and nobody's name
_SPOKE_WITH = re.compile(
    r"(?:\b(?:sat down|spoke|speaks|speak|talk|talks|talked|chat|chats|chatted|caught up|conversation|interview|interviews|"
    r"q&a|questions|discussion|met|phoned|called|asked|interviewed|hablamos|conversamos|entrevista|entretien|rencontre|"
    r"gespräch|interview|intervista|conversa)(?:\W+(?:with|to|for|by phone with|con|a|avec|mit|von|di|com|up with|our|the))?"
    r"(?:\W+[\w'’-]+){0,4}?\W*)$|\b(?:directed|helmed|made|filmed|written|created) by(?:\W+[\w'’-]+){0,2}\W*$",
    re.I,
)
_BY = re.compile(r"(?<!photo )(?<!photos )(?<!words )(?<!text )(?<!interview )\b(?:by|por|von|par)\W*$", re.I)
_SPOKE_WITH_SURNAME = re.compile(
    r"\b(?:spoke|speak|talk|talked|sat down|chatted|caught up|met up|met|interviewed|asked|called|phoned|hablamos|rencontré|sprachen)"
    r" (?:with |to |up with |con |avec |mit )?(?P<name>[^\W\d_a-z][\w’'-]+)"
)
_WROTE = re.compile(
    r"(?:\b(?:by|words|text|interview(?:ed)? by|posted by|written by|por|von|par|author|photo(?:s|graphs?)? by)\W*)$",
    re.I,
)


@dataclass
class People:
    """Full names in a text with how often each occurs, and how much speaks for each being the interviewee."""

    counts: Counter[str] = field(default_factory=Counter)
    interviewed: Counter[str] = field(default_factory=Counter)

    def full_name(self, name: str) -> str | None:
        """The full name that a surname, first name, pair of initials or full name stands for."""
        return self.full_names.get(name_key(name))

    @property
    def full_names(self) -> dict[str, str]:
        if not hasattr(self, "_full_names"):
            self._full_names = self._index()
        return self._full_names

    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        ranked = sorted(self.counts, key=lambda name: (-self.interviewed[name], -self.counts[name], name))
        for place in (
            lambda p: " ".join(p),
            lambda p: p[-1],
            lambda p: p[0],
            lambda p: "".join(w[0] for w in p),
        ):
            for name in ranked:
                parts = name_key(name).split()
                index.setdefault(place(parts), name)
        return index

    def interviewee(self) -> str | None:
        """Whom the text presents as the one being interviewed, if anyone."""
        if not self.interviewed:
            return None
        name, score = max(self.interviewed.items(), key=lambda item: (item[1], self.counts[item[0]], item[0]))
        return name if score > 0 else None


_TITLED_NAMES = (
    re.compile(
        r"(?:专访|專訪|对话|對話|采访|採訪|访谈)(?:\S{0,8}?(?:导演|導演|演员|演員|编剧|摄影师|制片人))?(?P<name>[\u4e00-\u9fff·]{2,4}?)(?=[\s：:，,。《|｜—-]|谈|談|说|$)"
    ),
    re.compile(
        r"(?:导演|導演|演员|演員|编剧|摄影师|制片人)(?P<name>[\u4e00-\u9fff·]{2,4}?)(?=[\s：:，,。《|｜—-]|谈|談|说|在|的|用|$)"
    ),
    re.compile(
        r"(?P<name>[\u3040-\u30ff\u4e00-\u9fff・]{2,8})(?:監督|さん|氏)(?:に|へ|の)?(?:ロング|独占|単独)?(?:インタビュー|が語る|に聞く|に、?話)"
    ),
    re.compile(r"(?:حوار|مقابلة|لقاء|حديث)\s+مع\s+(?:ال\w+\s+){0,3}(?P<name>\w+\s\w+)"),
    re.compile(r"(?:المخرجة?|الممثلة?|الكاتبة?|الفنانة?)\s+(?P<name>\w+\s\w+)"),
)


def _names_without_capitals(text: str) -> Iterator[str]:
    """Names in scripts that have no capitals, known by the words around them ("专访导演…", "…監督インタビュー")."""
    for pattern in _TITLED_NAMES:
        for found in pattern.finditer(text):
            yield found["name"]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name for comparing: lower case, without titles, points and signs."""
    parts = [part.strip(".,'’()[]*_") for part in _POSSESSIVE.sub("", name).lower().replace("’", "'").split()]
    kept = [part for part in parts if part and part not in _TITLES]
    return " ".join(kept or [part for part in parts if part])


def people_in(page: Page, title: str = "") -> People:
    """The people that the sentences of a page name, and the weight of each as its interviewee."""
    people = People()
    opening = next((index for index, block in enumerate(page.blocks) if block.asks), len(page.blocks))
    for index, block in enumerate(page.blocks):
        if not _is_headline(block) and not stands_apart(block) and "©" not in block.text:
            for name, before in _names(block.text):
                people.counts[name] += 1
                people.interviewed[name] += (
                    0
                    if block.asks
                    else _interview_weight(before, in_prose=len(block.words) > 20) + 2 * (index < opening)
                )
    for block in page.blocks[:opening]:
        _weigh_surnames(people, block.text)
    _weigh_title(people, title)
    for text in (title, *(block.text for block in page.blocks[:12])):
        for name in _names_without_capitals(text):
            people.counts[name] += 1
            people.interviewed[name] += 4
    _merge_longer_runs(people)
    return people


def _merge_longer_runs(people: People) -> None:
    """ "Meeting Jane Doe" and "Jane Doe Builds" are Jane Doe, where she is named by herself too."""
    for name in sorted(people.counts, key=len, reverse=True):
        parts = name.split()
        inner = [
            " ".join(parts[i:j])
            for i in range(len(parts))
            for j in range(i + 2, len(parts) + 1)
            if j - i < len(parts)
        ]
        shorter = next((other for other in inner if people.counts[other] >= people.counts[name]), None)
        if shorter:
            people.counts[shorter] += people.counts.pop(name)
            people.interviewed[shorter] += people.interviewed.pop(name, 0)


def _weigh_surnames(people: People, text: str) -> None:
    """ "I spoke with Calder": whoever has that surname is interviewed."""
    for found in _SPOKE_WITH_SURNAME.finditer(text):
        for name in people.counts:
            if name.split()[-1] == _POSSESSIVE.sub("", found["name"]):
                people.interviewed[name] += 4


def _weigh_title(people: People, title: str) -> None:
    for name, before in _names(title):
        if _SPOKE_WITH.search(before) or not people.counts:
            people.counts[name] += 1
    for name in people.counts:
        at = title.lower().find(name.lower())
        if at >= 0 and title[max(0, at - 1) : at] not in tuple("“‘«\"'*_„"):
            people.interviewed[name] += 2 + _interview_weight(title[max(0, at - 60) : at])
        elif name.split()[-1].lower() in title.lower():
            people.interviewed[name] += 1


def _interview_weight(before: str, *, in_prose: bool = False) -> int:
    if in_prose and _BY.search(before):
        return 1
    if _WROTE.search(before) and not re.search(
        r"(?:directed|made|created|written and directed|film|films|feature|features|documentary|debut|movie|picture|short|portrait) by\W*$",
        before,
        re.I,
    ):
        return -4
    if _SPOKE_WITH.search(before):
        return 4
    last = re.findall(r"[\w-]+", before.lower())[-2:]
    return 3 if any(word in ROLE_WORDS for word in last) else 0


def _is_headline(block: Block) -> bool:
    capitals = sum(word[:1].isupper() for word in block.text.split())
    return len(block.words) >= 5 and capitals > 0.65 * len(block.text.split())


def _names(text: str) -> Iterator[tuple[str, str]]:
    """(name, the 60 characters before it) of each run of two to four capitalised words."""
    for found in _RUN.finditer(text):
        run: list[tuple[str, int]] = []
        for token in _WORD.finditer(text, found.start(), found.end()):
            word = token.group()
            if not _is_capital(word) and word not in PARTICLES:
                yield from _name_of(run, text)
                run = []
                continue
            run.append((word, token.start()))
            if word.endswith(("'s", "’s")) or (word.endswith(".") and len(word) > 3):
                yield from _name_of(run, text)
                run = []
        yield from _name_of(run, text)


def _is_capital(word: str) -> bool:
    letters = word.replace(".", "")
    return word[:1].isupper() and (len(letters) == 1 or not letters.isupper())


def _name_of(run: list[tuple[str, int]], text: str) -> Iterator[tuple[str, str]]:
    run = list(run)
    dropped = ""
    while run and (
        _POSSESSIVE.sub("", run[0][0]).lower().rstrip(".") in _NO_NAMES or not run[0][0][0].isupper()
    ):
        dropped = run.pop(0)[0]
    if dropped in _ARTICLES:
        return
    while run and not run[-1][0][0].isupper():
        run.pop()
    if not 2 <= len(run) <= 4 or any(word.lower().rstrip(".") in _NO_NAMES - PARTICLES for word, _ in run):
        return
    name = _POSSESSIVE.sub("", " ".join(word for word, _ in run)).rstrip(".")
    if text[run[0][1] - 1 : run[0][1]] in tuple("“‘«\"'*_„") and text[run[0][1] + len(name) :][:1] in tuple(
        "”’»\"'*_,.“"
    ):
        return
    yield name, text[max(0, run[0][1] - 60) : run[0][1]]
