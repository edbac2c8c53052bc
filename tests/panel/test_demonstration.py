"""Does a demonstration have a panel with missions in different states, once?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.disclosure import Shown
from survey.demo.missions import make_missions
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.evaluation import find_result
from survey.panel.members import list_register, list_to_try
from survey.panel.payroll import list_months
from survey.panel.seen import is_feedback_late, list_missions
from survey.panel.time_log import list_all_days
from tests.panel.made import COORDINATOR, MANAGER, get_replies
from tests.walks import Calendar, opened


@pytest.fixture
def filled(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'demo.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        make_missions(found)
        yield found


def test_there_are_twelve_members_and_a_mission_in_every_state_that_matters(filled: Installation) -> None:
    assert make_missions(filled) == 0
    assert len(list_register(filled, by=COORDINATOR)) == 12
    missions = list_missions(filled, viewer=COORDINATOR)
    assert sorted(one.state for one in missions) == [
        "agreed",
        "declined",
        "done",
        "inviting",
        "requested",
        "told",
    ]
    assert missions == list_missions(filled, viewer=MANAGER)


def test_what_the_pages_have_to_show_is_there(filled: Installation) -> None:
    by_state = {one.state: one for one in list_missions(filled, viewer=COORDINATOR)}
    result = find_result(filled, by_state["told"], by=COORDINATOR)
    assert isinstance(result, Shown)
    assert 60 < result.value.quality <= 100
    assert is_feedback_late(by_state["done"], filled.today())
    days = list_all_days(filled, by_state["done"].id, by=COORDINATOR)
    assert [one.approved for one in days] == [False] * 2
    assert set(get_replies(filled, by_state["inviting"]).values()) == {"yes", "no", "waiting"}
    assert len(list_months(filled, by=COORDINATOR)) == 1


def test_no_made_up_member_is_written_to(filled: Installation) -> None:
    assert [contact.address for _, contact in list_register(filled, by=COORDINATOR)] == [""] * 12


def test_the_names_to_try_are_a_demonstrations_only(
    filled: Installation, tmp_path: Path, calendar: Calendar
) -> None:
    assert list_to_try(filled)["m01"] == "Anna Ek"
    url = f"sqlite:///{tmp_path / 'real.db'}"
    with opened(url, tmp_path / "real", calendar) as real, pytest.raises(SurveyError) as wrong:
        list_to_try(real)
    assert wrong.value.code == "not_a_demonstration"
