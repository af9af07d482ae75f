"""What stands on a page around an interview and is no part of it: navigation, adverts, captions, sharing, comments."""

import re
from collections import Counter
from dataclasses import dataclass, field

from interviews.blocks import Block, Page, stands_apart
from interviews.front_matter import is_prose
from interviews.main_text import EXTRACTED
from interviews.people import People
from interviews.sentences import closes_sentence
from interviews.turn_evidence import RELEASE


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.I)


# What no speaker says in a paragraph of this length, wherever in it the words stand: (words at most, phrases).
_PHRASES = (
    (
        45,
        _any_of(
            r"\ball rights reserved\b",
            r"©",
            r"^\[\^[^\]\s]+\]:",
            r"\bcookies?\b.{0,40}\b(?:polic|accept|consent|use)",
            r"\bprivacy policy\b",
            r"\bsign up\b.{0,50}(?:newsletter|list|inbox|e-?mail|updates)",
            r"\b(?:our|free) (?:weekly |daily |free )?(?:newsletter|mailing list)\b",
            r"\bsubscribe (?:to|on|now|here|today)\b",
            r"\b(?:like|find|join|follow) us on\b",
            r"\bfollow (?:him|her|them|me|us) (?:on|at) (?:twitter|facebook|instagram|x|letterboxd|bluesky)\b",
            r"\b(?:twitter|facebook|instagram|follow)\b.{0,30}@\w",
            r"\bphoto(?:graph)?s?(?: credit)?:",
            r"\b(?:photo(?:graph)?s?|images?|stills?|picture|illustration) (?:by|courtesy|credit)",
            r"\bcourtesy (?:of|photo)",
            r"\bgetty images\b",
            r"\bthis (?:entry|post|article|item) was (?:posted|filed|tagged|published)\b",
            r"\bcomments? (?:are|is) closed\b",
            r"\bbookmark the permalink\b",
            r"\bsupport(?:ing)? (?:our|the|this|independent) (?:journalism|work|site|blog|show|podcast|channel)\b",
            r"\b(?:become|becoming) a (?:member|patron|subscriber)\b",
            r"\bskip to (?:main |the )?content\b",
            r"\bfoto(?:grafía)?s?: ",
            r"\btous droits réservés\b|\balle rechte vorbehalten\b|\btodos los derechos\b",
            r"版权所有|版權所有|转载请|無断転載|图片来源|写真提供|جميع الحقوق محفوظة",
            r"\b(?:newsletter|inbox)\b.{0,30}subscri|\bsubscri\w+.{0,30}\b(?:newsletter|inbox|feed|podcast)\b",
        ),
    ),
    (
        25,
        _any_of(
            r"\bis a (?:freelance |staff |senior |contributing |film )*(?:writer|critic|journalist|editor|columnist|contributor|programmer)\b"
            r"(?! and (?:director|filmmaker))",
            r"\bfollow (?:me|him|her|them|@\w)",
            r"\b(?:episode|show|podcast|programme) is (?:brought to you|sponsored) by\b|\bpromo code\b",
            r"\bback issues\b",
            r"\blet us know\b.{0,30}\b(?:comments?|below)\b",
            r"^(?:reach|contact|e-?mail|call|write to) (?:[\w.'’-]+ ){1,4}(?:at|on|via)\b",
            r"\btranscripts? (?:is |are )?(?:provided|prepared) by\b|\bcopyright (?:\(c\) )?(?:19|20)\d\d\b",
            r"\bcontact the (?:writer|author|reporter|editor)\b",
            r"\btranscribed by\b|\bto cite this\b",
            r"\bphotos? of .{3,60} by [A-Z]",
            r"\bterms (?:of|and|&) (?:use|service|conditions)\b",
            r"\byou can (?:contact|reach|follow|e-?mail) \w+ (?:\w+ )?(?:at|on|via)\b",
            r"\b(?:reach|contact|e-?mail) (?:him|her|them|us|me) (?:at|on|via)\b",
            r"\bcovers? (?:film|movies|culture|arts|entertainment)\b",
            r"\bget (?:more|the latest|our)\b.{0,80}(?:subscribe|follow|news|inbox)",
        ),
    ),
    (
        14,
        _any_of(
            r"\bclick (?:here|to)\b",
            r"\b(?:watch|see|view) the (?:official )?trailer\b",
            r"\bofficial trailer\b",
            r"\bprinter[- ]friendly\b",
            r"\badvertisements?\b|\bsponsored\b",
            r"\bno votes yet\b|\bbe sociable\b|\bshare this\b",
            r"\bgive ?away\b",
            r"\b(?:rss|e-?mail) feed\b|\bjavascript\b",
            r"\bsorry, (?:looks like|no|your|this)\b",
            r"\b(?:on|from|via) (?:vimeo|youtube)\.?$",
            r"\bsuscr[ií]b\w+|\babonn(?:ez-vous|ieren|ement)\b",
            r"\bnewsletter\b|\byour inbox\b",
            r"\bthis transcript\b.{0,60}\b(?:automatically|errors)\b",
            r"\bvisitor number\b|\bemail address will not\b",
            r"\b(?:please )?(?:enable|disable|upgrade) your\b",
            r"\b(?:send|share) (?:by|via|this) (?:e-?mail|friend)\b|\bto friend\b",
        ),
    ),
)
# What such a line begins with: it ends as no sentence does, or a colon follows. (words at most, openings).
_OPENINGS = (
    (
        20,
        _any_of(
            r"(?:related|recommended|read (?:more|next|also)|see also|also (?:read|see)|you (?:may|might) (?:also )?(?:like|enjoy)|"
            r"more (?:from|on)|most (?:read|popular|viewed|shared)|tags?|tagged|filed under|posted (?:in|by|under)|"
            r"categor(?:y|ies)|topics|previous|next|prev|older|newer|share this|comments?|leave a|post a comment|advertisement|"
            r"\d+ (?:comments?|shares?|likes?|views|responses|replies|thoughts)|listen to|watch|compartir|comparte|síguenos|más información|noticias relacionadas|"
            r"add (?:a|your) comment|etiquetas|archivado|comentarios|te puede interesar|lee también|leer más|ver más|relacionad\w*|lo más leído|partager|"
            r"condividi|leggi anche|commenti|compartilhe|leia também|lire aussi|à lire(?: aussi| également)?|mots[- ]clés|suivez|commentaires|mots-clés|kommentare|mehr zum thema|lesen sie(?: auch)?|schlagw\w*|"
            r"分享\w*|相关阅读|相關閱讀|推荐阅读|责任编辑|責任編輯|编辑|标签|评论|上一篇|下一篇|関連記事|このエントリー\w*|シェア|タグ|前の記事|次の記事|"
            r"取材・文|اقرأ أيضا|مواضيع ذات صلة|تعليقات|الوسوم|شارك)(?![\w’'])"
        ),
    ),
    (
        7,
        _any_of(
            r"(?:ad|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|إعلان|sponsored|share|tweet|print|pin it|email|e-mail|save|like|log ?in|"
            r"user login|sign in|register|subscribe|search|menu|home|skip|close|trending|popular|like this|interviews|news|"
            r"continue reading|reply|images?|photos?|pictured?|caption|video|gallery|download|loading|buy (?:tickets|now)|donate|"
            r"shop|contact(?: us)?|about(?: us)?|archives?|back to|scroll|article continues|story continues|be sociable|be the first|"
            r"published by|about the author|text size|\d+ min(?:ute)?s? read|reading time|recent posts|"
            r"inicio|accueil|teilen|weiterlesen|コメント|首页|الرئيسية)(?![\w’'])"
        ),
    ),
)
_CREDIT = _any_of(
    r"\b(?:photo|image|picture|still|foto|photograph)s?(?: credits?)?(?: by| courtesy(?: of)?)?\s*[:/]\s*",
    r"\b(?:photo(?:graph)?s?|images?|stills?) (?:by|courtesy of)\s*",
    r"\bcourtesy(?: of|:)\s*",
    r"©\s*",
)
_CAPTION_OPENING = _any_of(
    r"\(?(?:from left|left to right|l-r|clockwise|above|below|pictured|top|bottom|right|left)[,:)]",
    r"(?:a |production )?(?:still|scene|image|frame) (?:from|in|of)\b",
    r"szene aus\b|escena de\b|fotograma de\b|une scène d|剧照|《[^》]{1,20}》剧照",
)
_CAPTION_NEXT = re.compile(
    r",? (?:in|at|on|with|during|outside|behind|and|from|inside|near|left|right|next to|en|dans|beim|bei|im)\b",
    re.I,
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:comments?|responses|replies|thoughts on|commentaires|comentarios|kommentare|评论|コメント|تعليقات)\b|(?:leave|add|post|write) (?:a|your) (?:reply|comment)",
    re.I,
)
_SPONSOR = re.compile(r"\b(?:is|are|was) (?:brought to you|sponsored) by\b|\bpromo code\b", re.I)
_VERBS = re.compile(
    r"\b(?:is|was|has|had|are|were|i|you|says|said|will|makes|made|does|did|works|lives)\b", re.I
)
_TAIL = re.compile(
    r"(?:related|more from|you (?:may|might)|recommended|comments?\b|leave a|add (?:a|your) comment|\d+ comments|tags?\b|tagged|filed under|"
    r"posted in|this entry was|©|copyright|published by|about the author|be sociable|"
    r"user login|log in|read next|most read|trending|also on|previous|next|older|relacionad|te puede|comentarios|"
    r"etiquetas|lire aussi|à lire|commentaires|mehr zum thema|kommentare|相关阅读|責任編輯|责任编辑|"
    r"関連記事|اقرأ|مواضيع)",
    re.I,
)
_TAIL_OR_INSERT = re.compile(
    r"(?:share|subscribe|get more|sign up|follow|newsletter|watch the|comparte|compartir|partager|teilen|شارك)",
    re.I,
)


