"""The service on a machine whose clock is as many years off as `CLOCK_YEARS` says."""

import os
import sys
import time

from sync.central.__main__ import main

YEAR_S = 365.25 * 86_400

_true = time.time
_shift = float(os.environ["CLOCK_YEARS"]) * YEAR_S


def _wrong() -> float:
    return _true() + _shift


if __name__ == "__main__":
    time.time = _wrong  # before anybody asks; the service reads its clock in this one way
    sys.exit(main())
