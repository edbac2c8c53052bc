"""Which comments need an answer now, as the coordinator sees them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analysis.text.asked import Asked
from survey.comments.reading import find_asked
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.decide import ANSWER_NOW
from survey.store import reviews


@dataclass(frozen=True)
class Needing:
    """A comment that needs an answer, why, and what was done; `answer` is empty while it waits."""

    id: bytes
    asked: Asked
    text: str
    note: str
    made: datetime
    answer: str


def list_needing_answer(installation: Installation, *, survey: str, viewer: Person) -> tuple[Needing, ...]:
    """The comments that wait, the oldest first, then the answered. Raises SurveyError not_allowed."""
    check_can_do(Permission.HANDLE_COMMENTS, by=viewer)
    with installation.database.read(newest=True) as connection:
        found = [
            *reviews.list_all_flags(connection, ANSWER_NOW, waiting=True),
            *reviews.list_all_flags(connection, ANSWER_NOW, waiting=False),
        ]
    return tuple(
        Needing(
            flag.id,
            find_asked(installation, survey, row.question),
            row.text,
            flag.note,
            flag.made,
            flag.answer,
        )
        for flag, row in found
    )


def count_waiting(installation: Installation) -> int:
    """How many comments wait for an answer."""
    with installation.database.read(newest=True) as connection:
        return len(reviews.list_all_flags(connection, ANSWER_NOW, waiting=True))
