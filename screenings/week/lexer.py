"""A line of the plain text cut into items: days, times, dates, tags, words with a meaning, other words.

Nothing here decides what a listing means; it only says what each piece can be. Every pattern is bounded,
so that no text makes it slow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from screenings.week.source import SourceText
from screenings.week.vocabulary import Sense, Vocabulary


@dataclass(slots=True)
class TimeMark:
    """A time as written. `hour` and `minute` are the figures; `meridiem` is "a", "p" or "".

    `clock24` is true where the notation says 24 hours (h, Uhr, 07:30, anything from 13:00). `valid` is false
    for 99:99. `word` is "noon" or "midnight" for those. `zone` keeps a written EST or EDT.
    """

    hour: int
    minute: int = 0
    meridiem: str = ""
    clock24: bool = False
    valid: bool = True
    word: str = ""
    bare: bool = False
    h_form: bool = False


@dataclass(slots=True)
class DateMark:
    """A date in figures, in the order in which they stand: (first, second, year or None)."""

    first: int
    second: int
    year: int | None = None
    iso: bool = False


@dataclass(slots=True)
class Item:
    """One piece of a line. `kind` is DAY, MONTH, NUM, DATE, TIME, FILM, WORD, TEXT, NOISE or PUNCT.

    WORD carries `senses` from the vocabulary; TEXT is any other word. `value` depends on the kind.
    `gap` is true when blank stands before the item.
    """

    kind: str
    start: int
    end: int
    value: Any = None
    senses: tuple[Sense, ...] = ()
    gap: bool = False
    low: str = ""
    weak: bool = False
    notes: dict[str, Any] = field(default_factory=dict)

    def means(self, *kinds: str) -> bool:
        """Whether one of the item's senses is of one of these kinds."""
        return any(sense.kind in kinds for sense in self.senses)

    def sense(self, kind: str) -> Sense | None:
        """The item's sense of this kind, if it has one."""
        return next((sense for sense in self.senses if sense.kind == kind), None)


_MERIDIEM = r"(?:\s?\(\s?[ap]\.?\s?m\.?\s?\)|\s?[ap]m\b|\s?[ap]\.\s?m\b\.?|(?<=\d)[ap]\b(?!['-]?[a-z]))"
_UNIT = r"(?:uhr|heures?|horas?|hours?|hrs|hs|h)\b\.?"

