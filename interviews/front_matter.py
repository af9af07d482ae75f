"""What stands over an interview: its title, subtitle, byline, date, publication and section headings."""

import re
from dataclasses import dataclass, field

from interviews.blocks import Block, Page, cut
from interviews.languages import MONTHS
from interviews.sentences import closes_sentence

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+)?(?:{_MONTH})\.?,?\s+(?:de\s+|del\s+)?(?:19|20)\d\d|"
    rf"(?:{_MONTH})\s+(?:19|20)\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)\b|(?:19|20)\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?",
    re.I,
)
_BYLINE = re.compile(
    r"^[*_#\s]*(?:(?:(?:interview|words|text|story|article|posted|published|written|reported|conducted|compiled|q&a|questions)\s+)?(?:and\s+\w+\s+)?"
    r"(?:by|von|por|par|di|door)|(?:words|text|author|autor|auteur|texto|texte|interviewer|propos recueillis)"
    r"(?:\s+(?:by|von|por|par|de))?\s*:)[*_\s:]*(?P<name>[^\W\d_][\w.'’\- ]{2,40}?)(?=[*_\s]*(?:$|[|,•·/–—(]|\s+on\s|\s+-\s|\d|\s{2}|\b(?:published|updated|posted|for)\b))",
    re.I,
)
_CJK_BYLINE = re.compile(
    r"^(?:文|作者|采访|採訪|撰文|記者|记者|取材・文|文・|聞き手|取材|كتب|حاوره?ا?|أجرى الحوار)\s*[:：／/|]\s*(?P<name>\S{2,20}(?: \S{2,12})?)"
)
_INTERVIEWISH = re.compile(
    r"interview|q\s*&\s*a|q and a|conversation|talks|discuss|speaks|in dialogue|five questions|\bon\b|entrevista|entretien|rencontre|gespräch|专访|專訪|对话|インタビュー|حوار|مقابلة",
    re.I,
)
_GLUED = re.compile(r"[^\W\d_A-Z](?=[A-Z][a-z])|[”’\"](?=[A-Z][a-z])")
_SIGNATURE = re.compile(r"[*_]*[—–―-]+ ?[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,3}[*_]*$")
_MARKUP = re.compile(r"^[#*_>\s]+|[#*_\s]+$")


@dataclass
class FrontMatter:
    """What the top of a piece says of it: strings, the spans they stand at, and which blocks hold nothing else."""

    title: str | None = None
    byline: str | None = None
    publication: str | None = None
    date: str | None = None
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)


def cut_glued_title(page: Page) -> None:
    """Cut a title off the first sentence that it is glued to ("The Last FerryFor years …"), known by its coming again."""
    for block in page.blocks[:3]:
        for found in _GLUED.finditer(block.text[:120]):
            title = block.text[: found.end()]
            if page.text.count(title) > 1 and len(title.split()) > 1:
                at = page.blocks.index(block)
                page.blocks[at : at + 1] = cut(block, [found.end()])
                return


def front_matter_of(page: Page, furniture: set[int], labelled: set[int]) -> FrontMatter:
    """Title, byline, date and publication of a page, by its first blocks and by what its head says."""
    front = FrontMatter()
    if page.is_subtitles:
        return front
    top = _top(page, furniture, labelled)
    _find_title(front, page, top)
    for index in top:
        _find_byline_and_date(front, page.blocks[index], index)
    _add_short_lines(front, page, top)
    _add_headings(front, page, furniture, labelled)
    _add_signature(front, page, furniture | labelled)
    _read_head(front, page)
    return front


def _top(page: Page, furniture: set[int], labelled: set[int]) -> list[int]:
    """The blocks before the first paragraph of prose or the first label."""
    top: list[int] = []
    for index, block in enumerate(page.blocks):
        if index in labelled or len(top) >= 12:
            break
        if index in furniture:
            continue
        if is_prose(block) and not block.heading and not _is_standfirst(page, index, furniture):
            break
        top.append(index)
    return top


def _is_standfirst(page: Page, index: int, furniture: set[int]) -> bool:
    """Whether a sentence or two stands between the title and the byline or date, as a standfirst does."""
    following = [
        block for i, block in enumerate(page.blocks[index + 1 : index + 5], index + 1) if i not in furniture
    ]
    return index > 0 and len(page.blocks[index].words) <= 45 and any(map(_signs_or_dates, following[:2]))


