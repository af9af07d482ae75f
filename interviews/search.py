"""Who said what about it: search over every interview of a film, alike on every database.

Turns are indexed by their lexemes (`Posting`) when they are read and when they are corrected. What is found is ranked by
BM25 (Robertson and Zaragoza 2009, k₁ = 1.2, b = 0.75), turns that say every word of the query first.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.db import transaction
from django.db.models import Count, QuerySet

from screenings.models import Film

from .lexemes import lexemes, lexemes_of, lexemes_sought, words_of
from .models import Interview, Posting, Source, Turn
from .selectors import Span

K1, B = 1.2, 0.75
# A turn of common length, in lexemes: a fixed yardstick, so that a filter changes what is found and not its order.
COMMON_LENGTH = 60
MOST_FOUND = 20
MOST_WORDS = 12
# So many rows of the index are read for a query: all there are, up to some eighty interviews.
MOST_POSTINGS = 4000
SNIPPET = 280
BATCH = 2000

Wanted = tuple[frozenset[str], ...]


# --- the index -------------------------------------------------------------------------------------------


@transaction.atomic
def index_source(source: Source) -> int:
    """Index the turns of a source anew, once they are read or corrected. Gives how many turns were indexed.

    Of an interview's sources the newest is searched: the postings of those before it go.
    """
    newest = newest_of(source.interview)
    Posting.objects.filter(turn__source__interview=source.interview).exclude(turn__source=newest).delete()
    Posting.objects.filter(turn__source=source).delete()
    if newest is None or newest.pk != source.pk:
        return 0
    turns = list(source.turns.all())
    Posting.objects.bulk_create(_postings(source, turns), batch_size=BATCH)
    return len(turns)


def index_turns(source: Source, turns: Iterable[Turn]) -> None:
    """Index turns that a correction made, of a source whose other turns are indexed already."""
    newest = newest_of(source.interview)
    if newest and newest.pk == source.pk:
        Posting.objects.bulk_create(_postings(source, turns), batch_size=BATCH)


def newest_of(interview: Interview) -> Source | None:
    """The source of an interview that came in last, without its bytes: what is read, quoted and searched."""
    return interview.sources.defer("content", "source_map").order_by("-retrieved_at", "-id").first()


def _postings(source: Source, turns: Iterable[Turn]) -> Iterable[Posting]:
    film, language = source.interview.film_id, source.interview.language
    for turn in turns:
        said = lexemes(words_said(source.visible_text, turn.segments), language)
        for lexeme, count in sorted(Counter(said).items()):
            yield Posting(film_id=film, turn=turn, lexeme=lexeme, count=min(count, 32_767), length=len(said))


def words_said(text: str, segments: Sequence[Span]) -> str:
    """A turn's words without what stands between its segments."""
    return "\n".join(text[start:end] for start, end in segments)