_NOISE = r"""
  (?:https?://|www\.)[^\s]{1,300}
 |[\w.+-]{1,64}@[\w.-]{1,80}\w
 |\b[a-z][\w-]{1,40}\.(?:com|org|net|co\.uk|ie|fr|de|es|ch|at|ca|au|mx|ar|cl)\b(?:/[^\s]{0,200})?
 |(?:\+\d{1,3}|\(\d{2,5}\))[ ./-]{0,2}\d[\d ./()-]{4,20}\d
 |\b\d{3}[-.]\d{3}[-.]\d{4}\b|\b\d{3}\s\d{3}-\d{4}\b|\b\d{3}-\d{4}\b
 |\b0\d(?:[ .]\d\d){4}\b|\b0\d{2,4}\s?[/-]\s?\d[\d -]{4,12}\d\b|\b0\d{2,4}\s\d{3,4}\s\d{3,4}\b|\b\d{3}\s\d{3}\s\d{3}\b|\b0\d{6,11}\b
 |(?:\btel(?:e(?:phone|fon|fono))?|\bphone|\bfon|\bcall|\bcalling)\.?\s?:?\s?[\d(+][\d ./()-]{5,20}\d
 |(?:[$£€]|\b(?:us|ca|mx|au)\$)\s?\d{1,4}(?:[.,]\d{1,2})?(?:\s?[-/]\s?[$£€]?\d{1,4}(?:[.,]\d{1,2})?(?![:\d]))?(?:\s?,-|,-)?
 |\b\d{1,4}(?:[.,]\d{1,2})?\s?(?:(?:€|£|\$)(?!\s?\d)|euros?\b|eur\b|chf\b|sfr\b|pesos\b|mxn\b|dollars?\b|pounds?\b|cents?\b|frs?\b\.?(?=\s|$|[,.;)]))
 |\b(?:chf|eur|sfr|fr\.)\s?\d{1,3}(?:[.,](?:\d\d|-+))?(?![\d:h])
 |\b(?:duree|dauer|duracion|duration|running\stime|run\stime|runtime|laufzeit|lange)\s?[:.]?\s?\d{1,3}(?:\s?(?:h|hrs?|std|stunden?|hours?)\.?\s?\d{0,2}|:\d\d)?\s?(?:min(?:utes|uten|utos)?|m|mn)?\b\.?'?
 |\b\d{1,3}\s?-?\s?(?:minutes?|minuten|minutos|mins?|mn)\b\.?
 |\b\d{2,3}\s?(?:'|m\b)
 |\b\d\s?(?:hrs?|hours?|std|stdn|stunden?)\b\.?(?:\s?,?\s?(?:(?:and|und|y|et)\s)?\d{1,2}\s?(?:minutes|minuten|mins?|m)\b\.?)?
 |\b\d\s?h\s?\d{1,2}\s?(?:minutes|mins?|mn|m)\b\.?
 |\b(?:screen|auditorium|cinema|saal|kino|salle|sala|studio|house|theat(?:er|re)|haus|leinwand|pantalla)\s?(?:nr\.?|no\.?|\#)?\s?\d{1,2}\b(?![:.]\d|\s?(?:[ap]\.?m|h\b|uhr))
 |\b(?:part|teil|partie|parte|vol|volume|chapter|kapitel|episode|season|n[or]|num|row|platz|reihe)\.?\s?\#?\d{1,3}\b(?![:.]\d)
 |\bpg[\s-]?13\b|\bnc-?17\b|\bfsk[\s:-]*(?:ab\s)?\d{1,2}\b|\b(?:ab|a\spartir\sde)\s\d{1,2}\s?(?:j\b\.?|jahren?|ans|anos)|\bab\s(?:0|6|12|16|18)\b(?!\s?(?:[:.]\d|uhr|h\b|\d))|\bd[eè]s\s\d{1,2}\s?ans
 |\bma\s?15\+?|\b\d{1,2}\+|[+-]\s?(?:6|7|10|12|13|14|15|16|18)\b(?=\s?(?:ans|anos|jahre|\)))|\b(?:12a|14a|18a|15a|b15|b-15|tp|12pg)\b
 |\b(?:rated|rating|cert(?:ificate)?)\.?\s?:?\s?(?:pg-?13|nc-?17|\d{1,2}a?|pg|g|r|u|m)\b
 |\b[57]\.1\b|\b\d{1,3}\s?%|\#\s?\d{1,8}
 |\b\d{1,3}(?:st|nd|rd|th|eme|e|er|o|a)?\s(?:years?|yrs|ans|jahren?|anos|lbs|people|seats|plazas|places|weeks?|semaines?|wochen?|semanas?|films|movies|filme|peliculas|tickets|friends|oscars?|anniversary|anniversaire|annual|shorts|season)\b
 |\b\d{1,3}(?:\.\d{3})+\b(?!\s?(?:uhr|h\b))
 |\b(?:19|20)\d\d\b(?!\s?(?:hrs|h\b|hours|uhr))
"""

_TAG_FIGURES = r"\b(?:35|70|16)\s?-?mm\b|\b[234]-?d\b(?!\w)|\b[24]k\b"
_SWISS = r"\b(?:[a-z]{1,2})/(?:[dfei]{1,2}|[dfei]/[dfei])\b(?!/|\w|\.)"

_PATTERN = rf"""
  (?P<isodate>\b\d{{4}}-\d\d-\d\d)(?:t(?=\d\d:))?
 |(?P<tagfig>{_TAG_FIGURES})
 |(?P<swiss>{_SWISS})
 |(?P<phoneword>\b\d-\d{{3}}-\d{{3}}-\d{{4}}\b)
 |(?P<ymd>\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d\d(?![\d:])|\b\d{{1,2}}\.\d{{1,2}}\.\d\d(?![\d:.])(?!\s?(?:uhr|h\b)))
 |(?P<dotdate>\b\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d))
 |(?P<noise>{_NOISE})
 |(?P<meridiem>\b\d{{1,2}}(?:\s?[:.h]\s?\d\d)?{_MERIDIEM})
 |(?P<packed>\b\d{{1,2}}[0-5]\d\s?(?:[ap]\.?\s?m\b\.?|[ap]\b|(?:hrs|hours)\b))
 |(?P<clock>\b\d{{1,2}}(?:[:.]\d\d(?!\d)(?::\d\d(?!\d))?|\s?h\s?\d\d(?!\d|[.:]\d\d|\s?h\b|\s?h\d|\s?uhr))(?:\s?{_UNIT})?)
 |(?P<hour>\b\d{{1,2}}\s?(?:{_UNIT}))
 |(?P<slashdate>\b\d{{1,2}}/\d{{1,2}}\b(?![/:]\d|\d|\.\d\d))
 |(?P<ordinal>\b\d{{1,2}}(?:st|nd|rd|th|er|eme|e|o)\b)
 |(?P<num>\d+)
 |(?P<word>[^\W\d_]+)
 |(?P<space>[ ]+)
 |(?P<punct>.)
"""
_TOKEN = re.compile(_PATTERN, re.VERBOSE | re.DOTALL)

