"""What phones need to read without reception: the service worker (W3C Service Workers) and the page for no reception.

The worker lies at the root, so that its scope is the whole house, under one address in every release: browsers ask
for it again at each visit, and its first line, which names the release and its files, says that there is a new one.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.public_pages import public_page

SOURCE = Path(settings.BASE_DIR) / "static" / "js" / "service_worker.js"
# What the page for no reception needs; everything else comes along with the pages that need it.
SHELL = (
    "css/tokens.css",
    "css/base.css",
    "css/forms.css",
    "css/pocket.css",
    "js/keeping.js",
    "js/outbox.js",
    "js/pocket.js",
    "icons/mark.svg",
)
# Pages that a phone fills by itself, and so can open without reception; the first is shown in place of any other.
PAGES = ("offline", "walk_home")


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, never answered from a cache without being asked for."""
    pages = [reverse(name) for name in PAGES]
    shell = [*pages, *(static(name) for name in SHELL)]
    response = HttpResponse(
        worker_script(tuple(pages), tuple(shell)), content_type="text/javascript; charset=utf-8"
    )
    response["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=4)
def worker_script(pages: tuple[str, ...], shell: tuple[str, ...]) -> str:
    """The script after the line that names the release; `shell` are the addresses of its files, its `pages`
    among them. Another release, another script: every file's address carries the hash of its bytes."""
    source = SOURCE.read_text(encoding="utf-8")
    release = hashlib.sha256("\n".join([source, *shell]).encode()).hexdigest()[:12]
    house = json.dumps({"release": release, "shell": shell, "pages": pages})
    return f"self.HOUSE = {house};\n{source}"


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """What is read where nothing else can be: the guides and showings that this phone has."""
    return render(request, "offline.html")
