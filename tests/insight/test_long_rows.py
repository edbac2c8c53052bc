"""Is a level that has moved told by its row, also where its newest point is marked by something else?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analysis.control.judge import FindingKind, Rule
from survey.insight.changes import Change, find_changes
from survey.insight.choice import Choice
from survey.insight.told import tell_finding, tell_target
from survey.insight.trends import find_trends
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.insight.monthly import publish_line
from tests.walks import SURVEY, Calendar, opened

MANAGER = Person(Role.MANAGER)
RISEN = [*[60.0, 62.0] * 9, *[68.0, 66.0] * 4]  # the last eight lie above the mean of all


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        yield found


def find_change(installation: Installation, area: str = "0780") -> Change:
    """What lists of areas say of it, and the trend page of the same line too."""
    change = find_changes(installation, SURVEY, [area], kind="month", viewer=MANAGER)[area, "helhet"]
    series = find_trends(
        installation, Choice(SURVEY, area, "month", "2024-09", "2026-10"), viewer=MANAGER
    ).series
    (line,) = [one.change for one in series if one.dimension.id == "helhet"]
    assert line is not None
    assert line.finding == change.line.finding
    return change


@pytest.mark.parametrize(
    ("last", "rule", "said"),
    [
        pytest.param(67.5, Rule.TWO_OF_THREE, "62,9 i 8 mätningar i rad, senast 67,5", id="two of three"),
        pytest.param(80.0, Rule.OUTSIDE_LIMITS, "63,4 i 8 mätningar i rad, senast 80,0", id="outside"),
    ],
)
def test_a_long_row_is_told_although_its_newest_point_carries_a_mark_that_comes_before(
    installation: Installation, last: float, rule: Rule, said: str
) -> None:
    publish_line(installation, [*RISEN[:-1], last])
    line = find_change(installation).line
    assert line.finding.rule is rule
    assert tell_finding(speak("sv"), line, name="Helhet", decimals=1) == (
        f"Helhet har förbättrats: över medel {said} i oktober 2026."
    )
    assert "nivån har ändrats" in tell_target(speak("sv"), line, 90, until="2027-12")


def test_a_point_of_few_answers_is_doubted_unless_it_ends_a_long_row(installation: Installation) -> None:
    calm, apart = [60.5, 61.5] * 9, 65.5  # outside; its own interval, 60.5 to 70.5, holds the centre
    publish_line(installation, [*calm, *[62.0] * 7, apart], area="0781")
    publish_line(installation, [*calm, apart], publish=False)
    assert find_change(installation).kind is FindingKind.COMMON_CAUSE
    ends_a_row = find_change(installation, "0781")
    assert ends_a_row.kind is FindingKind.IMPROVEMENT
    assert ends_a_row.line.finding.rule is Rule.OUTSIDE_LIMITS
