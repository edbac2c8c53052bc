"""Does a demonstration have proposals of each kind, where something was planted, once?"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from survey.demo.county import LJUNGBY, NYBRO
from survey.demo.decisions import make_decisions
from survey.demo.proposals import make_proposals
from survey.installation import Installation
from survey.proposals.activities import list_plan
from survey.proposals.feedback import find_told
from survey.proposals.policies import is_late
from survey.proposals.support import find_support
from survey.proposals.visibility import list_proposals
from tests.proposals.written import MEMBER
from tests.walks import ITS_MONTH, SURVEY


@pytest.fixture
def filled(on_sqlite: Installation) -> Installation:
    for _ in range(2):
        make_proposals(on_sqlite, SURVEY, ITS_MONTH)
        make_decisions(on_sqlite, SURVEY, ITS_MONTH)
    return on_sqlite


def list_all(installation: Installation) -> dict[str, list[str]]:
    return {
        area.code: [
            one.state
            for one in list_proposals(installation, area.code, viewer=MEMBER)
            if one.area == area.code
        ]
        for area in installation.areas
    }


def test_there_is_one_of_each_kind_however_often_it_is_filled(filled: Installation) -> None:
    found = list_all(filled)
    assert Counter(found[LJUNGBY]) == Counter(["accepted", "proposed"])
    assert Counter(found[NYBRO]) == Counter(["declined", "proposed"])
    assert (found["07"], found["08"]) == (["draft"], ["accepted"])


def test_ljungbys_activity_begins_with_the_planted_shift_and_residents_were_told(
    filled: Installation,
) -> None:
    (one,) = list_plan(filled, LJUNGBY, survey=SURVEY)
    assert (one.action.starts, one.action.state, one.proposal.area) == ("2025-07", "ongoing", LJUNGBY)
    assert one.proposal.made < date(2025, 7, 1)
    told = find_told(filled, [one.proposal])[one.proposal.id]
    assert one.proposal.made < told.made < date(2026, 9, 10)


def test_nybros_waits_too_long_and_is_supported(filled: Installation) -> None:
    found = list_proposals(filled, NYBRO, viewer=MEMBER)
    (waits,) = [one for one in found if one.area == NYBRO and one.state == "proposed"]
    assert is_late(waits, filled.today())
    assert find_support(filled, [waits], viewer=MEMBER)[waits.id].number == 4
