"""Do gaps between groups say what is published, no more, and each reader's from what that reader is shown?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.gaps import GapKind, ValuesKind
from survey.errors import SurveyError
from survey.insight.gaps import GapFigure, Groups, ValueFigure, find_groups
from survey.insight.group_choice import GroupChoice, read_group_choice
from survey.insight.group_computed import find_group_computed
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import add_cells, add_publication, add_version_without
from tests.insight.published_groups import (
    HALF_YEARS,
    HIDDEN_FROM_PUBLIC,
    KRONOBERG,
    MEASURE,
    make_group_cell,
    make_hidden_cell,
    publish_gap,
    publish_half_years,
    publish_roles,
)
from tests.walks import SURVEY, opened

RESIDENT, MANAGER = Person(), Person(Role.MANAGER)
NOW = HALF_YEARS[-1]


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        publish_half_years(found)
        yield found


def look(installation: Installation, viewer: Person = MANAGER, **asked: str) -> Groups:
    choice, wrong = read_group_choice(installation, asked)
    assert not wrong
    found = find_groups(installation, choice, viewer=viewer)
    assert found is not None
    return found


def find_gap(groups: Groups, group: str = "complex_needs") -> GapFigure:
    return next(one for one in groups.gaps if one.group.id == group)


def find_values(groups: Groups, key: str = "role") -> ValueFigure:
    return next(one for one in groups.values if one.key == key)


def test_the_others_are_those_who_said_that_they_are_not_in_the_group(installation: Installation) -> None:
    publish_gap(installation, -10.0)
    add_cells(installation, make_group_cell(NOW, "", "", 90.0, 2000))  # with those who did not say
    point = find_gap(look(installation)).points[-1]
    assert isinstance(point.others, Shown)
    assert (point.others.value.mean, point.others.value.n) == (70.0, 800)
    assert isinstance(point.gap, Shown)
    assert point.gap.value.points == -10.0


def test_where_the_others_are_hidden_nothing_is_worked_out_for_them(installation: Installation) -> None:
    add_cells(
        installation,
        make_group_cell(NOW, "", "", 66.0, 1000),
        make_group_cell(NOW, "complex_needs", "yes", 60.0, 960),
        make_hidden_cell(NOW, "complex_needs", "no"),
    )
    figure = find_gap(look(installation))
    assert figure.points[-1].gap == Hidden(HiddenReason.TOO_FEW, 30)
    assert figure.kind is GapKind.CANNOT_SAY


@pytest.mark.parametrize(
    ("gaps", "kind"),
    [
        ((-10.0,), GapKind.ONE_PERIOD),
        ((-1.0, -1.0, -1.0), GapKind.NO_CLEAR_GAP),
        ((-1.0, -1.0, -15.0), GapKind.LARGER),
        ((-15.0, -15.0, -1.0), GapKind.SMALLER),
        ((-15.0, -15.0, -16.0), GapKind.UNCHANGED),
    ],
)
@pytest.mark.parametrize("viewer", [RESIDENT, MANAGER])
def test_a_gap_is_classified(
    installation: Installation, viewer: Person, gaps: tuple[float, ...], kind: GapKind
) -> None:
    publish_gap(installation, *gaps)
    assert find_gap(look(installation, viewer)).kind is kind


def test_the_public_reads_whole_numbers_less_whole_numbers(installation: Installation) -> None:
    publish_gap(installation, -5.26)  # 64.74, which is shown as 65
    shown = [find_gap(look(installation, viewer)).points[-1].gap for viewer in (RESIDENT, MANAGER)]
    assert [one.value.points for one in shown if isinstance(one, Shown)] == [-5.0, -5.3]
    public = shown[0]
    assert isinstance(public, Shown)
    assert all(end == round(end) for end in (public.value.low, public.value.high) if end is not None)


def test_cells_that_are_shown_alike_give_the_public_the_same_page(
    installation: Installation, tmp_path: Path, database_url: str
) -> None:
    """Nothing that rounding takes away comes back by a difference, an interval or a sentence."""
    publish_gap(installation, -1.0, -1.0, -9.74, n=203)
    publish_roles(installation)
    first = look(installation, RESIDENT)
    add_cells(
        installation,
        make_group_cell(NOW, "complex_needs", "yes", 60.44, 207, sd=20.4, low=57.3, high=63.4, revision=2),
        make_group_cell(NOW, "complex_needs", "no", 69.6, 808, sd=19.6, low=68.6, high=71.4, revision=2),
        make_group_cell(NOW, "who_answered", "carer", 56.4, 102, sd=19.7, low=51.7, high=60.2, revision=2),
    )
    second = look(installation, RESIDENT)
    assert second == first
    assert look(installation) != replace(first, decimals=1)


def test_hidden_and_nobody_are_two_things_and_each_reader_has_their_own(installation: Installation) -> None:
    add_cells(
        installation,
        make_group_cell(NOW, "complex_needs", "yes", 60.0, 40, **HIDDEN_FROM_PUBLIC),
        make_group_cell(NOW, "complex_needs", "no", 70.0, 400),
    )
    public, manager = (find_gap(look(installation, viewer)) for viewer in (RESIDENT, MANAGER))
    assert public.points[-1].gap == Hidden(HiddenReason.NOT_TOLD, 30)
    assert isinstance(manager.points[-1].gap, Shown)
    assert [one.gap for one in manager.points[:-1]] == [NoAnswers(), NoAnswers()]
    assert (public.kind, manager.kind) == (GapKind.CANNOT_SAY, GapKind.ONE_PERIOD)


def test_tests_are_weighed_together_and_hidden_ones_are_not_counted(installation: Installation) -> None:
    publish_gap(installation, -3.7)
    alone = look(installation)
    assert (alone.tests, find_gap(alone).kind) == (1, GapKind.ONE_PERIOD)
    publish_roles(installation, **HIDDEN_FROM_PUBLIC)
    add_cells(installation, *(make_group_cell(NOW, "age_band", age, 66.0) for age in AGES))
    together = look(installation)
    assert together.tests == 1 + 3 + len(AGES) - 1
    assert find_gap(together).kind is GapKind.NO_CLEAR_GAP
    assert look(installation, RESIDENT).tests == together.tests - 1


AGES = ("a15_29", "a30_44", "a45_64", "a65_79", "a80p")


@pytest.mark.parametrize("viewer", [RESIDENT, MANAGER])
def test_who_answered_for_whom_is_told_as_shares_and_means(
    installation: Installation, viewer: Person
) -> None:
    publish_roles(installation)
    figure = find_values(look(installation, viewer))
    assert [(row.code, row.share) for row in figure.rows] == [
        ("self", 0.7),
        ("self_assisted", 0.1),
        ("proxy", 0.1),
        ("carer", 0.1),
    ]
    assert (figure.period, figure.kind) == (NOW, ValuesKind.DIFFER)
    assert [(one.value, one.against) for one in figure.claimed] == [("carer", "self")]


def test_a_hidden_value_has_no_share_and_the_others_are_of_everybody(installation: Installation) -> None:
    publish_roles(installation, **HIDDEN_FROM_PUBLIC)
    rows = {row.code: row for row in find_values(look(installation, RESIDENT)).rows}
    assert rows["proxy"].cell == Hidden(HiddenReason.NOT_TOLD, 30)
    assert rows["proxy"].share is None
    assert rows["self"].share == 0.7


def test_values_are_of_the_latest_half_year_that_shows_some(installation: Installation) -> None:
    publish_roles(installation, HALF_YEARS[0])
    add_cells(installation, make_hidden_cell(NOW, "who_answered", "self"))
    figure = find_values(look(installation))
    assert (figure.period, figure.rows[0].share) == (HALF_YEARS[0], 0.7)


def test_languages_are_told_apart_though_no_survey_defines_them(installation: Installation) -> None:
    add_cells(
        installation,
        make_group_cell(NOW, "language", "sv", 66.0, 900),
        make_group_cell(NOW, "language", "uk", 50.0, 60),
    )
    figure = find_values(look(installation), "language")
    cells = {row.code: row.cell for row in figure.rows}
    assert isinstance(cells["uk"], Shown)
    assert cells["en"] == NoAnswers()
    assert [one.value for one in figure.claimed] == ["uk"]


def test_the_year_in_which_the_survey_began_and_other_areas_and_measures_are_left_out(
    installation: Installation,
) -> None:
    add_cells(
        installation,
        make_group_cell("2026-H2", "complex_needs", "yes", 10.0),
        make_group_cell(NOW, "complex_needs", "yes", 20.0, area="0780"),
        make_group_cell(NOW, "complex_needs", "yes", 30.0, measure="trygghet"),
        make_group_cell(NOW, "complex_needs", "yes", 40.0, unit="enhet"),
    )
    figure = find_gap(look(installation))
    assert [point.period for point in figure.points] == list(HALF_YEARS)
    assert {type(point.group) for point in figure.points} == {NoAnswers}
    other = find_gap(look(installation, area="0780")).points[-1].group
    assert isinstance(other, Shown)
    assert other.value.mean == 20.0


def test_before_a_whole_half_year_there_is_nothing(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation:
        with pytest.raises(SurveyError, match="nothing_published"):
            read_group_choice(installation, {})
        add_publication(installation, "2026-02")
        add_publication(installation, "2026-06")
        choice, _ = read_group_choice(installation, {})
        assert find_groups(installation, choice, viewer=MANAGER) is None


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, []),
        ({"area": "9999"}, ["area_unknown"]),
        ({"dimension": "nonsense"}, ["dimension_unknown"]),
        ({"survey": "nonsense"}, ["survey_unknown"]),
        (
            {"survey": "a", "area": "b", "dimension": "c" * 99},
            ["survey_unknown", "area_unknown", "dimension_unknown"],
        ),
    ],
)
def test_a_part_of_the_address_that_makes_no_sense_is_told_and_the_usual_one_taken(
    installation: Installation, asked: dict[str, str], codes: list[str]
) -> None:
    choice, wrong = read_group_choice(installation, asked)
    assert choice == GroupChoice(SURVEY, KRONOBERG, MEASURE)
    assert [one.code for one in wrong] == codes
    assert all(len(str(fact)) <= 40 for one in wrong for fact in one.facts.values())


def test_a_dimension_that_is_no_longer_asked_for_can_still_be_chosen(installation: Installation) -> None:
    add_version_without(installation, "helhet")
    add_publication(installation, "2026-07", versions="2026-2")
    choice, wrong = read_group_choice(installation, {"dimension": "helhet"})
    assert (choice.dimension, wrong) == ("helhet", ())
    found = find_groups(installation, choice, viewer=MANAGER)
    assert found is not None
    assert found.dimension.id == "helhet"


def compute(installation: Installation, viewer: Person, value: str = "yes") -> Any:
    choice, _ = read_group_choice(installation, {})
    return find_group_computed(installation, choice, "complex_needs", value, NOW, viewer=viewer)


def test_how_a_groups_number_was_made_is_told_where_it_is_shown(installation: Installation) -> None:
    add_cells(
        installation,
        make_group_cell(NOW, "complex_needs", "yes", 60.0, 203, n_effective=181.0, largest_weight=2.449),
        make_group_cell(NOW, "complex_needs", "no", 70.0, 40, **HIDDEN_FROM_PUBLIC),
    )
    computed = compute(installation, RESIDENT)
    assert (computed.n, computed.n_effective, computed.threshold) == (205, 180, 30)
    assert compute(installation, RESIDENT, "no") is None
    assert compute(installation, MANAGER, "no").n == 40
    assert compute(installation, MANAGER, "other") is None