@dataclass
class Furniture:
    """The blocks that are no part of the piece, by index: those `sure` to be the page's, and those `doubtful`, which
    only their neighbours or their bareness speak against."""

    sure: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)

    @property
    def all(self) -> set[int]:
        return self.sure | self.doubtful


def furniture_in(page: Page, people: People, labelled: set[int]) -> Furniture:
    """The blocks that are no part of the piece; `labelled` blocks are speech whatever they look like,
    save a sponsor's words."""
    repeated = Counter(block.text for block in page.blocks)
    credits = shared_credits(page)
    found: set[int] = set()
    seen_prose = False
    for index, block in enumerate(page.blocks):
        if index in labelled:
            found.update({index} if _SPONSOR.search(block.text) else ())
            continue
        is_copy = repeated[block.text] > 2 and len(block.words) < 12 and not block.asks
        if is_furniture(block, people, in_text=seen_prose) or is_copy or credit_end(block, credits):
            found.add(index)
        seen_prose = seen_prose or is_prose(block)
    _add_caption_lines(page, found, labelled)
    _add_pull_quotes(page, found, labelled)
    sure = set(found)
    _add_tail(page, found, labelled)
    _add_fragments(page, found, labelled)
    _add_beyond_extraction(page, found, labelled)
    sure |= {index for index in found if _is_fragment(page.blocks[index])}
    return Furniture(sure, found - sure)


