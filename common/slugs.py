"""Addresses made of words."""

from __future__ import annotations

import unicodedata

from django.db import models
from django.utils.text import slugify

from .short_codes import new_code


def fold(text: str) -> str:
    """Text as it is compared: case, accents, punctuation and doubled spaces do not matter; `&` is `and`.

    Letters of other scripts stay as they are, so that 艾未未 and عودة are titles too.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c) and c not in "’'")
    return " ".join("".join(kept).split())


def free_slug(text: str, *takers: type[models.Model], length: int = 100) -> str:
    """A slug for `text` that no row of `takers` has: `tara`, else `tara-2`, …; a short code where no letter is Latin."""
    stem = slugify(text)[:length].strip("-") or new_code()
    taken = {
        slug
        for model in takers
        for slug in model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    }
    if stem not in taken:
        return stem
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{stem}-{n}") not in taken)
