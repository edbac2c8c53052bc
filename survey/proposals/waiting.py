"""How many proposals wait for an answer, and how many of them are late?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.installation import Installation
from survey.people.roles import Person
from survey.proposals.policies import is_late
from survey.proposals.rating import list_to_rate


@dataclass(frozen=True)
class Waiting:
    """Proposals that wait for an answer in the whole installation, the late among them, and where the first
    of them is, None when none waits."""

    number: int
    late: int
    area: str | None


def find_waiting(installation: Installation, *, viewer: Person) -> Waiting:
    """What waits, the one that was promised an answer first. Raises SurveyError not_allowed."""
    found = list_to_rate(installation, by=viewer)
    late = sum(is_late(one, installation.today()) for one in found)
    return Waiting(len(found), late, found[0].area if found else None)
