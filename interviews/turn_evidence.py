"""How much the words of a paragraph speak for its being a question, an answer or narration.

The figures are log odds, to be added; an answer is the zero that the others are measured from.
"""

import re
from dataclasses import dataclass

from interviews.blocks import Block
from interviews.languages import Language
from interviews.sentences import sentences, words

_QUOTED = re.compile(r"[“\"«„「『][^”\"»“」』]{0,600}[”\"»“」』]|(?<!\w)‘[^‘]{3,600}?[,.?!]’")
IMPERATIVE = re.compile(
    r"^(?:so,? |and |please |now,? )*(?:tell (?:me|us)|talk (?:to me |a (?:bit|little) )?about|describe|explain|walk (?:me|us) through|take (?:me|us)|"
    r"let's talk|let’s talk|speaking of|i (?:wanted|want|'d like|’d like) to (?:ask|talk)|háblenos|cuéntenos|hábleme|cuénteme|parlez|racontez|"
    r"erzählen sie|beschreiben sie|谈谈|說說|说说|请谈|حدثنا)",
    re.I,
)
RELEASE = re.compile(
    r"\b(?:opens|screens|plays|premieres|runs (?:from|through|until|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|is (?:now )?(?:out|available|showing|playing|on view|in (?:theaters|cinemas|theatres|limited))|"
    r"in (?:theaters|cinemas|theatres)|in select|on (?:dvd|blu-ray|demand|vod)|is at the .{3,40} (?:from|until|through|all week)|released? (?:by|on|in)|streaming (?:on|now)|limited release|see local listings|for tickets|tickets (?:are|at)|"
    r"estreia|em cartaz|nos cinemas|al cinema|nelle sale|se estrena|estreno|en (?:los )?cines|a los cines|en cartelera|en salles|sort(?:ie)? en salles|läuft|kinostart|ab \d+\. \w+ im kino|في دور العرض|يعرض)\b|上映|公開|公映",
    re.I,
)
_EDITORIAL = re.compile(
    r"\b(?:this (?:interview|conversation|article|discussion|transcript|q&a)|interview (?:has been|was|conducted|by)|edited (?:and|for)|condensed|"
    r"editor['’]s note|the following|what follows|below is|here is (?:our|the|an)|here['’]s our|read on|esta entrevista|la entrevista|cet entretien|das (?:gespräch|interview)|propos recueillis|entrevista realizada|"
    r"本文|以下|本采访|このインタビュー|أجري)\b|^(?:ed\. ?note|\[?note:)",
    re.I,
)
_THANKS = re.compile(r"\b(?:many |our )?thanks to\b|\bthanked\b", re.I)
_ASIDE = re.compile(r"^[*_]{0,3}[\[(（【][^\])）】]{1,200}[\])）】]\.?[*_]{0,3}$")
_SAYS = re.compile(
    r"(?<!\w)(?:says?|said|explain(?:s|ed)|add(?:s|ed)|recall(?:s|ed)|told|tells|remember(?:s|ed)|insists?|laughs|dijo|dice|dit|explique|sagt|sagte)(?!\w)"
)
_REMARK = re.compile(
    r"(?:and |so |but |well, )?(?:i (?:found|noticed|liked?|loved?|wonder(?:ed)?|remember|understand|imagine|was (?:struck|surprised)|kept|read|heard|saw|must say|got the (?:sense|feeling))|"
    r"it (?:struck|strikes|seems|seemed|feels|felt|must)|there(?:['’]s| is| are| was| has been| have been)? (?:a|an|some|this|that|these|one|something)|one of the|"
    r"some (?:people|critics|have|felt)|you(?:['’]ve|['’]re| have| are| were| said| say| mention\w*| used?| come| must| also| seem)|your |the (?:film|movie|ending|scene|documentary|sequence|opening|title)|"
    r"imagino|supongo|se nota|parece que|on a (?:le sentiment|l['’]impression)|on sent|vous |man hat|es gibt|es wird|sie haben|ihr film)",
    re.I,
)


@dataclass(slots=True)
class Evidence:
    """Log odds of the kinds a paragraph may have, an answer being 0; whether it asks; whether it is a stage direction
    ("[Laughter.]")."""

    question: float
    narration: float
    asks: bool
    is_aside: bool = False


def weigh(block: Block, language: Language, interviewee: str | None) -> Evidence:
    """The evidence in the words of one paragraph."""
    outside = words(_QUOTED.sub(" ", block.text)) if _QUOTED.search(block.text) else block.words
    me = sum(word in language.me for word in outside)
    you = sum(word in language.you for word in outside)
    question = _question_odds(block, language, me, you)
    narration = _narration_odds(block, language, interviewee, me, you)
    if not me and len(outside) < len(block.words) - 3 and _SAYS.search(block.text):
        question, narration = question - 3.0, narration + 1.2
    return Evidence(question, narration, block.asks, _ASIDE.match(block.text) is not None)


def _question_odds(block: Block, language: Language, me: int, you: int) -> float:
    count = max(1, len(block.words))
    odds = 2.6 if block.asks else -1.8
    odds += _length_odds(count)
    odds += min(1.5, 0.6 * you) * (1.0 if count < 120 else 0.4)
    odds -= min(2.0, 12.0 * me / (count + 12)) if count > 8 else 0.0
    odds -= min(2.5, 0.7 * max(0, me - you - 1)) if count > 20 else 0.0
    first = block.words[0] if block.words else ""
    if first in language.asks:
        odds += 0.5
    if first in language.replies and first not in language.asks:
        odds -= 1.2
    if IMPERATIVE.match(block.text):
        odds += 2.5
    return odds


def remark_odds(block: Block, language: Language, typical: float) -> float:
    """What speaks for a brief paragraph that asks nothing being the interviewer's remark all the same: it stands among
    paragraphs of `typical` length, opens as a remark does, or is a single sentence that no answer begins with."""
    count = len(block.words)
    if block.asks or not 3 <= count <= 60 or count > 0.9 * typical or RELEASE.search(block.text):
        return 0.0
    odds = 1.0 if count < 0.5 * typical else 0.3
    if _REMARK.match(block.text):
        return odds + 1.6
    if block.words[0] in language.replies:
        return 0.0
    return odds + (0.5 if len(sentences(block.text)) == 1 else 0.0)


def _length_odds(count: int) -> float:
    for limit, odds in ((3, -0.3), (45, 0.6), (80, 0.0), (130, -1.0), (220, -2.2)):
        if count <= limit:
            return odds
    return -3.5


def _narration_odds(block: Block, language: Language, interviewee: str | None, me: int, you: int) -> float:
    count = max(1, len(block.words))
    odds = -0.5
    odds -= min(3.0, 0.8 * me + 0.3 * you)
    odds += 0.5 if not me and count > 25 else 0.0
    odds -= 1.0 if block.asks else 0.0
    odds += 1.8 if interviewee and _names(block.text, interviewee) else 0.0
    odds += 3.0 if RELEASE.search(block.text) and me == 0 else 0.0
    odds += 2.0 if _THANKS.search(block.text) else 0.0
    odds += 4.0 if _EDITORIAL.search(block.text) else 0.0
    if block.words and block.words[0] in language.replies:
        odds -= 1.0
    return odds


def _names(text: str, name: str) -> bool:
    return name in text or name.split()[-1] in text
