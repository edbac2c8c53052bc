"""The smallest group that a table gives away is found exactly: trying every group finds the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.isolation import (
    NOBODY,
    find_smallest,
    free_shown_cells,
    list_allowed,
    list_patterns,
    price_known_rows,
    price_unknown_row,
)
from tests.analysis.attacker import find_smallest_by_trying

MOST_ROWS = {1: 6, 2: 6, 3: 4, 4: 3, 5: 2}  # by columns, so that every group can be tried


@st.composite
def tables(draw):
    """People by row and column, the area of each row, and what is shown of the table."""
    columns = draw(st.sampled_from(list(MOST_ROWS)))
    area_of = sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=MOST_ROWS[columns])))
    counts = st.lists(st.just(0) | st.integers(1, 9), min_size=columns, max_size=columns)
    people = np.array([draw(counts) for _ in area_of])
    yes = st.booleans()
    known = {area: draw(yes) for area in set(area_of)}
    cells = {area: np.array([draw(yes) for _ in range(columns)]) for area in known}
    shown = np.array([draw(yes) for _ in range(columns)])
    return people, area_of, known, cells, shown, draw(yes)


def find_by_search(people, area_of, known, cells, shown, total_shown):
    prices = []
    for area in known:
        rows = people[np.array(area_of) == area]
        of_area = price_known_rows(rows) if known[area] else price_unknown_row(rows.sum(axis=0))
        prices.append([free_shown_cells(price, cells[area]) for price in of_area])
    least, positive = (np.array(column) for column in zip(*prices, strict=True))
    smallest = find_smallest(least, positive, list_allowed(shown, total_shown=total_shown))
    return None if smallest == NOBODY else smallest


def list_sums(people, area_of, known, cells, shown, total_shown):
    """What is shown, as sums over rows x columns."""
    row, column = np.indices(people.shape)
    area = np.array(area_of)[row]
    sums = [row == i for i, a in enumerate(area_of) if known[a]]
    sums += [(area == a) & (column == c) for a in known for c in np.flatnonzero(cells[a])]
    sums += [column == c for c in np.flatnonzero(shown)]
    sums += [np.ones_like(people, dtype=bool)] * total_shown
    return np.array(sums, dtype=int).reshape(-1, people.size)


@settings(max_examples=1000)
@given(tables())
def test_the_search_finds_what_trying_every_group_finds(table):
    people = table[0]
    assert find_by_search(*table) == find_smallest_by_trying(list_sums(*table), people.ravel())


@pytest.mark.parametrize(
    ("people", "known", "cells", "shown", "total_shown", "expected"),
    [
        pytest.param([[3], [12], [25]], "nnn", [[0], [1], [1]], [1], 0, 3, id="a county less its others"),
        pytest.param([[3], [12], [25]], "nnn", [[0], [0], [1]], [1], 0, 15, id="two hidden together"),
        pytest.param([[3], [12], [25]], "nnn", [[0], [1], [1]], [0], 0, 12, id="the county hidden too"),
        pytest.param([[3, 20, 20]], "y", [[0, 1, 1]], [0, 0, 0], 0, 3, id="a quarter less its months"),
        pytest.param(
            [[3, 20, 20]], "y", [[0, 1, 0]], [0, 0, 0], 0, 20, id="a quarter with two months hidden"
        ),
        pytest.param([[0, 9, 0]], "n", [[0, 0, 0]], [0, 0, 0], 0, None, id="nothing is shown"),
        pytest.param([[0, 9, 0]], "n", [[0, 0, 0]], [0, 0, 0], 1, 9, id="only the whole is shown"),
        pytest.param([[20, 2], [0, 30]], "ny", [[0, 0]] * 2, [0, 1], 1, 2, id="the rest of a column"),
    ],
)
def test_a_reader_isolates_whom_subtraction_leaves(people, known, cells, shown, total_shown, expected):
    table = (
        np.array(people),
        list(range(len(people))),
        {i: letter == "y" for i, letter in enumerate(known)},
        dict(enumerate(np.array(cells, dtype=bool))),
        np.array(shown, dtype=bool),
        bool(total_shown),
    )
    assert find_by_search(*table) == expected
    assert find_smallest_by_trying(list_sums(*table), table[0].ravel()) == expected


@pytest.mark.parametrize("columns", [0, 13])
def test_a_table_without_columns_or_of_more_than_a_years_is_refused(columns):
    with pytest.raises(ValueError, match="cannot be searched"):
        list_patterns(columns)
