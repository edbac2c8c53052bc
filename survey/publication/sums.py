"""How the sums of a month become sums per area and group."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from survey.areas import Areas
from survey.store.publications import Statistic
from survey.store.responses import Sums

EVERYBODY = ""  # the group of a cell that is about everybody
Key = tuple[str, str, str, str]


def roll_up(rows: Iterable[Sums], areas: Areas) -> tuple[Statistic, ...]:
    """Sums per municipality and county for everybody, and per county and group value for groups.

    Groups are added up for counties only: that is the finest they may ever be published (privacy.md 2).
    People who live outside the installation's municipalities are in no area.
    """
    parents = {area.code: area.parent or area.code for area in areas.municipalities}
    found: dict[Key, list[float]] = {}
    for row in rows:
        if row.area not in parents:
            continue
        county = parents[row.area]
        keys = [(row.area, EVERYBODY, ""), (county, EVERYBODY, "")]
        keys.extend((county, group, value) for group, value in read_groups(row.groups))
        for area, group, value in keys:
            sums = found.setdefault((area, group, value, row.measure), [0, 0.0, 0.0])
            sums[0] += row.n
            sums[1] += row.total
            sums[2] += row.squares
    return tuple(
        Statistic(*key, int(n), total, squares) for key, (n, total, squares) in sorted(found.items())
    )


@lru_cache(maxsize=4096)
def read_groups(document: str) -> tuple[tuple[str, str], ...]:
    """The groups in a response's JSON document."""
    return tuple(json.loads(document).items())
