"""Words that hold a language together and say nothing of a theme; and which lexemes of some texts are theirs.

English has its list (closed word classes, and the verbs of talk that every interview is full of). In other languages
they are known by being everywhere: in at least a quarter of the passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from .lexemes import lexemes

ENGLISH = """
a about above actually after again all almost already also always am an and another any anybody anyone
anything are around as ask asked at away back basically be became because become been before being best
better between big both but by came can cannot come coming could day definitely did different do does doing
done down during each else even ever every everybody everyone everything felt few find first for found from
gave get gets getting give go goes going gone gonna good got great guess guy guys had happen happened has
have having he hear her here him himself his how however i if in into is it its itself just keep kept kind
knew know known last later least let like little long look lot lots made make makes making many may maybe me
mean means met might more most much must my myself need never new next no nobody none not nothing now of off
often oh ok okay on once one ones only onto or other others our out over own part people person perhaps
piece pretty put question quite rather really said same saw say saying says see seem seemed seen several she
should show since so some somebody someone something sort started still stuff such sure take talk talked
talking tell than that the their them themselves then there these they thing things think thinking this
those though thought three through time times to together told too took tried try trying turned two under
until up upon us use used very want wanted was way ways we well went were what whatever when where whether
which while who whole whom whose why will with within without work would year years yeah yes yet you your
yourself isn't wasn't didn't don't doesn't can't couldn't wouldn't won't i'm i've i'd i'll it's that's
there's he's she's they're we're you're what's who's let's aren't weren't hasn't haven't hadn't isn’t
"""
# How a film is made and shown: what every interview about any film speaks of, and no room stays for.
TRADE = """
audience audiences camera cameras cinema clip crew cut cutting director directors documentaries documentary
edit edited editing editor episode feature festival festivals film filmed filming filmmaker filmmakers
filmmaking films footage interview interviewed interviewer interviewing interviews movie movies
premiere premiered producer project projects release released scene scenes screen screened screening
screenings screenplay script shoot shooting shot shots story-telling subject trailer video videos
watch watched watching
"""
EVERYWHERE = 0.25
# Below this many passages nothing can be said to be everywhere.
_ENOUGH = 8


def function_lexemes(documents: Sequence[Collection[str]], languages: Collection[str]) -> frozenset[str]:
    """The lexemes of `documents` (each a passage's) that are no theme's, given the languages that they are in."""
    listed = (
        {lexeme for word in f"{ENGLISH} {TRADE}".split() for lexeme in lexemes(word, "en")}
        if _has_english(languages)
        else set()
    )
    seen = Counter(lexeme for document in documents for lexeme in set(document))
    if len(documents) < _ENOUGH or set(map(_primary, languages)) == {"en"}:
        return frozenset(listed)
    return frozenset(
        listed | {lexeme for lexeme, count in seen.items() if count >= EVERYWHERE * len(documents)}
    )


@cache
def trade_lexemes() -> frozenset[str]:
    """The lexemes of making and showing films, in English."""
    return frozenset(lexeme for word in TRADE.split() for lexeme in lexemes(word, "en"))


def _has_english(languages: Collection[str]) -> bool:
    return "en" in map(_primary, languages)


def _primary(language: str) -> str:
    return language.split("-")[0]