# --- the search ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A turn that says what was sought. `snippet`: pieces of it, in order, and whether each is a word sought."""

    turn: Turn
    interview: Interview
    number: int
    snippet: tuple[tuple[str, bool], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """The best `found`, of `total`; `said_all` is how many of these say every word of the query."""

    found: tuple[Found, ...]
    total: int
    said_all: int


def search(
    film: Film, query: str, *, speaker: str = "", publication: str = "", most: int = MOST_FOUND
) -> Results:
    """The turns of a film's interviews that say the words of `query`, best first; by one speaker or in one publication
    where they are given. The words are taken as the film's interviews' languages stem them; 12 of them count, and in
    films of very many interviews only the rarer ones: what everybody says (the, and) tells nothing."""
    interviews = Interview.objects.filter(film=film)
    wanted = _wanted(query, frozenset(interviews.values_list("language", flat=True)))
    if not wanted:
        return Results((), 0, 0)
    total = Turn.objects.filter(source__interview__film=film).count()
    wanted = _telling(film, wanted)
    turns = _turns(film, speaker, publication)
    scores = _scores(film, wanted, turns, total)
    ranked = sorted(scores.items(), key=lambda one: (-one[1][0], -one[1][1], one[0]))
    said_all = sum(1 for said, _ in scores.values() if said == len(wanted))
    return Results(tuple(_show(ranked[:most], wanted)), len(ranked), said_all)


def _wanted(query: str, languages: frozenset[str]) -> Wanted:
    words = [word for word, _, _ in words_of(query)][:MOST_WORDS]
    sets = (sought for word in words for sought in lexemes_sought(word.casefold(), languages))
    return tuple(dict.fromkeys(sets))


def _telling(film: Film, wanted: Wanted) -> Wanted:
    """The rarest of the words, as many as stand in `MOST_POSTINGS` rows, and one at least."""
    sought = Posting.objects.filter(film=film, lexeme__in=frozenset().union(*wanted))
    said_in = dict(sought.order_by().values_list("lexeme").annotate(Count("pk")))
    rows = {terms: sum(said_in.get(term, 0) for term in terms) for terms in wanted}
    rarest = sorted(wanted, key=lambda terms: (rows[terms], sorted(terms)))
    so_far = accumulate(rows[terms] for terms in rarest)
    telling = {terms for terms, count in zip(rarest, so_far, strict=True) if count <= MOST_POSTINGS}
    return tuple(terms for terms in wanted if terms in telling or terms == rarest[0])


def _turns(film: Film, speaker: str, publication: str) -> QuerySet[Turn] | None:
    """The turns that a filter leaves; None where there is no filter."""
    if not (speaker or publication):
        return None
    turns = Turn.objects.filter(source__interview__film=film)
    if speaker:
        turns = turns.filter(speaker=speaker)
    return turns.filter(source__interview__publication=publication) if publication else turns


def _scores(
    film: Film, wanted: Wanted, turns: QuerySet[Turn] | None, total: int
) -> dict[int, tuple[int, float]]:
    """Turn → how many of the words it says, and its BM25 score."""
    sought = frozenset().union(*wanted)
    rows = Posting.objects.filter(film=film, lexeme__in=sought).values_list(
        "turn", "lexeme", "count", "length"
    )
    by_lexeme: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for turn, lexeme, count, length in rows:
        by_lexeme[lexeme].append((turn, count, length))
    allowed = None if turns is None else set(turns.values_list("pk", flat=True))
    scores: dict[int, tuple[int, float]] = {}
    for terms in wanted:
        for turn, score in _scores_of_one(terms, by_lexeme, total).items():
            if allowed is None or turn in allowed:
                said, before = scores.get(turn, (0, 0.0))
                scores[turn] = (said + 1, before + score)
    return {turn: (said, round(score, 6)) for turn, (said, score) in scores.items()}


def _scores_of_one(
    terms: frozenset[str], by_lexeme: dict[str, list[tuple[int, int, int]]], total: int
) -> dict[int, float]:
    """The scores of one word of the query, which may be any of several stems."""
    said: dict[int, list[int]] = {}
    for term in sorted(terms):
        for turn, count, length in by_lexeme.get(term, ()):
            said.setdefault(turn, [0, length])[0] += count
    weight = math.log(1 + (max(total, len(said)) - len(said) + 0.5) / (len(said) + 0.5))
    return {
        turn: weight * count * (K1 + 1) / (count + K1 * (1 - B + B * length / COMMON_LENGTH))
        for turn, (count, length) in said.items()
    }


def _show(ranked: Sequence[tuple[int, tuple[int, float]]], wanted: Wanted) -> Iterable[Found]:
    turns = Turn.objects.select_related("source__interview").defer("source__content", "source__source_map")
    rows = turns.in_bulk([turn for turn, _ in ranked])
    for key, (_, score) in ranked:
        turn = rows[key]
        interview = turn.source.interview
        snippet = tuple(snippet_of(turn.source.visible_text, turn.segments, wanted, interview.language))
        yield Found(turn, interview, turn.position + 1, snippet, score)


# --- what is shown of a turn -----------------------------------------------------------------------------


def snippet_of(
    text: str, segments: Sequence[Span], wanted: Wanted, language: str
) -> Iterable[tuple[str, bool]]:
    """The part of a turn with most of the words sought, about 280 characters, in pieces: words, and whether sought."""
    said = " ".join(words_said(text, segments).split())
    sought = frozenset().union(*wanted)
    hits = [
        (low, high) for word, low, high in words_of(said) if sought.intersection(lexemes_of(word, language))
    ]
    start, end = _window(said, [low for low, _ in hits])
    at = start
    if start:
        yield "… ", False
    for low, high in hits:
        if at <= low and high <= end:
            yield said[at:low], False
            yield said[low:high], True
            at = high
    yield said[at:end] + (" …" if end < len(said) else ""), False


def _window(said: str, hits: Sequence[int]) -> Span:
    """The stretch that begins a little before a word sought and holds most of them, from one space to another."""
    if len(said) <= SNIPPET or not hits:
        return 0, min(len(said), SNIPPET)
    best = max(hits, key=lambda low: (sum(low <= other < low + SNIPPET - 60 for other in hits), -low))
    start = max(0, min(best - 60, len(said) - SNIPPET))
    start = 0 if not start else said.rfind(" ", 0, start + 1) + 1
    end = min(len(said), start + SNIPPET)
    return start, end if end == len(said) else max(said.rfind(" ", start, end), start + SNIPPET // 2)


def speakers_of(film: Film) -> list[str]:
    """Who speaks in the film's interviews, by name."""
    return list(_distinct(Turn.objects.filter(source__interview__film=film), "speaker"))


def publications_of(film: Film) -> list[str]:
    """Where the film's interviews were published, by name."""
    return list(_distinct(Interview.objects.filter(film=film), "publication"))


def _distinct(rows: QuerySet, column: str) -> Iterable[str]:
    """Sorted by us: databases sort letters each in their own way."""
    return sorted(set(rows.exclude(**{column: ""}).values_list(column, flat=True)), key=str.casefold)
