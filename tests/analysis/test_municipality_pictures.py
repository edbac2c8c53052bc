"""Do the pictures of municipalities say the same as their table, by more than colour, and ask nobody else?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.area_map import MOST_SIGNS, DrawnArea, draw_map, find_middle, project
from analysis.chart_frame import DARK, LIGHT, Palette
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.funnel import Funnel, Place
from analysis.funnel_chart import Beside, FunnelPoint, FunnelWords, draw_funnel, find_range
from analysis.place_marks import SIGNS, Mark, MarkWords, blend, fill_area, find_colour, find_mark, tint_area
from analysis.small_multiples import SmallLine, draw_small_lines
from analysis.tile_grid import LINE, Tile, break_name, draw_tiles
from survey.areas import read_sweden

WORDS = MarkWords({mark: mark.value for mark in Mark})
FUNNEL_WORDS = FunnelWords("n", "share", "together", "95", "99.8", WORDS)
SQUARE = ((15.0, 57.0), (16.0, 57.0), (16.0, 58.0), (15.0, 58.0), (15.0, 57.0))
FUNNEL = Funnel(0.6, 1.0, 0.0, 8)


def make_points(*marks: Mark) -> list[FunnelPoint]:
    return [FunnelPoint(f"M{at}", 50 + at, 40 + at, mark, f"told {at}") for at, mark in enumerate(marks)]


def draw_points(points: list[FunnelPoint], funnel: Funnel | None = FUNNEL, **more: Any) -> dict[str, Any]:
    beside = [Beside("county", 61.0)]
    figure = draw_funnel(points, funnel, beside=beside, words=FUNNEL_WORDS, locale="sv_SE", **more)
    return json.loads(figure.to_json())


def find_trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one.get("name") == name)


@pytest.mark.parametrize(
    ("place", "cell", "mark"),
    [
        (Place.ABOVE, Shown(1), Mark.ABOVE),
        (Place.WITHIN, Shown(1), Mark.WITHIN),
        (Place.BELOW, Shown(1), Mark.BELOW),
        (Place.TOO_FEW, Shown(1), Mark.TOO_FEW),
        (None, Hidden(HiddenReason.TOO_FEW, 5), Mark.HIDDEN),
        (None, NoAnswers(), Mark.NO_ANSWERS),
    ],
)
def test_too_few_hidden_and_no_answers_are_three_marks(place: Place | None, cell: object, mark: Mark) -> None:
    assert find_mark(place, cell) is mark


def test_a_share_that_was_not_judged_has_no_mark() -> None:
    with pytest.raises(ValueError, match="no place"):
        find_mark(None, Shown(1))


def test_every_mark_has_its_own_sign_and_on_a_map_its_own_fill() -> None:
    assert len(set(SIGNS.values())) == len(Mark)
    shapes = {fill_area(mark, LIGHT).get("fillpattern", {}).get("shape", "") for mark in Mark}
    assert len(shapes) == len(Mark)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", Mark)
def test_a_name_upon_a_tile_is_read_and_a_mark_is_seen(mark: Mark, palette: Palette) -> None:
    assert measure_contrast(palette.text, tint_area(mark, palette)["fillcolor"]) >= 4.5
    assert measure_contrast(find_colour(mark, palette), palette.background) >= 3


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.1 has it."""
    high, low = sorted((measure_light(one), measure_light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def measure_light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_blend_lies_between_its_colours() -> None:
    assert blend("#ff0000", "#0000ff", 0.0) == "#0000ff"
    assert blend("#ff0000", "#0000ff", 1.0) == "#ff0000"
    assert blend("#ff0000", "#00ff00", 0.2) == "#33cc00"


def test_the_funnel_draws_each_municipality_once_with_its_sign_and_names_only_those_outside() -> None:
    figure = draw_points(make_points(Mark.ABOVE, Mark.WITHIN, Mark.BELOW, Mark.TOO_FEW))
    symbols = {mark: find_trace(figure, mark.value)["marker"]["symbol"] for mark in list(Mark)[:4]}
    assert symbols == {
        Mark.ABOVE: "triangle-up",
        Mark.WITHIN: "circle",
        Mark.BELOW: "triangle-down",
        Mark.TOO_FEW: "circle-open",
    }
    named = {one["name"]: one["text"] for one in figure["data"] if "text" in one}
    assert named == {"above": ["M0"], "below": ["M2"]}
    assert find_trace(figure, "within")["hovertext"] == ["told 1"]


def test_the_funnel_shows_both_limits_the_target_and_the_county_itself() -> None:
    figure = draw_points(make_points(Mark.WITHIN))
    names = [one["name"] for one in figure["data"]]
    assert names == ["together", "95", "95", "99.8", "99.8", "county", "within"]
    assert set(find_trace(figure, "county")["y"]) == {61.0}
    dashes = {one["name"]: one["line"]["dash"] for one in figure["data"] if one["mode"] == "lines"}
    assert len(set(dashes.values())) == 4


def test_without_a_funnel_the_points_stand_alone() -> None:
    figure = draw_points(make_points(Mark.TOO_FEW), None)
    assert [one["name"] for one in figure["data"]] == ["county", "too_few"]
    assert draw_points([], None)["data"][0]["name"] == "county"


@pytest.mark.parametrize(("n", "scale"), [((10, 200), "linear"), ((10, 201), "log")])
def test_very_different_municipalities_are_drawn_on_a_log_scale(n: tuple[int, int], scale: str) -> None:
    points = [FunnelPoint(str(size), 60.0, size, Mark.WITHIN, "") for size in n]
    assert draw_points(points)["layout"]["xaxis"].get("type", "linear") == scale


@given(st.lists(st.floats(0, 100), min_size=1))
def test_the_axis_holds_everything_in_whole_tens(percents: list[float]) -> None:
    low, high = find_range(percents)
    assert 0 <= low <= min(percents) <= max(percents) <= high <= 100
    assert low % 10 == high % 10 == 0 and low < high


def test_an_axis_with_nothing_to_hold_is_whole() -> None:
    assert find_range([]) == (0, 100)


def test_a_map_is_drawn_of_plain_lines_so_that_no_other_host_is_asked() -> None:
    areas = [DrawnArea(mark, f"told {mark}", (SQUARE,)) for mark in Mark]
    figure = json.loads(draw_map(areas, words=WORDS, locale="sv_SE").to_json())
    assert {one["type"] for one in figure["data"]} == {"scatter"}
    assert "geo" not in figure["layout"] and "map" not in figure["layout"]
    assert [one["name"] for one in figure["data"][:-1]] == [WORDS.name(mark) for mark in Mark]
    assert figure["data"][-1]["text"] == [f"<b>{SIGNS[mark]}</b>" for mark in Mark]
    assert figure["data"][-1]["hovertext"] == [f"told {mark}" for mark in Mark]


def test_islands_are_parts_of_one_municipality_with_a_gap_between_them() -> None:
    island = tuple((longitude + 3, latitude) for longitude, latitude in SQUARE)
    figure = json.loads(
        draw_map([DrawnArea(Mark.WITHIN, "", (SQUARE, island))], words=WORDS, locale="sv_SE").to_json()
    )
    outline, signs = figure["data"]
    assert outline["x"].count(None) == outline["y"].count(None) == 1
    assert len(signs["x"]) == 1


@pytest.mark.parametrize(("number", "signs"), [(MOST_SIGNS, MOST_SIGNS), (MOST_SIGNS + 1, 1)])
def test_on_a_crowded_map_only_those_outside_have_signs_and_all_have_words(number: int, signs: int) -> None:
    areas = [DrawnArea(Mark.WITHIN, "told", (SQUARE,))] * (number - 1) + [
        DrawnArea(Mark.ABOVE, "told", (SQUARE,))
    ]
    trace = json.loads(draw_map(areas, words=WORDS, locale="sv_SE").to_json())["data"][-1]
    assert len([text for text in trace["text"] if text]) == signs
    assert trace["hovertext"] == ["told"] * number


def test_a_municipality_without_an_outline_is_not_on_the_map() -> None:
    figure = draw_map([DrawnArea(Mark.WITHIN, "", ())], words=WORDS, locale="sv_SE")
    assert len(json.loads(figure.to_json())["data"]) == 0


def test_the_plane_has_north_up_and_keeps_lengths_along_a_parallel() -> None:
    assert project(15.0, 60.0) == (0.0, 60.0)
    assert project(17.0, 60.0) == (1.0, 60.0)
    assert project(13.0, 60.0) == (-1.0, 60.0)


@pytest.mark.parametrize("points", [SQUARE, SQUARE[::-1]], ids=["one way round", "the other"])
def test_the_sign_stands_in_the_middle_of_the_largest_part(points: tuple[tuple[float, float], ...]) -> None:
    small = tuple((x / 100, y / 100) for x, y in SQUARE)
    assert find_middle([small, points]) == pytest.approx((15.5, 57.5))


def test_tiles_carry_their_name_and_their_sign() -> None:
    tiles = [Tile("Ljungby", 0, 0, Mark.ABOVE, "told"), Tile("Alvesta", 1, 1, Mark.HIDDEN, "hidden")]
    figure = json.loads(draw_tiles(tiles, words=WORDS, locale="sv_SE").to_json())
    assert figure["data"][-1]["text"] == ["Ljungby<br><b>▲</b>", "Alvesta<br><b>×</b>"]
    assert figure["data"][-1]["hovertext"] == ["told", "hidden"]
    assert [one["name"] for one in figure["data"][:-1]] == ["▲ above", "× hidden"]


def test_two_tiles_in_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="one place"):
        draw_tiles([Tile("A", 0, 0, Mark.WITHIN, "")] * 2, words=WORDS, locale="sv_SE")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Nybro", ["Nybro"]),
        ("Ljungby", ["Ljungby"]),
        ("Vimmerby", ["Vimmer-", "by"]),
        ("Hultsfred", ["Hults-", "fred"]),
        ("Mönsterås", ["Mönster-", "ås"]),
        ("Uppvidinge", ["Uppvi-", "dinge"]),
        ("Mörbylånga", ["Mörby-", "långa"]),
        ("Östra Göinge", ["Östra", "Göinge"]),
        ("Upplands-Bro", ["Upp-", "lands-", "Bro"]),
        ("Skinnskatteberg", ["Skinns-", "katte-", "berg"]),
    ],
)
def test_a_whole_name_stands_on_its_tile_in_lines_that_it_holds(name: str, lines: list[str]) -> None:
    assert break_name(name) == lines


