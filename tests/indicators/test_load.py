"""Does an indicator file come in whole and right, or get told everything that is wrong with it?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import commands
from survey.areas.former import Former
from survey.demo.indicators import load_made_up
from survey.errors import SurveyError
from survey.indicators import load
from survey.indicators.file import is_missing, read_value
from survey.indicators.load import load_content
from survey.people.roles import Permission, Person, Role
from tests.indicators.files import HEAD, Desk, write_file


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234", 1234.0),
        ("1,234", 1.234),  # a comma is always a decimal sign
        ("-3,2", -3.2),
        ("\u22123,2", -3.2),
        ("1.234,5", None),
        ("1,", None),
        (",5", None),
        ("12 %", None),
        ("1e5", None),
        ("nan", None),
        ("inf", None),
        ("٣", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_it_is_written_or_not_at_all(text: str, value: float | None) -> None:
    assert read_value(text) == value


@given(st.integers(-(10**9), 10**9))
def test_thousandths_with_a_comma_are_read_exactly(thousandths: int) -> None:
    written = f"{thousandths / 1000:.3f}".replace(".", ",")
    assert read_value(written) == thousandths / 1000


@pytest.mark.parametrize("text", ["", ".", "..", "-", "–", "saknas", "Saknas"])
def test_signs_for_no_value_are_missing(text: str) -> None:
    assert is_missing(text)


def test_zero_is_not_missing() -> None:
    assert not is_missing("0")


def test_zero_and_missing_are_kept_apart(either_desk: Desk) -> None:
    loaded = either_desk.load(write_file({"value": "0"}, {"period": "2025", "value": ".."}))
    assert either_desk.list_values() == {("k1", "0780", "2024"): 0.0, ("k1", "0780", "2025"): None}
    assert (loaded.new, loaded.missing) == (2, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("by", [";", "\t"])
def test_a_file_means_the_same_however_it_is_encoded_and_divided(desk: Desk, encoding: str, by: str) -> None:
    desk.load(write_file({"name_sv": "Förtroende å ä ö"}, by=by).encode(encoding))
    (series,) = desk.find("0780")
    assert series.name["sv"] == "Förtroende å ä ö"
    assert series.lines[0].known == (("2024", 0.5),)


def test_a_file_divided_by_comma_has_decimal_points_or_quotation_marks(desk: Desk) -> None:
    desk.load(write_file({"value": "0.5"}, {"period": "2025", "value": '"0,6"'}, by=","))
    assert desk.list_values() == {("k1", "0780", "2024"): 0.5, ("k1", "0780", "2025"): 0.6}


def test_swedish_heads_and_directions_are_understood(desk: Desk) -> None:
    desk.load(
        "Indikator;Namn;Enhet;Riktning;Kommun;År;Värde;Källa\n"
        "k1;Väntan;dagar;Lägre;0780 Växjö;2024;12;Påhittad"
    )
    (series,) = desk.find("0780")
    assert (series.direction, series.unit, series.lines[0].known) == ("lower", "dagar", (("2024", 12.0),))


def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    content = write_file(
        {"value": "mycket"},
        {"area": "780"},
        {"period": "2024-13"},
        {"direction": "uppåt"},
        {"indicator": "k 1"},
        {"unit": "", "indicator": "k2"},
        {"name_en": "Another"},
        {"source": "x" * 201, "indicator": "k3"},
        {"period": "2027"},
        {},
        {},
        {"period": "2024-Q1"},
    )
    assert desk.find_faults(content + "\nk1;för;få") == [
        (2, "value", "indicator_value_wrong"),
        (3, "area", "indicator_area_unknown"),
        (4, "period", "indicator_period_wrong"),
        (5, "direction", "indicator_direction_unknown"),
        (6, "indicator", "indicator_id_wrong"),
        (7, "unit", "indicator_text_missing"),
        (8, "indicator", "indicator_differs"),
        (9, "source", "indicator_text_long"),
        (10, "period", "indicator_period_far"),
        (11, "value", "indicator_value_twice"),
        (12, "value", "indicator_value_twice"),
        (13, "period", "indicator_periods_mixed"),
        (14, "-", "population_row_broken"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "population_empty"),
        (b"PK\x03\x04", "population_not_text"),
        (b"indicator;area;period;value\nk1;0780;2024;1", "population_columns_missing"),
        (";".join(HEAD).encode(), "indicator_no_rows"),
        (write_file({"area": "1280"}).encode(), "indicator_nothing_here"),
        (b"x" * 5_000_001, "indicator_file_large"),
    ],
)
def test_a_file_that_holds_nothing_to_load_says_why(desk: Desk, content: bytes, code: str) -> None:
    assert [found for _, _, found in desk.find_faults(content)] == [code]


@pytest.mark.parametrize("period", ["2026", "2026-H2", "2026-Q3", "2026-09"])
def test_a_period_that_has_begun_may_have_a_value(desk: Desk, period: str) -> None:
    desk.load(write_file({"period": period}))
    assert list(desk.list_values()) == [("k1", "0780", period)]


@pytest.mark.parametrize("period", ["2027", "2026-Q4", "2026-10", "1899"])
def test_a_period_that_has_not_begun_may_not(desk: Desk, period: str) -> None:
    assert desk.find_faults(write_file({"period": period})) == [(2, "period", "indicator_period_far")]


def test_a_dimension_must_be_one_of_the_surveys(desk: Desk) -> None:
    head = (*HEAD, "dimension")
    wrong = write_file({"dimension": "kontinuitt"}, head=head)
    assert desk.find_faults(wrong) == [(2, "dimension", "indicator_dimension_unknown")]
    desk.load(write_file({"dimension": "kontinuitet"}, head=head))
    assert len(desk.find("0780", dimension="kontinuitet")) == 1
    assert desk.find("0780", dimension="trygghet") == ()


def test_areas_of_others_are_left_out_and_counted(desk: Desk) -> None:
    loaded = desk.load(write_file({}, {"area": "07"}, {"area": "1280"}, {"area": "00"}, {"area": "12"}))
    assert {area for _, area, _ in desk.list_values()} == {"0780", "07"}
    assert loaded.outside == 3


def test_a_code_that_is_no_longer_valid_says_what_it_became_when_that_is_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up = {"0799": Former("0799", "1999-12-31", ("0780", "0781"))}
    monkeypatch.setattr(load, "read_former", lambda: made_up)
    assert desk.find_faults(write_file({"area": "0799"})) == [(2, "area", "indicator_area_former")]
    with pytest.raises(SurveyError) as wrong:
        desk.load(write_file({"area": "0799"}))
    (problem,) = wrong.value.facts["problems"]  # type: ignore[misc]
    assert (problem.facts["until"], problem.facts["became"]) == ("1999-12-31", "0780, 0781")


def test_loading_the_same_again_changes_nothing_and_leaves_no_event(either_desk: Desk) -> None:
    content = write_file({}, {"period": "2025", "value": ".."})
    either_desk.load(content)
    before = either_desk.list_revisions()
    again = either_desk.load(content)
    assert (again.changes, again.unchanged) == (False, 2)
    assert either_desk.list_revisions() == before
    assert either_desk.count_events() == 1


def test_another_value_is_a_revision_and_the_old_one_is_kept(either_desk: Desk) -> None:
    either_desk.load(write_file({}))
    for value in ("0,6", "..", "0,5"):
        assert either_desk.load(write_file({"value": value})).revised == 1
    kept = [(one.revision, one.value) for one in either_desk.list_revisions()]
    assert kept == [(1, 0.5), (2, 0.6), (3, None), (4, 0.5)]
    (series,) = either_desk.find("0780")
    assert [(one.value, one.revised) for one in series.lines[0].points] == [(0.5, True)]
    assert either_desk.count_events() == 4


def test_another_description_is_a_revision_without_touching_the_values(desk: Desk) -> None:
    desk.load(write_file({}))
    loaded = desk.load(write_file({"note": "Ny anmärkning"}))
    assert (loaded.described, loaded.new, loaded.revised) == (1, 0, 0)
    assert [one.note for one in desk.find("0780")] == ["Ny anmärkning"]
    assert [one.revision for one in desk.list_revisions()] == [1]


def test_a_later_file_keeps_the_length_of_the_periods(desk: Desk) -> None:
    desk.load(write_file({}))
    faults = desk.find_faults(write_file({"period": "2025-Q1"}))
    assert faults == [(2, "period", "indicator_periods_mixed")]


def test_a_check_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    content = write_file({}, {"period": "2025"})
    planned = desk.load(content, only_check=True)
    assert desk.list_values() == {}
    assert desk.count_events() == 0
    loaded = desk.load(content)
    assert (planned.new, planned.revised, planned.indicators) == (loaded.new, loaded.revised, 1)


def test_nothing_is_kept_when_the_event_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(load.audits, "add_event", refuse)
    with pytest.raises(RuntimeError):
        desk.load(write_file({}))
    assert desk.list_values() == {}


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_load_loads(desk: Desk, role: Role) -> None:
    person = Person(role)
    content = write_file({}).encode()
    if Permission.LOAD_INDICATORS in person.permissions:
        assert load_content(desk.installation, "a.csv", content, by=person).new == 1
        return
    for only_check in (True, False):
        with pytest.raises(SurveyError) as wrong:
            load_content(desk.installation, "a.csv", content, only_check=only_check, by=person)
        assert wrong.value.code == "not_allowed"
    assert desk.list_values() == {}


def test_the_command_checks_first_and_loads_when_it_is_told_to(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mått.csv"
    file.write_text(write_file({}))
    monkeypatch.setattr(commands, "open_here", lambda: desk.installation)
    commands.load_imported(file, check=True)
    assert "Inget är inläst än" in capsys.readouterr().out
    assert desk.list_values() == {}
    commands.load_imported(file, check=False)
    assert "är inläst" in capsys.readouterr().out
    assert desk.list_values() == {("k1", "0780", "2024"): 0.5}


def test_a_file_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        load.load_file(desk.installation, tmp_path / "saknas.csv", by="test")
    assert wrong.value.code == "indicators_wrong"


def test_the_demonstration_says_that_it_is_made_up_and_is_the_same_each_time(desk: Desk) -> None:
    load_made_up(desk.installation, 2025)
    first = desk.list_values()
    load_made_up(desk.installation, 2025)
    assert desk.list_values() == first
    municipalities = desk.installation.areas.municipalities
    assert len(first) == 4 * len(municipalities)
    (series,) = desk.find(*(one.code for one in municipalities), dimension="kontinuitet")
    assert all("påhitta" in text for text in (series.name["sv"], series.source, series.note))
    assert desk.count_events() == 1