def _add_beyond_extraction(page: Page, found: set[int], labelled: set[int]) -> None:
    """What follows the last line that article extraction keeps, and the last label, is the page's; so are lines amid
    the piece which it leaves out and which are half links. An extraction that misses most of the prose is not heard."""
    kept = [index for index, block in enumerate(page.blocks) if EXTRACTED in block.place]
    prose = [i for i, block in enumerate(page.blocks) if is_prose(block) and i not in found]
    if not kept or sum(EXTRACTED in page.blocks[i].place for i in prose) < 0.6 * len(prose):
        return
    last = max([*kept, *labelled])
    found.update(range(last + 1, len(page.blocks)))
    found.update(
        index
        for index, block in enumerate(page.blocks[:last])
        if block.linked > 0.5 and EXTRACTED not in block.place and index not in labelled
    )


def _add_fragments(page: Page, found: set[int], labelled: set[int]) -> None:
    """In a text whose paragraphs all end as sentences do, a bare line amid them is an advert or a caption."""
    speech = [i for i, block in enumerate(page.blocks) if i not in found and block.style == ""]
    first = next((i for i in speech if is_prose(page.blocks[i])), len(page.blocks))
    inner = [i for i in speech if i > first and i not in labelled]
    bare = [i for i in inner if _is_bare(page.blocks[i])]
    if len(bare) <= 0.15 * len([i for i in speech if i > first]) + 1 and not page.is_subtitles:
        found.update(bare)


def _is_bare(block: Block) -> bool:
    ends_open = block.text.rstrip("*_").endswith(
        (",", ";", ":", "-", "–", "—", "：", "，", "”", "’", '"', ")", "*")
    )
    told = ends_open or RELEASE.search(block.text) is not None
    return 4 < len(block.words) <= 30 and not closes_sentence(block.text) and not told


def _add_pull_quotes(page: Page, found: set[int], labelled: set[int]) -> None:
    """A line that repeats words of a paragraph is set out for show."""
    openings = _openings_of_four(page)
    for index, block in enumerate(page.blocks):
        if index in labelled or index in found or not 4 <= len(block.words) <= 30 or block.heading:
            continue
        shown = block.text.strip("“”\"'‘’«»*_> \n.…").lower()
        longer = [page.blocks[i] for i in openings.get(tuple(block.words[:4]), ()) if i != index]
        if any(shown in other.text.lower() and len(other.text) > len(block.text) + 20 for other in longer):
            found.add(index)


