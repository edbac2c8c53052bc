"""Is what stands upon a line drawn where it holds, and told apart without colour?"""

import json

import plotly.graph_objects as go
import pytest

from analysis.chart_frame import DARK, LIGHT
from analysis.chart_marks import Goal, LimitLines, MarkKind, Marks, SignalMark, Upright, choose_rows
from analysis.charts import draw_trend
from tests.analysis.lines_to_draw import CHART_WORDS, FEW, make_line, show_mean
from tests.analysis.test_charts import measure_contrast

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
LINE = make_line(p2026_01=show_mean(60), p2026_02=FEW, p2026_03=show_mean(64), p2026_04=show_mean(90))
NAMES = {"centre_name": "Medel", "limits_name": "Gränser", "up_name": "Högre", "down_name": "Lägre"}


def draw(**marks):
    figure = draw_trend(LINE, compared=None, words=CHART_WORDS, locale="sv", marks=Marks(**NAMES, **marks))
    return json.loads(figure.to_json())


def find_traces(figure, name):
    return [trace for trace in figure["data"] if trace["name"] == name]


def test_level_limits_are_lines_over_their_periods_and_centre_and_limits_have_one_name():
    limits = (
        LimitLines(MONTHS[:2], 60.0, None, None),
        LimitLines(MONTHS[:2], None, (50.0, 50.0), (70.0, 70.0)),
    )
    figure = draw(limits=limits)
    (ends,) = find_traces(figure, "Gränser")
    (centre,) = find_traces(figure, "Medel")
    assert ends["x"] == [-0.5, 1.5, None, -0.5, 1.5]
    assert ends["y"] == [50, 50, None, 70, 70]
    assert (centre["x"], centre["y"]) == ([-0.5, 1.5], [60, 60])
    assert (ends["showlegend"], centre["showlegend"]) == (True, False)


def test_limits_that_differ_between_periods_are_steps():
    figure = draw(limits=(LimitLines(MONTHS[2:], None, (50.0, 48.0), (70.0, 72.0)),))
    (ends,) = find_traces(figure, "Gränser")
    assert ends["x"] == [1.5, 2.5, 2.5, 3.5, None, 1.5, 2.5, 2.5, 3.5]
    assert ends["y"] == [50, 50, 48, 48, None, 70, 70, 72, 72]


def test_a_line_without_limits_names_its_centre():
    (centre,) = find_traces(draw(limits=(LimitLines(MONTHS, 61.0, None, None),)), "Medel")
    assert centre["showlegend"] is True


def test_signals_point_up_or_down_and_lie_on_their_points():
    signals = (SignalMark("2026-04", True, "över"), SignalMark("2026-01", False, "under"))
    figure = draw(signals=signals)
    (up,), (down,) = find_traces(figure, "Högre"), find_traces(figure, "Lägre")
    assert (up["x"], up["y"], up["text"]) == ([3], [90], ["över"])
    assert (down["x"], down["y"]) == ([0], [60])
    assert {up["marker"]["symbol"], down["marker"]["symbol"]} == {"triangle-up-open", "triangle-down-open"}


@pytest.mark.parametrize(
    ("kind", "place"), [(MarkKind.BREAK, 1.5), (MarkKind.REBASE, 1.5), (MarkKind.DONE, 2)]
)
def test_a_break_stands_before_its_period_and_what_was_done_stands_in_it(kind, place):
    layout = draw(uprights=(Upright("2026-03", kind, "1"),))["layout"]
    (shape,) = layout["shapes"]
    assert (shape["x0"], shape["x1"]) == (place, place)
    assert [one["text"] for one in layout["annotations"]] == ["Poäng 0-100", "1"]


def test_upright_lines_of_different_kinds_have_different_dashes():
    uprights = tuple(Upright("2026-03", kind, "x") for kind in MarkKind)
    dashes = [shape["line"]["dash"] for shape in draw(uprights=uprights)["layout"]["shapes"]]
    assert len(set(dashes)) == len(MarkKind)


def test_what_lies_outside_the_drawn_periods_is_not_drawn():
    figure = draw(
        limits=(LimitLines(("2025-12",), 61.0, None, None),),
        signals=(SignalMark("2025-12", True, "över"),),
        uprights=(Upright("2025-12", MarkKind.DONE, "1"),),
    )
    assert [trace["name"] for trace in figure["data"]] == ["95 % intervall", "Ljungby", "För få svar"]
    assert "shapes" not in figure["layout"]


def test_a_goal_is_a_named_line_across_the_chart():
    layout = draw(goal=Goal(75, "Mål <75>"))["layout"]
    (shape,) = layout["shapes"]
    assert (shape["y0"], shape["y1"], shape["xref"]) == (75, 75, "paper")
    assert layout["annotations"][-1]["text"] == "Mål &lt;75&gt;"


@pytest.mark.parametrize(("goal", "side"), [(50, "top"), (75, "bottom")])
def test_the_goals_name_stands_on_the_other_side_than_the_line_and_covers_nothing(goal, side):
    name = draw(goal=Goal(goal, "Mål"))["layout"]["annotations"][-1]
    assert name["yanchor"] == side
    assert "bgcolor" not in name


@pytest.mark.parametrize(
    ("places", "count", "rows"),
    [
        ([1.5, 2], 36, [0, 1]),  # new limits and what was done in the same month
        ([1.5, 2, 2.4], 36, [0, 1, 2]),
        ([1, 20], 36, [0, 0]),
        ([1, 2], 4, [0, 0]),  # few periods stand far from each other
        ([2, 20, 1.5], 36, [0, 0, 1]),
        ([], 0, []),
    ],
)
def test_signs_that_would_stand_upon_each_other_stand_below_each_other(places, count, rows):
    assert choose_rows(places, count) == rows


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("name", ["limit", "goal", "up", "down"])
def test_every_mark_stands_out_from_the_page(palette, name):
    assert measure_contrast(getattr(palette, name), palette.background) >= 3


def test_a_figure_with_every_mark_holds_nothing_that_the_library_would_refuse():
    figure = draw_trend(
        LINE,
        compared=None,
        words=CHART_WORDS,
        locale="sv",
        marks=Marks(
            limits=(LimitLines(MONTHS, 61.0, (50.0,) * 4, (70.0,) * 4),),
            signals=(SignalMark("2026-04", True, "över"),),
            uprights=(Upright("2026-03", MarkKind.BREAK, "≠"),),
            goal=Goal(75, "Mål 75"),
            **NAMES,
        ),
    ).to_dict()
    figure["layout"].pop("template")
    checked = go.Figure(figure)
    checked.layout.template = None
    assert checked.to_dict() == figure
