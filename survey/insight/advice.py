"""What may a reader choose in order to see more than is shown here?"""

from __future__ import annotations

from enum import StrEnum


class Advice(StrEnum):
    """What to choose in order to see more, the best first; NONE when nothing more is shown."""

    LONGER = "longer"
    SHORTER = "shorter"
    COUNTY = "county"
    NONE = "none"
