"""What is the public told of one published cell?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import bound_share_shown, round_count
from survey.insight.open_data.cells import Naming, list_rows, name_group
from survey.insight.open_data.files import write_table
from survey.insight.shares import say_share
from survey.store.publications import Cell
from tests.survey.little_county import PROV

NAMING = Naming({"q1": ("2", "1", "na", "positive")}, frozenset({("q1", "na")}), frozenset({"care"}))
SHARES = json.dumps({"2": 0.96, "1": 0.04, "na": 0.1, "positive": 0.0})
NO_NUMBERS = dict.fromkeys(
    ("sd", "raw", "adjusted", "n_effective", "largest_weight", "positive_low", "positive_high", "shares")
)
CELL = Cell(
    survey=PROV,
    area="0101",
    unit="",
    kind="month",
    measure="q1",
    group="",
    value="",
    period="2026-01",
    revision=1,
    publication_id=1,
    n=60,
    mean=61.5,
    low=55.49,
    high=67.51,
    weighting="none",
    positive=0.965,
    hidden_public=None,
    hidden_signed_in=None,
    **{**NO_NUMBERS, "positive_low": 0.9, "positive_high": 0.999, "shares": SHARES},
)


def say(cell: Cell) -> dict[str, tuple[str, ...]]:
    return {row.measure: tuple(row)[4:] for row in list_rows(cell, NAMING)}


def test_shares_of_many_are_said_exactly_and_those_of_everybody_asked_have_no_n() -> None:
    assert say(CELL) == {
        "q1": ("60", "62", "55", "68", "shown"),
        "q1:positive": ("60", "96", "90", "100", "shown"),
        "q1:2": ("60", "96", "", "", "shown"),
        "q1:1": ("60", "4", "", "", "shown"),
        "q1:na": ("", "10", "", "", "shown"),
        "q1:answer.positive": ("60", "0", "", "", "shown"),
    }


HIDDEN = ("..", "..", "..", "..", "hidden")
ANSWERS = ("q1:2", "q1:1", "q1:na", "q1:answer.positive")


@pytest.mark.parametrize(
    ("changes", "mean", "positive"),
    [
        ({"n": 52}, ("50", "62", "55", "68", "shown"), ("50", ">95", "..", "..", "shown")),
        ({"n": 22}, ("20", "62", "55", "68", "shown"), ("20", ">90", "..", "..", "shown")),
        ({"n": 12}, ("10", "62", "55", "68", "shown"), ("10", ">85", "..", "..", "shown")),
        ({"n": 52, "positive": 0.5}, ("50", "62", "55", "68", "shown"), ("50", "50", "90", ">95", "shown")),
        ({"n": 52, "positive": 0.02}, ("50", "62", "55", "68", "shown"), ("50", "<5", "..", "..", "shown")),
        ({"hidden_public": "too_few"}, HIDDEN, HIDDEN),
        ({"hidden_public": "protects_another", "n": None, "mean": None, "positive": None}, HIDDEN, HIDDEN),
    ],
)
def test_shares_of_few_are_bounded_and_their_answers_hidden(
    changes: dict[str, Any], mean: tuple[str, ...], positive: tuple[str, ...]
) -> None:
    assert say(replace(CELL, **changes)) == {
        "q1": mean,
        "q1:positive": positive,
        **dict.fromkeys(ANSWERS, HIDDEN),
    }


def test_a_cell_without_answers_is_no_row() -> None:
    assert say(replace(CELL, n=0, mean=None)) == {}


@pytest.mark.parametrize("n", range(48, 58))
def test_the_rows_of_a_cell_depend_on_its_n_only_as_it_is_rounded(n: int) -> None:
    assert say(replace(CELL, n=n)) == say(replace(CELL, n=round_count(n)))


@pytest.mark.parametrize("n", [10, 15, 20, 23, 48, 49, 53])
@pytest.mark.parametrize("share", [0.0, 0.04, 0.05, 0.5, 0.95, 0.96, 1.0])
def test_no_share_is_said_more_exactly_than_everywhere_else(n: int, share: float) -> None:
    allowed = bound_share_shown(share, n)
    said = say_share(share, n)
    if allowed.kind == "exact":
        assert said == str(round(100 * share)) or said[0] in "<>"
    else:
        assert said[0] == {"below": "<", "above": ">"}[allowed.kind]
        assert abs(int(said[1:]) - 50) <= abs(100 * allowed.share - 50)


@pytest.mark.parametrize(
    ("place", "name"),
    [(("", ""), "all"), (("age", "old"), "age:old"), (("care", "home"), "care.home:yes")],
)
def test_a_value_that_goes_with_others_is_a_variable_of_its_own(place: tuple[str, str], name: str) -> None:
    assert name_group(*place, frozenset({"care"})) == name


def test_a_cell_that_a_spreadsheet_would_run_is_protected(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ["a", "b"], [("=1+1", "-5"), ("@x", "Växjö")])
    assert (tmp_path / "a.csv").read_bytes() == "a,b\r\n'=1+1,-5\r\n'@x,Växjö\r\n".encode()
