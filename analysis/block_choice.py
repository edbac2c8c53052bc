"""Which options of a county's quarter are taken, so that nobody can be isolated and little is lost?

Each municipality starts at its best option that is safe by itself. While the county gives away a group, the
one change is made that ends it at the least loss, or else comes nearest to that; the county's own cells are
hidden only when no municipality's help.
"""

from dataclasses import dataclass

import numpy as np

from analysis.block_options import MONTHS, QuarterOptions, price_options, weigh_losses
from analysis.isolation import BoolArray, IntArray, find_smallest, list_allowed, measure_lack

_WORSE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Choice:
    """What is chosen of a quarter: by municipality whether its third month is shown and which pool is taken.

    `pools` counts places, as `QuarterOptions` does; a pool of more places than there are hides the quarter.
    """

    last_month: BoolArray
    pools: IntArray
    county_month: bool
    county_quarter: bool
    places: int

    @property
    def quarters(self) -> BoolArray:
        """Which municipalities' quarters are shown."""
        return self.pools <= self.places

    @property
    def units(self) -> BoolArray:
        """Which units are shown, (municipalities, places)."""
        return (np.arange(self.places) >= self.pools[:, None]) & self.quarters[:, None]


def start_choice(areas: int, places: int) -> Choice:
    """Everything is shown."""
    return Choice(np.ones(areas, bool), np.zeros(areas, np.int64), True, True, places)


@dataclass
class _State:
    """The county while choices are tried. Prices are (municipalities, options, signs, patterns)."""

    least: IntArray
    unsafe: BoolArray  # where an option gives away too few by itself, by pattern
    losses: IntArray  # (municipalities, options)
    open: BoolArray  # options that hide the same or more, and are safe by themselves
    taken: IntArray  # (municipalities,) option
    threshold: int


def choose_quarter(
    options: QuarterOptions, start: Choice, cells: BoolArray, county: BoolArray, threshold: int
) -> tuple[Choice, int]:
    """What is shown of a quarter at a threshold, of what `start` shows, and the smallest group given away.

    `cells` (municipalities, months) and `county` (months) say what is shown of the earlier months; when that
    gives away fewer than the threshold by itself, nothing is added to it.
    """
    people = options.months.sum(axis=0)
    least, positive = (_flatten(prices) for prices in price_options(options, cells))
    state = _State(
        least,
        positive < threshold,
        _flatten(weigh_losses(options, cells)),
        _list_open(options, start) & (positive[..., 0] >= threshold).all(axis=-1),
        np.zeros(len(options.areas), np.int64),
        threshold,
    )
    state.open[:, -1] = True
    state.taken = np.where(state.open, state.losses, _WORSE).argmin(axis=1)
    month = start.county_month and int(people[-1]) >= threshold
    quarter = start.county_quarter and int(people.sum()) >= threshold
    month, quarter = _hide_until_safe(state, county, month, quarter)
    taken = np.arange(len(options.areas)), state.taken
    smallest = find_smallest(least[taken], positive[taken], _allow(county, month, quarter))
    if smallest < threshold:  # by what was seen: the county's cells are hidden by now
        state.taken[:] = least.shape[1] - 1
    pools = options.places + 2
    chosen = Choice(state.taken < pools, state.taken % pools, month, quarter, options.places)
    return chosen, smallest


def _flatten(prices: IntArray) -> IntArray:
    """One axis for the options: third month shown with every pool, then hidden with every pool."""
    return prices.reshape(prices.shape[0], -1, *prices.shape[3:])


def _list_open(options: QuarterOptions, start: Choice) -> BoolArray:
    """Which options show nothing that the start does not show, (municipalities, options)."""
    pools = np.arange(options.places + 2) >= start.pools[:, None]
    return np.concatenate([pools & start.last_month[:, None], pools], axis=1)


def _allow(county: BoolArray, month: bool, quarter: bool) -> BoolArray:
    columns = county.copy()
    columns[MONTHS - 1] = month
    return list_allowed(columns, total_shown=quarter)


def _hide_until_safe(state: _State, county: BoolArray, month: bool, quarter: bool) -> tuple[bool, bool]:
    """Takes other options until the county is safe; comes back with its month and quarter, shown or not."""
    while (lacking := _measure_taken(state, _allow(county, month, quarter))) > 0:
        if _take_best_option(state, _allow(county, month, quarter), lacking):
            continue
        tries = [
            (m, q)
            for m, q in ((False, quarter), (month, False), (False, False))
            if (m, q) != (month, quarter)
        ]
        if not tries:
            break
        month, quarter = min(tries, key=lambda kept: _measure_taken(state, _allow(county, *kept)))
    return month, quarter


def _measure_taken(state: _State, allowed: BoolArray) -> int:
    """What the options that are taken lack."""
    taken = np.arange(len(state.taken)), state.taken
    least, unsafe = state.least[taken][..., allowed], state.unsafe[taken][..., allowed]
    return int(measure_lack(least.sum(axis=0), unsafe.sum(axis=0), state.threshold))


def _take_best_option(state: _State, allowed: BoolArray, lacking: int) -> bool:
    """Changes one municipality's option for the better; False when no change is."""
    areas = np.arange(len(state.taken))
    least, unsafe = state.least[..., allowed], state.unsafe[..., allowed].astype(np.int64)
    now, unsafe_now = least[areas, state.taken], unsafe[areas, state.taken]
    lack = measure_lack(
        least + (now.sum(axis=0) - now)[:, None],
        unsafe + (unsafe_now.sum(axis=0) - unsafe_now)[:, None],
        state.threshold,
    )
    lack = np.where(state.open, lack, _WORSE)
    if lack.min(initial=_WORSE) >= lacking:
        return False
    more = state.losses - state.losses[areas, state.taken][:, None]
    best = np.where(lack == lack.min(), more, _WORSE).argmin()
    area, option = np.unravel_index(best, lack.shape)
    state.taken[area] = option
    return True
