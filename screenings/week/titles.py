"""Films found by their titles in a line of the plain text (Conventions 1.13, 2.8, 4.4, 4.5)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from screenings.week.lexer import is_nearly_daily, nearest_day
from screenings.week.source import SourceText, plain_words
from screenings.week.vocabulary import Vocabulary

LIKE_ENOUGH = 86.0
"""rapidfuzz ratio (0 to 100) from which a misspelt title means the film that it resembles."""
_CLEARLY_AHEAD = 6.0
_LONGEST_RUN = 120
_IN_SIGHT = 80

_WORD = re.compile(r"[^\W_]+|&")
_LEAVES_ROOM = {
    "AND", "AT", "ALSO", "DAILY", "NIGHTLY", "NOON", "MIDNIGHT", "TAG", "SHOW", "DOUBLE", "MATINEE", "LATE",
    "ONLY", "AM", "EVENING", "NIGHT", "MORNING", "HOLIDAY", "COMING", "NO", "RELACHE",
}  # fmt: skip
_LEAVING_WORDS = {
    "then",
    "encore",
    "pm",
    "am",
    "h",
    "uhr",
    "horas",
    "followed",
    "presents",
    "premiere",
    "is",
    "are",
    "ist",
    "est",
    "es",
}
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ARTICLES = {"the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das", "ein", "eine", "el", "los", "las", "una"}  # fmt: skip


@dataclass(frozen=True)
class KnownFilm:
    """A film that the theater may mean: its title, running time in minutes, other titles it goes by."""

    title: str
    runtime_minutes: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A film named in the text. `film` is None for a title that is none of the theater's."""

    film: KnownFilm | None
    start: int
    end: int
    likely: tuple[KnownFilm, ...] = ()


def title_words(text: str) -> tuple[str, ...]:
    """Words by which titles compare: no case, accents or punctuation; & is and (Conventions 4.4)."""
    return tuple("and" if w == "&" else w for w in _WORD.findall(plain_words(text).lower()))


def _numbers(words: Sequence[str]) -> list[str]:
    return [_NUMERALS.get(w, w) for w in words if w.isdigit() or w in _NUMERALS]


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


