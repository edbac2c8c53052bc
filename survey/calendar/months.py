"""Which month does an address ask for, and which are beside it?"""

from __future__ import annotations

import re

from analysis.periods import shift_month

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 2000, 2100  # of a calendar that can be turned: nothing is older, nobody plans so far


def read_month(asked: str) -> str | None:
    """The month of an address such as 2026-12; None for what is none, or is too far away."""
    found = MONTH.fullmatch(asked)
    return asked if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else None


def find_neighbours(month: str) -> tuple[str | None, str | None]:
    """The months before and after; None where the calendar ends."""
    return read_month(shift_month(month, -1)), read_month(shift_month(month, 1))
