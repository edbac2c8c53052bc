"""Which comments are withheld, by which reason?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.coding import ToCode, describe
from survey.review.decide import WITHHELD
from survey.store import reviews


@dataclass(frozen=True)
class Withheld:
    """A comment that is shown nowhere, and why. `id` is that of the decision."""

    id: bytes
    comment: ToCode
    reason: str


def list_withheld(installation: Installation, *, survey: str, viewer: Person) -> tuple[Withheld, ...]:
    """What is withheld now, the oldest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.CODE_COMMENTS, by=viewer)
    with installation.database.read(newest=True) as connection:
        found = reviews.list_all_flags(connection, WITHHELD, waiting=True)
    return tuple(Withheld(flag.id, describe(installation, survey, row), flag.note) for flag, row in found)
