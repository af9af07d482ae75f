"""A week of showtimes written out as a theater writes it: newsletter text that `week_text.read` reads back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_day_names

from screenings.week.schedule import Showing
from screenings.week.times import NIGHT_ENDS
from screenings.week.titles import KnownFilm
from screenings.week.vocabulary import WEEKDAY_COUNT, vocabulary_for

TAG_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "OC": "open captions", "CC": "closed captions", "AD": "audio description", "relaxed": "relaxed",
        "baby": "parent & baby", "35mm": "35mm", "70mm": "70mm", "16mm": "16mm", "3D": "3D", "qa": "Q&A",
        "intro": "introduced", "preview": "preview", "subtitled": "subtitled", "dubbed": "dubbed",
        "ov": "original version without subtitles", "bargain": "bargain show", "sold_out": "sold out",
    },
    "fr": {
        "OC": "sous-titres SME", "CC": "closed captions", "AD": "audiodescription", "relaxed": "Ciné-Relax",
        "baby": "ciné-bébé", "35mm": "35mm", "70mm": "70mm", "16mm": "16mm", "3D": "3D", "qa": "rencontre",
        "intro": "séance présentée", "preview": "avant-première", "subtitled": "VOST", "dubbed": "VF",
        "ov": "version originale sans sous-titres", "bargain": "séance à prix réduit", "sold_out": "complet",
    },
    "de": {
        "OC": "mit Untertiteln für Gehörlose", "CC": "closed captions", "AD": "Audiodeskription",
        "relaxed": "reizarme Vorstellung", "baby": "Babykino", "35mm": "35mm", "70mm": "70mm", "16mm": "16mm",
        "3D": "3D", "qa": "mit Filmgespräch", "intro": "mit Einführung", "preview": "Preview",
        "subtitled": "OmU", "dubbed": "DF", "ov": "OV", "bargain": "Vorstellung zum Sparpreis", "sold_out": "ausverkauft",
    },
    "es": {
        "OC": "subtítulos para sordos", "CC": "closed captions", "AD": "audiodescripción", "relaxed": "sesión relajada",
        "baby": "cine con bebés", "35mm": "35mm", "70mm": "70mm", "16mm": "16mm", "3D": "3D", "qa": "con coloquio",
        "intro": "con presentación", "preview": "preestreno", "subtitled": "VOSE", "dubbed": "doblada",
        "ov": "versión original sin subtítulos", "bargain": "función a precio reducido", "sold_out": "agotado",
    },
}  # fmt: skip
"""What each tag is called in a listing (Conventions 5), by language."""

_LATE = {"en": "Late show", "fr": "Séance de nuit", "de": "Spätvorstellung", "es": "Sesión golfa"}
_AND = {"en": " & ", "fr": " et ", "de": " und ", "es": " y "}
_HEADING = {"en": "{0} - {1}", "fr": "Du {0} au {1}", "de": "{0} bis {1}", "es": "Del {0} al {1}"}


@dataclass(frozen=True)
class _Words:
    """The writing habits of one locale."""

    locale: Locale
    language: str
    month_first: bool

    @classmethod
    def of(cls, locale: str) -> "_Words":
        vocabulary = vocabulary_for(locale)
        try:
            parsed = Locale.parse(locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            parsed = Locale.parse("en_GB")
        if parsed.language != vocabulary.language:
            parsed = Locale.parse("en_GB")
        return cls(parsed, vocabulary.language, vocabulary.month_first)

    def weekday(self, day: date) -> str:
        return str(get_day_names("abbreviated", locale=self.locale)[day.weekday()]).rstrip(".")

    def clock(self, start: datetime) -> str:
        """A time as this locale's theaters print it."""
        if self.language == "fr":
            return f"{start.hour}h{start.minute:02d}"
        if self.language == "de":
            return f"{start.hour}.{start.minute:02d} Uhr"
        if self.language == "es":
            return f"{start.hour}:{start.minute:02d}"
        hour, half = start.hour % 12 or 12, "am" if start.hour < 12 else "pm"
        if self.locale.territory in ("GB", "IE"):
            return f"{hour}.{start.minute:02d}{half}"
        return f"{hour}:{start.minute:02d} {half}"

    def full_date(self, day: date) -> str:
        """A date beyond the play week: weekday and figures in the locale's order."""
        first, second = (day.month, day.day) if self.month_first else (day.day, day.month)
        sign = "." if self.language == "de" else "/"
        return f"{self.weekday(day)} {first}{sign}{second}{sign}{day.year}"

    def long_date(self, day: date) -> str:
        return str(format_skeleton("MMMMEEEEd", day, locale=self.locale))


