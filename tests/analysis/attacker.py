"""What can somebody who knows nothing of the protection work out from shown figures?

Three attackers, none of which shares code or reasoning with the protection: one that tries every group of a
small table, one that asks an integer programme for a small group in a large one, and one that bounds the
hidden counts by linear programming.

Shown figures are sums over atoms, the people whom no figure tells apart (a unit's people in a month): `sums`
is (figures, atoms) of 0 and 1, `people` is (atoms,) the true counts. All three know which atoms are empty. A
programme that does not finish raises, and never passes for safety.
"""

from fractions import Fraction
from math import lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from analysis.disclosure import ROUND_TO, round_count

MOST_TO_TRY = 16  # atoms; every one doubles the groups


def find_null_space(sums):
    """Whole-number columns, (atoms, dimensions), that add up to 0 in every figure. Exact: in fractions."""
    rows = [[Fraction(int(value)) for value in row] for row in sums]
    atoms = sums.shape[1]
    pivots = []
    for column in range(atoms):
        place = len(pivots)
        found = next((i for i in range(place, len(rows)) if rows[i][column]), None)
        if found is None:
            continue
        rows[place], rows[found] = rows[found], rows[place]
        rows[place] = [value / rows[place][column] for value in rows[place]]
        for i, row in enumerate(rows):
            if i != place and row[column]:
                factor = row[column]
                rows[i] = [a - factor * b for a, b in zip(row, rows[place], strict=True)]
        pivots.append(column)
    basis = np.zeros((atoms, atoms - len(pivots)), dtype=np.int64)
    for dimension, free in enumerate(column for column in range(atoms) if column not in pivots):
        values = {free: Fraction(1), **{p: -rows[i][free] for i, p in enumerate(pivots)}}
        scale = lcm(*(value.denominator for value in values.values()))
        for atom, value in values.items():
            basis[atom, dimension] = int(value * scale)
    return basis


def find_smallest_by_trying(sums, people):
    """The fewest people, at least one, in a group that can be computed; None when there is no such group."""
    sums, people = drop_empty_atoms(sums, people)
    if len(people) > MOST_TO_TRY:
        raise ValueError(f"{len(people)} atoms are too many to try: at most {MOST_TO_TRY}.")
    groups = np.arange(1, 1 << len(people))[:, None] >> np.arange(len(people)) & 1
    computable = ~(groups @ find_null_space(sums)).any(axis=1)
    sizes = (groups @ people)[computable]
    return int(sizes.min()) if len(sizes) else None


def find_group_by_programme(sums, people, *, most, seconds=60.0):
    """The atoms of some group of 1 to `most` people that can be computed exactly, or None when none can.

    A mixed integer programme: a group's indicator (binary) is a sum of real multiples of the figures.
    """
    sums, people = drop_empty_atoms(sums, people)
    if not len(people) or not len(sums):
        return None
    kinds, members = np.unique(sums, axis=1, return_inverse=True)
    counts = np.bincount(members.ravel(), weights=people)
    figures, atoms = kinds.shape
    is_sum = hstack([eye_array(atoms), csr_array(-kinds.T.astype(float))])
    size = csr_array(np.concatenate([counts, np.zeros(figures)])[None, :])
    wide = np.concatenate([np.full(atoms, np.inf), np.full(figures, np.inf)])
    answer = milp(
        np.concatenate([counts, np.zeros(figures)]),
        integrality=np.concatenate([np.ones(atoms), np.zeros(figures)]),
        bounds=Bounds(
            np.concatenate([np.zeros(atoms), -wide[atoms:]]), np.concatenate([np.ones(atoms), wide[atoms:]])
        ),
        constraints=[LinearConstraint(is_sum, 0, 0), LinearConstraint(size, 1, most)],
        options={"time_limit": seconds},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        raise RuntimeError(f"The attack did not finish: {answer.message}")
    return tuple(np.flatnonzero(answer.x[:atoms] > 0.5).tolist())


def drop_empty_atoms(sums, people):
    """The same without atoms that have nobody, and without figures of nobody."""
    people = np.asarray(people)
    sums = np.asarray(sums, dtype=np.int64).reshape(len(sums), len(people))[:, people > 0]
    return sums[sums.any(axis=1)], people[people > 0]


def read_interval(rounded, *, threshold, to=ROUND_TO):
    """The counts that are shown as `rounded`: fewest and most, none of them below the threshold."""
    most = rounded + (to - 1) // 2
    return max(threshold, rounded - to // 2), most


def bound_hidden_counts(sums, people, hidden, *, threshold, rounded=True):
    """Fewest and most people in each hidden figure, (hidden, 2), as a reader of shown figures can tell.

    `hidden` is (figures, atoms) as `sums` is. Atoms are at least 0 and otherwise free. With `rounded` False
    the reader knows every shown count exactly, which no reader does.
    """
    people = np.asarray(people)
    there = people > 0
    rows = csr_array(np.asarray(sums, dtype=float).reshape(len(sums), len(people))[:, there])
    true = np.asarray(rows @ people[there]).astype(int).tolist()
    shown = [read_interval(round_count(n), threshold=threshold) if rounded else (n, n) for n in true]
    limits = np.array([most for _, most in shown] + [-fewest for fewest, _ in shown], dtype=float)
    both = vstack([rows, -rows])
    wanted = np.asarray(hidden).reshape(len(hidden), len(people))[:, there]
    return np.array([[reach(row, both, limits, way) for way in (1, -1)] for row in wanted]).reshape(-1, 2)


def reach(row, both, limits, way):
    """The least (way 1) or most (way -1) that a figure can be; inf when nothing bounds it."""
    answer = linprog(way * row.astype(float), A_ub=both, b_ub=limits, bounds=(0, None), method="highs")
    if answer.status == 3:
        return np.inf
    if answer.status != 0:
        raise RuntimeError(f"The attack did not finish: {answer.message}")
    return way * answer.fun
