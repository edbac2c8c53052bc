"""What is left of a person in the sums of a closed month, when they have taken their answers back?"""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tally import SumTable
from survey.answering.erase import erase_answers
from survey.installation import Installation
from survey.publication.close import close_ended_months
from survey.publication.counting import EVERYBODY, MIX
from survey.store import closed
from survey.store.closed import GROUPS, PEOPLE, Frozen
from tests.survey.little_county import AREAS, COUNTY, PROV
from tests.survey.published import close_on, read_cells, read_publications
from tests.survey.seeded import Person, make_people, seed, some_people
from tests.walks import Calendar

HERE = AREAS[0]
JULY, AUGUST, JANUARY = "2026-07", "2026-08", "2026-01"
ALONE = Person(  # the only one of their kind
    HERE,
    JULY,
    {"b1": "carer", "b3": "old", "b4": "man", "b5": ("home", "centre"), "q1": "4", "q2": "3", "q3": "5"},
    unit="north",
    channel="paper",
)
OTHERS = [
    Person(HERE, JULY, {"b1": "self", "b3": "young", "b4": "woman", "q1": "41"[n % 2]}, unit="north")
    for n in range(12)
]


def read_sums(installation: Installation, month: str, part: str) -> SumTable | None:
    """A municipality's frozen sums of a month."""
    with installation.database.read() as connection:
        found = list(closed.iterate_frozen(connection, PROV, [month], areas=[HERE], parts=[part]))
    return found[0].table if found else None


def read_keys(installation: Installation, month: str, part: str) -> set[tuple[str, ...]]:
    table = read_sums(installation, month, part)
    return set() if table is None else set(table.keys)


def total(table: SumTable | None) -> tuple[float, list[float], list[float]]:
    """People, sums and counts of everybody, whatever kind they are of."""
    assert table is not None
    rows = [row for row, key in enumerate(table.keys) if key[1] == EVERYBODY]
    numbers = (table.sums[rows].sum(axis=0).ravel(), table.counts[rows].sum(axis=0))
    return float(table.people[rows].sum()), *(np.round(one, 6).tolist() for one in numbers)


def test_before_it_nobody_is_hidden_in_the_sums(quick_county: Installation, calendar: Calendar) -> None:
    seed(quick_county, [*OTHERS, ALONE])
    close_on(quick_county, calendar, 2026, 8)
    assert ("north", EVERYBODY, "", "old", "man") in read_keys(quick_county, JULY, PEOPLE)
    assert ("", MIX, "carer|paper", "old", "") in read_keys(quick_county, JULY, PEOPLE)
    groups = {("", *one, "old", "man") for one in (("care", "home"), ("who", "carer"), ("gender", "man"))}
    assert groups <= read_keys(quick_county, JULY, GROUPS)


def test_no_set_with_the_persons_age_gender_or_group_is_left(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, [*OTHERS, ALONE])
    close_on(county, calendar, 2026, 8)
    erase_answers(county, ALONE.receipt)
    assert read_keys(county, JULY, PEOPLE) == {
        ("north", EVERYBODY, "", "young", "woman"),
        ("north", EVERYBODY, "", "", ""),
        ("", MIX, "self|open", "young", ""),
        ("", MIX, "|", "", ""),
    }
    assert read_keys(county, JULY, GROUPS) == {
        ("", group, value, "young", "woman")
        for group, value in (("who", "self"), ("age", "young"), ("gender", "woman"), ("language", "sv"))
    }


def test_the_municipality_has_as_many_people_and_the_same_sums_as_before(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, [*OTHERS, ALONE])
    close_on(county, calendar, 2026, 8)
    before = total(read_sums(county, JULY, PEOPLE))
    assert before[0] == 13
    erase_answers(county, ALONE.receipt)
    assert total(read_sums(county, JULY, PEOPLE)) == before


def test_published_cells_stay_and_the_next_quarter_counts_the_person(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, [*OTHERS, ALONE])
    close_on(county, calendar, 2026, 8)
    before = read_cells(county), read_publications(county)
    erase_answers(county, ALONE.receipt)
    assert close_ended_months(county) == ()
    assert (read_cells(county), read_publications(county)) == before
    seed(county, some_people({HERE: 10}, AUGUST))
    close_on(county, calendar, 2026, 10)
    july = {(c.area, c.measure): c.n for c in before[0]}
    quarter = {(c.area, c.measure): c.n for c in read_cells(county) if c.period == "2026-Q3" and not c.unit}
    assert july[(HERE, "q1")] == 13
    assert quarter[(HERE, "q1")] == quarter[(COUNTY, "q1")] == 23