def _openings_of_four(page: Page) -> dict[tuple[str, ...], list[int]]:
    """In which blocks the first four words of each short block occur, as far as any does."""
    wanted = {tuple(block.words[:4]) for block in page.blocks if 4 <= len(block.words) <= 30}
    places: dict[tuple[str, ...], list[int]] = {}
    for index, block in enumerate(page.blocks):
        for four in zip(block.words, block.words[1:], block.words[2:], block.words[3:], strict=False):
            if four in wanted and len(places.setdefault(four, [])) < 8:
                places[four].append(index)
    return places


def is_furniture(block: Block, people: People, *, in_text: bool = True) -> bool:
    """Whether a block, by itself, is part of the page and not of the piece on it."""
    count = len(block.words)
    if not block.words or stands_apart(block) or (block.linked > 0.8 and count <= 15 and not block.asks):
        return True
    if _opens_as_furniture(block):
        return True
    if block.asks and not block.linked:
        return False
    if any(count <= limit and phrases.search(block.text) for limit, phrases in _PHRASES):
        return True
    if count <= 45 and _CAPTION_OPENING.match(block.text):
        return True
    return in_text and _is_caption_of_person(block, people)


def _opens_as_furniture(block: Block) -> bool:
    text = block.text.lstrip("*_#>•·-–— ")
    for limit, openings in _OPENINGS:
        found = openings.match(text)
        if found and len(block.words) <= limit:
            rest = text[found.end() :].lstrip("*_ ")
            if (
                not rest.strip(" :.»>→…")
                or rest.startswith((":", "：", "|", "»"))
                or not closes_sentence(text)
            ):
                return True
    return False


def _is_caption_of_person(block: Block, people: People) -> bool:
    """ "Jane Doe at the premiere of …": a name and a place, and nobody speaks."""
    if len(block.words) > 20 or block.asks:
        return False
    name = " ".join(block.text.split()[:2]).rstrip(",.")
    return (
        people.counts[name] > 0
        and bool(_CAPTION_NEXT.match(block.text[len(name) :]))
        and not _VERBS.search(block.text)
    )


def credit_end(block: Block, credits: Counter[str]) -> int:
    """Where a photo credit ends that speech follows in the same line; 0 where there is none.

    The name after "Photo credit:" is as long as the words which another credit of the page has too."""
    found = _CREDIT.search(block.text)
    if not found or len(block.words) <= 12 or found.start() > 120:
        return 0
    rest = block.text[found.end() :]
    name = max((name for name in credits if rest.startswith(name + " ")), key=len, default="")
    is_followed = len(rest[len(name) :].split()) >= 5
    return found.end() + len(name) if name and is_followed else 0


def shared_credits(page: Page) -> Counter[str]:
    """The names that more than one photo credit of a page begins with."""
    rests = [
        found.string[found.end() :].split()[:6]
        for block in page.blocks
        if (found := _CREDIT.search(block.text))
    ][:40]
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
        if index in found and _may_begin_foot(page, found, index) and _is_foot(page, found, index):
            found.update(range(index, len(page.blocks)))
            break
    _add_fragments_before_tail(page, found, last_speech)


def _may_begin_foot(page: Page, found: set[int], index: int) -> bool:
    """Whether the page's foot may begin here; a call to subscribe or to share also stands amid the piece."""
    text = page.blocks[index].text
    if _TAIL.match(text):
        return True
    rest = range(index, len(page.blocks))
    return bool(_TAIL_OR_INSERT.match(text)) and not any(
        is_prose(page.blocks[i]) for i in rest if i not in found
    )


def _is_foot(page: Page, found: set[int], index: int) -> bool:
    """What remains is the page's: readers' comments, or lines more than half of which are furniture or fragments."""
    if index > 0.6 * len(page.blocks) and _COMMENTS.match(page.blocks[index].text.lstrip("#* ")):
        return True
    rest = range(index, len(page.blocks))
    loose = sum(
        place in found or _is_fragment(page.blocks[place]) or page.blocks[place].linked > 0.8
        for place in rest
    )
    return loose >= 0.5 * len(rest) and sum(page.blocks[i].asks for i in rest if i not in found) < 2


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
    return len(block.words) <= 6 and not closes_sentence(block.text)
