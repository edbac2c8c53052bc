"""Is a judged line drawn as a picture that can be read in grey, heard, and trusted?"""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.chart_marks import NO_MARKS, Goal, LimitLines, MarkKind, Marks, SignalMark, Upright
from analysis.line_picture import PictureSize, PictureWords, draw_line_picture, list_entries
from analysis.line_picture_key import Entry, draw_key
from analysis.lines import TrendLine
from tests.analysis.lines_to_draw import FEW, NONE, make_line, show_mean

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
LINE = make_line(p2026_01=show_mean(60), p2026_02=FEW, p2026_03=show_mean(64), p2026_04=show_mean(90))
COUNTY = make_line("Kronoberg", p2026_01=show_mean(50), p2026_03=show_mean(50), p2026_04=show_mean(50))
MARKS = Marks(
    limits=(
        LimitLines(MONTHS, 60.0, None, None),
        LimitLines(MONTHS, None, (50.0,) * 4, (70.0,) * 4),
    ),
    signals=(SignalMark("2026-04", True, "över"), SignalMark("2026-01", False, "under")),
    uprights=(Upright("2026-03", MarkKind.BREAK, "≠"), Upright("2026-04", MarkKind.DONE, "1")),
    goal=Goal(70, "Mål 70"),
    centre_name="Medel",
    limits_name="Medel och gränser",
    up_name="Högre",
    down_name="Lägre",
)
WORDS = PictureWords(
    title="Kontinuitet i Ljungby",
    described="Kontinuitet har ökat.",
    interval="95 % intervall",
    hidden="För få svar",
    hidden_tick="dolt",
    label_tick=lambda code: code.replace("-", "\n"),
    write_score=lambda mean: f"{mean:.1f}".replace(".", ","),
    sign_names={MarkKind.BREAK: "Ny fråga", MarkKind.DONE: "Åtgärd"},
)


def draw(line=LINE, **asked):
    return draw_line_picture(line, words=WORDS, **{"marks": MARKS, **asked})


def find(picture, kind):
    """Every element of a class."""
    return [one for one in ET.fromstring(picture).iter() if one.get("class") == kind]


def list_texts(picture):
    return ["".join(one.itertext()) for one in ET.fromstring(picture).iter() if one.tag.endswith("text")]


def list_y(path):
    return [float(pair.split()[1]) for pair in re.findall(r"[\d.]+ [\d.]+", path.get("d"))]


