"""What a worker does before its pool starts."""

from __future__ import annotations

import gc

from celery.signals import celeryd_after_setup

from config.celery import app


def test_what_is_loaded_when_a_worker_starts_is_never_looked_through_again() -> None:
    assert gc.get_freeze_count() == 0
    try:
        celeryd_after_setup.send(sender="house@localhost", instance=None, conf=app.conf)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
