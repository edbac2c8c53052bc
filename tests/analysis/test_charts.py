"""How a line is drawn: gaps stay gaps, hidden is marked, and everybody can tell the lines apart."""

import json
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from analysis.chart_frame import (
    DARK,
    HEIGHT,
    LIGHT,
    choose_ticks,
    make_plotly_config,
    read_language,
    write_separators,
)
from analysis.charts import draw_trend, outline_band
from analysis.disclosure import Shown
from analysis.estimates import Estimate
from analysis.lines import TrendLine, TrendPoint
from analysis.periods import month_of, shift_month
from tests.analysis.lines_to_draw import CHART_WORDS, FEW, NONE, PROTECTING, make_line, make_second, show_mean

LARGEST_FIGURE = 25_000
"""Bytes of JSON for five years of months with a band and a county line."""


def draw(line, compared=None, *, second=None, words=CHART_WORDS, locale="sv", dark=False):
    figure = draw_trend(line, compared=compared, second=second, words=words, locale=locale, dark=dark)
    return json.loads(figure.to_json())


def find_trace(figure, name):
    (trace,) = (trace for trace in figure["data"] if trace["name"] == name)
    return trace


def make_long_line(label, months):
    first = month_of(date(2021, 12, 1))
    cells = [FEW if n % 7 == 3 else show_mean(60 + n % 13 + 1 / 3, n=1234) for n in range(months)]
    return TrendLine(label, tuple(TrendPoint(shift_month(first, n), cell) for n, cell in enumerate(cells)))