def test_it_is_named_and_described_and_neither_runs_nor_loads_anything():
    root = ET.fromstring(draw(name="k"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "k-title k-desc"
    assert [root[0].text, root[1].text] == ["Kontinuitet i Ljungby", "Kontinuitet har ökat."]
    assert {one.tag.split("}")[1] for one in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "path",
        "circle",
        "text",
    }
    assert not re.search(r"href|script|style=|url\(", draw())


def test_a_hidden_period_is_a_gap_and_a_cross_below_the_axis_and_is_named():
    picture = draw(has_key=False)
    assert len(find(picture, "line")) == 1  # from March to April; January stands alone
    assert len(find(picture, "line-point")) == 3
    (cross,) = find(picture, "hidden")
    axis = list_y(find(picture, "axis")[0])[0]
    assert min(list_y(cross)) > axis
    assert "dolt" in list_texts(picture)


def test_a_period_without_answers_is_a_gap_without_a_cross():
    line = make_line(p2026_01=show_mean(60), p2026_02=NONE, p2026_03=show_mean(64))
    picture = draw(line, marks=NO_MARKS, has_key=False)
    assert [find(picture, kind) for kind in ("hidden", "line")] == [[], []]


def test_scores_lie_where_the_axis_says():
    picture = draw(has_key=False)
    heights = {one.text: float(one.get("y")) for one in find(picture, "number")}
    score = (heights["0"] - heights["100"]) / 100
    last = find(picture, "line-point")[-1]
    assert float(last.get("cy")) == pytest.approx(heights["0"] - 90 * score - 4.2, abs=0.11)


def test_the_latest_mean_is_written_beside_its_point():
    assert [one.text for one in find(draw(), "last")] == ["90,0"]
    hidden_last = make_line(p2026_01=show_mean(60), p2026_02=FEW)
    assert [one.text for one in find(draw(hidden_last), "last")] == ["60,0"]


def test_each_kind_of_line_has_a_dash_of_its_own_and_each_signal_a_direction():
    picture = draw(compared=COUNTY, has_key=False)
    kinds = ("line", "compared", "limit", "goal", "break", "done")
    looks = {
        (one.get("stroke-dasharray"), one.get("stroke-width")) for k in kinds for one in find(picture, k)
    }
    assert len(looks) == len(kinds)
    up, down = find(draw(has_key=False), "up")[0], find(draw(has_key=False), "down")[0]
    assert list_y(up)[0] < list_y(up)[1] and list_y(down)[0] > list_y(down)[1]


def test_a_break_stands_before_its_period_and_what_was_done_in_it():
    picture = draw(has_key=False)
    points = [float(one.get("cx")) for one in find(picture, "line-point")]
    x = {k: float(find(picture, k)[0].get("d")[1:].split()[0]) for k in ("break", "done")}
    assert points[0] < x["break"] < points[1]
    assert x["done"] == points[2]


def test_the_key_names_what_is_drawn_and_nothing_else():
    names = [one.name for one in list_entries(LINE, COUNTY, MARKS, WORDS)]
    assert names == [
        "Ljungby",
        "95 % intervall",
        "Kronoberg",
        "Medel och gränser",
        "Högre",
        "Lägre",
        "Ny fråga",
        "Åtgärd",
        "För få svar",
    ]
    plain = make_line(p2026_01=show_mean(60))
    assert [one.name for one in list_entries(plain, None, NO_MARKS, WORDS)] == ["Ljungby", "95 % intervall"]
    assert list_entries(TrendLine("Ljungby", ()), None, NO_MARKS, WORDS) == []


def test_marks_outside_the_drawn_periods_are_not_drawn():
    outside = Marks(
        signals=(SignalMark("2020-01", True, "över"),),
        uprights=(Upright("2020-01", MarkKind.BREAK, "≠"),),
        limits=(LimitLines(("2020-01",), 60.0, None, None),),
    )
    picture = draw(marks=outside)
    assert [find(picture, kind) for kind in ("up", "break", "centre")] == [[], [], []]


def test_words_of_others_cannot_leave_their_place():
    words = replace(WORDS, title='<script>"&', described="a\x0bb</desc>")
    root = ET.fromstring(draw_line_picture(LINE, words=words))
    assert [root[0].text, root[1].text] == ['<script>"&', "ab</desc>"]


def test_a_line_without_points_is_empty_axes():
    picture = draw(TrendLine("Ljungby", ()))
    assert [find(picture, kind) for kind in ("line", "line-point", "name")] == [[], [], []]
    assert len(find(picture, "grid")) == 4


def test_a_key_of_its_own_is_as_high_as_its_lines():
    entries = [Entry("line", "Ljungby"), Entry("limit", "Medel och gränser"), Entry("hidden", "För få svar")]
    wide, narrow = (
        ET.fromstring(draw_key(entries, width=width, text=12, title="Teckenförklaring"))
        for width in (600, 150)
    )
    assert float(wide.get("height")) < float(narrow.get("height"))


MEANS = st.one_of(st.none(), st.just("hidden"), st.floats(0, 100))


@given(means=st.lists(MEANS, min_size=1, max_size=40), width=st.integers(320, 700))
def test_everything_lies_within_the_picture(means, width):
    cells = {None: NONE, "hidden": FEW}
    line = make_line(
        **{
            f"p{2020 + place // 12}_{place % 12 + 1:02}": cells[m] if m in cells else show_mean(m, half=0)
            for place, m in enumerate(means)
        }
    )
    root = ET.fromstring(draw(line, compared=COUNTY, size=PictureSize(width=width)))
    height = float(root.get("height"))
    for one in root.iter():
        pairs = re.findall(r"([-\d.]+) ([-\d.]+)", one.get("d", ""))
        pairs += [(one.get(x), one.get(y)) for x, y in (("cx", "cy"), ("x", "y")) if one.get(x)]
        assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in pairs)
