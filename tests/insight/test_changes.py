"""Is a line judged alike wherever it is read, and is only what is new told as new?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from analysis.control.judge import FindingKind, Rule, TargetStanding
from analysis.slopes import SlopeKind
from survey.definition.changes import compare_definitions
from survey.definition.model import Definition
from survey.following.actions import NewAction, add_action
from survey.following.goals import NewGoal, add_goal
from survey.following.rebases import NewRebase, add_rebase
from survey.insight.breaks import find_breaks, order_version
from survey.insight.changes import Change, find_changes
from survey.insight.choice import Choice
from survey.insight.judged import JudgedLine, Start, StartKind, place_starts
from survey.insight.measured import Figure
from survey.insight.series import Series
from survey.insight.signals import Signals, find_signals, tell_signal
from survey.insight.told import tell_finding, tell_target
from survey.insight.trends import find_trends
from survey.insight.upon import find_drawn
from survey.installation import Installation, find_definition, store_definition
from survey.language import speak
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, add_cells, add_publication, make_publication
from tests.insight.monthly import list_months, publish_line
from tests.walks import SURVEY, VERSION, Calendar, opened

MANAGER, RESIDENT = Person(Role.MANAGER), Person()
STABLE = [60.0, 62.0] * 9
RISEN = [*STABLE, *[68.0, 66.0] * 4]  # the last eight lie above the mean of all


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        yield found


def find_change(installation: Installation, *, area: str = "0780", viewer: Person = MANAGER) -> Change:
    found = find_changes(installation, SURVEY, [area], kind="month", viewer=viewer)
    return found[(area, "helhet")]


def find_line(installation: Installation, *, first: str, figure: Figure = Figure.MEAN) -> JudgedLine:
    """What the trend page says of the same line."""
    choice = Choice(SURVEY, "0780", "month", first, "2026-10", figure=figure)
    series = find_trends(installation, choice, viewer=MANAGER).series
    line = next(one for one in series if one.dimension.id == "helhet").change
    assert line is not None
    return line


def find_all(installation: Installation, figure: Figure) -> tuple[Series, ...]:
    choice = Choice(SURVEY, "0780", "month", "2025-05", "2026-10", figure=figure)
    return find_trends(installation, choice, viewer=MANAGER).series


def test_the_trend_page_and_a_list_of_areas_judge_a_line_alike(installation: Installation) -> None:
    publish_line(installation, RISEN)
    change = find_change(installation)
    assert change.kind is FindingKind.IMPROVEMENT
    assert (change.period, change.mean) == ("2026-10", 66.0)
    assert find_line(installation, first="2024-09").finding == change.finding


def test_limits_are_the_same_whatever_span_is_looked_at(installation: Installation) -> None:
    publish_line(installation, RISEN)
    whole, last_year = (find_line(installation, first=first) for first in ("2024-09", "2026-08"))
    assert whole.judged == last_year.judged


def test_a_hidden_month_is_a_gap_and_not_a_value(installation: Installation) -> None:
    publish_line(installation, [*STABLE[:-1], None, 61.0])
    values = find_change(installation).line.judged.values
    assert (values[-2], values[-1]) == (None, 61.0)


def test_an_area_without_answers_has_too_few_to_say_and_no_figure(installation: Installation) -> None:
    publish_line(installation, RISEN)
    change = find_change(installation, area="0760")
    assert (change.kind, change.period, change.mean) == (FindingKind.TOO_FEW, None, None)


def test_nothing_is_changing_where_nothing_is_published(installation: Installation) -> None:
    assert find_changes(installation, SURVEY, ["0780"], kind="month", viewer=MANAGER) == {}
    assert find_signals(installation, SURVEY, ["0780"], viewer=MANAGER) == Signals(None, 0, ())


def test_the_share_of_high_answers_is_judged_by_its_own_chart_in_per_cent(installation: Installation) -> None:
    publish_line(installation, STABLE)
    line = find_line(installation, first="2025-05", figure=Figure.SHARE)
    assert line.judged.chart == "p_prime"
    assert line.centre == pytest.approx(40)
    assert line.judged.segments[-1].centre == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("target", "standing"),
    [
        (50, TargetStanding.REACHED),
        (61, TargetStanding.HIT_AND_MISS),
        (80, TargetStanding.NOT_REACHED),
    ],
)
def test_a_goal_is_read_against_the_limits_that_hold_now(
    installation: Installation, target: float, standing: TargetStanding
) -> None:
    publish_line(installation, STABLE)
    line = find_change(installation).line
    assert line.stand_to(target) is standing
    assert "december 2027" in tell_target(speak("sv"), line, target, until="2027-12")


def test_the_sentence_tells_how_many_in_a_row(installation: Installation) -> None:
    publish_line(installation, RISEN)
    line = find_change(installation).line
    assert tell_finding(speak("sv"), line, name="Helhet", decimals=1) == (
        "Helhet har förbättrats: över medel 62,8 i 8 mätningar i rad, senast 66,0 i oktober 2026."
    )
    assert tell_finding(speak("en"), line, name="Overall", decimals=0) == (
        "Overall has improved: above the mean 63 in 8 measurements in a row, latest 66 in October 2026."
    )


def test_a_line_that_only_varies_says_nothing(installation: Installation) -> None:
    publish_line(installation, STABLE)
    line = find_change(installation).line
    assert line.kind is FindingKind.COMMON_CAUSE
    assert tell_finding(speak("sv"), line, name="Helhet", decimals=1) == ""


@pytest.mark.parametrize(
    ("means", "new"),
    [
        pytest.param([*STABLE, 80.0], [True], id="the last month lies outside"),
        pytest.param(RISEN, [False], id="it began before"),
        pytest.param(STABLE, [], id="only chance"),
        pytest.param([*STABLE, 80.0, 61.0], [], id="the month before lay outside"),
    ],
)
def test_only_what_the_last_month_made_is_told_as_new(
    installation: Installation, means: list[float], new: list[bool]
) -> None:
    publish_line(installation, means)
    signals = find_signals(installation, SURVEY, ["0780"], viewer=MANAGER)
    assert [one.is_new for one in signals.every] == new
    assert [one.is_new for one in signals.new] == [True for one in new if one]


def test_concern_comes_before_improvement_and_five_are_shown(installation: Installation) -> None:
    areas = ["0780", "0781", "0760", "0761", "0763", "0764"]
    for number, area in enumerate(areas):
        last = 40.0 if area == "0764" else 80.0
        publish_line(installation, [*STABLE, last], area=area, publish=number == 0)
    signals = find_signals(installation, SURVEY, areas, viewer=MANAGER)
    assert [one.area.code for one in signals.every] == ["0764", "0760", "0761", "0763", "0780", "0781"]
    assert len(signals.first) == 5
    assert tell_signal(speak("sv"), signals.first[0]).startswith(
        "Alvesta: Nöjdhet som helhet ligger lägre än vanligt: 40,0"
    )


def test_a_part_is_no_signal_beside_its_whole(installation: Installation) -> None:
    publish_line(installation, [*STABLE, 80.0], measure="kontinuitet")
    publish_line(installation, [*STABLE, 80.0], measure="kontinuitet_relation", publish=False)
    signals = find_signals(installation, SURVEY, ["0780"], viewer=MANAGER)
    assert [one.dimension.id for one in signals.every] == ["kontinuitet"]


def test_the_public_is_told_signals_in_whole_numbers(installation: Installation) -> None:
    publish_line(installation, [*STABLE, 80.4])
    (signal,) = find_signals(installation, SURVEY, ["0780"], viewer=RESIDENT).every
    assert (signal.mean, signal.finding.rule) == (80.0, Rule.OUTSIDE_LIMITS)
    assert "80 i oktober 2026" in tell_signal(speak("sv"), signal)


def change_wording(installation: Installation) -> None:
    """Store a version 2026-2 in which a question of the overall dimension is worded anew."""
    first = find_definition(installation, SURVEY, VERSION)
    document: dict[str, Any] = first.model_dump(mode="json", by_alias=True) | {"version": "2026-2"}
    questions = [q for part in document["parts"] for q in part["questions"]]
    next(q for q in questions if q["dimension"] == "helhet")["text"]["sv"] = "En annan fråga?"
    second = Definition.model_validate_json(orjson.dumps(document))
    store_definition(installation, second)
    assert {one for d in compare_definitions(first, second) for one in d.dimensions} == {"helhet"}


def test_limits_begin_anew_where_the_questions_changed_and_nothing_is_bridged(
    installation: Installation,
) -> None:
    change_wording(installation)
    publish_line(
        installation, [*[60.0, 62.0] * 6, *[80.0, 82.0] * 6], versions=[VERSION] * 12 + ["2026-2"] * 12
    )
    line = find_change(installation).line
    assert line.starts == (Start("2025-11", StartKind.BREAK, "2026-2"),)
    assert [segment.centre for segment in line.judged.segments] == [61.0, 81.0]
    assert not any(line.judged.signals)
    assert find_line(installation, first="2026-01").judged == line.judged


def test_a_month_in_which_both_versions_were_answered_is_the_newers(installation: Installation) -> None:
    change_wording(installation)
    known = [
        make_publication("2026-08"),
        make_publication("2026-09", versions="2026-1 2026-2"),
        make_publication("2026-10", versions="2026-2"),
    ]
    breaks = find_breaks(installation, SURVEY, list_months(3), known)
    assert [one.period for one in breaks["helhet"]] == ["2026-09"]


def test_a_tenth_version_comes_after_a_second() -> None:
    assert sorted(["2026-10", "2026-2", "2025-11"], key=order_version) == ["2025-11", "2026-2", "2026-10"]


@pytest.mark.parametrize(
    ("means", "slope"),
    [
        pytest.param([60.0 + n for n in range(8)], SlopeKind.RISING, id="eight that rise"),
        pytest.param([60.0 - n for n in range(9)], SlopeKind.FALLING, id="nine that fall"),
        pytest.param([60.0 + n for n in range(7)], SlopeKind.CANNOT_SAY, id="seven are too few"),
        pytest.param(
            [60.0, 62.0, 61.0, 60.0, 62.0, 61.0, 60.0, 62.0], SlopeKind.NO_CLEAR_SLOPE, id="up and down"
        ),
        pytest.param([60.0 + n for n in range(12)], SlopeKind.CANNOT_SAY, id="twelve have limits"),
    ],
)
def test_a_line_that_is_too_short_for_limits_is_told_to_rise_or_fall(
    installation: Installation, means: list[float], slope: SlopeKind
) -> None:
    publish_line(installation, means)
    series = {one.dimension.id: one for one in find_all(installation, Figure.MEAN)}
    assert series["helhet"].slope is slope


def test_a_short_line_of_shares_is_told_by_its_own_test(installation: Installation) -> None:
    months = list_months(6)
    for number, month in enumerate(months):
        add_publication(installation, month)
        share = 0.3 + 0.07 * number + (0.01 if number % 2 else 0.0)
        rising = replace(CELL, period=month, n=200, n_effective=200.0, positive=share)
        add_cells(installation, replace(rising, positive_low=share - 0.05, positive_high=share + 0.05))
    series = {one.dimension.id: one for one in find_all(installation, Figure.SHARE)}
    assert series["helhet"].slope is SlopeKind.RISING


def test_limits_begin_anew_where_somebody_decided_so_on_every_page(installation: Installation) -> None:
    publish_line(installation, RISEN)
    assert find_change(installation).kind is FindingKind.IMPROVEMENT
    new = NewRebase("2026-03", "Ny mottagning, beslut 2026-02-14")
    add_rebase(installation, new, survey=SURVEY, area="0780", dimension="helhet", by=MANAGER)
    change = find_change(installation)
    assert change.kind is FindingKind.TOO_FEW
    assert change.line.starts == (Start("2026-03", StartKind.REBASE, "Ny mottagning, beslut 2026-02-14"),)
    assert find_line(installation, first="2026-01").judged == change.line.judged


def test_a_goal_and_what_was_done_stand_on_the_lines_they_are_about(installation: Installation) -> None:
    publish_line(installation, STABLE)
    due = NewGoal("75", "2027-12", "2026-01", "Beslut KS 2026-01-20")
    add_goal(installation, due, survey=SURVEY, area="0780", dimension="helhet", by=MANAGER)
    done = NewAction("action", "Fast vårdkontakt", "2026-03", "områdeschef", state="ongoing")
    contact = replace(done, title="Kontaktlista", dimensions=("kontinuitet_relation",))
    planned = replace(done, title="Ännu inte", starts="2026-12", state="planned")
    for one in (done, contact, planned):
        add_action(installation, one, survey=SURVEY, area="0780", by=MANAGER)
    series = {one.dimension.id: one for one in find_all(installation, Figure.MEAN)}
    assert {name: one.goal.target for name, one in series.items() if one.goal} == {"helhet": 75}
    assert [(one.number, one.period) for one in series["helhet"].done] == [(1, "2026-03")]
    assert [one.number for one in series["kontinuitet"].done] == [1, 2]
    assert [one.goal for one in find_all(installation, Figure.SHARE) if one.goal] == []


@pytest.mark.parametrize(
    ("codes", "month", "period"),
    [
        (("2026-Q1", "2026-Q2"), "2026-05", "2026-Q2"),
        (("2026-Q1", "2026-Q2"), "2025-12", None),
        (("2026-Q1", "2026-Q2"), "2026-07", None),
        ((), "2026-07", None),
    ],
)
def test_what_was_done_stands_in_the_period_it_began_in(
    codes: tuple[str, ...], month: str, period: str | None
) -> None:
    assert find_drawn(codes, month) == period


@pytest.mark.parametrize(
    ("period", "positions"),
    [("2026-01", (0,)), ("2026-02", (0,)), ("2026-05", (1,)), ("2026-12", ())],
)
def test_limits_begin_anew_with_the_period_that_a_month_lies_in(
    period: str, positions: tuple[int, ...]
) -> None:
    kept, places = place_starts(("2026-Q1", "2026-Q2"), [Start(period, StartKind.REBASE, "Ny rutin")])
    assert places == positions
    assert len(kept) == len(positions)


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        pytest.param((70.0, 90.0), FindingKind.IMPROVEMENT, id="the interval lies above the centre"),
        pytest.param((55.0, 95.0), FindingKind.COMMON_CAUSE, id="the interval holds the centre"),
        pytest.param((None, None), FindingKind.COMMON_CAUSE, id="nothing is known of it"),
    ],
)
def test_a_single_point_of_few_answers_is_no_signal(
    installation: Installation, ends: tuple[float | None, float | None], kind: FindingKind
) -> None:
    months = publish_line(installation, STABLE)
    add_publication(installation, "2026-11")
    last = replace(CELL, period="2026-11", mean=80.0, low=ends[0], high=ends[1])
    add_cells(installation, last)
    assert len(months) == len(STABLE)
    assert find_change(installation).kind is kind
    choice = Choice(SURVEY, "0780", "month", "2025-05", "2026-11")
    series = find_trends(installation, choice, viewer=MANAGER).series
    line = next(one.change for one in series if one.dimension.id == "helhet")
    assert line is not None
    assert line.kind is kind


def test_while_the_level_is_moving_nothing_is_said_of_the_goal(installation: Installation) -> None:
    publish_line(installation, RISEN)
    line = find_change(installation).line
    assert tell_target(speak("sv"), line, 75, until="2027-12").startswith(
        "Om målet 75 till december 2027 nås går inte att säga nu: nivån har ändrats"
    )
