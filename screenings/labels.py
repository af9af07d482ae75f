"""Labels of a showing: the trade's codes, their words, and the database field that holds a set of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_noop

# Code → words for a page; letters translate them. The order is the order in which a showing lists them: access first.
LABELS: dict[str, str] = {
    "oc": gettext_noop("Open captions"),
    "cc": gettext_noop("Closed captions"),
    "ad": gettext_noop("Audio description"),
    "relaxed": gettext_noop("Relaxed"),
    "baby": gettext_noop("Parent & baby"),
    "subtitled": gettext_noop("Subtitled"),
    "dubbed": gettext_noop("Dubbed"),
    "ov": gettext_noop("Original version"),
    "35mm": gettext_noop("35mm"),
    "70mm": gettext_noop("70mm"),
    "16mm": gettext_noop("16mm"),
    "3d": gettext_noop("3D"),
    "qa": gettext_noop("Q&A"),
    "intro": gettext_noop("Introduced"),
    "preview": gettext_noop("Preview"),
    "bargain": gettext_noop("Bargain price"),
}
LABEL_CHOICES = tuple(LABELS.items())
# Codes that the trade prints beside the words.
PRINTED_CODES: dict[str, str] = {"oc": "OC", "cc": "CC", "ad": "AD"}
ACCESS_LABELS = ("oc", "cc", "ad", "relaxed")


def say_label(code: str) -> str:
    """A label in words, in the language that is active: of a letter its reader's."""
    return gettext(LABELS[code])


def sort_labels(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes once each, in the order of `LABELS`. Raises ValidationError for a code that is none."""
    wanted = {code.lower() for code in codes}
    unknown = wanted - LABELS.keys()
    if unknown:
        raise ValidationError(f"Unknown label: {', '.join(sorted(unknown))}.")
    return tuple(code for code in LABELS if code in wanted)


class LabelsField(models.CharField):
    """A set of label codes in one column, ` oc qa `: each code stands between spaces.

    Python sees a tuple in the order of `LABELS`; `filter(labels__contains=" oc ")` finds a code on every
    database by the same words.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("default", tuple)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> tuple[str, ...]:
        return tuple((value or "").split())

    def to_python(self, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            return sort_labels(value.split())
        return sort_labels(value or ())  # type: ignore[arg-type]

    def get_prep_value(self, value: object) -> str:
        if isinstance(value, str):
            return value
        codes = self.to_python(value)
        return f" {' '.join(codes)} " if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return " ".join(getattr(obj, self.attname))

    def clean(self, value: object, model_instance: models.Model | None) -> tuple[str, ...]:
        return self.to_python(value)