def measure_contrast(one, other):
    """WCAG 2.1 contrast of two colours written #rrggbb, 1 to 21."""

    def measure_luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted(map(measure_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_line_breaks_where_nothing_is_shown():
    figure = draw(make_line(p2026_01=show_mean(70), p2026_02=FEW, p2026_03=show_mean(60), p2026_04=NONE))
    line = find_trace(figure, "Ljungby")
    assert (line["x"], line["y"]) == ([0, 1, 2, 3], [70, None, 60, None])
    assert line["connectgaps"] is False


def test_a_month_without_a_point_is_a_gap_of_its_own_width():
    figure = draw(make_line(p2026_01=show_mean(70), p2026_04=show_mean(60)))
    assert find_trace(figure, "Ljungby")["y"] == [70, None, None, 60]


def test_hidden_periods_are_marked_below_the_axis_with_the_reason():
    figure = draw(make_line(p2026_01=FEW, p2026_02=show_mean(70), p2026_03=PROTECTING, p2026_04=NONE))
    hidden = find_trace(figure, "För få svar")
    assert hidden["x"] == [0, 2]
    assert max(hidden["y"]) < 0
    axis = figure["layout"]["yaxis"]
    assert axis["range"][0] < min(hidden["y"])
    assert dict(zip(axis["ticktext"], axis["tickvals"], strict=True)) == {
        "dolt": hidden["y"][0],
        "0": 0,
        "25": 25,
        "50": 50,
        "75": 75,
        "100": 100,
    }
    assert hidden["text"] == ["[2026-01]: färre än 10", "[2026-03]: skyddar annan"]


def test_without_hidden_periods_the_legend_does_not_speak_of_them():
    figure = draw(make_line(p2026_01=show_mean(70), p2026_02=NONE))
    assert [trace["name"] for trace in figure["data"]] == ["95 % intervall", "Ljungby"]
    assert "dolt" not in figure["layout"]["yaxis"]["ticktext"]


def test_the_strip_of_the_hidden_does_not_make_0_to_100_lower():
    def measure_score(figure):
        low, high = figure["layout"]["yaxis"]["range"]
        margin, rows = figure["layout"]["margin"], max(0, len(figure["data"]) - 2)
        inside = figure["layout"]["height"] - margin["t"] - margin["b"] - 58 - 19 * rows
        return inside / (high - low)

    without = draw(make_line(p2026_01=show_mean(70)))
    with_hidden = draw(make_line(p2026_01=show_mean(70), p2026_02=FEW))
    assert measure_score(with_hidden) == pytest.approx(measure_score(without), rel=0.01)
    assert without["layout"]["height"] == HEIGHT


def test_a_second_line_is_thinner_dashed_marked_and_named_and_only_where_the_line_is_shown():
    second = make_second(p2026_01=68.0, p2026_02=50.0)
    figure = draw(make_line(p2026_01=show_mean(70), p2026_02=FEW, p2026_03=show_mean(60)), second=second)
    line, beside = find_trace(figure, "Ljungby"), find_trace(figure, "Ovägt")
    assert beside["y"] == [68.0, None, None]
    assert beside["line"]["width"] < line["line"]["width"]
    assert beside["line"]["dash"] not in ("solid", "6px,3px")
    assert beside["marker"]["symbol"] != line["marker"]["symbol"]
    assert beside["hovertemplate"] == "%{text}: %{y:.1~f}<extra></extra>"


def test_a_label_on_the_axis_may_have_two_lines_and_a_point_tells_its_period_in_full():
    words = replace(CHART_WORDS, label_tick=lambda code: f"kv {code[-1]}\n<{code[:4]}>")
    figure = draw(make_line(p2026_Q1=show_mean(70)), words=words)
    assert figure["layout"]["xaxis"]["ticktext"] == ["kv 1<br>&lt;2026&gt;"]
    assert find_trace(figure, "Ljungby")["text"] == ["[2026-Q1]"]
    assert figure["layout"]["height"] > HEIGHT


def test_the_band_is_one_closed_shape_for_each_unbroken_run():
    cells = [show_mean(70), show_mean(60), FEW, show_mean(50), Shown(Estimate(1, 40, None, None))]
    x, y = outline_band(cells)
    assert x == [0, 1, 1, 0, None, 3, 3]
    assert y == [74, 64, 56, 66, None, 54, 46]
    assert outline_band([FEW, NONE]) == ([], [])


def test_the_county_is_drawn_thinner_dashed_and_grey_in_the_same_months():
    figure = draw(make_line(p2026_02=show_mean(70)), make_line("Länet", p2026_01=show_mean(60), p2026_02=FEW))
    line, county = find_trace(figure, "Ljungby"), find_trace(figure, "Länet")
    assert (county["y"], line["y"]) == ([60, None], [None, 70])
    assert county["line"]["width"] < line["line"]["width"]
    assert county["line"]["dash"] != "solid"
    assert county["line"]["color"] == LIGHT.compared


def test_a_county_point_between_gaps_is_seen_by_a_mark():
    cells = {"p2026_01": show_mean(60), "p2026_02": FEW, "p2026_03": show_mean(60), "p2026_04": show_mean(60)}
    county = find_trace(draw(make_line(), make_line("Länet", **cells)), "Länet")
    assert [size > 0 for size in county["marker"]["size"]] == [True, False, False, False]
    unbroken = {period: show_mean(60) for period in cells}
    assert find_trace(draw(make_line(), make_line("Länet", **unbroken)), "Länet")["mode"] == "lines"


def test_the_axis_is_0_to_100_whatever_the_data():
    for mean in (5, 70, 95):
        assert draw(make_line(p2026_01=show_mean(mean)))["layout"]["yaxis"]["range"] == [0, 100]


def test_numbers_have_the_languages_separators_and_one_decimal_at_most():
    figure = draw(make_line(p2026_01=show_mean(70 + 1 / 3, n=1234)))
    line = find_trace(figure, "Ljungby")
    assert line["y"] == [70.3]
    assert line["customdata"] == [[66.3, 74.3, 1234]]
    assert figure["layout"]["separators"] == ", "
    assert [write_separators(code) for code in ("sv-x-lattlast", "en", "fi")] == [", ", ".,", ", "]


def test_a_point_without_an_interval_does_not_speak_of_one():
    figure = draw(make_line(p2026_01=show_mean(70), p2026_02=Shown(Estimate(1, 75, None, None))))
    full, plain = find_trace(figure, "Ljungby")["hovertemplate"]
    assert full.startswith("%{text}: %{y:.1~f} (%{customdata[0]:.1~f} till %{customdata[1]:.1~f})")
    assert plain == "%{text}: %{y:.1~f}, %{customdata[2]:,d} svar<extra></extra>"


def test_a_label_cannot_bring_markup_into_the_chart():
    figure = draw(make_line("<a href='x'>Ljungby</a>", p2026_01=show_mean(70)))
    assert figure["data"][-1]["name"] == "&lt;a href=&#x27;x&#x27;&gt;Ljungby&lt;/a&gt;"


@pytest.mark.parametrize(
    ("count", "ticks"),
    [
        (0, []),
        (1, [0]),
        (5, [0, 1, 2, 3, 4]),
        (6, [1, 3, 5]),
        (13, [0, 3, 6, 9, 12]),
        (60, [11, 23, 35, 47, 59]),
    ],
)
def test_the_last_period_is_labelled_and_others_in_even_steps_back(count, ticks):
    assert choose_ticks(count) == ticks


def test_labels_never_crowd_a_small_screen():
    assert max(len(choose_ticks(count)) for count in range(1, 1000)) == 5
    figure = draw(make_long_line("Ljungby", 60))
    assert figure["layout"]["xaxis"]["ticktext"] == [f"{year}-11" for year in range(2022, 2027)]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_stand_out_from_the_page(palette):
    drawn = (palette.line, palette.compared, palette.hidden)
    assert min(measure_contrast(colour, palette.background) for colour in drawn) >= 3
    assert measure_contrast(palette.text, palette.background) >= 4.5


def test_a_dark_page_has_its_own_colours():
    line = make_line(p2026_01=show_mean(70))
    assert find_trace(draw(line, dark=True), "Ljungby")["line"]["color"] == DARK.line
    assert find_trace(draw(line), "Ljungby")["line"]["color"] == LIGHT.line


def test_a_line_without_points_gives_empty_axes():
    figure = draw(make_line())
    assert find_trace(figure, "Ljungby")["y"] == []
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["Poäng 0-100"]


def test_a_figure_holds_nothing_that_the_library_would_refuse():
    line, county = make_long_line("Ljungby", 14), make_long_line("Länet", 14)
    second = make_second(p2022_01=60.0)
    figure = draw_trend(line, compared=county, second=second, words=CHART_WORDS, locale="sv")
    checked = go.Figure(figure.to_dict())
    checked.layout.template = None
    drawn = figure.to_dict()
    assert drawn["layout"].pop("template") == {}
    assert checked.to_dict() == drawn


def test_five_years_of_months_with_a_county_are_a_small_figure():
    line, county = make_long_line("Ljungby", 60), make_long_line("Länet", 60)
    figure = draw_trend(line, compared=county, words=CHART_WORDS, locale="sv")
    assert len(figure.to_json().encode()) < LARGEST_FIGURE


def test_the_browser_is_told_the_languages_months_and_days_and_shows_no_tool_bar():
    config = make_plotly_config("sv_x_lattlast")
    names = config["locales"]["sv"]["format"]
    assert config["locale"] == "sv"
    assert (names["months"][0], names["months"][11], names["shortMonths"][7]) == (
        "januari",
        "december",
        "aug.",
    )
    assert (names["days"][0], names["days"][6], names["shortDays"][1]) == ("söndag", "lördag", "mån")
    assert config["displayModeBar"] is False


def test_a_language_that_is_none_is_refused():
    assert [read_language(code) for code in ("sv", "sv_SE", "sv-x-lattlast", "ar")] == [
        "sv",
        "sv",
        "sv",
        "ar",
    ]
    for code in ("xx", "", "swedish!"):
        with pytest.raises(ValueError, match="no known language"):
            read_language(code)
