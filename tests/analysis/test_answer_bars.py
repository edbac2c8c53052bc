"""Are answers drawn in the order of their scale, with numbers that can be read?"""

import json

import plotly.graph_objects as go
import pytest

from analysis.answer_bars import (
    FILLS,
    LEAST_WRITTEN,
    LEGEND_HEIGHT,
    AnswerBar,
    choose_fill,
    draw_answers,
    wrap_question,
)
from analysis.chart_frame import LIGHT
from tests.analysis.test_charts import measure_contrast

ANSWERS = ("Alltid", "Oftast", "Ibland", "Sällan", "Aldrig")
BARS = [
    AnswerBar("Har du en fast vårdkontakt?", (40, 30, 20, LEAST_WRITTEN, LEAST_WRITTEN - 4)),
    AnswerBar("Får du en tid när du behöver, <snart> och utan att vänta i telefon?", (20, 20, 20, 20, 20)),
]


def draw():
    return draw_answers(BARS, ANSWERS, hover="{answer}: {percent} %", palette=LIGHT, locale="sv")


def test_every_answer_is_a_part_of_every_bar_in_the_order_of_the_scale():
    figure = json.loads(draw().to_json())
    assert [trace["name"] for trace in figure["data"]] == list(ANSWERS)
    assert [trace["x"] for trace in figure["data"]] == [[40, 20], [30, 20], [20, 20], [7, 20], [3, 20]]
    assert figure["data"][0]["hovertemplate"] == "Alltid: %{x} %<extra></extra>"


def test_a_part_that_is_too_small_for_its_number_has_none():
    texts = [trace["text"][0] for trace in json.loads(draw().to_json())["data"]]
    assert texts == ["40", "30", "20", "7", ""]


def test_a_long_question_has_two_lines_and_is_never_read_as_an_order():
    layout = json.loads(draw().to_json())["layout"]
    first, second = (one["text"] for one in layout["annotations"])
    assert first == "Har du en fast vårdkontakt?"
    assert second == "Får du en tid när du behöver, &lt;snart&gt; och utan<br>att vänta i telefon?"
    alone = draw_answers(BARS[:1], ANSWERS, hover="", palette=LIGHT, locale="sv").layout.height
    assert layout["height"] - alone > alone - LEGEND_HEIGHT  # every bar grows by the second line


def test_a_question_of_three_lines_is_cut_in_its_second():
    assert wrap_question("ord " * 40) == [("ord " * 11).strip(), ("ord " * 11).strip() + " …"]
    assert wrap_question("") == [""]


@pytest.mark.parametrize(("fill", "ink"), FILLS)
def test_a_number_can_be_read_on_its_part(fill, ink):
    assert measure_contrast(fill, ink) >= 4.5


@pytest.mark.parametrize("of", [1, 2, 3, 5, 7])
def test_a_scale_of_any_length_goes_from_the_first_colour_to_the_last(of):
    fills = [choose_fill(number, of) for number in range(of)]
    assert fills[0] == FILLS[0]
    assert of == 1 or fills[-1] == FILLS[-1]


def test_a_figure_of_answers_holds_nothing_that_the_library_would_refuse():
    figure = draw().to_dict()
    figure["layout"].pop("template")
    checked = go.Figure(figure)
    checked.layout.template = None
    assert checked.to_dict() == figure
