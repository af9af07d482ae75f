"""Questions that run on at the end of the paragraph before: where a page sets them so, and where each begins."""

from interviews.blocks import Block, Page
from interviews.languages import Language, language_of
from interviews.sentences import sentences, words
from interviews.turn_evidence import IMPERATIVE
from interviews.turn_sequence import QUESTION

_LONG = 30
_OF_FILMS = frozenset(
    [
        "film",
        "movie",
        "scene",
        "scenes",
        "ending",
        "documentary",
        "sequence",
        "character",
        "characters",
        "audience",
        "película",
        "film",
    ]
)
_REFERS = frozenset(["that", "this", "those", "these"])


def run_on_questions(page: Page, kinds: dict[int, str], apart: set[int]) -> dict[int, int]:
    """Where, in each block that one closes, the next question begins (counted from the block's start). `kinds` are
    those of the labelled blocks, `apart` the blocks of furniture and front matter."""
    language = language_of([word for block in page.blocks for word in block.words[:60]])
    closing = _before_labelled_answers(page, kinds, apart) if kinds else _between_bare_paragraphs(page, apart)
    tails = {index: question_tail(page.blocks[index].text, language) for index in closing}
    return {index: tail for index, tail in tails.items() if tail}


def _before_labelled_answers(page: Page, kinds: dict[int, str], apart: set[int]) -> list[int]:
    """Answers bear labels and questions none; most answers follow right on one that ends by asking."""
    if QUESTION in kinds.values() or len(kinds) < 3:
        return []
    before = {index: _speech_before(page, index, apart) for index in kinds}
    closing = [last for last in before.values() if last is not None and page.blocks[last].asks]
    mixed = [last for last in closing if _is_mixed(page.blocks[last]) or last in kinds]
    return [last for last in before.values() if last is not None] if len(mixed) >= 0.4 * len(kinds) else []


def _speech_before(page: Page, index: int, apart: set[int]) -> int | None:
    for before in range(index - 1, max(-1, index - 8), -1):
        if before not in apart or (page.blocks[before].asks and len(page.blocks[before].words) > 12):
            return before
    return None


def _between_bare_paragraphs(page: Page, apart: set[int]) -> list[int]:
    """No labels at all: long paragraphs which nearly all end by asking hold an answer and the next question."""
    blocks = [index for index in range(len(page.blocks)) if index not in apart]
    asking = [index for index in blocks if page.blocks[index].asks]
    mixed = [index for index in asking if _is_mixed(page.blocks[index])]
    return (
        mixed
        if len(mixed) >= 3 and len(mixed) >= 0.8 * len(asking) and len(mixed) >= 0.5 * len(blocks)
        else []
    )


def _is_mixed(block: Block) -> bool:
    """Whether a paragraph asks at its end only, after having told for a while."""
    return block.asks and len(block.words) >= _LONG


def question_tail(text: str, language: Language) -> int:
    """Where, in an answer's paragraph, the next question begins that runs on at its end; 0 where none does.

    The closing questions, and before them the statements that lead up to them: those that share rare words with the
    question and speak of no "I"."""
    spans = sentences(text)
    if not spans or len(spans) < 2:
        return 0
    if not text[slice(*spans[-1])].rstrip("\"'”’»)]*_ ").endswith(("?", "？", "؟")):
        last = text[slice(*spans[-1])]
        return spans[-1][0] if IMPERATIVE.match(last) else 0
    first = len(spans) - 1
    while first > 1 and _is_question(text, spans[first - 1]):
        first -= 1
    if first > 1 and _leads_up(
        text, spans[first - 2], spans[first - 1], (spans[first][0], spans[-1][1]), language
    ):
        first -= 1
    return spans[first][0]


def _is_question(text: str, span: tuple[int, int]) -> bool:
    return text[slice(*span)].rstrip("\"'”’»)]*_ ").endswith(("?", "？", "؟"))


def _leads_up(
    text: str, before: tuple[int, int], lead: tuple[int, int], question: tuple[int, int], language: Language
) -> bool:
    """Whether a statement belongs to the question after it: it is brief, speaks of no "I", does not carry on the
    sentence before it, and the question takes up its words, refers to it, or it speaks of the film or to "you"."""
    said = words(text[slice(*lead)])
    if set(said) & language.me or len(said) > 35:
        return False
    asked = words(text[slice(*question)])
    shared = len(_stems(said, language) & _stems(asked, language))
    held = len(_stems(said, language) & _stems(words(text[slice(*before)]), language))
    if shared > held:
        return True
    speaks_of_it = bool(set(said) & (language.you | _OF_FILMS)) or bool(set(asked[:3]) & _REFERS)
    return held == 0 and speaks_of_it


def _stems(found: list[str], language: Language) -> set[str]:
    return {word[:5] for word in found if len(word) > 4 and word not in language.common}
