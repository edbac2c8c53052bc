"""Who reads in the tests, and how do they take, code and refuse a comment?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.insight.comment_choice import CommentChoice
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.review.coding import code_comment
from survey.review.queue import take_next
from survey.store.comments import Readable
from tests.comments.written import KRONOBERG
from tests.walks import SURVEY

ANNA, BO = Person(Role.PANEL_MEMBER, "a1"), Person(Role.PANEL_MEMBER, "b2")
MANAGER, COORDINATOR = Person(Role.MANAGER), Person(Role.COORDINATOR)
PHONE = "Det är omöjligt att komma fram på telefon."
CHOICE = CommentChoice(SURVEY, KRONOBERG, "2026-Q3")


def take(installation: Installation, by: Person = ANNA) -> Readable:
    found = take_next(installation, survey=SURVEY, skipped=(), by=by)
    assert found is not None
    return found


def code(
    installation: Installation, row: Readable, *themes: str, by: Person = ANNA, quotable: bool = False
) -> None:
    code_comment(installation, row.id, themes=themes, quotable=quotable, by=by)


def refuse(code_: str) -> pytest.RaisesExc[SurveyError]:
    return pytest.raises(SurveyError, check=lambda wrong: wrong.code == code_)


def find_all(installation: Installation, by: Person, skipped: set[bytes] = frozenset()) -> set[bytes]:  # type: ignore[assignment]
    """Everything that somebody gets until nothing is left."""
    found: set[bytes] = set()
    while (row := take_next(installation, survey=SURVEY, skipped=skipped, by=by)) is not None:
        found.add(row.id)
        code(installation, row, by=by)
    return found
