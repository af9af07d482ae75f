"""`python -m tests.faults.shifted_loop FILE`: sends what is due, by a clock that is as many seconds ahead as FILE says."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from notices.dispatch import work_off

    file = Path(sys.argv[1])

    def clock() -> dt.datetime:
        return timezone.now() + dt.timedelta(seconds=int(file.read_text()) if file.exists() else 0)

    while True:
        work_off(clock=clock)
        time.sleep(0.2)


if __name__ == "__main__":
    main()
