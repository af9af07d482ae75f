"""What a reader sees of an HTML page (WHATWG HTML: which elements are blocks, which are not rendered)."""

import html
import re
from html.parser import HTMLParser

from interviews.text_map import TextBuilder, VisibleText

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "legend",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "svg",
        "iframe",
        "object",
        "noscript",
        "math",
        "textarea",
        "select",
        "audio",
        "video",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSED_BY = {
    "p": frozenset({"p"}),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "tr": frozenset({"td", "th", "tr", "p"}),
}
_ALIKE = {"strong": "b", "em": "i", "cite": "i"}
_MARKED = BLOCKS | {"b", "i", "a", "u", "span", "font", "q", "small", "sup", "time"}
_LOOSE_TAGS = 50
_DEEPEST = 150
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_META_NAMES = {
    "author": "author",
    "article:author": "author",
    "og:site_name": "site",
    "application-name": "site",
    "article:published_time": "date",
    "og:title": "title",
    "date": "date",
}


def render_page(source: str) -> VisibleText:
    """The visible text of an HTML page or fragment, with its tags as marks. Never raises on broken markup."""
    reader = _PageReader(source)
    end = _end_of_markup(source)
    reader.feed(source[:end])
    reader.close()
    reader.add_rest(end)
    reader.close_all()
    return reader.builder.build("html", tuple(reader.head))


def _end_of_markup(source: str) -> int:
    """Where to stop parsing: before a comment that never ends, as browsers do, and before a tail of tags none of which
    is ever closed, over which the parser would go again and again."""
    closed = source.rfind("-->")
    unclosed = source.find("<!--", closed + 3 if closed >= 0 else 0)
    end = unclosed if unclosed >= 0 else len(source)
    last = source.rfind(">", 0, end) + 1
    return last if source.count("<", last, end) > _LOOSE_TAGS else end


class _PageReader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.builder = TextBuilder()
        self.head: list[tuple[str, str]] = []
        self._lines = _line_starts(source)
        self._open: list[tuple[str, int, str]] = []
        self._unseen: list[str] = []
        self._title: list[str] | None = None
        self._source, self._handled = source, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._note_meta(values)
        if tag == "title" and self._unseen:
            self._title = []
        if tag in _VOID:
            self._void(tag)
            return
        if self._unseen or tag in _UNSEEN or _is_hidden(values):
            self._hide(tag)
            return
        for closed in _CLOSED_BY.get(tag, ()) if self._open else ():
            self._close_implied(closed)
        if tag in BLOCKS:
            self.builder.ask_break("\n\n")
        if len(self._open) < _DEEPEST:
            self._open.append((tag, self.builder.next_position(), _value_of(tag, values)))

    def handle_endtag(self, tag: str) -> None:
        if self._title is not None and tag == "title":
            self.head.append(("title", " ".join("".join(self._title).split())))
            self._title = None
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
            return
        if tag in BLOCKS:
            self.builder.ask_break("\n\n")
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        if not self._unseen:
            self._add_words(data, self._offset(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def unknown_decl(self, data: str) -> None:
        """A CDATA section or the like is not seen."""

    def _reference(self, reference: str) -> None:
        character = html.unescape(reference)
        if self._title is not None:
            self._title.append(character)
        if self._unseen:
            return
        start = self._offset(reference.rstrip(";"))
        end = start + len(reference)
        if self._source[end - 1 : end] != ";":
            end -= 1
        if character.strip() or character == "\xa0":
            self.builder.add(character[:1], start, end)
        else:
            self.builder.ask_break(" ")

    def _offset(self, spelled: str) -> int:
        """Where in the source the piece now handled stands. At the end of broken markup the parser hands out several
        pieces from one position: then it is the next place where the piece is spelled."""
        line, column = self.getpos()
        offset = max(self._lines[line - 1] + column, self._handled)
        if not self._source.startswith(spelled, offset):
            offset = max(offset, self._source.find(spelled, offset))
        self._handled = offset + len(spelled)
        return offset

    def _add_words(self, data: str, start: int) -> None:
        at = 0
        for space in _SPACE.finditer(data):
            if space.start() > at:
                self.builder.add(data[at : space.start()], start + at)
            if space.group() == " " and not self.builder.at_line_start() and space.end() < len(data):
                self.builder.add(" ", start + space.start())
            else:
                self.builder.ask_break(" ")
            at = space.end()
        if at < len(data):
            self.builder.add(data[at:], start + at)

    def _void(self, tag: str) -> None:
        if self._unseen:
            return
        if tag == "br":
            self.builder.ask_line_break()
        elif tag in BLOCKS:
            self.builder.ask_break("\n\n")

    def _hide(self, tag: str) -> None:
        if tag in BLOCKS:
            self.builder.ask_break("\n\n")
        self._unseen.append(tag)

    def _note_meta(self, values: dict[str, str]) -> None:
        name = _META_NAMES.get((values.get("property") or values.get("name") or "").lower())
        if name and values.get("content"):
            self.head.append((name, " ".join(values["content"].split())))

    def _close_implied(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._close(tag)

    def _close(self, tag: str) -> None:
        for index in range(len(self._open) - 1, max(-1, len(self._open) - 60), -1):
            if self._open[index][0] == tag:
                while len(self._open) > index:
                    self._mark_closed(*self._open.pop())
                return

    def _mark_closed(self, tag: str, start: int, value: str) -> None:
        kind = _ALIKE.get(tag, tag)
        if kind in _MARKED:
            self.builder.mark(start, kind, value)
            for style in ("b", "i"):
                if f"{style}:" in value and kind != style:
                    self.builder.mark(start, style)

    def add_rest(self, end: int) -> None:
        """What stands after the end of the markup is text, unless it is a comment."""
        if not self._unseen and not self._source.startswith("<!--", end):
            self._add_words(self._source[end:], end)

    def close_all(self) -> None:
        while self._open:
            self._mark_closed(*self._open.pop())


def _line_starts(source: str) -> list[int]:
    starts = [0]
    at = source.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = source.find("\n", at + 1)
    return starts


def _is_hidden(values: dict[str, str]) -> bool:
    return "hidden" in values or bool(_HIDDEN_STYLE.search(values.get("style", "")))


def _value_of(tag: str, values: dict[str, str]) -> str:
    """What of a tag's attributes is evidence: class, id, role, and whether its style is bold or italic."""
    words = [
        values.get("class", ""),
        values.get("id", ""),
        values.get("role", ""),
        values.get("itemprop", ""),
    ]
    style = values.get("style", "")
    words.append("b:" if _BOLD_STYLE.search(style) else "")
    words.append("i:" if _ITALIC_STYLE.search(style) else "")
    if tag == "a":
        words.append(values.get("rel", ""))
    return " ".join(word.lower() for word in words if word)
