"""Made-up counties for the tests of protection, and what is shown of them as sums over atoms."""

import numpy as np
from scipy.linalg import block_diag

from analysis.blocks import CountyQuarter, Seen, decide_county_quarter
from analysis.disclosure import NoAnswers


def list_figures(block, decided):
    """The figures that are shown and those that are hidden: two lists of (name, atoms of 0 and 1).

    Atoms are the units' months, in the order of `block.people` laid out flat.
    """
    area, unit = (np.repeat(codes, 3) for codes in (block.areas, block.units))
    month = np.tile(np.arange(3), len(block.areas))
    figures = [
        *(
            (("month", a, m), r, (area == a) & (month == m))
            for (a, m), r in decided.municipality_months.items()
        ),
        *((("county month", m), r, month == m) for m, r in decided.county_months.items()),
        *((("quarter", a), r, area == a) for a, r in decided.municipality_quarters.items()),
        *((("unit", a, u), r, (area == a) & (unit == u)) for (a, u), r in decided.unit_quarters.items()),
    ]
    if not isinstance(decided.county_quarter, NoAnswers):
        figures.append((("county",), decided.county_quarter, np.ones(len(month), dtype=bool)))
    shown = [(name, row.astype(int)) for name, reason, row in figures if reason is None]
    hidden = [(name, row.astype(int)) for name, reason, row in figures if reason is not None]
    return shown, hidden


def stack(figures, block):
    """The rows of figures as one array, (figures, atoms)."""
    return np.array([row for _, row in figures], dtype=int).reshape(len(figures), block.people.size)


def list_shown(block, decided):
    """The names of what is shown."""
    return {name for name, _ in list_figures(block, decided)[0]}


def stack_year(blocks, decided, years):
    """Sums and people of a whole year: everything shown of its quarters, and these municipalities' years."""
    quarters = [stack(list_figures(b, d)[0], b) for b, d in zip(blocks, decided, strict=True)]
    by_year = [
        np.concatenate([np.repeat(np.array(b.areas) == area, 3).astype(int) for b in blocks])
        for area in years
    ]
    people = np.concatenate([b.people.ravel() for b in blocks])
    return np.array([*block_diag(*quarters), *by_year], dtype=int).reshape(-1, len(people)), people


def close_months(block, *, threshold):
    """The decisions at the closings of months 1, 2 and 3, each given what was really shown before."""
    seen, decided = Seen(), []
    for closed in (1, 2, 3):
        people = np.where(np.arange(3) < closed, block.people, 0)
        now = CountyQuarter(block.areas, block.units, people, closed)
        decided.append(decide_county_quarter(now, threshold=threshold, seen=seen))
        seen = read_seen(decided[-1])
    return decided


def read_seen(decided):
    """What somebody has seen of the months."""
    return Seen(
        frozenset(cell for cell, reason in decided.municipality_months.items() if reason is None),
        frozenset(month for month, reason in decided.county_months.items() if reason is None),
    )


def make_county(seed, *, areas=20):
    """Four quarters of a made-up county: (areas, units, four arrays of people).

    A municipality has a median of 40 answers a month, from about 3 to 400, and none to six units of unlike
    size; in every third of those with units nobody is without one.
    """
    rng = np.random.default_rng(seed)
    sizes = np.exp(rng.normal(np.log(40), 1.0, areas)).clip(3, 400)
    rows = []
    for area, size in enumerate(sizes):
        units = int(rng.integers(0, 7))
        weights = np.exp(rng.normal(0, 1, units + 1))
        weights[0] *= 0 if units and area % 3 == 0 else 1
        shares = size * weights / weights.sum()
        rows += [(f"{area:02}", f"u{i}" if i else "", share) for i, share in enumerate(shares)]
    areas_of, units_of, means = zip(*rows, strict=True)
    return areas_of, units_of, [rng.poisson(np.array(means)[:, None], (len(rows), 3)) for _ in range(4)]
