"""Are limits, signals, goals and what was done told in the chart, in words and in the table alike?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from analysis.chart_marks import NO_MARKS
from analysis.control.judge import ChartKind, classify, judge_series
from analysis.describe import LineFact, LineKind
from analysis.disclosure import Shown
from analysis.estimates import Estimate
from analysis.lines import TrendLine, TrendPoint
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.choice import Choice
from survey.insight.judged import JudgedLine, Start, StartKind
from survey.insight.marks import list_notes, make_limit_columns, make_marks
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import Trends
from survey.insight.upon import Done
from survey.language import speak
from survey.store.following import Action, Goal
from tests.insight.monthly import list_months

MEANS = [*[60.25, 62.25] * 7, 90.25]
CODES = tuple(list_months(len(MEANS)))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
GOAL = Goal("a", 1, "s", "0781", "helhet", 65.0, "2027-12", "2026-01", "stands", "Beslut", NOW, "manager")
DONE = Action(
    "b",
    1,
    "s",
    "0781",
    "action",
    "Fast kontakt",
    (),
    "2026-03",
    None,
    "better",
    "chef",
    "ongoing",
    "",
    NOW,
    "x",
)


def make_series(*, starts: tuple[Start, ...] = (), **more: Any) -> Series:
    """A line of 15 months, the last far above the others, judged from its starts."""
    points = tuple(
        TrendPoint(c, Shown(Estimate(45, m, m - 5, m + 5, 20.0))) for c, m in zip(CODES, MEANS, strict=True)
    )
    judged = judge_series(MEANS, chart=ChartKind.XMR, starts=[CODES.index(one.period) for one in starts])
    line = JudgedLine(CODES, judged, classify(judged), starts)
    dimension = Dimension(id="helhet", text={"sv": "Helhet"})
    fact = LineFact(LineKind.ONE_POINT, CODES[-1], 90.25)
    return Series(dimension, TrendLine("Ljungby", points), None, fact, None, change=line, **more)


def make_teller(series: Series, *, decimals: int = 1) -> Teller:
    choice = Choice("invanarupplevelse", "0781", "month", CODES[0], CODES[-1])
    trends = Trends(choice, Area("0781", "Ljungby", "07"), None, (series,), None, 5, decimals)
    return Teller(speak("sv"), trends, decimals=decimals, with_interval=False)


def test_a_line_that_was_not_judged_has_no_marks() -> None:
    series = make_series()
    bare = Series(series.dimension, series.line, None, series.fact, None)
    assert make_marks(make_teller(series), bare) == NO_MARKS
    assert list_notes(make_teller(series), bare) == []


def test_limits_are_drawn_with_the_readers_decimals() -> None:
    """The centre of few points would else tell them nearer than they are shown."""
    series = make_series()
    for decimals in (0, 1):
        centre, limits = make_marks(make_teller(series, decimals=decimals), series).limits
        ends = [*(limits.low or ()), *(limits.high or ())]
        assert [round(end, decimals) for end in (centre.centre or 0.0, *ends)] == [centre.centre, *ends]
        assert len(ends) == 2 * len(CODES)


def test_the_signal_is_marked_in_the_chart_and_told_in_the_table() -> None:
    series = make_series()
    teller = make_teller(series)
    *before, mark = make_marks(teller, series).signals
    assert [one.is_up for one in before] == [False] * 14
    assert (mark.period, mark.is_up, mark.told) == (
        "2026-10",
        True,
        "oktober 2026: över den övre gränsen",
    )
    limits, signals = make_limit_columns(teller, series, CODES)
    assert (limits[0], signals[0]) == ("Gränser för slumpen", "Signal")
    assert signals[1:] == ("sju eller fler i rad under medel",) * 14 + ("över den övre gränsen",)
    assert len(set(limits[1:])) == 1


def test_on_trial_no_signal_is_drawn_or_told_and_the_table_has_no_column_for_it() -> None:
    """The last of 15 months lies far outside, but limits began anew seven months ago."""
    series = make_series(starts=(Start(CODES[7], StartKind.REBASE, "Ny mottagning"),))
    teller = make_teller(series)
    assert series.change is not None
    assert series.change.judged.signals[-1] is not None
    assert make_marks(teller, series).signals == ()
    (limits,) = make_limit_columns(teller, series, CODES)
    assert limits[0] == "Gränser för slumpen"


def test_breaks_new_limits_and_what_was_done_stand_in_the_chart_and_below_it() -> None:
    starts = (
        Start("2026-01", StartKind.BREAK, "2026-2"),
        Start("2026-05", StartKind.REBASE, "Ny mottagning"),
    )
    series = make_series(starts=starts, done=(Done(3, DONE, "2026-03"), Done(4, DONE, None)))
    teller = make_teller(series)
    assert [(one.period, one.sign) for one in make_marks(teller, series).uprights] == [
        ("2026-01", "≠"),
        ("2026-05", "↺"),
        ("2026-03", "3"),
    ]
    assert list_notes(teller, series) == [
        "≠ Frågorna ändrades från januari 2026 (version 2026-2). Det som var före går inte att jämföra med.",
        "↺ Gränserna räknas om från maj 2026: Ny mottagning",
        "3. Fast kontakt (åtgärd från mars 2026)",
        "Gränserna är preliminära, och inget hävdas utifrån dem: ännu färre än tolv mätningar i följd.",
    ]


def test_it_is_said_that_triangles_of_signals_that_have_passed_are_of_then() -> None:
    """Fourteen months in a row below the mean, and then one far above."""
    series = make_series()
    assert list_notes(make_teller(series), series) == [
        "Trianglar visar också tidigare signaler. De säger vad som hände då, inte hur det är nu."
    ]
    calm = make_series(starts=(Start(CODES[7], StartKind.REBASE, "Ny mottagning"),))
    assert not any("Trianglar" in note for note in list_notes(make_teller(calm), calm))


def test_where_shares_are_shown_it_is_said_that_a_goal_is_of_means() -> None:
    series = make_series(hides_goal=True)
    assert "Mål gäller medelvärden" in list_notes(make_teller(series), series)[0]


def test_a_goal_is_named_in_the_chart_and_its_attainment_comes_first_below_it() -> None:
    series = make_series(goal=GOAL)
    teller = make_teller(series)
    goal = make_marks(teller, series).goal
    assert goal is not None
    assert (goal.value, goal.name) == (65.0, "Mål 65")
    assert list_notes(teller, series)[0] == (
        "Målet 65 till december 2027 nås ibland, av en slump: det ligger inom gränserna."
    )
