"""The languages that letters are written in (`settings.LETTER_LANGUAGES`), and which of them a browser asks for.

Pages are in English, whatever a browser asks for: they are shared by everybody. Only letters follow the person.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def is_written(language: str) -> bool:
    """Whether letters are written in the language of this code (`de`)."""
    return language in dict(settings.LETTER_LANGUAGES)


def wanted_by(request: HttpRequest) -> str:
    """The code of the language in which to write to whoever sends `request`: the one of ours that its Accept-Language
    (RFC 9110 §12.5.4) likes best, `de` for `de-AT` (RFC 4647 §3.4); English where it likes none."""
    for tag, liking in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        language = tag.partition("-")[0]
        if liking and is_written(language):
            return language
    return settings.LANGUAGE_CODE
