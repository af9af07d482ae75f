"""Signs that open turns without naming anybody: a dash, a chevron, the number of a question.

Where both sides bear the sign ("—¿Por qué? / —Porque sí."), it says that a new turn begins. Where only the questions do
("――" in Japanese magazines, "1.", "2." …), it is as good as a label.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from interviews.blocks import Block, Page

_SIGN = re.compile(r"[*_]{0,3}(?P<sign>[―─]{1,2}|—{1,2}|–|-(?!-)|>>+|[■●◆▼▲□◇◎○])[ \t]*(?=[^\s>-])")
_NUMBER = re.compile(r"(?:#{1,6}[ \t]+)?[*_]{0,3}(?:Q\.?[ ]?)?(?P<number>\d{1,3})[.):][*_]{0,3}[ \t]+(?=\S)")


_ASKING_BARS = ("―", "─")  # in Japanese and Chinese magazines these open questions, which need no mark


_TIME = re.compile(
    r"[*_]{0,3}[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?[*_]{0,3}(?::(?=\s|$))?[ \t]*(?:[-–—|][ \t]+)?(?=\D|$)"
)


@dataclass
class Signs:
    """Where the signs of a page end, by block; `both`: the two sides bear them, else questions alone do."""

    ends: dict[int, int] = field(default_factory=dict)
    both: bool = False


def time_before(block: Block) -> int:
    """Where the time stamp that opens a block ends; 0 where none does."""
    found = _TIME.match(block.text)
    return found.end() if found and (block.text[0] in "[(<" or found.end() == len(block.text)) else 0


def opens_as_question(block: Block) -> bool:
    """Whether the bar stands before a block that opens nothing but questions."""
    return block.text.startswith(_ASKING_BARS)


def signs_in(page: Page, apart: set[int]) -> Signs:
    """The signs that open the turns of a page; `apart` are blocks of furniture and front matter."""
    blocks = [(index, block) for index, block in enumerate(page.blocks) if index not in apart]
    numbered = _numbered_questions(blocks)
    return numbered if numbered.ends else _dashes(blocks, page.is_subtitles)


def _numbered_questions(blocks: list[tuple[int, Block]]) -> Signs:
    """Numbers that count up by one over the whole text, with an answer between each two."""
    ends: dict[int, int] = {}
    expected, before, asking = 1, -2, 0
    for place, (index, block) in enumerate(blocks):
        found = _NUMBER.match(block.text)
        follows_number = place > 0 and _NUMBER.match(blocks[place - 1][1].text)
        if found and int(found["number"]) == expected and place > before + 1 and not follows_number:
            ends[index] = found.end()
            expected, before = expected + 1, place
            asking += block.asks
    return Signs(ends) if len(ends) >= 3 and asking >= 0.5 * len(ends) else Signs()


def _dashes(blocks: list[tuple[int, Block]], is_subtitles: bool) -> Signs:
    signed: dict[str, dict[int, int]] = defaultdict(dict)
    order = [index for index, _ in blocks]
    for index, block in blocks:
        found = _SIGN.match(block.text)
        if found and (found["sign"] != "-" or is_subtitles or "li" not in block.style.split()):
            signed[found["sign"]][index] = found.end()
    ends = max(signed.values(), key=len, default={})
    asking = sum(block.asks for index, block in blocks if index in ends)
    sign = next((sign for sign, found in signed.items() if found is ends), "")
    needs_no_asking = sign[:1] in _ASKING_BARS or (is_subtitles and sign.startswith(">>"))
    if len(ends) < 3 or (asking < 0.25 * len(ends) and not needs_no_asking):
        return Signs()
    followed = sum(one in ends and two in ends for one, two in pairwise(order))
    return Signs(ends, both=followed >= 0.3 * len(ends) and asking < 0.8 * len(ends))
