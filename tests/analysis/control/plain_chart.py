"""What would a control chart say, worked out by loops over plain lists? The second way to the same answer."""

from itertools import pairwise
from math import comb, log2, sqrt
from statistics import fmean, median

NEAR_ENOUGH = 1e-9


def compare(one, other):
    if one is None or other is None or abs(one - other) <= NEAR_ENOUGH:
        return 0
    return 1 if one > other else -1


def find_mean_range(values):
    """Screened once; None when no two neighbours have values."""
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return None
    mean = fmean(ranges)
    return fmean([one for one in ranges if one < 3.267 * mean]) if mean else 0.0


def limit_scores(values):
    """Centre, and low and high of each period."""
    shown = [value for value in values if value is not None]
    mean_range = find_mean_range(values)
    centre = fmean(shown) if shown else None
    reach = None if mean_range is None else 3 * mean_range / 1.128
    edges = (None, None) if reach is None else (centre - reach, centre + reach)
    return centre, [edges[0]] * len(values), [edges[1]] * len(values)


def limit_shares(shares, counts):
    """Centre, and low and high of each period."""
    known = [(share, n) for share, n in zip(shares, counts, strict=True) if share is not None]
    if not known:
        return None, [None] * len(shares), [None] * len(shares)
    centre = min(1.0, sum(share * n for share, n in known) / sum(n for _, n in known))
    spreads = [
        None if share is None else sqrt(centre * (1 - centre) / n)
        for share, n in zip(shares, counts, strict=True)
    ]
    scores = [
        None if share is None else (share - centre) / spread if spread else 0.0
        for share, spread in zip(shares, spreads, strict=True)
    ]
    sigma = find_mean_range(scores)
    reaches = [None if spread is None or sigma is None else 3 * spread * sigma / 1.128 for spread in spreads]
    low = [None if reach is None else centre - reach for reach in reaches]
    return centre, low, [None if reach is None else centre + reach for reach in reaches]


def sign_scores(values, centre, low, high):
    """(rule, direction -1 or 1) of each point, or None: the first rule of four in their precedence."""
    near_low = [None if edge is None else centre - (centre - edge) * 2 / 3 for edge in low]
    near_high = [None if edge is None else centre + (edge - centre) * 2 / 3 for edge in high]
    found = [None] * len(values)

    def mark(place, rule, direction):
        if found[place] is None:
            found[place] = (rule, direction)

    for place in list_outside(values, low, high):
        mark(place, "outside_limits", compare(values[place], centre))
    for first in reversed(range(len(values) - 6)):
        steps = {compare(b, a) for a, b in pairwise(values[first : first + 7])}
        if steps in ({1}, {-1}):
            for place in range(first, first + 7):
                mark(place, "trend", min(steps))
    for first in range(len(values) - 2):
        places = range(first, first + 3)
        for direction, edges in ((1, near_high), (-1, near_low)):
            beyond = [place for place in places if compare(values[place], edges[place]) == direction]
            if len(beyond) >= 2 and all(compare(values[place], centre) == direction for place in places):
                for place in beyond:
                    mark(place, "two_of_three", direction)
    for first in range(len(values) - 6):
        sides = {compare(value, centre) for value in values[first : first + 7]}
        if sides in ({1}, {-1}):
            for place in range(first, first + 7):
                mark(place, "shift", min(sides))
    return found


def list_outside(values, low, high):
    return [
        place
        for place, value in enumerate(values)
        if compare(value, high[place]) > 0 or compare(value, low[place]) < 0
    ]


def sign_runs(values):
    """(rule, side) of each point, or None, on a run chart."""
    shown = [value for value in values if value is not None]
    centre = median(shown) if shown else None
    runs, chances, crossings, open_run = [], 0, 0, None
    for place, value in enumerate(values):
        if value is None:
            open_run = None
            continue
        side = compare(value, centre)
        if side == 0:
            continue
        if open_run is not None:
            chances += 1
            crossings += open_run["side"] != side
        if open_run is None or open_run["side"] != side:
            open_run = {"side": side, "places": []}
            runs.append(open_run)
        open_run["places"].append(place)
    found = [None] * len(values)
    useful = sum(len(run["places"]) for run in runs)
    if useful < 10:
        return found
    if crossings < find_fewest(chances):
        for place in runs[-1]["places"]:
            found[place] = ("few_crossings", runs[-1]["side"])
    for run in runs:
        if len(run["places"]) > round(log2(useful)) + 3:
            for place in run["places"]:
                found[place] = ("long_run", run["side"])
    return found


def find_fewest(chances):
    """The smallest number of heads that a fair coin stays at or below in 5 % of cases or more."""
    heads, below = 0, comb(chances, 0)
    while below < 0.05 * 2**chances:
        heads += 1
        below += comb(chances, heads)
    return heads
