"""The bell for readers of long interviews; published guides as files are kept true."""

from __future__ import annotations

import logging

import kombu.exceptions
from celery import shared_task
from django.utils import timezone

from . import importing, written_pages
from .models import ImportJob

log = logging.getLogger(__name__)


@shared_task
def read_interview(pk: int) -> None:
    """Read the interview of this job, unless somebody else does."""
    importing.work_off(pk, now=timezone.now())


@shared_task
def look_for_interviews() -> None:
    """Ring for every interview that waits: its first ring may have been lost, or its reader killed."""
    for job in importing.due(timezone.now()):
        ring(job)


@shared_task
def keep_guide_files() -> None:
    """Write the guides' files anew where they say less, or more, than what is published."""
    written_pages.keep_true()


def ring(job: ImportJob) -> None:
    """Have a worker read the job soon. Logged and let be where the broker is away: the next look finds it."""
    try:
        read_interview.apply_async(args=(job.pk,), expires=60, retry=False)
    except kombu.exceptions.OperationalError:
        log.warning("The broker is away: an interview waits to be read.")
