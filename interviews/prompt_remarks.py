"""What somebody who knows how rooms talk would say about a prompt, and about all of them together. Remarks, not refusals.

English is read closely; in other languages only the rules that hold there are asked, so that a remark is rarely wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# How fast a question is read aloud to a room: words a second; signs a second where writing has no spaces.
WORDS_A_SECOND = 2.5
SIGNS_A_SECOND = 4.0
LONGEST_SECONDS = 15
# The time that a house gives to talking after a film.
USUAL_MINUTES = 30

_QUESTION_MARKS = re.compile(r"[?؟？;]")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|\"[^\"]*\"|「[^」]*」")
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")

_ASKING = r"(?:how|what|why|who|whom|whose|where|when|which)"
_HELPING = r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|would|will|should|shall|might|may|must)"
_SOMEBODY = r"(?:you|he|she|it|they|we|i|this|that|these|those|the|a|an|there|any|anyone|anybody|everyone|your|his|her|our|their|its|[A-Z]\w+)"
_TWO_IN_ENGLISH = re.compile(
    rf"\b{_ASKING}\b.*\b(?:and|or|but),?\s+(?:in what way |to |for |with |from )?{_ASKING}\s+(?:\w+\s+)?{_HELPING}\b",
    re.IGNORECASE,
)
_YES_NO_IN_ENGLISH = re.compile(rf"^(?:(?:and|so|but|now|then),?\s+)?{_HELPING}\s+(?i:{_SOMEBODY})\b", re.I)
_INVITES = re.compile(
    r"^(?:can|could|would|will) (?:you|anyone|anybody|someone|somebody) (?:please )?"
    r"(?:describe|tell|share|name|say (?:something|more|what|how|why)|show|explain|walk|give|think of|recall|finish)\b",
    re.IGNORECASE,
)
_LEADS = {
    "en": (
        rf"^(?:(?:and|so|but),?\s+)?{_HELPING}n[’']t\b",
        rf",\s*(?:{_HELPING}n[’']t|won[’']t|can[’']t) (?:it|he|she|they|you|we|there)\s*\?",
        r",\s*(?:right|no|yes|correct|surely)\s*\?",
        r"\b(?:do|don[’']t|would|wouldn[’']t) you (?:not )?(?:all )?agree\b",
        r"\b(?:surely|obviously|of course|clearly|needless to say)\b",
        r"\bhow (?:wrong|wonderful|terrible|brave|cruel|unjust|inspiring|shocking|beautiful|important) (?:is|was|are|were)\b",
    ),
    "fr": (r"n[’']est-ce pas", r"\bne (?:pensez|trouvez|croyez)-vous pas\b", r"\bbien sûr\b", r"\bévidemment\b"),
    "de": (r"\bnicht wahr\b", r",\s*oder\s*\?", r"\b(?:finden|meinen|glauben) (?:sie|ihr) nicht\b"),
    "es": (r",\s*¿?\s*(?:no|verdad)\s*\?", r"¿\s*no (?:cree|creen|crees|creéis|le|les) ", r"\bpor supuesto\b"),
    "it": (r",\s*(?:no|vero)\s*\?", r"\bnon (?:credete|pensate|trovate|crede|pensa)\b"),
}  # fmt: skip
# A question is one of yes or no where nothing in it asks.
_ASKING_ELSEWHERE = {
    "de": r"\b(?:we(?:r|n|m|ssen|lche[rsnm]?|shalb|swegen)|was|wo\w*|wie\w*|wann|warum)\b",
    "es": r"\b(?:qué|cu[áa]l(?:es)?|qui[ée]n(?:es)?|dónde|adónde|cuándo|cómo|cuánt[oa]s?)\b",
    "it": r"\b(?:che|chi|cosa|qual[ei]?|dove|quando|come|perché|quant[oaie])\b",
}
_YES_NO_ELSEWHERE = {
    "fr": r"^(?:est-ce qu|[^\W\d_]+-(?:t-)?(?:vous|tu|ils?|elles?|on|nous|je)\b)",
    "zh": r"吗\s*[？?]\s*$",
    "ar": r"^هل\s",
}
_SCENES = {
    "en": r"\b(?:scenes?|images?|moments?|shots?|sounds?|pictures?|faces?|sequences?|frames?|lines?)\b",
    "fr": r"\b(?:scènes?|images?|moments?|plans?|sons?|visages?|séquences?)\b",
    "de": r"\b(?:szenen?|bild(?:er)?|momente?|augenblicke?|geräusche?|einstellung(?:en)?)\b",
    "es": r"\b(?:escenas?|im[áa]gen(?:es)?|momentos?|planos?|sonidos?|rostros?)\b",
    "it": r"\b(?:scen[ae]|immagin[ei]|moment[oi]|suon[oi]|inquadratur[ae])\b",
    "ar": r"مشهد|لقطة|صورة|لحظة",
    "zh": r"场景|镜头|画面|瞬间|場景|鏡頭|畫面|瞬間",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """`rule` names the rule, `says` is the sentence for who builds the guide."""

    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as far as it is remarked upon. `moment` is one of `Prompt.Moment`."""

    question: str
    moment: str
    minutes: int


