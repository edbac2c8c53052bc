"""Does a program get what everybody may see, whole and in pages, and nothing else?"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.api.figures import read_number
from survey.insight.audience import Audience
from survey.insight.open_data.cells import list_rows
from survey.insight.open_data.meanings import Meanings
from survey.installation import find_definition
from survey.store.publications import iterate_latest_cells
from tests.api.programs import ROOT, Program, Row, bear, give_permit, read_pages
from tests.insight.exported_county import County
from tests.survey.little_county import FIRST, PROV

CELLS = f"{ROOT}/surveys/{PROV}/cells"
SERIES = f"{ROOT}/surveys/{PROV}/series"
NUMBERS = ("n", "value", "low", "high")
BOUNDS = ("value", "low", "high")


def describe(row: Row) -> tuple[str, ...]:
    """A row of an answer as the line of the file that it must be."""
    told = [row["area"], row["period"], row["group"], row["measure"]]
    for name in NUMBERS:
        bound = row.get(f"{name}_bound")
        told.append(bound if bound is not None else "" if row[name] is None else str(row[name]))
    return (*told, row["status"])


def describe_line(line: dict[str, str]) -> tuple[str, ...]:
    """A line of the file; what is hidden has no number here."""
    return tuple("" if value == ".." else value for value in line.values())


@pytest.mark.parametrize("limit", [100, 5000])
def test_all_pages_together_are_the_rows_of_the_open_data(
    county: County, program: Program, limit: int
) -> None:
    lines = Counter(describe_line(line) for line in county.export().cells)
    rows = read_pages(program, f"{CELLS}?limit={limit}")
    assert Counter(map(describe, rows)) == lines
    assert {row["status"] for row in rows} == {"shown", "hidden"}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(40, 400),
    kind=st.sampled_from(["", "month", "quarter", "half_year", "year"]),
    areas=st.lists(st.sampled_from(["01", "0101", "0102/north", "0202"]), min_size=1, max_size=3),
    measures=st.lists(st.sampled_from(["all", "q1", "q1:4", "safety:positive"]), max_size=2),
    groups=st.lists(st.sampled_from(["all", "gender", "care.home", "age:old"]), max_size=2),
)
def test_every_question_gives_the_rows_of_all_that_it_asks_for_and_no_others(
    county: County,
    program: Program,
    whole: list[Row],
    limit: int,
    kind: str,
    areas: list[str],
    measures: list[str],
    groups: list[str],
) -> None:
    asked: dict[str, object] = {"limit": limit, "area": areas, "measure": measures, "group": groups}
    asked |= {"kind": kind} if kind else {}
    found = read_pages(program, f"{CELLS}?{urlencode(asked, doseq=True)}")
    assert Counter(map(describe, found)) == Counter(
        describe(row)
        for row in whole
        if (not kind or row["kind"] == kind)
        and (not areas or row["area"] in areas)
        and (not measures or row["measure"] in measures or row["measure"].split(":")[0] in measures)
        and (not groups or any(row["group"] == g or row["group"].startswith(f"{g}:") for g in groups))
    )


@pytest.fixture
def whole(program: Program) -> list[Row]:
    return read_pages(program, f"{CELLS}?limit=5000")


@pytest.mark.parametrize(
    ("span", "periods"),
    [
        ("from=2026-01&to=2026-03", {"2026-01", "2026-02", "2026-03", "2026-Q1"}),
        ("from=2026-02&to=2026-03", {"2026-02", "2026-03"}),
        ("to=2026-01", {"2026-01"}),
        ("from=2026-12", {"2026-12"}),
        ("from=2026-03&to=2026-01", set()),
        ("from=2030-01", set()),
        ("kind=year&from=1999-01", {"2026"}),
    ],
)
def test_only_periods_that_lie_wholly_between_two_months_are_given(
    program: Program, span: str, periods: set[str]
) -> None:
    rows = read_pages(program, f"{CELLS}?limit=5000&area=01&measure=safety&{span}")
    assert {row["period"] for row in rows} == periods


def test_a_hidden_row_has_no_number_and_the_public_is_told_no_reason(whole: list[Row]) -> None:
    hidden = [row for row in whole if row["status"] == "hidden"]
    assert hidden
    for row in hidden:
        assert [row[name] for name in NUMBERS] == [None] * 4
        assert [row[f"{name}_bound"] for name in BOUNDS] == [None] * 3
        assert row["reason"] is None


def test_a_line_where_everything_is_hidden_is_an_answer_that_says_so(
    county: County, program: Program, whole: list[Row]
) -> None:
    lines: dict[tuple[str, str, str, str], set[str]] = {}
    for row in whole:
        lines.setdefault((row["area"], row["kind"], row["measure"], row["group"]), set()).add(row["status"])
    area, kind, measure, group = next(line for line, said in lines.items() if said == {"hidden"})
    asked = {"area": area, "kind": kind, "measure": measure, "group": group}
    answer = program.get(SERIES, params=asked)
    assert answer.status_code == 200
    assert {row["status"] for row in answer.json()["rows"]} == {"hidden"}
    assert answer.json()["rows"]


def test_a_series_is_the_rows_of_one_measure_in_the_order_of_time(program: Program, whole: list[Row]) -> None:
    asked = {"area": "01", "measure": "q1:positive", "kind": "month"}
    found = program.get(SERIES, params=asked).json()["rows"]
    expected = [
        row
        for row in whole
        if row["group"] == "all" and all(row[name] == value for name, value in asked.items())
    ]
    assert found == sorted(expected, key=lambda row: row["period"])
    assert len(found) == 12


def test_signed_in_figures_are_those_of_signed_in_people_with_their_reasons(
    county: County, program: Program, whole: list[Row]
) -> None:
    installation = county.installation
    rows = read_pages(program, f"{CELLS}?limit=5000", headers=bear(give_permit(installation)))
    meanings = Meanings([find_definition(installation, PROV, FIRST)])
    audience = Audience(signed_in=True, threshold=5)
    with installation.database.read() as connection:
        cells = [cell for cell in iterate_latest_cells(connection) if cell.survey == PROV]
    expected = Counter(
        (row.area, row.period, row.group, row.measure, row.status, read_number(row.value))
        for cell in cells
        for row in list_rows(cell, meanings.naming, audience)
    )
    names = ("area", "period", "group", "measure", "status", "value")
    assert Counter(tuple(row[name] for name in names) for row in rows) == expected
    shown = [sum(row["status"] == "shown" for row in some) for some in (whole, rows)]
    assert shown[0] < shown[1]
    assert {row["reason"] for row in rows if row["status"] == "hidden"} >= {"too_few", "protects_another"}
    assert {row["n"] % 5 for row in rows if row["n"] is not None} == {0}


def test_a_permit_for_public_figures_gets_what_everybody_gets(
    county: County, program: Program, whole: list[Row]
) -> None:
    headers = bear(give_permit(county.installation, "public"))
    assert read_pages(program, f"{CELLS}?limit=5000", headers=headers) == whole


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("area=99", 404, "area_not_here"),
        ("measure=nothing", 404, "measure_not_here"),
        ("measure=q1:9", 404, "measure_not_here"),
        ("group=nothing", 404, "group_not_here"),
        ("group=gender.woman", 404, "group_not_here"),
        ("cursor=" + "A" * 40, 400, "cursor_wrong"),
        ("limit=0", 400, "query_wrong"),
        ("limit=5001", 400, "query_wrong"),
        ("limit=1_0", 400, "query_wrong"),
        ("kind=week", 400, "query_wrong"),
        ("kind=year&kind=month", 400, "query_wrong"),
        ("from=2026-13", 400, "query_wrong"),
        ("&".join(["area=01"] * 51), 400, "query_wrong"),
        ("token=x", 400, "query_wrong"),
        ("x" * 8193, 414, "query_long"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(program: Program, query: str, status: int, code: str) -> None:
    answer = program.get(f"{CELLS}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


def test_everything_that_is_wrong_is_told_at_once_in_the_readers_language(program: Program) -> None:
    swedish = program.get(f"{SERIES}?kind=week&pengar=1").json()
    english = program.get(f"{SERIES}?kind=week&pengar=1", headers={"Accept-Language": "en-GB, sv;q=0.5"})
    assert [one["parameter"] for one in swedish["faults"]] == ["kind", "pengar", "area", "measure"]
    assert swedish["detail"].startswith("Frågan går inte")
    assert english.json()["detail"].startswith("The question cannot")
    assert english.headers["content-language"] == "en"


def test_a_survey_that_is_not_published_is_unknown(program: Program) -> None:
    assert program.get(f"{ROOT}/surveys/resursgrupp/cells").json()["code"] == "survey_unknown"
    assert program.get(f"{ROOT}/nothing").json()["code"] == "interface_unknown"
