"""Is a bar as wide as its weeks, and nothing drawn where nothing is told?"""

from __future__ import annotations

from analysis.chart_frame import DARK, LIGHT
from analysis.week_chart import FEWEST_PLACES, LOWEST_TOP, WeekBar, draw_weeks

LABELS = [f"v. {week}\n2026" for week in range(30, 42)]
BARS = (WeekBar(0, 0, 40, "vecka 30: 40"), WeekBar(1, 3, 10, "vecka 31 till 33: <10>"))


def draw(bars=BARS, labels=LABELS, palette=LIGHT):  # type: ignore[no-untyped-def]
    figure = draw_weeks(bars, labels, axis="Antal svar", palette=palette, locale="sv_SE")
    return figure.to_plotly_json()


def test_a_bar_stands_over_its_weeks_with_its_words_escaped() -> None:
    (trace,) = draw()["data"]
    assert (trace["x"], trace["y"]) == ([0, 2], [40, 10])
    assert trace["width"] == [0.8, 2.8]
    assert trace["hovertext"][1] == "vecka 31 till 33: &lt;10&gt;"


def test_the_axis_begins_at_nought_and_holds_the_highest_bar() -> None:
    low, high = draw()["layout"]["yaxis"]["range"]
    assert low == 0 and 40 < high < 50
    assert draw(bars=BARS[1:])["layout"]["yaxis"]["range"] == [0, LOWEST_TOP]


def test_few_weeks_do_not_fill_the_page_and_none_make_an_empty_chart() -> None:
    assert draw(labels=LABELS[:2])["layout"]["xaxis"]["range"] == [-0.5, FEWEST_PLACES - 0.5]
    assert draw(labels=LABELS)["layout"]["xaxis"]["range"] == [-0.5, len(LABELS) - 0.5]
    empty = draw(bars=(), labels=[])
    assert empty["data"][0]["x"] == [] and empty["layout"]["xaxis"]["tickvals"] == []


def test_labels_are_in_two_lines_and_colours_those_of_the_page() -> None:
    ticks = draw()["layout"]["xaxis"]["ticktext"]
    assert len(ticks) <= 5 and ticks[-1] == "v. 41<br>2026"
    assert draw(palette=DARK)["data"][0]["marker"]["color"] == DARK.line
