"""Does who follows a round see finished weeks only, in numbers that tell of nobody and stand as they were?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from analysis.weeks import list_weeks
from survey.errors import SurveyError
from survey.insight.monitoring import (
    AreaCount,
    Came,
    find_followed_round,
    find_monitoring,
    list_followed_rounds,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from survey.store import monitoring
from survey.store.rounds import Round
from tests.walks import SURVEY, VERSION, Calendar, opened

COORDINATOR, MANAGER = Person(Role.COORDINATOR), Person(Role.MANAGER)
KRONOBERG, VAXJO, LJUNGBY, ALVESTA, NYBRO = "07", "0780", "0781", "0764", "0881"
OPENS, CLOSES = date(2026, 9, 7), date(2026, 10, 11)  # weeks 37 to 41


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(date(2026, 9, 28))  # week 40: 39 is the last that is over


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar) as found:
        yield found


@pytest.fixture
def round_(installation: Installation) -> Round:
    return make_round(installation, "host", OPENS, CLOSES)


def make_round(
    installation: Installation, name: str, opens: date, closes: date, *, door: str = "open"
) -> Round:
    new = NewRound(name, SURVEY, VERSION, name.title(), opens, closes, door=door)
    return open_round(installation, new, by="test")


def count(installation: Installation, week: int, numbers: Mapping[str, int], name: str = "host") -> None:
    with installation.database.write() as connection:
        monitoring.add_answers(connection, f"2026-W{week}", {(name, area): n for area, n in numbers.items()})


def look(installation: Installation, round_: Round, area: str = "") -> Mapping[str, int | None]:
    """What is told of each municipality so far, but for those of which nothing is."""
    rows = find_monitoring(installation, round_, area=area, viewer=COORDINATOR).rows
    return {row.area.code if row.area else "elsewhere": row.so_far for row in rows if row.so_far}


def test_weeks_that_are_over_are_told_in_fives_and_the_running_one_is_not(
    installation: Installation, round_: Round
) -> None:
    for week, number in ((37, 12), (38, 23), (39, 11), (40, 90)):
        count(installation, week, {VAXJO: number})
    found = find_monitoring(installation, round_, area=VAXJO, viewer=COORDINATOR)
    assert found.weeks == ("2026-W37", "2026-W38", "2026-W39")
    assert found.chosen.came == (
        Came("2026-W37", "2026-W37", 10),
        Came("2026-W38", "2026-W38", 25),
        Came("2026-W39", "2026-W39", 10),
    )
    assert (found.chosen.so_far, found.least, found.rows) == (45, 10, (found.chosen,))


def test_weeks_with_few_answers_are_told_together(installation: Installation, round_: Round) -> None:
    for week, number in ((37, 4), (38, 5), (39, 3)):
        count(installation, week, {LJUNGBY: number})
    found = find_monitoring(installation, round_, area=LJUNGBY, viewer=COORDINATOR)
    assert found.chosen.came == (Came("2026-W37", "2026-W39", 10),)


@pytest.mark.parametrize("number", [0, 1, 9])
def test_nobody_one_and_nine_look_alike(installation: Installation, round_: Round, number: int) -> None:
    if number:
        count(installation, 37, {LJUNGBY: number})
    found = find_monitoring(installation, round_, area=LJUNGBY, viewer=COORDINATOR)
    assert found.chosen == AreaCount(installation.areas.find(LJUNGBY), None, ())
    assert found.weeks == ("2026-W37", "2026-W38", "2026-W39")


def test_a_county_is_the_sum_of_what_is_told_of_its_municipalities(
    installation: Installation, round_: Round
) -> None:
    count(installation, 37, {VAXJO: 12, LJUNGBY: 14, ALVESTA: 9, NYBRO: 30, "elsewhere": 10})
    count(installation, 38, {VAXJO: 20, ALVESTA: 9})
    assert look(installation, round_, KRONOBERG) == {VAXJO: 30, LJUNGBY: 15, ALVESTA: 20}
    found = find_monitoring(installation, round_, area=KRONOBERG, viewer=COORDINATOR).chosen
    assert found.came == (Came("2026-W37", "2026-W37", 25), Came("2026-W38", "2026-W38", 40))
    assert found.so_far == 65
    everybody = find_monitoring(installation, round_, viewer=COORDINATOR)
    assert (everybody.chosen.so_far, everybody.chosen.area) == (65 + 30 + 10, None)
    assert everybody.rows[-1].area is None and everybody.rows[-1].so_far == 10


def test_what_was_told_one_week_stands_the_next(
    installation: Installation, round_: Round, calendar: Calendar
) -> None:
    before: tuple[Came, ...] = ()
    for week, number in enumerate((3, 14, 0, 6, 6, 1), start=37):
        count(installation, week, {VAXJO: number})
        calendar.day = date.fromisocalendar(2026, week + 1, 1)
        came = find_monitoring(installation, round_, area=VAXJO, viewer=COORDINATOR).chosen.came
        assert came[: len(before)] == before
        before = came
    assert [(one.first[-2:], one.last[-2:], one.people) for one in before] == [
        ("37", "38", 15),
        ("39", "41", 15),
    ]


def test_an_answer_that_is_mixed_after_the_round_has_closed_is_told(
    installation: Installation, round_: Round, calendar: Calendar
) -> None:
    calendar.turn_to(2026, 11, 9)
    count(installation, 37, {VAXJO: 12})
    assert find_monitoring(installation, round_, viewer=COORDINATOR).weeks[-1] == "2026-W41"
    count(installation, 44, {VAXJO: 7})
    assert find_monitoring(installation, round_, viewer=COORDINATOR).weeks[-1] == "2026-W41"
    count(installation, 44, {VAXJO: 3})
    found = find_monitoring(installation, round_, viewer=COORDINATOR)
    assert found.weeks == tuple(list_weeks("2026-W37", "2026-W44"))
    assert found.chosen.so_far == 20


def test_in_its_first_week_nothing_is_told_of_a_round(
    installation: Installation, round_: Round, calendar: Calendar
) -> None:
    calendar.turn_to(2026, 9, 13)
    count(installation, 37, {VAXJO: 100})
    found = find_monitoring(installation, round_, viewer=COORDINATOR)
    assert (found.weeks, found.chosen.so_far) == ((), None)


def test_another_rounds_answers_are_not_among_them(installation: Installation, round_: Round) -> None:
    make_round(installation, "annan", OPENS, CLOSES)
    count(installation, 37, {VAXJO: 50}, "annan")
    assert look(installation, round_) == {}


def test_a_higher_public_threshold_holds_here_too(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    with opened(database_url, tmp_path / "var", calendar, THRESHOLD_PUBLIC=20) as strict:
        round_ = make_round(strict, "host", OPENS, CLOSES)
        count(strict, 37, {VAXJO: 19, NYBRO: 20})
        assert look(strict, round_) == {NYBRO: 20}


def test_a_lower_public_threshold_does_not(database_url: str, tmp_path: Path, calendar: Calendar) -> None:
    with opened(database_url, tmp_path / "var", calendar, THRESHOLD_PUBLIC=5) as mild:
        round_ = make_round(mild, "host", OPENS, CLOSES)
        count(mild, 37, {VAXJO: 9, NYBRO: 10})
        assert look(mild, round_) == {NYBRO: 10}


def test_the_usual_round_is_the_newest_that_is_open(
    installation: Installation, round_: Round, calendar: Calendar
) -> None:
    make_round(installation, "over", date(2026, 9, 10), date(2026, 9, 12))
    make_round(installation, "kommer", date(2026, 12, 1), date(2026, 12, 2))
    make_round(installation, "import", date(2026, 9, 20), CLOSES, door="import")
    known = [one.id for one in list_followed_rounds(installation, viewer=COORDINATOR)]
    assert known == ["host", "over"]
    assert find_followed_round(installation, "", viewer=COORDINATOR).id == "host"
    assert find_followed_round(installation, "over", viewer=COORDINATOR).id == "over"
    for asked in ("kommer", "import", "finns-inte"):
        with pytest.raises(SurveyError, match="round_not_followed"):
            find_followed_round(installation, asked, viewer=COORDINATOR)


def test_the_usual_round_has_something_to_tell_where_one_has(
    installation: Installation, round_: Round, calendar: Calendar
) -> None:
    """Of two that are open the one with answers, though the other is newer."""
    make_round(installation, "nyare", date(2026, 9, 14), CLOSES)
    assert find_followed_round(installation, "", viewer=COORDINATOR).id == "nyare"
    with installation.database.write() as connection:
        monitoring.add_answers(connection, "2026-W37", {("host", "0780"): 9})
    assert find_followed_round(installation, "", viewer=COORDINATOR).id == "nyare"
    with installation.database.write() as connection:
        monitoring.add_answers(connection, "2026-W37", {("host", "0780"): 1})
    assert find_followed_round(installation, "", viewer=COORDINATOR).id == "host"


def test_only_those_who_see_rounds_may_follow_them(installation: Installation, round_: Round) -> None:
    with pytest.raises(SurveyError, match="not_allowed"):
        find_monitoring(installation, round_, viewer=MANAGER)
    with pytest.raises(SurveyError, match="not_allowed"):
        list_followed_rounds(installation, viewer=MANAGER)


def test_an_area_that_is_none_is_refused(installation: Installation, round_: Round) -> None:
    with pytest.raises(SurveyError, match="area_unknown"):
        find_monitoring(installation, round_, area="9999", viewer=COORDINATOR)
