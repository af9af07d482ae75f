"""The Celery application: it rings; the ledger in `notices` remembers."""

from __future__ import annotations

import gc
import os

from celery import Celery
from celery.signals import celeryd_after_setup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("houselights")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def spare_what_stays(**_: object) -> None:
    """Before a worker's pool starts: what is loaded by now stays, so let the collector not look through it each time
    (`gc.freeze`; forked processes share it, too). That is a seventh of what a message costs."""
    gc.collect()
    gc.freeze()