def test_a_half_year_that_is_published_later_has_the_person_in_no_group(
    quick_county: Installation, calendar: Calendar
) -> None:
    people = make_people(random.Random(2), {(area, JULY): 130 for area in AREAS[:2]})
    seed(quick_county, people)
    close_on(quick_county, calendar, 2026, 8)
    gone = [one for one in people if one.area == HERE and one.answers["b3"] == "old"]
    for person in gone[:3]:
        erase_answers(quick_county, person.receipt)
    close_on(quick_county, calendar, 2027, 1)
    cells = {
        (c.area, c.group, c.value): c.n for c in read_cells(quick_county, "2026-12") if c.measure == "safety"
    }
    left = [one for one in gone[3:] if answers_safety(one)]
    everybody = [one for one in people if one.area == HERE and answers_safety(one)]
    assert cells[(HERE, "age", "old")] == len(left)
    assert cells[(HERE, "", "")] == len(everybody)


def answers_safety(person: Person) -> bool:
    """Half of its questions are enough."""
    return any(person.answers.get(one) not in (None, "na") for one in ("q1", "q2"))


def test_groups_of_a_published_half_year_stay_for_its_year_and_everybody_of_it_is_unknown(
    quick_county: Installation, calendar: Calendar
) -> None:
    people = [Person(HERE, JANUARY, one.answers, "north", one.channel) for one in (*OTHERS, ALONE)]
    seed(quick_county, people)
    close_on(quick_county, calendar, 2026, 7)
    before = read_keys(quick_county, JANUARY, GROUPS)
    erase_answers(quick_county, people[-1].receipt)
    assert read_keys(quick_county, JANUARY, GROUPS) == before
    assert not {key for key in read_keys(quick_county, JANUARY, PEOPLE) if "old" in key or "man" in key}


def test_who_was_alone_in_a_municipality_leaves_one_person_of_no_kind(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, [ALONE])
    close_on(county, calendar, 2026, 8)
    erase_answers(county, ALONE.receipt)
    assert read_keys(county, JULY, GROUPS) == set()
    assert read_keys(county, JULY, PEOPLE) == {("north", EVERYBODY, "", "", ""), ("", MIX, "|", "", "")}
    assert [one.month for one in close_on(county, calendar, 2027, 1)] == ["2026-09", "2026-12"]


def test_everybody_may_leave(quick_county: Installation, calendar: Calendar) -> None:
    people = [*OTHERS, ALONE]
    seed(quick_county, people)
    close_on(quick_county, calendar, 2026, 8)
    before = read_cells(quick_county), total(read_sums(quick_county, JULY, PEOPLE))
    for person in people:
        erase_answers(quick_county, person.receipt)
    assert (read_cells(quick_county), total(read_sums(quick_county, JULY, PEOPLE))) == before
    assert read_keys(quick_county, JULY, GROUPS) == set()


def test_who_lives_elsewhere_leaves_nothing_to_forget(quick_county: Installation, calendar: Calendar) -> None:
    stranger = Person("elsewhere", JULY, {"q1": "4"})
    seed(quick_county, [*OTHERS, stranger])
    close_on(quick_county, calendar, 2026, 8)
    before = total(read_sums(quick_county, JULY, PEOPLE))
    erase_answers(quick_county, stranger.receipt)
    assert total(read_sums(quick_county, JULY, PEOPLE)) == before


KINDS = st.tuples(st.sampled_from(["unit", ""]), st.sampled_from(["young", "old"]), st.sampled_from("123"))


@settings(max_examples=100)
@given(table=st.lists(KINDS, max_size=6), width=st.integers(0, 3), answers=st.integers(0, 2))
def test_sums_are_read_as_they_were_written(
    table: list[tuple[str, str, str]], width: int, answers: int
) -> None:
    keys = tuple((unit, "", value, age, "") for unit, age, value in table)
    sums = np.arange(len(keys) * width * 4, dtype=float).reshape(len(keys), width, 4) / 3
    counts = np.arange(len(keys) * answers, dtype=float).reshape(len(keys), answers)
    measures, codes = tuple("abc"[:width]), tuple(("q1", code) for code in "12"[:answers])
    written = Frozen(JULY, HERE, PEOPLE, SumTable(keys, measures, codes, np.ones(len(keys)), sums, counts))
    found = closed.read_table(closed.write_table(written.table))
    assert (found.keys, found.measures, found.answers) == (keys, measures, codes)
    for one, other in ((found.sums, sums), (found.counts, counts), (found.people, np.ones(len(keys)))):
        assert one.shape == other.shape
        assert (one == other).all()
