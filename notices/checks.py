"""Settings of the ledger that would do harm, found by `manage.py check`."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def a_lease_outlasts_a_transmission(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """From the last look on, a transmission waits for the mail server twice. A lease that runs out before that would
    have the message sent by a second worker as well."""
    needed = 2 * settings.EMAIL_TIMEOUT
    if needed < settings.NOTICE_LEASE_SECONDS:
        return []
    hint = f"Set NOTICE_LEASE_SECONDS above {needed} (twice EMAIL_TIMEOUT), or EMAIL_TIMEOUT lower."
    message = (
        f"NOTICE_LEASE_SECONDS ({settings.NOTICE_LEASE_SECONDS}) is over before a mail server's patience."
    )
    return [Error(message, hint=hint, id="houselights.E020")]
