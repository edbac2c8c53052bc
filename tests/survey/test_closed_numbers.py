"""Is every published number what a slow count of every single response gives, whoever was erased when?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from analysis.periods import enclosing_periods, parse_period, shift_month
from survey.answering.erase import erase_answers
from survey.answering.receipt import hash_receipt, read_receipt
from survey.installation import Installation
from survey.publication.close import close_month, find_publication, list_ending
from survey.store.populations import Margin
from survey.store.publications import Cell
from survey.store.tables import (
    closed_sums,
    population,
    population_source,
    publication,
    published_cell,
    response,
)
from tests.postgres_server import PostgresServer
from tests.survey.little_county import (
    AREAS,
    COUNTY,
    OTHER_AREAS,
    OTHER_COUNTY,
    PROV,
    load_margins,
    open_county,
)
from tests.survey.published import check_checksums, read_cells, read_publications
from tests.survey.seeded import Person, make_margins, make_people, seed
from tests.survey.slow_closing import Key, Numbers, Respondent, check_cells, compute_cells, read_respondents
from tests.walks import Calendar

COUNTIES = {COUNTY: AREAS, OTHER_COUNTY: OTHER_AREAS}
MONTHS = tuple(f"2026-{number:02d}" for number in range(7, 13))
LAST_MONTHS = MONTHS[3:]


@dataclass
class Memory:
    """Everybody who was counted when a month closed, as they may still be told apart."""

    installation: Installation
    calendar: Calendar
    margins: Sequence[Margin] = ()
    people: dict[bytes, Respondent] = field(default_factory=dict)

    def close(self, month: str) -> dict[Key, Numbers]:
        """Close a month; what its cells must be, from everybody one by one."""
        self.people |= read_respondents(self.installation, month)
        self.calendar.turn_to(*map(int, shift_month(month, 1).split("-")))
        close_month(self.installation, month)
        margins = {(one.area, one.age, one.gender): one.people for one in self.margins}
        return {
            key: numbers
            for period in list_ending(month)
            for county, areas in COUNTIES.items()
            for key, numbers in compute_cells(self.people.values(), county, areas, period, margins).items()
        }

    def erase(self, person: Person) -> None:
        """Take a person's answers back; who was counted already is from now on of no known kind."""
        erase_answers(self.installation, person.receipt)
        mine = hash_receipt(read_receipt(person.receipt), "response")
        if mine in self.people:
            half = enclosing_periods(person.month)[1]
            is_out = find_publication(self.installation, PROV, half.last) is not None
            self.people[mine] = self.people[mine].forget(half_is_out=is_out)


def test_every_published_number_is_what_a_slow_count_of_every_response_gives(
    database_url: str, tmp_path: Path
) -> None:
    chance, calendar = random.Random(4), Calendar()
    with open_county(database_url, tmp_path, calendar) as installation:
        memory = Memory(installation, calendar, make_margins(chance, AREAS[:3]))
        load_margins(installation, memory.margins)
        weighted = 0
        for month in MONTHS:
            counts = {(area, month): chance.randrange(4, 40) for area in (*AREAS, *OTHER_AREAS)}
            people = make_people(chance, counts, units=("", "north", "south"))
            seed(installation, people)
            for person in chance.sample(people, 2):  # before closing: as if they had never been
                memory.erase(person)
                people.remove(person)
            expected = memory.close(month)
            cells = read_cells(installation, month)
            weighted += sum(cell.weighting == "post_stratified" for cell in cells)
            assert check_cells(cells, expected) > len(cells) / 3
            for person in chance.sample(people, 2):  # after: in what is published, and of no known kind
                memory.erase(person)
        assert {parse_period(cell.period).kind for cell in read_cells(installation)} == {
            period.kind for month in MONTHS for period in list_ending(month)
        }
        assert {cell.adjusted is None for cell in read_cells(installation) if not cell.unit} == {True, False}
        assert weighted > 0


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Calendar]]:
    """One installation for many examples, each of which begins by emptying it."""
    folder, calendar = tmp_path_factory.mktemp("county"), Calendar()
    with open_county(f"sqlite:///{folder / 'prov.db'}", folder, calendar) as installation:
        yield installation, calendar


