"""Are organisations written down as a tree that holds, whoever changes it at once?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import PeopleError
from survey.people.organisations import (
    NewOrganisation,
    add_organisation,
    change_organisation,
    list_organisations,
    remove_organisation,
)
from tests.people.newcomers import SOMEBODY, find_top, let_in
from tests.processes import reopen, run_together


def add(installation: Installation, name: str, parent: str = "", kind: str = "unit", area: str = ""):  # type: ignore[no-untyped-def]
    return add_organisation(installation, NewOrganisation(name, kind, parent, area), by=SOMEBODY)


def find_codes(deed, *given, **named) -> list[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(SurveyError) as wrong:
        deed(*given, **named)
    error = wrong.value
    return [one.code for one in error.faults] if isinstance(error, PeopleError) else [error.code]


def test_each_stands_under_what_it_belongs_to(installation: Installation) -> None:
    region = add(installation, "Regionen", kind="region")
    care = add(installation, "Primärvården", region.id, "administration")
    add(installation, "Vårdcentralen", care.id)
    add(installation, "Kommunen", kind="municipality", area="0780")
    known = list_organisations(installation, viewer=SOMEBODY)
    assert [one.name for one in known] == ["Kommunen", "Regionen", "Primärvården", "Vårdcentralen"]


@pytest.mark.parametrize(
    ("new", "codes"),
    [
        (NewOrganisation("", "unit"), ["organisation_name_missing"]),
        (NewOrganisation("\u200b \u202e", "unit"), ["organisation_name_missing"]),
        (NewOrganisation("x" * 81, "unit"), ["name_long"]),
        (NewOrganisation("region  TEST", "unit"), ["organisation_exists"]),
        (NewOrganisation("Ny", "county"), ["organisation_kind_unknown"]),
        (NewOrganisation("Ny", "unit", "x", "9999"), ["organisation_unknown", "area_unknown"]),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(
    new: NewOrganisation, codes: list[str], installation: Installation
) -> None:
    find_top(installation)
    assert find_codes(add_organisation, installation, new, by=SOMEBODY) == codes


def test_nothing_belongs_to_itself_or_to_its_own_part(installation: Installation) -> None:
    top = add(installation, "Överst", kind="region")
    below = add(installation, "Under", top.id)
    for parent in (top.id, below.id):
        new = NewOrganisation("Överst", "region", parent)
        assert find_codes(change_organisation, installation, top.id, new, based_on=1, by=SOMEBODY) == [
            "organisation_in_itself"
        ]


def test_two_who_move_two_under_each_other_at_once_make_no_ring(installation: Installation) -> None:
    one, other = add(installation, "Ena"), add(installation, "Andra")
    installation.database.close()

    def move(this, under):  # type: ignore[no-untyped-def]
        new = NewOrganisation(this.name, "unit", under.id)

        def job() -> bool:
            return bool(change_organisation(reopen(installation), this.id, new, based_on=1, by=SOMEBODY))

        return job

    outcomes = run_together(move(one, other), move(other, one))
    assert sorted(found.error for found in outcomes) == ["", "organisation_in_itself"]
    assert len(list_organisations(reopen(installation), viewer=SOMEBODY)) == 2


def test_who_looked_at_an_older_version_is_told(installation: Installation) -> None:
    one = add(installation, "Enheten")
    change_organisation(installation, one.id, NewOrganisation("Enhet A", "unit"), based_on=1, by=SOMEBODY)
    late = NewOrganisation("Enhet B", "unit")
    assert find_codes(change_organisation, installation, one.id, late, based_on=1, by=SOMEBODY) == [
        "people_changed_meanwhile"
    ]
    assert find_codes(remove_organisation, installation, one.id, based_on=1, by=SOMEBODY) == [
        "people_changed_meanwhile"
    ]


def test_one_that_is_used_stays(installation: Installation) -> None:
    let_in(installation)
    top = find_top(installation)
    assert find_codes(remove_organisation, installation, top, based_on=1, by=SOMEBODY) == [
        "organisation_used"
    ]
    lone = add(installation, "Ensam")
    remove_organisation(installation, lone.id, based_on=1, by=SOMEBODY)
    assert [one.id for one in list_organisations(installation, viewer=SOMEBODY)] == [top]
