"""Does what the real closing publishes give away fewer people than the threshold, to anybody?"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from analysis.disclosure import ALIKE_LEAST
from analysis.group_tables import GROUP_LEAST
from analysis.periods import parse_period
from survey.installation import Installation
from survey.publication.close import Closed, close_month
from survey.store.publications import Cell
from survey.store.tables import response
from tests.analysis.attacker import find_group_by_programme
from tests.survey.atoms import Atom, stack
from tests.survey.little_county import AREAS, COUNTY, SCORES, open_county
from tests.survey.published import close_on, read_cells, say_hidden
from tests.survey.seeded import Person, make_people, seed, some_people
from tests.walks import ITS_MONTH, Calendar

PUBLIC, SIGNED_IN = 10, 5
MONTHS = tuple(f"2026-{number:02d}" for number in range(1, 13))
MEASURES = ("safety", "help", "all", "q1", "q3")
SIZES = {"0101": 34.0, "0102": 17.0, "0103": 7.0, "0104": 3.0}  # answers a month, about


@dataclass(frozen=True)
class Year:
    """Everything that was published of a year in a county, what closings said, and who is behind it."""

    cells: tuple[Cell, ...]
    closed: tuple[Closed, ...]
    responses: tuple[tuple[str, str, str, dict[str, object], frozenset[str]], ...]

    def count(self, measure: str, group: str) -> Counter[Atom]:
        """People by atom who have a score in a measure."""
        return Counter(
            Atom(area, unit, month, frozenset(np.atleast_1d(groups.get(group, [])).tolist()))
            for area, unit, month, groups, measures in self.responses
            if measure in measures
        )

    def list_shown(self, measure: str, group: str, *, public: bool) -> list[Cell]:
        """What an audience sees of a measure: of everybody, and of one group variable."""
        return [
            cell
            for cell in self.cells
            if cell.measure == measure
            and cell.group in ("", group)
            and (cell.hidden_public if public else cell.hidden_signed_in) is None
        ]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """A year of twelve real closings in a county of four unlike municipalities."""
    folder, calendar, chance = tmp_path_factory.mktemp("year"), Calendar(), random.Random(31)
    with open_county(f"sqlite:///{folder / 'prov.db'}", folder, calendar) as installation:
        counts = {
            (area, month): max(0, round(chance.gauss(size, size / 3)))
            for area, size in SIZES.items()
            for month in MONTHS
        }
        seed(installation, make_people(chance, counts, units=("", "north", "north", "south")))
        calendar.turn_to(2027, 1)
        closed = [one for month in MONTHS for one in close_month(installation, month)]
        with installation.database.read() as connection:
            rows = connection.execute(select(response)).all()
        people = tuple(
            (row.area, row.unit, row.month, json.loads(row.groups), read_measures(row.scores, row.answers))
            for row in rows
        )
        return Year(tuple(read_cells(installation)), tuple(closed), people)


def read_measures(scores: str, answers: str) -> frozenset[str]:
    """What a response has a score in."""
    given = json.loads(answers)
    scored = {q for q, of in SCORES.items() if given.get(q) is not None and of[given[q]] is not None}
    return frozenset(json.loads(scores)) | scored


@pytest.mark.parametrize(("public", "threshold"), [(True, PUBLIC), (False, SIGNED_IN)])
@pytest.mark.parametrize("measure", MEASURES)
def test_nobody_can_be_worked_out_of_a_year_that_was_really_published(
    year: Year, measure: str, public: bool, threshold: int
) -> None:
    people = year.count(measure, "")
    shown = year.list_shown(measure, "", public=public)
    sums, numbers = stack(shown, list(people)), np.array(list(people.values()))
    assert (sums @ numbers).tolist() == [cell.n for cell in shown]
    assert len(shown) > 40
    assert find_group_by_programme(sums, numbers, most=threshold - 1) is None


@pytest.mark.parametrize("measure", ["safety", "all"])
def test_nobody_can_be_worked_out_of_a_group_variable_and_everything_else(year: Year, measure: str) -> None:
    assert list_given_away(year, measure) == []


def list_given_away(year: Year, measure: str) -> list[tuple[str, bool]]:
    """The group variables by which an audience can work somebody out, each with whether it is the public."""
    found: list[tuple[str, bool]] = []
    for group in ("gender", "who", "care", "language"):
        people = year.count(measure, group)
        numbers = np.array(list(people.values()))
        for public, threshold in ((True, PUBLIC), (False, SIGNED_IN)):
            shown = year.list_shown(measure, group, public=public)
            sums = stack(shown, list(people))
            if find_group_by_programme(sums, numbers, most=threshold - 1) is not None:
                found.append((group, public))
    return found


def test_a_group_variable_alone_gives_nobody_away(year: Year) -> None:
    """By the half-years and years of a variable, when nobody looks at months or quarters."""
    for measure, group in product(MEASURES, ("age", "gender", "who", "care", "language")):
        people = year.count(measure, group)
        numbers = np.array(list(people.values()))
        for public, threshold in ((True, PUBLIC), (False, SIGNED_IN)):
            shown = [
                c for c in year.list_shown(measure, group, public=public) if c.kind in ("half_year", "year")
            ]
            sums = stack(shown, list(people))
            assert find_group_by_programme(sums, numbers, most=threshold - 1) is None, (measure, group)


def test_the_same_year_with_only_small_cells_hidden_would_give_people_away(year: Year) -> None:
    people = year.count("safety", "")
    atoms, numbers = list(people), np.array(list(people.values()))
    everybody = [cell for cell in year.cells if (cell.measure, cell.group) == ("safety", "")]
    sums = stack(everybody, atoms)
    large = sums[sums @ numbers >= PUBLIC]
    assert find_group_by_programme(large, numbers, most=PUBLIC - 1) is not None


def test_the_public_sees_nothing_that_those_who_are_signed_in_do_not(year: Year) -> None:
    assert {cell.hidden_signed_in for cell in year.cells if cell.hidden_public is None} == {None}
    assert {cell.hidden_public is None for cell in year.cells if cell.hidden_signed_in is None} == {
        True,
        False,
    }


def test_a_group_is_shown_from_thirty_people_and_only_in_half_years_and_years(year: Year) -> None:
    groups = [cell for cell in year.cells if cell.group]
    assert {cell.kind for cell in groups} == {"half_year", "year"}
    assert min(cell.n for cell in groups if cell.n is not None) >= GROUP_LEAST


def test_of_what_nobody_may_see_no_number_is_kept(year: Year) -> None:
    hidden = [cell for cell in year.cells if cell.hidden_signed_in is not None]
    assert {(cell.n, cell.mean, cell.raw, cell.sd, cell.positive, cell.shares) for cell in hidden} == {
        (None,) * 6
    }


def test_a_closing_says_how_much_it_published_and_how_much_of_it_stands(year: Year) -> None:
    for closed in year.closed:
        came = [cell for cell in year.cells if parse_period(cell.period).last == closed.month]
        assert closed.cells == len(came)
        assert closed.shown == sum(cell.hidden_signed_in is None for cell in came)
        assert closed.shown_public == sum(cell.hidden_public is None for cell in came)
        assert closed.standing == pytest.approx(count_standing(year, closed.month))


def count_standing(year: Year, month: str) -> float:
    """The share of a month's values that the public sees in a municipality's month or quarter."""
    stand = total = 0
    shown = {
        (cell.area, cell.measure)
        for cell in year.cells
        if parse_period(cell.period).last == month
        and (cell.kind in ("month", "quarter") and not cell.unit)
        and cell.hidden_public is None
    }
    for area, _, when, _, measures in year.responses:
        if when == month:
            total += len(measures)
            stand += sum((area, measure) in shown for measure in measures)
    return stand / total


# A few cells at a time


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Calendar]]:
    folder, calendar = tmp_path_factory.mktemp("county"), Calendar()
    with open_county(f"sqlite:///{folder / 'prov.db'}", folder, calendar) as installation:
        yield installation, calendar


@pytest.mark.parametrize(
    ("number", "counts", "signed_in", "public"),
    [
        (
            1,
            {"0101": 4, "0102": 20, "0103": 30},
            {"0101": "few", "0102": "other"},
            {"0101": "few", "0102": "other"},
        ),
        (2, {"0101": 5, "0102": 20, "0103": 30}, {}, {"0101": "few", "0102": "other"}),
        (3, {"0101": 9, "0102": 20, "0103": 30}, {}, {"0101": "few", "0102": "other"}),
        (4, {"0101": 10, "0102": 20, "0103": 30}, {}, {}),
        (5, {"0101": 4}, {"0101": "few", "01": "few"}, {"0101": "few", "01": "few"}),
        (6, {"0101": 5}, {}, {"0101": "few", "01": "few"}),
        (7, {"0101": 10}, {}, {}),
        (
            8,
            {"0101": 3, "0102": 4},
            {"0101": "few", "0102": "few"},
            {"0101": "few", "0102": "few", "01": "few"},
        ),
    ],
)
def test_a_cell_under_the_threshold_is_hidden_and_so_is_one_that_would_give_it_away(
    kept_open: tuple[Installation, Calendar],
    number: int,
    counts: Mapping[str, int],
    signed_in: Mapping[str, str],
    public: Mapping[str, str],
) -> None:
    installation, calendar = kept_open
    month = f"{2000 + number}-01"  # a year of its own
    seed(installation, some_people(counts, month))
    calendar.turn_to(2000 + number, 2)
    close_month(installation, month)
    words = {"few": "too_few", "other": "protects_another"}
    cells = read_cells(installation, month)
    everywhere = {(month, area): "" for area in (*counts, COUNTY)}
    for expected, is_public in ((signed_in, False), (public, True)):
        told = {(month, area): words[why] for area, why in expected.items()}
        assert say_hidden(cells, "safety", public=is_public) == everywhere | told


@pytest.mark.parametrize(("n", "is_hidden"), [(12, True), (ALIKE_LEAST - 1, True), (ALIKE_LEAST, False)])
def test_few_who_all_answered_alike_are_hidden_and_the_reason_does_not_say_so(
    tmp_path: Path, calendar: Calendar, n: int, is_hidden: bool
) -> None:
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with open_county(url, tmp_path, calendar) as installation:
        seed(installation, [Person(AREAS[0], ITS_MONTH, {"q1": "3"}) for _ in range(n)])
        close_on(installation, calendar, 2026, 10)
        reason = "protects_another" if is_hidden else None
        assert {(c.hidden_public, c.hidden_signed_in) for c in read_cells(installation)} == {(reason, reason)}


# What is shown of groups beside a month


def publish_half(
    tmp_path: Path, calendar: Calendar, people: list[Person]
) -> dict[tuple[str, ...], int | None]:
    """{(period, group, value): people} of what the public sees of safety in a municipality."""
    with open_county(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path, calendar) as installation:
        seed(installation, people)
        calendar.turn_to(2027, 1)
        for month in MONTHS[6:]:
            close_month(installation, month)
        return {
            (cell.period, cell.group, cell.value): cell.n
            for cell in read_cells(installation)
            if (cell.area, cell.measure, cell.hidden_public) == (AREAS[0], "safety", None)
        }


def answer(role: str, month: str, n: int) -> list[Person]:
    return [Person(AREAS[0], month, {"b1": role, "q1": "41"[number % 2]}) for number in range(n)]


def test_a_value_that_everybody_has_does_not_tell_a_total_that_is_hidden(
    tmp_path: Path, calendar: Calendar
) -> None:
    people = [*answer("self", "2026-07", 40), *answer("self", "2026-10", 7)]
    shown = publish_half(tmp_path, calendar, people)
    assert ("2026-07", "", "") in shown
    assert ("2026-H2", "", "") not in shown
    assert ("2026-H2", "language", "sv") not in shown


def test_a_value_of_one_month_does_not_give_away_the_others_of_that_month(
    tmp_path: Path, calendar: Calendar
) -> None:
    people = [*answer("carer", "2026-07", 31), *answer("self", "2026-07", 3)]
    people += [one for month in MONTHS[7:] for one in answer("self", month, 40)]
    shown = publish_half(tmp_path, calendar, people)
    assert not {("2026-07", "", ""), ("2026-H2", "who", "carer")} <= set(shown)
