"""Files that somebody hands us to read."""

from __future__ import annotations

from pathlib import Path

from .visible_text import MAX_BYTES, UnreadableSource


def read_source(path: Path) -> bytes:
    """The bytes of a file of at most `MAX_BYTES`. Raises UnreadableSource, in a sentence, for one that is missing,
    no file, locked or too large (of which no more than `MAX_BYTES` is read)."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableSource("There is no such file. Look at the name and the folder.") from None
    except IsADirectoryError:
        raise UnreadableSource("This is a folder. Name one file in it.") from None
    except OSError as error:
        raise UnreadableSource(f"The file cannot be opened: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        megabyte = 1024 * 1024
        size = path.stat().st_size // megabyte
        raise UnreadableSource(
            f"The file has {size} MB; a text of at most {MAX_BYTES // megabyte} MB can be read."
        )
    return data
