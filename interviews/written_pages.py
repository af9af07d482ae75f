"""Published guides as compressed files, which a proxy can serve by itself (`docs/running.md` says how).

`GUIDE_FILES/g/<code>/index.html.br` and `….gz` are what `/g/<code>/` answers, and so on for each version and for who
leads. They are a cache: a file that is missing is a page that the house answers. A file of words that were withdrawn is
gone before the withdrawal is committed, and written anew after it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from .models import Excerpt, GuideVersion
from .page_store import find_version, page_of, stamp_of_pages

log = logging.getLogger(__name__)

ENDINGS = {"br": ".br", "gzip": ".gz"}
EDITIONS = {"guide": "guide_version", "facilitator": "facilitator_version"}
# Beside the pages: what they hold.
NOTE = "holds"
_NAMES = (*(f"index.html{ending}" for ending in ENDINGS.values()), NOTE)
# Paths of pages, each with its edition.
Addresses = dict[str, str]


def folder() -> Path:
    return Path(settings.GUIDE_FILES)


def publish_files(version: GuideVersion) -> None:
    """Have the pages of a version lie as files once it is committed."""
    _write_after_commit(version.guide.code, version.number)


def take_down(excerpt: Excerpt) -> None:
    """Have no file hold the words of an excerpt from now on, and every version that quotes it lie anew once the
    withdrawal is committed."""
    quoting = list(excerpt.versions.values_list("guide__code", "number"))
    for code, number in quoting:
        _or_log(remove_files, code, number)
        _write_after_commit(code, number)


def _write_after_commit(code: str, number: int) -> None:
    # A lambda: Django stumbles over a robust `partial` that fails.
    transaction.on_commit(lambda: _or_log(write_guide, code, [number]), robust=True)


def _or_log(act: Callable[..., object], *args: object) -> None:
    """A full disk stops no publication and no withdrawal."""
    try:
        act(*args)
    except OSError:
        log.warning("A guide's files could not be written; the house answers its pages.", exc_info=True)


def write_guide(code: str, numbers: Iterable[int]) -> None:
    """Write the pages of these versions of a guide, and of its newest under the guide's own address."""
    with _alone():
        withdrawn = _withdrawn_by_version()
        for number in numbers:
            if version := find_version(code, number):
                _write(version, _own(version), _says(version, withdrawn))
        if newest := find_version(code):
            _write(newest, _shared(newest), _says(newest, withdrawn))


def write_all(*, anew: bool = True) -> int:
    """Write every published guide, and take away what is no guide's; how many pages were written.

    `anew`: those too that seem to lie as they should; a new release asks for that.
    """
    with _alone():
        stamp, withdrawn, written = _stamp(), _withdrawn_by_version(), 0
        known: set[Path] = set()
        for version, is_newest in _every_version():
            says = _says(version, withdrawn)
            for addresses in (_own(version), _shared(version)) if is_newest else (_own(version),):
                known |= {_place(path) for path in addresses}
                if anew or any(_said(path) != says for path in addresses):
                    _write(version, addresses, says)
                    written += len(addresses)
        _forget_all_but(known)
        _put(folder() / "stamp", stamp.encode())
    return written


def keep_true() -> int:
    """Write what was published, withdrawn or released since the files were last looked over; how many pages."""
    with contextlib.suppress(OSError):
        if (folder() / "stamp").read_text() == _stamp():
            return 0
    return write_all(anew=False)


def remove_files(code: str, number: int) -> None:
    """Take away the files that hold a version: its own, and the guide's where it is the newest."""
    version, newest = find_version(code, number), find_version(code)
    if version is None:
        return
    for path in {**_own(version), **(_shared(version) if newest == version else {})}:
        for name in _NAMES:
            (_place(path) / name).unlink(missing_ok=True)


# --- where they lie --------------------------------------------------------------------------------------


def _own(version: GuideVersion) -> Addresses:
    args = [version.guide.code, version.number]
    return {reverse(name, args=args): edition for edition, name in EDITIONS.items()}


def _shared(version: GuideVersion) -> Addresses:
    return {reverse(edition, args=[version.guide.code]): edition for edition in EDITIONS}


def _place(path: str) -> Path:
    return folder() / path.strip("/")


def _said(path: str) -> str:
    """What the files of an address hold, as it was noted when they were written; `""` where none lie there."""
    try:
        return (_place(path) / NOTE).read_text()
    except OSError:
        return ""


def _forget_all_but(known: set[Path]) -> None:
    for note in list((folder() / "g").rglob(NOTE)):
        if note.parent not in known:
            for name in _NAMES:
                (note.parent / name).unlink(missing_ok=True)


# --- what they hold --------------------------------------------------------------------------------------


def _every_version() -> Iterator[tuple[GuideVersion, bool]]:
    """Each version without its content, and whether it is its guide's newest."""
    newest = dict(GuideVersion.objects.order_by().values_list("guide").annotate(Max("number")))
    for version in GuideVersion.objects.defer("content").select_related("guide").order_by("guide", "number"):
        yield version, newest[version.guide_id] == version.number


def _withdrawn_by_version() -> dict[int, list[str]]:
    """What is withdrawn of each version that quotes something withdrawn: one query."""
    rows = GuideVersion.excerpts.through.objects.filter(excerpt__withdrawn_at__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    for version, uuid, at in rows.values_list("guideversion", "excerpt__uuid", "excerpt__withdrawn_at"):
        found[version].append(f"{uuid} {at:%Y-%m-%d}")
    return found


def _says(version: GuideVersion, withdrawn: dict[int, list[str]]) -> str:
    """All that a version's pages depend on, in one line."""
    return " ".join([str(version.number), _release(), *sorted(withdrawn.get(version.pk, []))])


def _write(version: GuideVersion, addresses: Addresses, says: str) -> None:
    for path, edition in addresses.items():
        page = page_of(version, edition)
        for encoding, ending in ENDINGS.items():
            _put(_place(path) / f"index.html{ending}", page.bodies[encoding])
        _put(_place(path) / NOTE, says.encode())


def _put(file: Path, body: bytes) -> None:
    """Put a file in its place at once: nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
    with os.fdopen(handle, "wb") as new:
        new.write(body)
    os.chmod(name, 0o644)
    os.replace(name, file)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One writer at a time on this machine: who comes second reads what the first one's commit left."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp() -> str:
    return f"{_release()} {stamp_of_pages()}"


@lru_cache(maxsize=1)
def _release() -> str:
    """What the pages look like in this release: their templates, and the names of their style sheets."""
    digest = hashlib.sha256(f"{settings.BASE_URL} {settings.DEMO}".encode())
    templates = Path(settings.BASE_DIR, "templates")
    files = [templates / "base.html", *sorted((templates / "interviews").glob("*.html"))]
    for file in [*files, Path(settings.STATIC_ROOT, "staticfiles.json")]:
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()[:16]
