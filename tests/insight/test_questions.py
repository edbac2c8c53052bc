"""Is of the questions behind a dimension told what each audience may know?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers
from survey.insight.choice import Choice
from survey.insight.questions import Answered, Behind, find_behind
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, opened

MANAGER, RESIDENT = Person(Role.MANAGER), Person()
CHOICE = Choice(SURVEY, "0780", "month", "2026-10", "2026-10")
SHARES = orjson.dumps({"5": 0.2, "4": 0.31, "3": 0.29, "2": 0.2, "na": 0.07, "skipped": 0.02}).decode()


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        add_publication(found)
        yield found


def look(
    installation: Installation, dimension: str = "kontinuitet_relation", viewer: Person = MANAGER
) -> Behind:
    return find_behind(installation, CHOICE, dimension, "2026-10", viewer=viewer)


def test_answers_are_told_in_the_order_of_the_scale_and_an_answer_of_nobody_is_nought(
    installation: Installation,
) -> None:
    question = look(installation).answered[0][0]
    add_cells(installation, replace(CELL, measure=question.id, n=203, positive=0.51, shares=SHARES))
    seen = look(installation).answered[0][1]
    assert isinstance(seen, Answered)
    assert [(one.text["sv"], one.percent) for one in seen.scored or ()] == [
        ("Alltid", 20),
        ("Oftast", 31),
        ("Ibland", 29),
        ("Sällan", 20),
        ("Aldrig", 0),
    ]
    assert [one.percent for one in seen.unscored or ()] == [7]
    assert (seen.n, seen.positive) == (205, "51")


@pytest.mark.parametrize(("n", "is_told"), [(52, False), (53, True)])
def test_single_answers_are_told_from_a_count_that_stands_for_fifty(
    installation: Installation, n: int, is_told: bool
) -> None:
    question = look(installation).answered[0][0]
    add_cells(installation, replace(CELL, measure=question.id, n=n, positive=0.5, shares=SHARES))
    seen = look(installation).answered[0][1]
    assert isinstance(seen, Answered)
    assert (seen.scored is not None) == is_told


def test_a_share_of_few_is_told_as_under_a_bound(installation: Installation) -> None:
    question = look(installation).answered[0][0]
    add_cells(installation, replace(CELL, measure=question.id, n=30, positive=0.0, shares=SHARES))
    seen = look(installation).answered[0][1]
    assert isinstance(seen, Answered)
    assert seen.positive == "<5"


def test_hidden_and_none_are_said_as_such(installation: Installation) -> None:
    first, second, *_ = (question for question, _ in look(installation).answered)
    add_cells(installation, replace(CELL, measure=first.id, **HIDDEN_FROM_ALL))
    add_cells(installation, replace(CELL, measure=second.id, hidden_public="too_few"))
    assert look(installation).answered[0][1] == Hidden(HiddenReason.TOO_FEW, 5)
    assert look(installation, viewer=RESIDENT).answered[1][1] == Hidden(HiddenReason.NOT_TOLD, 10)
    assert isinstance(look(installation).answered[1][1], Answered)
    assert look(installation, "kontinuitet").answered[-1][1] == NoAnswers()


def test_behind_a_dimension_that_is_made_of_others_stand_their_questions(installation: Installation) -> None:
    whole = [question.id for question, _ in look(installation, "kontinuitet").answered]
    parts = ("kontinuitet_relation", "kontinuitet_information", "kontinuitet_planering")
    assert whole == [question.id for part in parts for question, _ in look(installation, part).answered]
