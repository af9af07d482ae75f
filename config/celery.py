"""The Celery application: it rings; the ledger in `notices` remembers."""

from __future__ import annotations

import gc
import os

from celery import Celery
from celery.signals import celeryd_after_setup
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("houselights")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def spare_what_stays(**_: object) -> None:
    """Before a worker's pool starts: load what letters link to, and let the collector never look through what is loaded
    (`gc.freeze`; forked processes share it, too). It is a seventh of what a message costs."""
    reverse("offline")  # The first address that is asked for loads all.
    gc.collect()
    gc.freeze()
