"""How well do two people agree who have keyed the same form?

The share of fields that are equal, as double entry is judged. Krippendorff's alpha and kappa are not used:
they take out what two readers' habits would have in common, and keying is copying, not judging. They would
also need to know what was answered in each form, which nothing may keep beside its code: docs/paper.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.intervals import bound_share

ENOUGH = 0.99
"""Share of equal fields under which a warning is shown: a choice of ours, one field in a hundred. That errors
of single entry change results, and that keying twice finds most of them: Barchard and Pace 2011, Computers in
Human Behavior 27:1834-1839.
"""
LEAST_FIELDS = 100
"""Fields compared before anything is said: of fewer one slip would be a warning."""


@dataclass(frozen=True)
class KeyedAlike:
    """How many fields were compared and were equal, with the share and its Wilson interval, 0-1."""

    compared: int
    equal: int
    share: float
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.share >= ENOUGH


def measure_alike(equal: int, compared: int) -> KeyedAlike | None:
    """The agreement over fields; None of fewer than LEAST_FIELDS. Raises ValueError when equal is no part."""
    if compared < LEAST_FIELDS:
        if not 0 <= equal <= compared:
            raise ValueError("More fields are equal than were compared.")
        return None
    low, high = bound_share(equal, compared)
    return KeyedAlike(compared, equal, equal / compared, float(low), float(high))


def find_differences(first: Mapping[str, str], second: Mapping[str, str]) -> frozenset[str]:
    """The fields that two entries have differently; a field that only one has is different too."""
    return frozenset(name for name in {*first, *second} if first.get(name, "") != second.get(name, ""))
