"""Which of a closing's cells each audience may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.disclosure import HiddenReason, decide_block
from survey.areas import Areas
from survey.store.publications import Statistic

GROUP_LEAST = 30  # answers a group must have to be shown on its own (privacy.md 2)
REST = "~rest"  # people in no group value: they are never shown, but can be worked out as what is left

Place = tuple[str, str, str, str]  # area, group, value, measure
Decided = dict[Place, HiddenReason | None]


@dataclass(frozen=True)
class Sizes:
    """How many answers stand behind every cell of one period."""

    counts: Mapping[Place, int]

    def find(self, area: str, measure: str, group: str = "", value: str = "") -> int:
        return self.counts.get((area, group, value, measure), 0)


def measure_sizes(statistics: Iterable[Statistic]) -> Sizes:
    return Sizes({(s.area, s.group, s.value, s.measure): s.n for s in statistics})


def decide_areas(sizes: Sizes, areas: Areas, measures: Iterable[str], *, threshold: int) -> Decided:
    """What is hidden of a period's municipalities and counties, None where it is shown.

    A county and its municipalities are a block: no municipality can be worked out as the county less
    the others.
    """
    decided: Decided = {}
    for measure in measures:
        for county in areas.counties:
            counts = {area.code: sizes.find(area.code, measure) for area in areas.within(county.code)}
            for code, reason in decide_block(counts, threshold=threshold).items():
                decided[(code, "", "", measure)] = reason
            n = sizes.find(county.code, measure)
            decided[(county.code, "", "", measure)] = HiddenReason.TOO_FEW if 0 < n < threshold else None
    return decided


def decide_groups(sizes: Sizes, areas: Areas, measures: Iterable[str], *, threshold: int) -> Decided:
    """What is hidden of a county's groups. Those who are in no value are a part that is never shown."""
    least = max(threshold, GROUP_LEAST)
    values: dict[tuple[str, str, str], dict[str, int]] = {}
    for (area, group, value, measure), n in sizes.counts.items():
        if group and areas.has(area):
            values.setdefault((area, group, measure), {})[value] = n
    decided: Decided = {}
    wanted = set(measures)
    for (area, group, measure), counts in values.items():
        if measure not in wanted:
            continue
        rest = sizes.find(area, measure) - sum(counts.values())
        for value, reason in decide_block({**counts, REST: rest}, threshold=least).items():
            if value != REST:
                decided[(area, group, value, measure)] = reason
    return decided


def guard_longer_period(
    longer: Decided, sizes: Sizes, shorter: Iterable[tuple[Decided, Sizes]], *, threshold: int
) -> Decided:
    """Hide a quarter or a year from which a few people in its hidden parts could be worked out.

    When the hidden parts of a period hold some people, but fewer than the threshold, the whole less the
    shown parts would be about just them.
    """
    parts = tuple(shorter)
    guarded = dict(longer)
    for place, reason in longer.items():
        hidden = sum(s.counts.get(place, 0) for d, s in parts if d.get(place) is not None)
        if reason is None and 0 < hidden < threshold:
            guarded[place] = HiddenReason.PROTECTS_ANOTHER
    return guarded