def empty(installation: Installation) -> None:
    with installation.database.write() as connection:
        for table in (response, closed_sums, publication, published_cell, population, population_source):
            connection.execute(delete(table))


@dataclass(frozen=True)
class Plan:
    """Some months of a small county: how many answer, where margins are known, and who takes answers back."""

    chance: random.Random
    counts: dict[tuple[str, str], int]
    known: frozenset[str]
    erased_before: int
    erased_after: int


plans = st.builds(
    Plan,
    chance=st.integers(0, 2**32).map(random.Random),
    counts=st.dictionaries(
        st.tuples(st.sampled_from(AREAS[:3]), st.sampled_from(MONTHS[2:])),
        st.one_of(st.integers(0, 6), st.integers(5, 30)),
        min_size=1,
        max_size=8,
    ),
    known=st.frozensets(st.sampled_from(AREAS[:3])),
    erased_before=st.integers(0, 2),
    erased_after=st.integers(0, 3),
)


@settings(max_examples=50)
@given(plan=plans)
def test_the_numbers_are_right_in_any_small_county_and_whoever_takes_answers_back(
    kept_open: tuple[Installation, Calendar], plan: Plan
) -> None:
    installation, calendar = kept_open
    empty(installation)
    calendar.turn_to(2026, 7)
    memory = Memory(installation, calendar, make_margins(plan.chance, sorted(plan.known)))
    load_margins(installation, memory.margins)
    kept: list[Person] = []
    for month in sorted({month for _, month in plan.counts} | {MONTHS[-1]}):
        here = {where: n for where, n in sorted(plan.counts.items()) if where[1] == month}
        people = make_people(plan.chance, here, units=("", "north"))
        seed(installation, people)
        plan.chance.shuffle(people)
        for person in people[: plan.erased_before]:
            memory.erase(person)
        kept += people[plan.erased_before :]
        expected = memory.close(month)
        if find_publication(installation, PROV, month) is not None:
            check_cells(read_cells(installation, month), expected)
        plan.chance.shuffle(kept)
        for person in kept[: plan.erased_after]:
            memory.erase(person)
        kept = kept[plan.erased_after :]
    check_checksums(installation)


def test_both_engines_publish_the_same_to_the_last_digit(tmp_path: Path, postgres: PostgresServer) -> None:
    chance = random.Random(5)
    margins = make_margins(chance, AREAS)
    people = make_people(chance, {(area, m): 25 for area in AREAS for m in MONTHS}, units=("", "north"))
    with postgres.fresh_database() as address:
        urls = (f"sqlite:///{tmp_path / 'one.db'}", address)
        published = [publish(url, tmp_path / url[:6], people, margins) for url in urls]
    assert published[0] == published[1]
    assert len(published[0][0]) > 500


def test_the_order_of_answers_changes_nothing(tmp_path: Path) -> None:
    chance = random.Random(6)
    margins = make_margins(chance, AREAS)
    people = make_people(chance, {(area, m): 27 for area in AREAS for m in LAST_MONTHS}, units=("", "north"))
    published = []
    for number in range(2):
        chance.shuffle(people)
        url = f"sqlite:///{tmp_path / str(number)}.db"
        published.append(publish(url, tmp_path / str(number), people, margins[:: 1 - 2 * (number % 2)]))
    assert published[0] == published[1]
    assert len(published[0][0]) > 300


def publish(
    url: str, folder: Path, people: Sequence[Person], margins: Sequence[Margin]
) -> tuple[list[Cell], list[str]]:
    """The cells and checksums of a half-year."""
    calendar = Calendar()
    with open_county(url, folder, calendar) as installation:
        load_margins(installation, margins)
        seed(installation, people)
        calendar.turn_to(2027, 1)
        for month in MONTHS:
            close_month(installation, month)
        sums = [one.checksum for one in read_publications(installation)]
        return [replace(cell, publication_id=0) for cell in read_cells(installation)], sums