class FilmIndex:
    """The theater's films, found by whole title, by a short but unique part, or by likeness."""

    def __init__(self, films: Sequence[KnownFilm], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.by_words: dict[tuple[str, ...], KnownFilm] = {}
        self.by_first: dict[str, list[tuple[str, ...]]] = {}
        self._runs: dict[str, set[tuple[str, ...]]] = {}
        for film in films:
            for name in (film.title, *film.aliases):
                self._enter(film, title_words(name))
        for entries in self.by_first.values():
            entries.sort(key=len, reverse=True)
        self._joined = {" ".join(words): words for words in self.by_words}

    def _enter(self, film: KnownFilm, words: tuple[str, ...]) -> None:
        for form in (words, _without_article(words)):
            if form and form not in self.by_words:
                self.by_words[form] = film
                self.by_first.setdefault(form[0], []).append(form)
        for word in set(words):
            self._runs.setdefault(word, set()).add(words)

    def is_plain_word(self, words: tuple[str, ...]) -> bool:
        """Whether a title consists of words that listings use anyway (`No`, `Friday`, `Her`)."""
        known = all(w in self.vocabulary.phrases or w in self.vocabulary.days or w.isdigit() for w in words)
        return known or (len(words) == 1 and len(words[0]) <= 3)

    def short_title(self, words: tuple[str, ...]) -> tuple[KnownFilm, ...]:
        """The films of whose titles these words are a telling part (`Moonrise`, `Falcon`)."""
        telling = [
            w
            for w in words
            if len(w) >= 4 and w not in self.vocabulary.phrases and w not in self.vocabulary.days
        ]
        if not telling:
            return ()
        found: dict[str, KnownFilm] = {}
        for title in self._runs.get(telling[0], ()):
            if any(title[i : i + len(words)] == words for i in range(len(title) - len(words) + 1)):
                film = self.by_words[title]
                found[film.title] = film
        return tuple(found.values())

    def likeness(self, words: tuple[str, ...]) -> KnownFilm | None:
        """The one film whose title these misspelt words mean, or None."""
        joined = " ".join(words)
        if len(joined) < 4 or not self._joined:
            return None
        near = process.extract(
            joined, list(self._joined), scorer=fuzz.ratio, limit=4, score_cutoff=LIKE_ENOUGH - 10
        )
        alike = [
            (score, self.by_words[self._joined[name]])
            for name, score, _ in near
            if self._same_numbers(words, name)
        ]
        if not alike or alike[0][0] < self._needed(joined):
            return None
        best, film = alike[0]
        rivals = [score for score, other in alike if other is not film]
        return film if not rivals or best - rivals[0] >= _CLEARLY_AHEAD else None

    @staticmethod
    def _needed(joined: str) -> float:
        return LIKE_ENOUGH if len(joined) >= 8 else 79.0 if len(joined) >= 6 else 88.0

    def _same_numbers(self, words: tuple[str, ...], name: str) -> bool:
        return _numbers(words) == _numbers(self._joined[name])

    def nearest(self, text: str, limit: int = 3) -> tuple[KnownFilm, ...]:
        """Films worth offering for an unknown title, likest first."""
        joined = " ".join(title_words(text))[:_LONGEST_RUN]
        near = process.extract(
            joined, list(self._joined), scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=50
        )
        films = {
            self.by_words[self._joined[name]].title: self.by_words[self._joined[name]] for name, _, _ in near
        }
        return tuple(films.values())[:limit]

    def match(self, text: str) -> tuple[KnownFilm, ...]:
        """The films that a piece of text standing where a title stands can mean; several if unclear."""
        words = title_words(text)
        if not words or len(text) > _LONGEST_RUN:
            return ()
        exact = self.by_words.get(words) or self.by_words.get(_without_article(words))
        if exact is not None:
            return (exact,)
        short = self.short_title(words)
        if short:
            return short
        alike = self.likeness(words)
        return (alike,) if alike else ()


class TitleFinder:
    """Finds whole titles in a line where a title can stand, so that their figures and days are not read."""

    def __init__(self, source: SourceText, index: FilmIndex) -> None:
        self.source = source
        self.index = index

    def mentions(self, start: int, end: int) -> list[tuple[int, int, Mention]]:
        """Non-overlapping (start, end, mention) of whole titles in the plain span, left to right."""
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(self.source.low, start, end)]
        found: list[tuple[int, int, Mention]] = []
        i = 0
        while i < len(words):
            title = self._title_at(words, i, start, end)
            if title is None:
                i += 1
                continue
            film = self.index.by_words[title]
            first, last = words[i][1], words[i + len(title) - 1][2]
            found.append((first, last, Mention(film, first, last)))
            i += len(title)
        return found

    def _title_at(
        self, words: list[tuple[str, int, int]], i: int, start: int, end: int
    ) -> tuple[str, ...] | None:
        for title in self.index.by_first.get("and" if words[i][0] == "&" else words[i][0], ()):
            if i + len(title) > len(words):
                continue
            if any(
                title[k] != ("and" if words[i + k][0] == "&" else words[i + k][0]) for k in range(len(title))
            ):
                continue
            span = words[i][1], words[i + len(title) - 1][2]
            if self._is_spread(*span, self.index.by_words[title].title):
                continue
            if self._can_stand(title, *span, start, end):
                return title
        return None

    def _is_spread(self, start: int, end: int, title: str) -> bool:
        """Whether tabs or brackets that are not the title's own part the words."""
        return any(c in "\t()[];|" and c not in title for c in self.source.text[start:end])

    def _can_stand(self, title: tuple[str, ...], first: int, last: int, start: int, end: int) -> bool:
        before = self.source.text[max(start, first - _IN_SIGHT) : first].rstrip(" ")
        after = self.source.text[last : min(end, last + _IN_SIGHT)]
        quoted = before.endswith(('"', "'", "_", "*")) and after[:1] in ('"', "'", ",", ".", "!", "_", "*")
        if quoted:
            return True
        if self.index.is_plain_word(title):
            return self._stands_alone(title, before, after, first, last)
        return self._room_before(before, first, last) and self._room_after(title, after, first, last)

    def _stands_alone(self, title: tuple[str, ...], before: str, after: str, first: int, last: int) -> bool:
        """Titles made of everyday words count only where nothing else could be meant."""
        everyday = self._is_everyday(title)
        before = before.rstrip("([\"'*")
        rest = after.lstrip()
        if before and before[-1] not in ("\t,;|" if everyday and rest else "\t,;|.:-/"):
            return False
        if (
            not rest
            or rest[0] in "([|*\u2022"
            or after[:1] in ("\t", ",", ";")
            or after[:2] in (": ", ":\t")
            or after.startswith(" - ")
        ):
            return True
        if not before and self._is_holiday(title) and self.source.text[first:last].isupper():
            day = _WORD.match(rest.lower())
            return day is not None and day.group() in self.index.vocabulary.days
        is_word = not everyday
        caps = self.source.text[first:last].isupper() or self.source.text[first:last].istitle()
        return is_word and caps and self._next_is_schedule(rest)

    def _is_holiday(self, title: tuple[str, ...]) -> bool:
        """`HALLOWEEN Fri 10/31 7:00`: a holiday's name in capitals, at the start of a line, before a day."""
        phrases = self.index.vocabulary.phrases.get(title[0], ())
        return any(s.kind == "HOLIDAY" for words, senses in phrases if words == title for s in senses)

    def _is_everyday(self, title: tuple[str, ...]) -> bool:
        return title[0] in self.index.vocabulary.phrases or title[0] in self.index.vocabulary.days

    def _next_is_schedule(self, rest: str) -> bool:
        word = _WORD.match(rest.lower())
        if word is None:
            return False
        return (
            word.group().isdigit()
            or word.group() in self.index.vocabulary.days
            or word.group() in self.index.vocabulary.phrases
        )

    def _room_before(self, before: str, first: int, last: int) -> bool:
        if not before or not before[-1].isalpha():
            return True
        word = re.search(r"[^\W\d_]{1,30}$", before)
        low = word.group().lower() if word else ""
        if low in self.index.vocabulary.days or low in _LEAVING_WORDS or low in self.index.vocabulary.months:
            return True
        senses = [
            s for words, found in self.index.vocabulary.phrases.get(low, ()) if words == (low,) for s in found
        ]
        if any(s.kind in _LEAVES_ROOM for s in senses) or self._names_a_show(before):
            return True
        return (
            self.source.text[first:last].isupper() and not before[-1].isupper() and not self._is_credit(low)
        )

    def _names_a_show(self, before: str) -> bool:
        """`the 7:15 show of AMOUR`, `séance de`: the title is what is shown."""
        words = _WORD.findall(before.lower())[-2:]
        if len(words) < 2 or not self._is_credit(words[1]):
            return False
        if plain_words(words[0]) in self.index.vocabulary.days:
            return True
        phrases = self.index.vocabulary.phrases.get(plain_words(words[0]), ())
        return any(s.kind in ("SHOW", "TAG") for known, senses in phrases if len(known) == 1 for s in senses)

    @staticmethod
    def _is_credit(low: str) -> bool:
        return low in {"of", "from", "by", "like", "than", "de", "von", "du", "d", "wie", "comme", "como"}

    def _room_after(self, title: tuple[str, ...], after: str, first: int, last: int) -> bool:
        rest = after.lstrip()
        if re.match(r"(?:[2-9]|II|III|IV)\b\s{0,3}(?:[(\[]|:\s)", rest) or re.match(
            r"[2-4] +[A-Za-z]{2,9}\b.{0,40}\d[:.]\d\d", rest
        ):
            return False
        if re.match(r":\s{0,2}[A-Z]", after) and not self._colon_ends(after):
            return False
        word = re.match(r"[^\W\d_]{1,30}", rest)
        if word is None or after[:1] in "\t":
            return True
        low = word.group().lower()
        if (
            low in self.index.vocabulary.phrases
            or low in self.index.vocabulary.days
            or low in self.index.vocabulary.months
        ):
            return True
        written = self.source.text[first:last]
        if word.group()[0].isupper() and not (
            written.isupper() and not word.group().isupper() and len(word.group()) > 1
        ):
            return not after[:1].isspace()
        if (
            is_nearly_daily(low, self.index.vocabulary.language)
            or nearest_day(low, self.index.vocabulary.days) is not None
        ):
            return True
        return len(title) > 1 or written.isupper()

    def _colon_ends(self, after: str) -> bool:
        word = re.match(r":\s{0,2}([^\W\d_]{1,30})", after)
        low = word.group(1).lower() if word else ""
        return (
            low in self.index.vocabulary.phrases
            or low in self.index.vocabulary.days
            or low in self.index.vocabulary.months
        )