def test_no_municipality_loses_a_letter_or_needs_more_than_three_lines() -> None:
    counties = tuple(f"{number:02}" for number in range(1, 26) if number not in (2, 11, 15, 16))
    for area in read_sweden(counties).municipalities:
        lines = break_name(area.name)
        assert re.sub("[- ]", "", "".join(lines)) == re.sub("[- ]", "", area.name)
        assert len(lines) <= 3
        assert max(map(len, lines)) <= LINE + 1


def test_names_are_text_and_never_markup() -> None:
    tile = Tile("<b>x</b>", 0, 0, Mark.WITHIN, "<i>")
    drawn = json.loads(draw_tiles([tile], words=WORDS, locale="sv_SE").to_json())["data"][-1]
    assert drawn["text"][0].startswith("&lt;b&gt;") and drawn["hovertext"] == ["&lt;i&gt;"]


def make_line(name: str, *, hidden: tuple[int, ...] = ()) -> SmallLine:
    percents = tuple(None if place in hidden else 40.0 + place for place in range(4))
    return SmallLine(name, percents, hidden, (50.0,) * 4, ("a", "b", "c", "d"))


def test_small_charts_have_one_scale_and_hidden_points_lie_below_it() -> None:
    lines = [make_line("Alvesta"), make_line("Lessebo", hidden=(1,))]
    figure = json.loads(draw_small_lines(lines, first="x", last="y", locale="sv_SE").to_json())
    layout = figure["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert [one["text"] for one in layout["annotations"]] == ["<b>Alvesta</b>", "<b>Lessebo</b>"]
    crosses = [one for one in figure["data"] if one.get("marker", {}).get("symbol") == "x-thin"]
    assert [(one["x"], one["hovertext"], one["xaxis"]) for one in crosses] == [([1], ["b"], "x2")]
    assert all(y < 0 for y in crosses[0]["y"])
    own = [one for one in figure["data"] if one["mode"] == "lines+markers"]
    assert own[1]["y"] == [40.0, None, 42.0, 43.0] and own[1]["connectgaps"] is False


def test_more_than_two_lines_or_two_times_are_refused() -> None:
    short = SmallLine("B", (1.0,), (), (), ("a",))
    for lines in ([make_line("A")] * 3, [make_line("A"), short]):
        with pytest.raises(ValueError, match="at most two"):
            draw_small_lines(lines, first="x", last="y", locale="sv_SE")
