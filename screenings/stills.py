"""A film's poster or still: what was sent is read as a picture and drawn anew, small; its bytes are never passed on."""

from __future__ import annotations

import hashlib
import io
from typing import ClassVar

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from .models import Film, FilmStill

MOST_BYTES = 8 * 2**20
MOST_PIXELS = 25_000_000
FEWEST_PIXELS_WIDE = 200
# What a phone's page can show; with the page itself it stays within 60 kB. A picture of much detail is made smaller.
WIDEST = (960, 720, 480, 320)
SMALL_ENOUGH = 42_000
QUALITIES = (80, 65, 50, 35)
FORMATS = ("JPEG", "PNG", "WEBP")
TOO_MANY_PIXELS = "This picture has more than 25 million pixels. Send a smaller one."


class NoPicture(ValueError):
    """What was sent cannot be shown. The message is a sentence for the person who sent it."""

    too_large: ClassVar[str] = "This file is larger than 8 MB. Send a smaller one."


def draw_anew(sent: bytes) -> tuple[bytes, int, int]:
    """The picture as WebP, its width and height: at most 960 pixels either way and 42 kB, turned as it was taken,
    without what else the file told (place, camera, comments). A moving picture becomes its first frame.

    Raises NoPicture for what is no JPEG, PNG or WebP, is too large to be opened, or too small to be seen.
    """
    if len(sent) > MOST_BYTES:
        raise NoPicture(NoPicture.too_large)
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
            _refuse(opened)
            opened.draft("RGB", (2 * WIDEST[0], 2 * WIDEST[0]))
            picture = _flat(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture(TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise NoPicture("This is no picture that we can read. Send a JPEG, a PNG or a WebP.") from error
    return _small(picture)


def _refuse(opened: Image.Image) -> None:
    """By what its head says, before a pixel is read."""
    if opened.width * opened.height > MOST_PIXELS:
        raise NoPicture(TOO_MANY_PIXELS)
    if min(opened.size) < FEWEST_PIXELS_WIDE:
        raise NoPicture("This picture is too small to be seen: 200 pixels either way are the least.")


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(paper, shown).convert("RGB")


def _small(picture: Image.Image) -> tuple[bytes, int, int]:
    """As large and as fine as it may be: first it becomes coarser, then smaller."""
    written = b""
    for widest in WIDEST:
        picture.thumbnail((widest, widest))
        for quality in QUALITIES:
            target = io.BytesIO()
            picture.save(target, "WEBP", quality=quality, method=4)
            written = target.getvalue()
            if len(written) <= SMALL_ENOUGH:
                return written, picture.width, picture.height
    return written, picture.width, picture.height


@transaction.atomic
def show_still(film: Film, *, sent: bytes | None, alt: str, credit: str) -> FilmStill:
    """The film's page shows this picture, in place of the one before; `sent` None keeps the picture and changes its
    words. Raises NoPicture, with nothing changed."""
    still = FilmStill.objects.filter(film=film).first() or FilmStill(film=film)
    if sent is None and still.pk is None:
        raise NoPicture("Choose a picture.")
    if sent is not None:
        still.image, still.width, still.height = draw_anew(sent)
        still.name = hashlib.sha256(still.image).hexdigest()[:16]
    still.alt, still.credit = alt, credit
    still.save()
    return still