_FIGURES = re.compile(r"\d+")
_JOINING = {"-", "'", ".", "/"}


def _clock(text: str, hour: int, minute: int, clock24: bool) -> TimeMark:
    unit = text.rstrip(". )").endswith(("h", "uhr", "heures", "heure", "horas", "hora", "hrs", "hs"))
    lead = text.startswith("0") and len(_FIGURES.match(text).group()) == 2  # type: ignore[union-attr]
    known24 = clock24 or unit or lead or hour >= 13 or "h" in text
    valid = minute < 60 and (hour < 24 or (hour == 24 and minute == 0))
    return TimeMark(hour, minute, "", known24, valid, h_form="h" in text and "uhr" not in text)


def _with_meridiem(text: str) -> TimeMark:
    figures = _FIGURES.findall(text)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    if len(figures[0]) > 2:
        hour, minute = int(figures[0][:-2]), int(figures[0][-2:])
    letters = text[len(figures[0]) :]
    meridiem = "a" if "a" in letters else "p" if "p" in letters else ""
    if not meridiem:
        return TimeMark(hour, minute, "", True, hour < 24 and minute < 60)
    if 13 <= hour < 24:
        return TimeMark(hour, minute, "", True, minute < 60 and meridiem == "p")
    return TimeMark(hour, minute, meridiem, False, 1 <= hour <= 12 and minute < 60)


def _date_mark(text: str) -> DateMark:
    figures = _FIGURES.findall(text)
    year = int(figures[2]) if len(figures) > 2 else None
    if year is not None and year < 100:
        year += 2000
    return DateMark(int(figures[0]), int(figures[1]), year)


def _is_dot_date(text: str) -> bool:
    first, second = map(int, _FIGURES.findall(text)[:2])
    return (
        1 <= first <= 31 and 1 <= second <= 12 and not (len(_FIGURES.findall(text)[1]) == 2 and second == 0)
    )


