"""Between what can the mean and a share of people in a hidden row lie, as a reader can tell?

A linear-fractional programme for each row (Charnes and Cooper 1962): every atom has people, points and people
who are counted in the share, all of them 0 or more; shown rows bound their sums by what rounding leaves open.
People are whole in truth and need not be here: an attack that knows it could be somewhat tighter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack

from analysis.scores import HIGHEST_SCORE, POSITIVE_FROM

HIGH = POSITIVE_FROM / HIGHEST_SCORE
HALF = 0.5  # of a whole number: how far it may be from what it stands for
PEOPLE, MEAN, SHARE = "people", "mean", "share"
Bounds = tuple[float, float]


def read_share(text: str) -> Bounds:
    """What a value of 0-100 stands for, 0-1: 37, <5 or >95; nothing is known of a hidden one."""
    if text.startswith("<"):
        return 0.0, float(text[1:]) / 100
    if text.startswith(">"):
        return float(text[1:]) / 100, 1.0
    if not text.isdecimal():
        return 0.0, 1.0
    return max(0.0, (int(text) - HALF) / 100), min(1.0, (int(text) + HALF) / 100)


class MeanAttack:
    """What shown rows tell: `sums` is (rows, atoms) as ever, with each row's mean and share as text and
    between what its number of people lies, (rows, 2). `inside` are the scores, 0-1, that those counted in the
    share may have, and `outside` those of the others."""

    def __init__(
        self,
        sums: np.ndarray,
        counts: np.ndarray,
        means: Sequence[str],
        shares: Sequence[str],
        *,
        inside: Bounds = (HIGH, 1.0),
        outside: Bounds = (0.0, HIGH),
    ) -> None:
        rows = csr_array(sums.astype(float))
        nothing = csr_array(rows.shape)
        self.atoms = sums.shape[1]
        no_scale = csr_array((len(sums), 1))
        blocks = [
            hstack([rows, nothing, nothing, -csr_array(counts[:, 1:].astype(float))]),
            hstack([-rows, nothing, nothing, csr_array(counts[:, :1].astype(float))]),
        ]
        for place, texts in ((1, means), (2, shares)):
            low, high = np.array([read_share(text) for text in texts]).T
            for sign, bound in ((1, high), (-1, low)):
                parts = [-sign * diags_array(bound) @ rows, nothing, nothing, no_scale]
                parts[place] = sign * rows
                blocks.append(hstack(parts))
        self.limits = vstack([*blocks, self.limit_atoms(inside, outside)]).tocsr()

    def limit_atoms(self, inside: Bounds, outside: Bounds):
        """Nobody is counted who is not there, and points follow from who is counted."""
        one, zero, no_scale = eye_array(self.atoms), csr_array((self.atoms,) * 2), csr_array((self.atoms, 1))
        (least, most), (other_least, other_most) = inside, outside
        return vstack(
            [
                hstack([-one, zero, one, no_scale]),
                hstack([other_least * one, -one, (least - other_least) * one, no_scale]),
                hstack([-other_most * one, one, -(most - other_most) * one, no_scale]),
            ]
        )

    def bound(self, row: np.ndarray, what: str = MEAN) -> Bounds:
        """The least and most that a row's mean or share can be, 0-1, when somebody is in it."""
        target = np.zeros(3 * self.atoms + 1)
        place = (PEOPLE, MEAN, SHARE).index(what)
        target[place * self.atoms : (place + 1) * self.atoms] = row
        people = np.zeros((1, len(target)))
        people[0, : self.atoms] = row
        found = []
        for way in (1, -1):
            answer = linprog(
                way * target,
                A_ub=self.limits,
                b_ub=np.zeros(self.limits.shape[0]),
                A_eq=csr_array(people),
                b_eq=[1.0],
                bounds=[(0, None)] * (len(target) - 1) + [(0, 1)],
                method="highs",
            )
            if answer.status != 0:
                raise RuntimeError(f"The attack did not finish: {answer.message}")
            found.append(way * answer.fun)
        return found[0], found[1]