def remark_on(question: str, language: str = "en") -> list[Remark]:
    """What there is to say about one question in `language` (a BCP 47 tag); nothing about a good one."""
    tongue, text = _tongue(language), " ".join(question.split())
    found = (_two_questions(text, tongue), _leading(text, tongue) or _yes_no(text, tongue), _too_long(text))
    return [remark for remark in found if remark]


def remark_on_all(
    prompts: Sequence[Asked], language: str = "en", *, minutes: int = USUAL_MINUTES
) -> list[Remark]:
    """What there is to say about the prompts of a guide together, for a discussion of `minutes`."""
    if not prompts:
        return [
            Remark(
                "no_prompts",
                "There is no question yet. One about a scene is enough to begin: “Which scene is still with you?”",
            )
        ]
    return list(_together(prompts, _tongue(language), minutes))


def seconds_aloud(text: str) -> float:
    """How long reading `text` to a room takes, in seconds."""
    signs = len(_SIGN.findall(text))
    words = len(_WORD.findall(_SIGN.sub(" ", text)))
    return words / WORDS_A_SECOND + signs / SIGNS_A_SECOND


def _tongue(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def _two_questions(text: str, tongue: str) -> Remark | None:
    unquoted = _QUOTED.sub("", text)
    # A semicolon is the question mark of Greek alone.
    marks = [mark for mark in _QUESTION_MARKS.findall(unquoted) if mark != ";" or tongue == "el"]
    if len(marks) < 2 and not (tongue == "en" and _TWO_IN_ENGLISH.search(unquoted)):
        return None
    return Remark(
        "two_questions",
        "These are two questions. A room answers the last one it heard: ask one here, and keep the other for “If the "
        "room is silent”.",
    )


def _last_question(text: str) -> str:
    """The last sentence that asks, without a clause that leads up to it."""
    sentences = re.split(r"(?<=[.!…?؟？。])\s+", text)
    asking = [sentence for sentence in sentences if _QUESTION_MARKS.search(sentence)]
    return asking[-1] if asking else ""


def _leading(text: str, tongue: str) -> Remark | None:
    if not any(re.search(rule, _QUOTED.sub("", text), re.IGNORECASE) for rule in _LEADS.get(tongue, ())):
        return None
    return Remark(
        "names_its_answer",
        "This question already says what to answer. Ask it so that somebody who sees it otherwise would speak too.",
    )


def _yes_no(text: str, tongue: str) -> Remark | None:
    question = _last_question(text)
    if not question or not _is_yes_no(question, tongue):
        return None
    return Remark(
        "yes_or_no",
        "“Yes” or “no” would answer this, and the room is silent again. Try it with how, what or which.",
    )


def _is_yes_no(question: str, tongue: str) -> bool:
    if tongue == "en":
        return any(_closes(clause.strip()) for clause in (question, question.rpartition(",")[2]))
    if tongue in _ASKING_ELSEWHERE:
        return not re.search(_ASKING_ELSEWHERE[tongue], question, re.IGNORECASE)
    rule = _YES_NO_ELSEWHERE.get(tongue)
    return bool(rule and re.search(rule, question, re.IGNORECASE))


def _closes(clause: str) -> bool:
    """Whether an English clause is answered by yes or no: not where it offers a choice or invites to tell."""
    chooses = re.search(r"\bor\b(?! not\b)", clause, re.IGNORECASE)
    return bool(_YES_NO_IN_ENGLISH.search(clause)) and not chooses and not _INVITES.search(clause)


def _too_long(text: str) -> Remark | None:
    seconds = seconds_aloud(text)
    if seconds <= LONGEST_SECONDS:
        return None
    return Remark(
        "too_long",
        f"Read aloud this takes about {round(seconds)} seconds; after {LONGEST_SECONDS} a room has lost the beginning. "
        "Put what leads up to it into a text before the question.",
    )


def _together(prompts: Sequence[Asked], tongue: str, minutes: int) -> Iterator[Remark]:
    openings = [prompt for prompt in prompts if prompt.moment == "opening"]
    if not any(_is_about_a_scene(prompt, tongue) for prompt in openings):
        yield Remark(
            "no_scene",
            "No opening question is about a scene. Everybody has seen one: ask for a scene, an image or a sound first, "
            "and nobody needs an opinion to speak.",
        )
    if not any(prompt.moment == "action" for prompt in prompts):
        yield Remark(
            "no_action",
            "There is no time for what people could do. Keep five minutes for a question of action at the end.",
        )
    after = [prompt for prompt in prompts if prompt.moment != "before"]
    if len(prompts) - len(after) > 1:
        yield Remark(
            "one_before",
            "Before the film one question is enough, on one card: people stand in the lobby with their coats on. Keep the "
            "others for afterwards.",
        )
    asked = sum(prompt.minutes for prompt in after)
    if asked > minutes:
        yield Remark(
            "more_than_minutes",
            f"The {len(after)} questions after the film want {asked} minutes; a discussion has about {minutes}. Fewer "
            "questions, and each gets its answers.",
        )


def _is_about_a_scene(prompt: Asked, tongue: str) -> bool:
    """In a language whose words for scenes are not known here, any opening is taken for one."""
    words = _SCENES.get(tongue)
    return words is None or bool(re.search(words, prompt.question, re.IGNORECASE))
