"""Does the plan say of the time since an activity began what the trend page's judgement says, and no more?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analysis.control.judge import Rule
from survey.following.rebases import NewRebase, add_rebase
from survey.installation import Installation
from survey.proposals.outcome import POINTS, OutcomeKind, find_outcomes
from survey.store.following import Action
from tests.insight.monthly import list_months, publish_line
from tests.proposals.written import MANAGER
from tests.walks import SURVEY, Calendar, opened

AREA, MEASURE = "0780", "helhet"
STABLE = [60.0, 62.0] * 9
SLIGHT = [63.0, 62.0, 63.0, 62.0, 63.0, 62.0, 63.0]
UP, DOWN = [68.0, 66.0], [54.0, 56.0]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with opened(url, tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        yield found


def make_action(starts: str, **more: object) -> Action:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    blank = Action(
        "1",
        1,
        SURVEY,
        AREA,
        "action",
        "Ny",
        (MEASURE,),
        starts,
        None,
        "better",
        "chef",
        "ongoing",
        "",
        made,
        "manager",  # type: ignore[arg-type]
    )
    return replace(blank, **more)  # type: ignore[arg-type]


def judge(
    installation: Installation,
    means: list[float | None],
    after: int,
    **more: object,
) -> OutcomeKind:
    """What is said of an activity that began so many months before the line's end."""
    publish_line(installation, means, area=AREA, measure=MEASURE)
    return find_kind(installation, make_action(list_months(len(means))[len(means) - after], **more))


def find_kind(installation: Installation, action: Action) -> OutcomeKind:
    (found,) = find_outcomes(installation, action, viewer=MANAGER)
    return found.kind


RISEN, FALLEN = [*STABLE, *UP * 4], [*STABLE, *DOWN * 4]
CASES = {
    "risen since": (RISEN, 8, OutcomeKind.BETTER),
    "fallen since": (FALLEN, 8, OutcomeKind.WORSE),
    "seven of the eight since": (RISEN, 7, OutcomeKind.BETTER),
    "seven a little higher since": ([*STABLE, *SLIGHT], 7, OutcomeKind.BETTER),
    "six a little higher since": ([*STABLE, *SLIGHT[:6]], 6, OutcomeKind.TOO_EARLY),
    "began long after the rise": ([*STABLE, *UP * 8], 7, OutcomeKind.MOVED_BEFORE),
    "nothing since": ([*STABLE, *STABLE], 8, OutcomeKind.NO_CLEAR_CHANGE),
    "seven figures since": ([*STABLE, *STABLE], 7, OutcomeKind.NO_CLEAR_CHANGE),
    "six figures since": ([*STABLE, *STABLE], 6, OutcomeKind.TOO_EARLY),
    "one far outside since": ([*STABLE, 90.0], 1, OutcomeKind.BETTER),
    "too short a line": ([60.0, 62.0] * 4, 4, OutcomeKind.TOO_FEW),
    "nothing shown": ([None] * 12, 4, OutcomeKind.TOO_FEW),
    "seven figures before": ([*STABLE, *STABLE], 29, OutcomeKind.NO_CLEAR_CHANGE),
    "six figures before": ([*STABLE, *STABLE], 30, OutcomeKind.CANNOT_COMPARE),
}


@pytest.mark.parametrize(("means", "after", "kind"), CASES.values(), ids=CASES.keys())
def test_what_a_line_says(
    installation: Installation, means: list[float | None], after: int, kind: OutcomeKind
) -> None:
    assert judge(installation, means, after) is kind


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("planned", OutcomeKind.NOT_BEGUN),
        ("stopped", OutcomeKind.NOT_BEGUN),
        ("ongoing", OutcomeKind.BETTER),
        ("done", OutcomeKind.BETTER),
    ],
)
def test_only_what_has_begun_is_judged(installation: Installation, state: str, kind: OutcomeKind) -> None:
    assert judge(installation, RISEN, 8, state=state) is kind


@pytest.mark.parametrize("starts", ["2026-11", "2027-03"])
def test_what_began_after_the_last_publication_is_too_early(installation: Installation, starts: str) -> None:
    publish_line(installation, RISEN, area=AREA, measure=MEASURE)
    assert find_kind(installation, make_action(starts)) is OutcomeKind.TOO_EARLY


def test_what_began_before_the_figures_cannot_be_compared(installation: Installation) -> None:
    publish_line(installation, RISEN, area=AREA, measure=MEASURE)
    assert find_kind(installation, make_action("2020-01")) is OutcomeKind.CANNOT_COMPARE


def test_limits_that_began_with_the_activity_leave_nothing_to_compare_with(
    installation: Installation,
) -> None:
    means = [*STABLE, *UP * 7]
    months = publish_line(installation, means, area=AREA, measure=MEASURE)
    new = NewRebase(months[18], "Ny arbetsmodell")
    add_rebase(installation, new, survey=SURVEY, area=AREA, dimension=MEASURE, by=MANAGER)
    assert find_kind(installation, make_action(months[18])) is OutcomeKind.CANNOT_COMPARE


def test_where_nothing_is_published_too_few_have_answered(installation: Installation) -> None:
    assert find_kind(installation, make_action("2026-01")) is OutcomeKind.TOO_FEW


def test_an_activity_that_names_no_line_is_not_judged(installation: Installation) -> None:
    assert find_outcomes(installation, make_action("2026-01", dimensions=()), viewer=MANAGER) == ()


def test_there_is_one_answer_for_each_line(installation: Installation) -> None:
    publish_line(installation, RISEN, area=AREA, measure=MEASURE)
    action = make_action("2026-03", dimensions=(MEASURE, "trygghet"))
    found = [(one.dimension, one.kind) for one in find_outcomes(installation, action, viewer=MANAGER)]
    assert found == [(MEASURE, OutcomeKind.BETTER), ("trygghet", OutcomeKind.TOO_FEW)]


@pytest.mark.parametrize(
    ("means", "direction", "other"),
    [
        (RISEN, "better", False),
        (RISEN, "worse", True),
        (RISEN, "unclear", False),
        (FALLEN, "better", True),
        (FALLEN, "worse", False),
        ([*STABLE, *STABLE], "worse", False),
    ],
)
def test_the_other_way_is_against_what_was_expected(
    installation: Installation, means: list[float | None], direction: str, other: bool
) -> None:
    months = publish_line(installation, means, area=AREA, measure=MEASURE)
    action = make_action(months[-8], direction=direction)
    (found,) = find_outcomes(installation, action, viewer=MANAGER)
    assert found.is_other_way is other


def test_every_rule_has_its_number_of_points() -> None:
    assert POINTS.keys() == set(Rule)
