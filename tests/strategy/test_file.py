"""Is the map that is shipped right, and does the author of another hear everything that is wrong?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.definition.load import load_folder, say_problem
from survey.errors import SurveyError
from survey.language import speak
from survey.settings import Settings
from survey.strategy.arrange import arrange_items
from survey.strategy.check import check_map, load_map
from survey.strategy.model import Item, Kind, Status, StrategyMap, read_map, write_map
from survey.strategy.rules import MOST_CHARACTERS, list_faults
from tests.walks import SURVEYS

FILE = Settings().strategy_file  # type: ignore[call-arg]
DEFINITIONS = load_folder(SURVEYS)
MEASURED = {one.survey: {dimension.id for dimension in one.dimensions} for one in DEFINITIONS}
SHIPPED = load_map(FILE, measured=MEASURED)
ITEMS = {item.id: item for framework in SHIPPED.frameworks for item in framework.items}


def test_every_dimension_of_the_shipped_map_is_measured_by_its_survey() -> None:
    named = {dimension for item in ITEMS.values() for dimension in item.dimensions}
    assert named
    assert named <= MEASURED[SHIPPED.survey]


def test_every_group_of_the_shipped_map_is_a_group_of_its_survey() -> None:
    groups = {group.id for one in DEFINITIONS if one.survey == SHIPPED.survey for group in one.groups}
    assert {item.id: item.group for item in ITEMS.values() if item.group} == {
        "G1": "complex_needs",
        "G2": "risk_of_ill_health",
    }
    assert {item.group for item in ITEMS.values() if item.group} <= groups


def test_what_the_questions_name_is_in_the_map() -> None:
    named = {
        item
        for one in DEFINITIONS
        for question in one.questions
        for items in question.links.values()
        for item in items
    }
    assert named
    assert sorted(named - ITEMS.keys()) == []


def test_what_was_not_found_has_no_text_and_what_was_cut_off_says_so() -> None:
    by_status = {status: [i.id for i in ITEMS.values() if i.status is status] for status in Status}
    assert by_status[Status.NOT_FOUND] == ["D4", "L09", "L10", "L11", "L12", "L13"]
    assert [ITEMS[one].text for one in by_status[Status.NOT_FOUND]] == [{}] * 6
    assert by_status[Status.TRUNCATED] == ["L08"]
    assert ITEMS["L08"].text["sv"].endswith("…")
    assert by_status[Status.ENTERED] == []


def test_the_shipped_map_has_every_framework_and_kind() -> None:
    assert [one.key for one in SHIPPED.frameworks] == [
        "kronoberg",
        "programme",
        "kalmar",
        "lund",
        "patientkontrakt",
        "skr_shifts",
        "ibic",
    ]
    assert {item.kind for item in ITEMS.values()} == set(Kind)


def test_a_map_that_is_written_and_read_is_the_same() -> None:
    assert read_map(write_map(SHIPPED)) == SHIPPED


def test_every_item_is_read_once_and_each_promise_under_its_direction() -> None:
    for framework in SHIPPED.frameworks:
        sections = arrange_items(framework)
        read = [item.id for one in sections for item in (*([one.head] if one.head else []), *one.items)]
        assert sorted(read) == sorted(item.id for item in framework.items)
    kronoberg = {one.head.id: one for one in arrange_items(SHIPPED.frameworks[0]) if one.head}
    assert [item.id for item in kronoberg["D2"].items] == ["L05", "L06", "L07"]


WRONG = """\
survey: invanarupplevelse
frameworks:
  - key: kronoberg
    title: {sv: Titel}
    owner: {sv: Ägare}
    colour: blue
    items:
      - {id: D1, kind: direction, status: sourced}
      - {id: L1, kind: promise, status: not_found, text: {sv: Påhittat}, belongs_to: D9}
      - {id: L1, kind: promise, status: sourced, text: {sv: Ord, xx: Tal}, dimensions: [mod, mod, trygghet]}
      - {id: L2, kind: vow, status: sourced, text: {sv: Löfte}}
      - {id: L3, kind: promise, text: {sv: Löfte}}
      - {id: L4, kind: promise, status: sourced, text: {sv: Löfte}, note: {en: Note}}
  - key: kronoberg
    title: {sv: Titel}
    owner: {sv: Ägare}
    items: []
"""


def test_an_author_hears_everything_that_is_wrong_at_once_and_where(tmp_path: Path) -> None:
    file = tmp_path / "karta.yaml"
    file.write_text(WRONG, "utf-8")
    found, problems = check_map(file, measured=MEASURED)
    assert found is None
    assert [(one.line, one.place, one.code) for one in problems] == [
        (6, "frameworks[0].colour", "key_unknown"),
        (8, "frameworks[0].items[0].text", "strategy_text_missing"),
        (9, "frameworks[0].items[1].belongs_to", "strategy_parent_unknown"),
        (9, "frameworks[0].items[1].text", "strategy_text_not_here"),
        (10, "frameworks[0].items[2]", "id_twice"),
        (10, "frameworks[0].items[2].dimensions", "strategy_dimension_twice"),
        (10, "frameworks[0].items[2].dimensions", "strategy_dimension_unknown"),
        (10, "frameworks[0].items[2].text", "strategy_language_unknown"),
        (11, "frameworks[0].items[3].kind", "value_wrong"),
        (12, "frameworks[0].items[4]", "key_missing"),
        (13, "frameworks[0].items[5].note", "strategy_note_missing"),
        (14, "frameworks[1]", "id_twice"),
        (17, "frameworks[1].items", "value_wrong"),
    ]
    for language in ("sv", "en"):
        assert all(say_problem(one, speak(language)) for one in problems)


@pytest.mark.parametrize(
    ("text", "code"), [("- a\n- b\n", "strategy_shapeless"), ("", "empty"), ("a: [", "not_yaml")]
)
def test_a_file_that_is_no_map_is_told_so(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "karta.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(SurveyError) as wrong:
        load_map(file, measured=MEASURED)
    assert wrong.value.code == "strategy_wrong"
    assert [one.code for one in wrong.value.facts["problems"]] == [code]  # type: ignore[attr-defined]


def test_dimensions_of_a_survey_that_is_not_here_are_taken_as_they_are() -> None:
    assert load_map(FILE, measured={"prov": {"safety"}}) == SHIPPED


@pytest.mark.parametrize(
    ("characters", "codes"), [(MOST_CHARACTERS, []), (MOST_CHARACTERS + 1, ["strategy_text_long"])]
)
def test_a_text_has_a_longest_length(characters: int, codes: list[str]) -> None:
    item = Item(id="A1", kind=Kind.GOAL, status=Status.SOURCED, text={"sv": "a" * characters})
    assert [fault.code for fault in list_faults(item, dimensions=None, parents=())] == codes


def test_no_file_name_of_a_source_is_a_web_address_and_the_other_way_round() -> None:
    for framework in SHIPPED.frameworks:
        assert all(source.startswith("https://") for source in framework.sources)
        assert not any("://" in document for document in framework.documents)


def test_a_map_needs_a_framework() -> None:
    with pytest.raises(ValueError, match="frameworks"):
        StrategyMap(survey="prov", frameworks=())
