"""What stands on a page around an interview and is no part of it: navigation, adverts, captions, sharing, comments."""

import re
from collections import Counter

from interviews.blocks import Block, Page
from interviews.people import People
from interviews.sentences import tighten

_PLACES = frozenset(
    "nav footer aside figcaption figure form button menu sidebar breadcrumb breadcrumbs related share sharing social "
    "comment comments promo advert advertisement ad ads newsletter subscribe subscription cookie cookies caption credit "
    "pagination recommended popular trending widget signup login toolbar tags taglist taxonomy dialog masthead "
    "skip topnav navbar disqus respond bio recirc outbrain taboola meta sponsored banner toc img front".split()
)
_ANYWHERE = re.compile(
    r"\ball rights reserved\b|©|\bcookies?\b.{0,40}\b(?:polic|accept|consent|use)|\bprivacy policy\b|\bterms (?:of|and|&)\b|"
    r"\bsign up\b.{0,50}(?:newsletter|list|inbox|e-?mail|updates)|\bour (?:weekly |daily |free )?(?:newsletter|mailing list)\b|"
    r"\bsubscribe (?:to|now|here|today)\b|\bfollow (?:us|me|him|her|them|@\w)|\b(?:like|find|join) us on\b|"
    r"\b(?:twitter|facebook|instagram)\b.{0,30}@\w|\bphoto(?:graph)?s?(?: credit)?:|\b(?:photo(?:graph)?s?|images?|stills?|picture|illustration)"
    r" (?:by|courtesy|credit)|\bcourtesy (?:of|photo)|\bgetty images\b|\bcourtesy\b.{0,40}$|"
    r"\bthis (?:entry|post|article|item) was (?:posted|filed|tagged|published)\b|\bcomments? (?:are|is) closed\b|"
    r"\bbookmark the permalink\b|\bclick (?:here|to)\b|\b(?:watch|see|view) the (?:official )?trailer\b.{0,80}$|"
    r"\bofficial trailer\b|\bsupport (?:our|independent) (?:journalism|work)\b|\bbecome a (?:member|patron|subscriber)\b|"
    r"\byou can (?:contact|reach|follow|e-?mail|find)\b|\bprinter[- ]friendly\b|\badvertisements?\b|\bsponsored\b|"
    r"\bno votes yet\b|\bskip to (?:main |the )?content\b|\bget (?:more|the latest|our)\b.{0,80}(?:subscribe|follow|news|inbox)|"
    r"\bgive ?away\b|\bfoto(?:grafía)?s?:|\bcrédit(?:o|s)?\b.{0,10}:|\bfoto: |© ?\d{4}|\btous droits réservés\b|\balle rechte vorbehalten\b|"
    r"\btodos los derechos\b|版权所有|版權所有|转载请|無断転載|図片|图片来源|جميع الحقوق محفوظة|\bfollow @\w|\b(?:rss|e-?mail) feed\b|\bjavascript\b|"
    r"\bsorry, (?:looks like|no|your|this)\b|\bvimeo\.?$|\bon youtube\.?$|\bsuscr[ií]b\w+|\bnewsletter\b.{0,40}$|\babonn(?:ez-vous|ieren|ement)\b",
    re.I,
)
_OPENING = re.compile(
    r"(?:advertisement|ad|anzeige|werbung|publicidad|publicité|sponsored|share|tweet|print|pin it|email|e-mail|save|like|log ?in|"
    r"user login|sign in|register|subscribe|search|menu|home|skip|close|related|recommended|trending|popular|more (?:from|in|on|like|stories|"
    r"interviews|news)|most (?:read|popular|viewed|shared)|you (?:may|might) (?:also )?(?:like|enjoy)|also (?:on|read|see|in)|read (?:more|next|also|this|"
    r"our|the full)|see also|next|previous|prev|older|newer|tags?|tagged|filed under|posted (?:in|by|on|under)|categories|"
    r"category|topics|comments?|leave a|post a comment|\d+ (?:comments?|shares?|likes?|views|responses|replies|thoughts)|"
    r"reply|image|photo|photos|picture|pictured|caption|video|gallery|listen|download|loading|buy (?:tickets|now)|donate|"
    r"shop|contact(?: us)?|about(?: us)?|archives?|back to|scroll|continue reading|article continues|story continues|"
    r"be sociable|be the first|published by|about the author|written by .{3,40}$|text size|\d+ min(?:ute)?s? read|reading time|estimated|"
    r"from left|left to right|l-r|clockwise|above:|below:|left:|right:|still from|a still from|a scene from|director .{3,60} on (?:the )?set|"
    r"compartir|comparte|síguenos|etiquetas|archivado|comentarios|te puede interesar|lee también|leer más|ver más|relacionad|"
    r"partager|lire aussi|à lire|suivez|commentaires|mots-clés|teilen|kommentare|mehr zum thema|lesen sie|weiterlesen|schlagw|"
    r"分享|相关阅读|相關|推荐阅读|责任编辑|責任編輯|编辑：|标签|评论|上一篇|下一篇|関連記事|シェア|タグ|コメント|前の記事|次の記事|"
    r"شارك|اقرأ أيضا|مواضيع ذات صلة|تعليقات|الوسوم|كلمات)(?![\w’'])",
    re.I,
)
_CREDIT = re.compile(
    r"\b(?:(?:photo|image|picture|still|foto|photograph)s?(?: credits?)?(?: by| courtesy(?: of)?)?\s*[:/]|(?:photo(?:graph)?s?|images?|stills?) (?:by|courtesy of)|courtesy(?: of|:)|©)\s*",
    re.I,
)
_CAPTION_OPENING = re.compile(
    r"(?:\(?(?:from left|left to right|l-r|clockwise|above|below|pictured|top|bottom|right|left)[,:)]|(?:a |production )?(?:still|scene|image|frame) (?:from|in|of)\b)",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]*_」』）]*$")