def write(
    showings: Iterable[Showing], films: Sequence[KnownFilm], *, locale: str, zone: str, week_starting: date
) -> str:
    """The showings as newsletter text in the locale's words, film by film in the order of `films`.

    `week_text.read` with the same films, locale, zone and week reads back the same showings and tags and
    has no doubt, save for the hour that happens twice when clocks go back: a listing cannot say which.
    Raises ZoneInfoNotFoundError for an unknown zone. Films without showings are left out.
    """
    ZoneInfo(zone)
    words = _Words.of(locale)
    by_film: dict[str, list[Showing]] = {}
    for showing in showings:
        by_film.setdefault(showing.film, []).append(showing)
    order = [f.title for f in films if f.title in by_film]
    order += sorted(by_film.keys() - set(order))
    week = [week_starting + timedelta(days=n) for n in range(WEEKDAY_COUNT)]
    blocks = ["\n".join([title, *_lines(by_film[title], week, words)]) for title in order]
    heading = _HEADING[words.language].format(words.long_date(week[0]), words.long_date(week[-1]))
    return "\n\n".join([heading, *blocks]) + "\n"


def _lines(showings: list[Showing], week: list[date], words: _Words) -> list[str]:
    """One line for each group of days that have the same times; showings after midnight on lines of their own."""
    late = [s for s in showings if _is_late(s)]
    usual = [s for s in showings if not _is_late(s)]
    lines = [f"{days}: {times}" for days, times in _grouped(usual, week, words)]
    return lines + [f"{_LATE[words.language]} {days}: {times}" for days, times in _grouped(late, week, words)]


def _is_late(showing: Showing) -> bool:
    return showing.starts_local.hour * 60 + showing.starts_local.minute < NIGHT_ENDS


def _grouped(showings: list[Showing], week: list[date], words: _Words) -> list[tuple[str, str]]:
    by_night: dict[date, list[Showing]] = {}
    for showing in sorted(showings, key=lambda s: s.starts_local):
        by_night.setdefault(showing.night, []).append(showing)
    nights: dict[str, list[date]] = {}
    for night, found in by_night.items():
        nights.setdefault(", ".join(_time(s, words) for s in found), []).append(night)
    return [(_days(found, week, words), times) for times, found in nights.items()]


def _time(showing: Showing, words: _Words) -> str:
    names = TAG_WORDS[words.language]
    tags = ", ".join(names[tag] for tag in names if tag in showing.tags)
    return f"{words.clock(showing.starts_local)} ({tags})" if tags else words.clock(showing.starts_local)


def _days(nights: list[date], week: list[date], words: _Words) -> str:
    """`Fri-Sun`, `Tue & Thu`, `Fri, Sun & Mon`; a night beyond the play week with its date."""
    pieces: list[str] = []
    for run in _runs([n for n in nights if n in week]):
        if len(run) > 2:
            pieces.append(f"{words.weekday(run[0])}-{words.weekday(run[-1])}")
        else:
            pieces.extend(words.weekday(day) for day in run)
    pieces += [words.full_date(n) for n in nights if n not in week]
    head, last = pieces[:-1], pieces[-1]
    return _AND[words.language].join([", ".join(head), last]) if head else last


def _runs(nights: list[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for night in nights:
        if runs and night - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(night)
        else:
            runs.append([night])
    return runs