def _signs_or_dates(block: Block) -> bool:
    """Whether a block is a byline with a name in it, or little more than a date."""
    byline = _BYLINE.match(block.text)
    if byline and len(block.words) <= 14 and not block.asks:
        return byline["name"][0].isupper()
    return len(block.words) <= 8 and _DATE.search(block.text) is not None


def is_prose(block: Block) -> bool:
    """Whether a block reads as a paragraph: a closed sentence of some length, or a long one."""
    return len(block.words) > 45 or (
        len(block.words) >= 12 and closes_sentence(block.text) and not block.heading
    )


def _find_title(front: FrontMatter, page: Page, top: list[int]) -> None:
    candidates = [
        index
        for index in top
        if len(page.blocks[index].words) <= 40 and not _is_small_print(page.blocks[index])
    ]
    if not candidates:
        return
    best = max(candidates, key=lambda index: _title_weight(page.blocks[index], candidates.index(index)))
    block = page.blocks[best]
    front.title = _MARKUP.sub("", block.text)
    front.spans.append(("title", block.start, block.end))
    front.blocks.add(best)


def _title_weight(block: Block, order: int) -> float:
    weight = {0: 0.0, 1: 6.0, 2: 3.0}.get(block.heading, 1.0) - 0.7 * order
    weight += 2.0 if _INTERVIEWISH.search(block.text) else 0.0
    return weight + min(len(block.words), 8) / 4


def _is_small_print(block: Block) -> bool:
    return bool(_BYLINE.match(block.text) or _CJK_BYLINE.match(block.text)) or (
        len(block.words) <= 12 and bool(_DATE.search(block.text))
    )


def _find_byline_and_date(front: FrontMatter, block: Block, index: int) -> None:
    byline = _BYLINE.match(block.text) or _CJK_BYLINE.match(block.text)
    dated = _DATE.search(block.text)
    if byline and len(block.words) <= 20:
        name = byline["name"].strip()
        if name[:1].isupper() or not name[:1].isascii():
            front.byline = front.byline or name
            front.spans.append(("byline", block.start, block.end))
            front.blocks.add(index)
    if dated and len(block.words) <= 14:
        front.date = front.date or dated.group()
        if index not in front.blocks:
            front.spans.append(("date", block.start, block.end))
            front.blocks.add(index)


def _add_short_lines(front: FrontMatter, page: Page, top: list[int]) -> None:
    """Subtitles, ratings of the day, names of the section: what else stands at the top and is no sentence."""
    for index in top:
        block = page.blocks[index]
        if index not in front.blocks and not block.asks:
            front.spans.append(("subtitle", block.start, block.end))
            front.blocks.add(index)


def _add_signature(front: FrontMatter, page: Page, taken: set[int]) -> None:
    """ "—Jane Doe" below an introduction is its author."""
    for index, block in enumerate(page.blocks[:30]):
        if index not in taken | front.blocks and _SIGNATURE.match(block.text):
            front.byline = front.byline or block.text.strip("—–―- *_")
            front.spans.append(("byline", block.start, block.end))
            front.blocks.add(index)


def _add_headings(front: FrontMatter, page: Page, furniture: set[int], labelled: set[int]) -> None:
    """Headings within the piece that ask nothing; where most headings ask, all of them are questions."""
    taken = furniture | labelled | front.blocks
    headings = [index for index, block in enumerate(page.blocks) if block.heading and index not in taken]
    asking = sum(page.blocks[index].asks for index in headings)
    for index in headings:
        block = page.blocks[index]
        if not block.asks and asking < 0.5 * len(headings) and len(block.words) <= 14:
            front.spans.append(("heading", block.start, block.end))
            front.blocks.add(index)


def _read_head(front: FrontMatter, page: Page) -> None:
    head: dict[str, str] = {}
    for name, value in page.visible.head:
        head.setdefault(name, value)
    front.publication = head.get("site")
    if front.publication is None and page.visible.format == "html":
        front.publication = _site_in_title(head.get("title", ""), front.title or "")
    front.title = front.title or head.get("title")
    if not front.byline and not head.get("author", "http").startswith("http"):
        front.byline = head["author"]
    front.date = front.date or head.get("date")


def _site_in_title(page_title: str, title: str) -> str | None:
    """ "The title | The site" is how pages name themselves."""
    parts = re.split(r"\s+[|–—·•«»-]\s+", page_title)
    if len(parts) > 1 and parts[-1].lower() not in title.lower() and len(parts[-1].split()) <= 5:
        return parts[-1]
    return None
