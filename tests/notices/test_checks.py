"""Settings of the ledger that would do harm are found before they do."""

from __future__ import annotations

from typing import Any

import pytest

from notices.checks import a_lease_outlasts_a_transmission


@pytest.mark.parametrize(("lease", "timeout", "found"), [(60, 20, 0), (41, 20, 0), (40, 20, 1), (10, 20, 1)])
def test_a_lease_shorter_than_two_answers_of_the_server_is_an_error(
    settings: Any, lease: int, timeout: int, found: int
) -> None:
    settings.NOTICE_LEASE_SECONDS, settings.EMAIL_TIMEOUT = lease, timeout
    assert len(a_lease_outlasts_a_transmission()) == found
