"""A chart of groups shows what the table shows, and nothing of it by colour alone."""

import pytest

from analysis.differences import Difference
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.gaps import GapPoint
from analysis.group_chart import (
    LEAST_REACH,
    GapChartWords,
    ValueChartWords,
    break_name,
    draw_gaps,
    draw_values,
    find_reach,
)

FEW = Hidden(HiddenReason.TOO_FEW, 30)
GAP_WORDS = GapChartWords(
    axis="Skillnad",
    clear="når inte 0",
    unclear="täcker 0",
    hidden="Dolt",
    hidden_tick="dolt",
    hover="{period}: {gap} ({low} till {high})",
    label_period=lambda code: f"halvår {code}",
    label_tick=lambda code: code.replace("-", "\n"),
    say_hidden=lambda cell: f"färre än {cell.threshold}",
)
VALUE_WORDS = ValueChartWords("0-100", "dolt", "inga svar", "{value}: {mean} ({low}-{high})")


def point(period, gap):
    return GapPoint(period, FEW, FEW, gap)


POINTS = (
    point("2025-H1", Shown(Difference(-8.0, -12.0, -4.0, 0.01))),
    point("2025-H2", FEW),
    point("2026-H1", Shown(Difference(-1.0, -5.0, 3.0, 0.6))),
    point("2026-H2", NoAnswers()),
)


def draw(points=POINTS, **how):
    return draw_gaps(points, reach=find_reach([points]), words=GAP_WORDS, locale="sv", **how).to_dict()


def find_trace(figure, name):
    return next(one for one in figure["data"] if one["name"] == name)


def test_a_gap_that_is_clear_and_one_that_is_not_have_different_marks():
    clear, unclear = (find_trace(draw(), name) for name in ("når inte 0", "täcker 0"))
    assert (list(clear["x"]), list(clear["y"]), clear["marker"]["symbol"]) == ([0], [-8.0], "circle")
    assert (list(unclear["x"]), list(unclear["y"]), unclear["marker"]["symbol"]) == (
        [2],
        [-1.0],
        "circle-open",
    )
    assert (list(clear["error_y"]["array"]), list(clear["error_y"]["arrayminus"])) == ([4.0], [4.0])


def test_what_is_hidden_is_a_cross_below_the_gaps_and_nobody_is_no_mark():
    figure = draw()
    hidden = find_trace(figure, "Dolt")
    low = figure["layout"]["yaxis"]["range"][0]
    assert (list(hidden["x"]), list(hidden["text"])) == ([1], ["halvår 2025-H2: färre än 30"])
    assert low < hidden["y"][0] < -find_reach([POINTS])
    assert "dolt" in figure["layout"]["yaxis"]["ticktext"]
    drawn = sorted(x for trace in figure["data"] for x in trace["x"])
    assert drawn == [0, 1, 2]


def test_without_hidden_gaps_there_is_no_strip():
    figure = draw((POINTS[0],))
    assert list(figure["layout"]["yaxis"]["range"]) == [-15, 15]
    assert [trace["name"] for trace in figure["data"]] == ["når inte 0", "täcker 0"]
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["−15", "−10", "−5", "0", "+5", "+10", "+15"]


@pytest.mark.parametrize(
    ("ends", "reach"),
    [((-3, 3), LEAST_REACH), ((-10, 3), 10), ((-10.1, 3), 15), ((-3, 20.5), 30), ((-90, 3), 100)],
)
def test_charts_beside_each_other_reach_as_far_as_their_longest_interval(ends, reach):
    other = (point("2025-H1", Shown(Difference(0.0, *ends, 0.5))),)
    assert find_reach([(POINTS[2],), other]) == reach


def test_lines_without_a_shown_gap_have_an_axis_all_the_same():
    assert find_reach([]) == LEAST_REACH
    assert find_reach([(POINTS[1],)]) == LEAST_REACH
    assert [list(trace["x"]) for trace in draw((POINTS[1],))["data"]] == [[], [], [0]]


def test_values_stand_below_each_other_and_what_is_hidden_is_said_beside_its_name():
    values = [
        ("Själv", Shown(Estimate(900, 66.0, 64.0, 68.0, 20.0))),
        ("Med hjälp", FEW),
        ("Anhörig", NoAnswers()),
    ]
    figure = draw_values(values, words=VALUE_WORDS, locale="sv").to_dict()
    (trace,) = figure["data"]
    assert (list(trace["x"]), list(trace["y"]), list(trace["customdata"])) == ([66.0], [0], [[64.0, 68.0]])
    names = list(figure["layout"]["yaxis"]["ticktext"])
    assert names == ["Själv", "Med hjälp (dolt)", "Anhörig (inga<br>svar)"]
    assert figure["layout"]["yaxis"]["range"][0] > figure["layout"]["yaxis"]["range"][1]  # the first on top
    assert list(figure["layout"]["xaxis"]["range"]) == [0, 100]


def test_a_name_can_do_no_harm():
    values = [("<b>Själv</b>", Shown(Estimate(900, 66.0, None, None, None)))]
    figure = draw_values(values, words=VALUE_WORDS, locale="sv").to_dict()
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["&lt;b&gt;Själv&lt;/b&gt;"]
    assert list(figure["data"][0]["text"]) == ["&lt;b&gt;Själv&lt;/b&gt;"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Själv", "Själv"),
        ("Närstående i ens ställe", "Närstående i ens\nställe"),
        ("En mycket lång mening om vem som har svarat här", "En mycket lång\nmening om vem som …"),
        ("Lättläst svenska 5\u00a0%", "Lättläst svenska\n5\u00a0%"),
        ("", ""),
    ],
)
def test_a_long_name_takes_two_lines(name, lines):
    assert break_name(name) == lines


def test_dark_and_light_are_the_same_but_for_colours():
    assert [t["y"] for t in draw()["data"]] == [t["y"] for t in draw(dark=True)["data"]]
    assert find_trace(draw(), "Dolt")["marker"] != find_trace(draw(dark=True), "Dolt")["marker"]
