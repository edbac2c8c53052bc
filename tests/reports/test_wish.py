"""What may be asked for, and is what is wrong told in one clear sentence?"""

from __future__ import annotations

from typing import Any

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.roles import VISITOR, Person, Role
from survey.reports.orders import ask_for_report
from survey.reports.wish import (
    MOST_AREAS,
    Asked,
    Format,
    Kind,
    Readers,
    list_committees,
    open_wish,
    read_wish,
    widen_areas,
    write_wish,
)
from survey.store.organisations import Organisation
from tests.insight.monthly import publish_line
from tests.reports.conftest import MANAGER, MEMBER, RESIDENT, VAXJO

ADMINISTRATOR = Person(Role.ADMINISTRATOR)
LJUNGBY, KRONOBERG, NYBRO = "0781", "07", "0881"


@pytest.fixture
def published(on_sqlite: Installation) -> Installation:
    """Twelve months of Växjö, until October 2026."""
    publish_line(on_sqlite, [60.0] * 12)
    return on_sqlite


def add(installation: Installation, name: str, area: str = "", parent: str = "") -> Organisation:
    new = NewOrganisation(name, "municipality", parent, area)
    return add_organisation(installation, new, by=ADMINISTRATOR)


def test_a_committee_page_is_public_and_about_three_years_when_nothing_is_said(
    published: Installation,
) -> None:
    wish = read_wish(published, Asked(areas=(VAXJO,)), by=MANAGER)
    assert (wish.kind, wish.readers, wish.format) == (Kind.COMMITTEE, Readers.PUBLIC, Format.PDF)
    assert (wish.first, wish.last) == ("2023-11", "2026-10")
    assert wish.find_viewer(MANAGER.role) == VISITOR


def test_inside_figures_are_those_of_the_role_that_asked(published: Installation) -> None:
    wish = read_wish(published, Asked(areas=(VAXJO,), readers="inside"), by=MANAGER)
    assert wish.find_viewer(MANAGER.role).role is Role.MANAGER


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("diagram", (VAXJO,)), "report_kind_unknown"),
        (Asked(areas=(VAXJO,), format="odt"), "report_format_unknown"),
        (Asked(areas=(VAXJO,), format=""), "report_format_unknown"),
        (Asked(areas=(VAXJO,), readers="press"), "report_readers_unknown"),
        (Asked(areas=("9999",)), "area_unknown"),
        (Asked(areas=()), "report_areas_none"),
        (Asked(areas=(VAXJO, LJUNGBY)), "report_one_area"),
        (Asked(organisation="ingen"), "organisation_unknown"),
        (Asked(areas=(VAXJO,), first="2026-10", last="2026-01"), "report_span_turned"),
        (Asked(areas=(VAXJO,), first="2010-01", last="2010-12"), "report_span_empty"),
        (Asked(areas=(VAXJO,), first="2027-01", last="2027-12"), "report_span_empty"),
        (Asked(areas=(VAXJO,), first="i fjol", last="2026-01"), "span_wrong"),
        (Asked("programme", tuple(f"{n:04}" for n in range(MOST_AREAS + 1))), "area_unknown"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(
    published: Installation, asked: Asked, code: str
) -> None:
    with pytest.raises(SurveyError) as told:
        ask_for_report(published, asked, by=MANAGER)
    assert told.value.code == code
    for language in ("sv", "en"):
        sentence = speak(language).explain(told.value)
        assert sentence.endswith(".") and "{" not in sentence


def test_before_anything_is_published_it_is_said(on_sqlite: Installation) -> None:
    with pytest.raises(SurveyError, match="nothing_published"):
        read_wish(on_sqlite, Asked(areas=(VAXJO,)), by=MANAGER)


@pytest.mark.parametrize("role", Role)
def test_only_those_who_see_signed_in_figures_ask(published: Installation, role: Role) -> None:
    may = role in (Role.PANEL_MEMBER, Role.MANAGER, Role.COORDINATOR, Role.STRATEGY_OWNER)
    try:
        read_wish(published, Asked(areas=(VAXJO,)), by=Person(role))
    except SurveyError as wrong:
        assert (wrong.code, may) == ("not_allowed", False)
    else:
        assert may
    assert RESIDENT == VISITOR and MEMBER.role is Role.PANEL_MEMBER


def test_a_page_of_an_organisation_is_about_its_area_or_that_of_what_it_belongs_to(
    published: Installation,
) -> None:
    board = add(published, "Växjö kommun", VAXJO)
    unit = add(published, "Omsorgsnämnden", parent=board.id)
    for one in (board, unit):
        wish = read_wish(published, Asked(organisation=one.id), by=MANAGER)
        assert (wish.areas, wish.organisation) == ((VAXJO,), one.id)
    assert [one.name for one in list_committees(published)] == ["Växjö kommun"]


def test_an_organisation_without_an_area_is_told_so(published: Installation) -> None:
    loose = add(published, "Projektet")
    with pytest.raises(SurveyError, match="report_organisation_without_area"):
        read_wish(published, Asked(organisation=loose.id), by=MANAGER)


@pytest.mark.parametrize(
    ("area", "readers", "told"),
    [
        (VAXJO, "inside", ""),
        (LJUNGBY, "inside", "report_area_elsewhere"),
        (KRONOBERG, "inside", "report_area_elsewhere"),
        (LJUNGBY, "public", ""),
    ],
)
def test_a_paper_for_inside_use_is_made_by_those_who_work_there(
    published: Installation, area: str, readers: str, told: str
) -> None:
    by = Person(Role.MANAGER, "f00d", add(published, "Växjö kommun", VAXJO).id)
    try:
        read_wish(published, Asked(areas=(area,), readers=readers), by=by)
    except SurveyError as wrong:
        assert wrong.code == told
    else:
        assert told == ""


def test_a_region_reports_on_its_county_and_its_municipalities_and_no_others(published: Installation) -> None:
    by = Person(Role.MANAGER, "f00d", add(published, "Regionen", KRONOBERG).id)
    for areas in ((KRONOBERG,), (VAXJO, LJUNGBY)):
        assert read_wish(published, Asked("programme", areas, readers="inside"), by=by).areas == areas
    with pytest.raises(SurveyError, match="report_area_elsewhere"):
        read_wish(published, Asked("programme", (VAXJO, NYBRO), readers="inside"), by=by)


def test_a_county_is_widened_to_its_municipalities_once(published: Installation) -> None:
    wide = widen_areas(published, (KRONOBERG, VAXJO))
    assert wide[0] == KRONOBERG
    assert sorted(wide[1:]) == sorted(one.code for one in published.areas.within(KRONOBERG))


@pytest.mark.parametrize("more", [{}, {"format": "docx", "readers": "inside", "language": "en"}])
def test_a_wish_is_the_same_when_it_has_been_stored(published: Installation, more: dict[str, Any]) -> None:
    wish = read_wish(published, Asked("programme", (VAXJO, LJUNGBY), **more), by=MANAGER)
    assert open_wish(write_wish(wish)) == wish