class Lexer:
    """Cuts lines of one source into items with one locale's vocabulary."""

    def __init__(self, source: SourceText, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary

    def items(self, start: int, end: int, films: Sequence[tuple[int, int, Any]] = ()) -> list[Item]:
        """The items of the plain span. `films` are the (start, end, film) mentions within it."""
        found: list[Item] = []
        at = start
        for film_start, film_end, film in films:
            found.extend(self._lex(at, film_start))
            gap = film_start > start and self.source.text[film_start - 1] in " \t"
            found.append(Item("FILM", film_start, film_end, film, gap=gap))
            at = film_end
        found.extend(self._lex(at, end))
        return self._name_days(self._merge_noon(self._phrases(found)))

    def _lex(self, start: int, end: int) -> list[Item]:
        found: list[Item] = []
        gap = start > 0 and self.source.text[start - 1] in " \t\n"
        while start < end:
            match = _TOKEN.match(self.source.low, start, end)
            if match is None:  # pragma: no cover - the last alternative takes any character
                break
            kind = match.lastgroup or "punct"
            if kind == "space":
                start, gap = match.end(), True
                continue
            item = self._item(kind, match.group(), match.start(), match.end())
            item.gap, gap = gap, item.low == "\t"
            found.append(item)
            start = item.end
        return found

    def _item(self, kind: str, low: str, start: int, end: int) -> Item:
        maker = getattr(self, f"_lex_{kind}", None)
        if maker is not None:
            return maker(low, start, end)
        if kind in ("noise", "phoneword"):
            return Item("NOISE", start, end, low=low)
        if kind == "word":
            return Item("TEXT", start, end, low=low)
        return Item("PUNCT", start, end, low, low="and" if low == "&" else low)

    def _lex_isodate(self, low: str, start: int, end: int) -> Item:
        year, month, day = map(int, _FIGURES.findall(low)[:3])
        return Item("DATE", start, end, DateMark(month, day, year, iso=True), low=low)

    def _lex_tagfig(self, low: str, start: int, end: int) -> Item:
        compact = re.sub(r"[\s-]", "", low)
        tag = {"3d": "3D", "35mm": "35mm", "70mm": "70mm", "16mm": "16mm"}.get(compact, "-")
        return Item("WORD", start, end, senses=(Sense("TAG", tag),), low=compact)

    def _lex_swiss(self, low: str, start: int, end: int) -> Item:
        """Swiss `F/d`: spoken French, German subtitles (Conventions 5). Anything else is a first word."""
        written = self.source.text[start:end]
        spoken, _, below = written.partition("/")
        is_version = self.vocabulary.territory in ("CH", "LU") or self.vocabulary.language in ("de", "fr")
        if is_version and spoken.isupper() and below.replace("/", "").islower():
            return Item("WORD", start, end, senses=(Sense("TAG", "subtitled"),), low=low)
        cut = start + low.index("/")
        return Item("TEXT", start, cut, low=low[: cut - start])

    def _lex_ymd(self, low: str, start: int, end: int) -> Item:
        return Item("DATE", start, end, _date_mark(low), low=low)

    def _lex_dotdate(self, low: str, start: int, end: int) -> Item:
        if _is_dot_date(low) and self.vocabulary.language != "en":
            return Item("DATE", start, end, _date_mark(low), low=low)
        if re.fullmatch(r"\d{1,2}\.\d\d\.", low):
            return self._lex_clock(low[:-1], start, end - 1)
        figure = _FIGURES.match(low).group()  # type: ignore[union-attr]
        return self._lex_num(figure, start, start + len(figure))

    def _lex_slashdate(self, low: str, start: int, end: int) -> Item:
        return Item("DATE", start, end, _date_mark(low), low=low)

    def _lex_meridiem(self, low: str, start: int, end: int) -> Item:
        return Item("TIME", start, end, _with_meridiem(low), low=low)

    _lex_packed = _lex_meridiem

    def _lex_clock(self, low: str, start: int, end: int) -> Item:
        hour, minute = map(int, _FIGURES.findall(low)[:2])
        return Item("TIME", start, end, _clock(low, hour, minute, not self.vocabulary.clock12), low=low)

    def _lex_hour(self, low: str, start: int, end: int) -> Item:
        hour = int(_FIGURES.match(low).group())  # type: ignore[union-attr]
        return Item("TIME", start, end, _clock(low, hour, 0, True), low=low)

    def _lex_ordinal(self, low: str, start: int, end: int) -> Item:
        figure = int(_FIGURES.match(low).group())  # type: ignore[union-attr]
        return Item("NUM", start, end, figure, low=low, notes={"ordinal": True})

    def _lex_num(self, low: str, start: int, end: int) -> Item:
        return Item("NUM", start, end, int(low[:9]), low=low)

    def _phrases(self, items: list[Item]) -> list[Item]:
        found: list[Item] = []
        i = 0
        while i < len(items):
            item = items[i]
            matched = self._phrase_at(items, i) if item.kind in ("TEXT", "PUNCT", "NUM") else None
            if matched is None:
                found.append(item)
                i += 1
                continue
            stop, senses = matched
            last = items[stop - 1]
            found.append(Item("WORD", item.start, last.end, senses=senses, gap=item.gap, low=item.low))
            i = stop
        return found

    def _phrase_at(self, items: list[Item], i: int) -> tuple[int, tuple[Sense, ...]] | None:
        for words, senses in self.vocabulary.phrases.get(items[i].low, ()):
            stop = self._phrase_end(items, i, words)
            if stop is None:
                continue
            if any(s.capitals for s in senses) and not self._written_as_code(
                items[i].start, items[stop - 1].end
            ):
                senses = tuple(s for s in senses if not s.capitals)
                if not senses:
                    continue
            return stop, senses
        return None

    def _written_as_code(self, start: int, end: int) -> bool:
        """In capitals, or alone in brackets: `VO`, `(vo)`."""
        alone = self.source.text[start - 1 : start] in ("(", "[") and self.source.text[end : end + 1] in (
            ")",
            "]",
        )
        return alone or self.source.text[start:end].isupper()

    @staticmethod
    def _phrase_end(items: list[Item], i: int, words: tuple[str, ...]) -> int | None:
        at = i
        for n, word in enumerate(words):
            if n:
                while at < len(items) and items[at].low in _JOINING and at - i < 16:
                    at += 1
            if at >= len(items) or items[at].low != word or items[at].kind == "TIME":
                return None
            at += 1
        return at

    @staticmethod
    def _merge_noon(items: list[Item]) -> list[Item]:
        """`12 noon`, `12:00 midnight` are one time; noon and midnight alone are times (Conventions 2.1)."""
        found: list[Item] = []
        for item in items:
            word = "noon" if item.means("NOON") else "midnight" if item.means("MIDNIGHT") else ""
            if word and not item.means("LATE"):
                time = Item("TIME", item.start, item.end, TimeMark(12, word=word), gap=item.gap, low=item.low)
                before = found[-1] if found else None
                if before and ((before.kind == "NUM" and before.value == 12) or _is_plain_twelve(before)):
                    time.start, time.gap = before.start, before.gap
                    found.pop()
                found.append(time)
            else:
                found.append(item)
        return found

    def _name_days(self, items: list[Item]) -> list[Item]:
        for item in items:
            if item.kind not in ("TEXT", "WORD"):
                continue
            day = self.vocabulary.days.get(item.low)
            if day is not None and len(self.source.low[item.start : item.end].split()) == 1:
                self._take_day(item, *day)
            elif item.kind == "TEXT" and item.low in self.vocabulary.months:
                item.kind, item.value = "MONTH", self.vocabulary.months[item.low]
        return self._drop_abbreviation_dots(items)

    def _take_day(self, item: Item, number: int, weak: bool) -> None:
        if weak and len(item.low) == 1 and not self.source.text[item.start].isupper():
            return
        if item.low in self.vocabulary.months:
            item.notes["month"] = self.vocabulary.months[item.low]
        item.notes["was"] = item.kind
        item.kind, item.value, item.weak = "DAY", number, weak

    def _drop_abbreviation_dots(self, items: list[Item]) -> list[Item]:
        """`Sat.`, `Nov.`, `u.`, `tägl.`: the full stop belongs to a shortened word."""
        found: list[Item] = []
        for item in items:
            before = found[-1] if found else None
            if item.low == "." and before is not None and not item.gap and self._is_short(before):
                before.end = item.end
                before.notes["dot"] = True
                continue
            found.append(item)
        return found

    def _is_short(self, item: Item) -> bool:
        if item.notes.get("dot"):
            return False
        if item.kind == "DAY":
            return item.low not in self.vocabulary.day_names and item.low not in _full_plurals(
                self.vocabulary.language
            )
        if item.kind == "MONTH":
            return len(item.low) <= 5
        return item.kind == "WORD" and item.low in (
            "u",
            "a",
            "tagl",
            "tgl",
            "excl",
            "auss",
            "ausg",
            "mat",
            "mats",
            "hr",
            "min",
            "dt",
            "engl",
            "anschl",
            "exc",
            "vs",
            "dr",
            "prof",
            "w",
        )


@lru_cache(maxsize=8)
def _full_plurals(language: str) -> frozenset[str]:
    from_names = {
        "en": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
        "fr": "lundis mardis mercredis jeudis vendredis samedis dimanches",
        "de": "montags dienstags mittwochs donnerstags freitags samstags sonntags sonnabend sonnabends",
        "es": "sabados domingos",
    }
    return frozenset(from_names[language].split())


def _is_plain_twelve(item: Item) -> bool:
    mark = item.value
    return (
        item.kind == "TIME" and mark.hour == 12 and not mark.minute and not mark.word and mark.meridiem != "x"
    )


_DAILY_WORDS = {
    "en": ("daily", "nightly"),
    "de": ("taglich", "taeglich"),
    "es": ("diario", "diariamente"),
    "fr": (),
}


def is_nearly_daily(word: str, language: str) -> bool:
    """Whether a word is "daily" with one slip (`täghlich`, Conventions 1.13)."""
    return len(word) >= 5 and any(OSA.distance(word, w, score_cutoff=1) <= 1 for w in _DAILY_WORDS[language])


def nearest_day(word: str, names: dict[str, tuple[int, bool]]) -> int | None:
    """The one weekday that a misspelt word means, or None (Conventions 1.13).

    Swapped letters in a short form (`Sta`, `Firday`) or up to two slips in a full name; never where two
    weekdays are equally near.
    """
    allowed = 1 if len(word) <= 6 else 2
    if len(word) < 3 or len(word) > 14:
        return None
    if len(word) >= 4:
        begun = {
            number
            for name, (number, weak) in names.items()
            if not weak and len(name) >= 6 and name.startswith(word)
        }
        if len(begun) == 1:
            return begun.pop()
    best, days = 9, set()
    for name, (number, weak) in names.items():
        if weak or abs(len(name) - len(word)) > 2 or len(name) < 3:
            continue
        distance = OSA.distance(word, name, score_cutoff=2)
        if len(name) < 5 and not (distance == 1 and sorted(name) == sorted(word)):
            distance = 9 if distance else 0
        if distance < best:
            best, days = distance, {number}
        elif distance == best:
            days.add(number)
    return days.pop() if best <= allowed and len(days) == 1 else None
