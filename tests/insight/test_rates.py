"""Does everybody see the response rates that were published last, rounded, and none that is hidden?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, Text, insert

from analysis.disclosure import Hidden, HiddenReason, Shown
from survey.insight.rates import Answered, find_rates
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from survey.store import tables
from tests.walks import SURVEY, VERSION, opened

PUBLIC, MANAGER = Person(), Person(Role.MANAGER)
KRONOBERG, VAXJO, LJUNGBY = "07", "0780", "0781"
KALMAR, NYBRO = "08", "0881"


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        for name, month in (("var", 3), ("host", 9)):
            days = (date(2026, month, 1), date(2026, month, 28))
            open_round(found, NewRound(name, SURVEY, VERSION, name.title(), *days, door="coded"), by="test")
        add_publication(found, 1)
        yield found


def add_row(installation: Installation, table: str, **values: Any) -> None:
    """A row with what is given; the other columns that need something are empty or 0."""
    empty = {
        column.name: "" if isinstance(column.type, String | Text) else 0
        for column in tables.metadata.tables[table].c
        if not column.nullable
    }
    with installation.database.write() as connection:
        connection.execute(insert(tables.metadata.tables[table]).values(**{**empty, **values}))


def add_publication(
    installation: Installation, number: int, *, survey: str = SURVEY, month: str = "2026-09"
) -> None:
    at = datetime(2026, 10, 1, tzinfo=UTC)
    add_row(installation, "publication", id=number, survey=survey, month=month, revision=number, published=at)


def tell(installation: Installation, answered: int, invited: int, **more: Any) -> None:
    """Publish a rate of Växjö."""
    row = {"publication_id": 1, "round_id": "host", "area": VAXJO, "invited": invited, "answered": answered}
    add_row(installation, "published_rate", **{**row, **more})


def look(installation: Installation, viewer: Person = PUBLIC) -> dict[tuple[str, str], Any]:
    return {
        (one.round_.id, rate.area.code): rate.rate
        for one in find_rates(installation, survey=SURVEY, viewer=viewer)
        for rate in one.areas
    }


@pytest.mark.parametrize(
    ("answered", "invited", "shown"),
    [
        (30, 100, (100, 30, 30)),
        (32, 101, (100, 30, 30)),
        (33, 98, (100, 35, 35)),
        (10, 15, (15, 10, 67)),
        (0, 40, (40, 0, 0)),
        (0, 3, (5, 0, 0)),
        (43, 40, (40, 45, 100)),
    ],
)
def test_counts_are_rounded_to_five_and_the_rate_is_of_rounded_counts(
    installation: Installation, answered: int, invited: int, shown: tuple[int, int, int]
) -> None:
    tell(installation, answered, invited)
    expected = {("host", VAXJO): Shown(Answered(*shown))}
    assert look(installation) == look(installation, MANAGER) == expected


def test_a_hidden_rate_says_why_and_never_a_number(installation: Installation) -> None:
    tell(installation, 0, 100, hidden_public="too_few", hidden_signed_in="too_few")
    tell(installation, 0, 100, area=LJUNGBY, hidden_public="protects_another")
    assert look(installation) == {
        ("host", VAXJO): Hidden(HiddenReason.NOT_TOLD, 10),
        ("host", LJUNGBY): Hidden(HiddenReason.NOT_TOLD, 10),
    }
    assert look(installation, MANAGER)["host", VAXJO] == Hidden(HiddenReason.TOO_FEW, 10)
    assert look(installation, MANAGER)["host", LJUNGBY] == Shown(Answered(100, 0, 0))


def test_each_county_stands_before_its_municipalities_and_the_newest_round_first(
    installation: Installation,
) -> None:
    for round_id in ("var", "host"):
        for area in (NYBRO, VAXJO, KALMAR, LJUNGBY, KRONOBERG):
            tell(installation, 30, 100, round_id=round_id, area=area)
    (first, second) = find_rates(installation, survey=SURVEY, viewer=PUBLIC)
    assert (first.round_.id, second.round_.id) == ("host", "var")
    expected = [
        one.code
        for county in installation.areas.counties
        for one in (county, *installation.areas.within(county.code))
    ]
    asked = {NYBRO, VAXJO, KALMAR, LJUNGBY, KRONOBERG}
    for found in (first, second):
        assert [rate.area.code for rate in found.areas] == [code for code in expected if code in asked]


def test_the_publication_that_told_rates_last_counts(installation: Installation) -> None:
    tell(installation, 30, 100)
    add_publication(installation, 2)
    tell(installation, 50, 100, publication_id=2)
    add_publication(installation, 3)  # a correction tells none
    add_publication(installation, 4, survey="resursgrupp")
    tell(installation, 90, 100, publication_id=4, round_id="var")
    assert look(installation) == {("host", VAXJO): Shown(Answered(100, 50, 50))}


def test_an_area_that_is_no_longer_there_is_left_out(installation: Installation) -> None:
    tell(installation, 30, 100)
    tell(installation, 30, 100, area="0180")
    assert list(look(installation)) == [("host", VAXJO)]


def test_where_nothing_is_published_there_is_no_rate(installation: Installation) -> None:
    assert find_rates(installation, survey=SURVEY, viewer=MANAGER) == ()
