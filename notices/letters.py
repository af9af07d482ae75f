"""The letter of a notice: subject line, HTML and plain text, all from one template, written once, in the language of
its reader (gettext; the catalogues lie in `locale/`).

The template is small semantic HTML; the text is read off the HTML. What only the person may see (links that act for
them, codes) stands in both as placeholders until the letter is filled: for sending with the real values, for staff
with dots.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from .kinds import About, Kind
from .models import Notice
from .plain_text import plain_text

DOTS = "••••••"


@dataclass(frozen=True)
class Letter:
    """A rendered notice. `placeholders` maps names of private values to what stands for them in it."""

    subject: str
    html: str
    text: str
    placeholders: Mapping[str, str] = field(default_factory=dict)

    def filled(self, private: Mapping[str, str]) -> Letter:
        """The letter with the private values in place. Raises KeyError where one is missing."""
        subject, html, text = self.subject, self.html, self.text
        for name, placeholder in self.placeholders.items():
            value = private[name]
            subject = subject.replace(placeholder, one_line(value))
            html = html.replace(placeholder, escape(value))
            text = text.replace(placeholder, value)
        return replace(self, subject=subject, html=html, text=text, placeholders={})

    def masked(self) -> Letter:
        """The letter as staff may see it: dots where it is private."""
        return self.filled(dict.fromkeys(self.placeholders, DOTS))


class Placeholders(Mapping[str, str]):
    """`private.<name>` of a template: gives out placeholders, and remembers for what."""

    def __init__(self) -> None:
        # Not to be guessed by whoever writes a film's title.
        self._stem = f"private{secrets.token_hex(8)}"
        self.given: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.given.setdefault(name, f"{self._stem}{name}{self._stem}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def compose(kind: Kind, notice: Notice, about: About, now: dt.datetime) -> Letter:
    """The letter of `notice` as of `now`, in its language, its private values still placeholders.

    The template fills two blocks of `emails/_letter.html`, `subject` and `body`; it is given the kind's context
    and `private`.
    """
    with translation.override(kind.language_of(notice)):
        return _compose(kind, notice, about, now)


def _compose(kind: Kind, notice: Notice, about: About, now: dt.datetime) -> Letter:
    private = Placeholders()
    context = {
        **kind.context(notice, about, now),
        "private": private,
        "lang": kind.language_of(notice),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "base_url": settings.BASE_URL,
        "host": urlsplit(settings.BASE_URL).hostname,
        "mail_list": kind.mail_list,
    }
    rendered = render_to_string(kind.template, context)
    html = rendered.strip() + "\n"
    subject, text = plain_text(html)
    return Letter(one_line(subject), html, text, private.given)


def one_line(text: str) -> str:
    """Text as a header may hold it: no line breaks, no control characters (RFC 5322 §2.2), single spaces."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())