_TAIL = re.compile(
    r"(?:related|more from|you (?:may|might)|recommended|comments?\b|leave a|\d+ comments|share|tags?\b|tagged|filed under|"
    r"posted in|this entry was|©|copyright|subscribe|get more|sign up|published by|about the author|follow|be sociable|"
    r"user login|log in|newsletter|read next|most read|trending|also on|watch the|previous|next|older|relacionad|te puede|comentarios|"
    r"etiquetas|comparte|compartir|lire aussi|à lire aussi|partager|commentaires|mehr zum thema|kommentare|teilen|相关阅读|責任編輯|责任编辑|"
    r"関連記事|اقرأ|مواضيع|شارك)",
    re.I,
)


def furniture_in(page: Page, people: People, labelled: set[int]) -> set[int]:
    """The indices of the blocks that are no part of the piece; `labelled` blocks are speech whatever they look like."""
    repeated = Counter(block.text for block in page.blocks)
    found = set()
    for index, block in enumerate(page.blocks):
        if index in labelled:
            continue
        if is_furniture(block, people) or (
            repeated[block.text] > 2 and len(block.words) < 12 and not block.asks
        ):
            found.add(index)
    _add_caption_lines(page, found, labelled)
    _add_tail(page, found, labelled)
    return found


def is_furniture(block: Block, people: People) -> bool:
    """Whether a block, by itself, is part of the page and not of the piece on it."""
    count = len(block.words)
    if not block.words or any(place in _PLACES for place in block.place):
        return True
    if block.linked > 0.8 and count <= 15 and not block.asks:
        return True
    if block.asks and not block.linked and not _OPENING.match(block.text):
        return False
    if count <= 45 and _ANYWHERE.search(block.text):
        return True
    opening = _OPENING.match(block.text)
    if opening and (
        count <= 7
        and not _SENTENCE_END.search(block.text)
        or opening.end() == len(block.text.rstrip(" :.»>→"))
    ):
        return True
    return count <= 45 and bool(_CAPTION_OPENING.match(block.text))


def credit_end(block: Block, credits: Counter[str]) -> int:
    """Where a photo credit ends that speech follows in the same line; 0 where there is none.

    The name after "Photo credit:" is as long as the words which another credit of the page has too."""
    found = _CREDIT.search(block.text)
    if not found or len(block.words) <= 12 or found.start() > 120:
        return 0
    rest = block.text[found.end() :]
    name = max((name for name in credits if rest.startswith(name + " ")), key=len, default="")
    return found.end() + len(name) if name else 0


def shared_credits(page: Page) -> Counter[str]:
    """The names that more than one photo credit of a page begins with."""
    rests = [
        block.text[found.end() :].split()[:6]
        for block in page.blocks
        if (found := _CREDIT.search(block.text))
    ]
    shared: Counter[str] = Counter()
    for index, one in enumerate(rests):
        for other in rests[index + 1 :]:
            common = 0
            while common < min(len(one), len(other)) and one[common] == other[common]:
                common += 1
            if common:
                shared[" ".join(one[:common])] += 1
    return shared


def _add_caption_lines(page: Page, found: set[int], labelled: set[int]) -> None:
    """The short lines right above a credit, in the same paragraph, are its caption."""
    for index, block in enumerate(page.blocks):
        if not _CREDIT.match(block.text):
            continue
        above = index
        while above and not page.blocks[above].gap and above - 1 not in labelled:
            above -= 1
            if len(page.blocks[above].words) > 30:
                break
            found.add(above)


def _add_tail(page: Page, found: set[int], labelled: set[int]) -> None:
    """After the last speech, the first sign of the page's own foot ends the piece."""
    last_speech = max(labelled, default=0)
    start = max(last_speech + 1, len(page.blocks) // 3)
    for index in range(start, len(page.blocks)):
        if index in found and _TAIL.match(page.blocks[index].text) and _is_foot(page, found, index):
            found.update(range(index, len(page.blocks)))
            break
    _add_fragments_before_tail(page, found, last_speech)


def _is_foot(page: Page, found: set[int], index: int) -> bool:
    """No more questions follow that an answer follows: what remains is the page's, not the interview's."""
    rest = [block for place, block in enumerate(page.blocks[index:], index) if place not in found]
    return sum(block.asks for block in rest) < 2


def _add_fragments_before_tail(page: Page, found: set[int], last_speech: int) -> None:
    index = len(page.blocks) - 1
    while index > last_speech and index in found:
        index -= 1
    while index > last_speech and _is_fragment(page.blocks[index]):
        found.add(index)
        index -= 1
        while index > last_speech and index in found:
            index -= 1


def _is_fragment(block: Block) -> bool:
    return len(block.words) <= 6 and not _SENTENCE_END.search(block.text)


def tight_rest(block: Block, length: int) -> tuple[int, int] | None:
    """What is left of a block after its first `length` code points."""
    return tighten(block.text, length, len(block.text))
