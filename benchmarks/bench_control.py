"""How often does a control chart cry wolf, how soon does it see a real change, and how long does it take?

Simulates series of a municipality's months: `python -m benchmarks.bench_control [--series N] [--seed N]`.
Prints the rates that docs/method.md states, as tables.
"""

import argparse
import time
from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from analysis.control.judge import ChartKind, FindingKind, Judged, classify, judge_many
from analysis.control.limits import SIGMAS, find_share_limits
from analysis.control.pieces import judge_piece

Floats = npt.NDArray[np.float64]

MONTHS = 60
MEAN, SD = 70.0, 22.0  # points; respondents' scores follow a beta distribution on 0-100
SHARE = 0.75  # of answers that are positive
SPREAD = 5.0  # of the negative binomial: months of 60 answers on average have a standard deviation of 28
THRESHOLD = 10  # answers a month needs to be shown
BEFORE, WITHIN = 36, 6  # months before a planted change; months in which it is to be found
POINTS, OF_SHARE = 8.0, 0.08  # the planted change
CHANGED = (FindingKind.IMPROVEMENT, FindingKind.CONCERN)


def main() -> None:
    """Prints all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=20_261_122)
    asked = parser.parse_args()
    draw = np.random.default_rng(asked.seed)
    print_false_alarms(draw, asked.series)
    print_short_series(draw, asked.series)
    print_planted_changes(draw, asked.series)
    print_widths(draw, asked.series)
    print_best_of_shares(draw, asked.series)
    print_times(draw)


def draw_counts(draw: np.random.Generator, shape: tuple[int, int], mean: float) -> Floats:
    """Answers a month, negative binomial, at least 1."""
    return np.maximum(draw.negative_binomial(SPREAD, SPREAD / (SPREAD + mean), shape), 1).astype(float)


def draw_series(
    draw: np.random.Generator, chart: ChartKind, counts: Floats, change: Floats | float = 0.0
) -> Floats:
    """Shares 0-1 for p-prime, else means 0-100; `change` is in points, thin months are gaps."""
    sizes = counts.astype(int)
    if chart is ChartKind.P_PRIME:
        values = (
            draw.binomial(sizes, np.broadcast_to(SHARE + np.asarray(change) / 100, counts.shape)) / counts
        )
    else:
        values = draw_means(draw, sizes, np.broadcast_to(MEAN + np.asarray(change), counts.shape))
    return np.where(counts < THRESHOLD, np.nan, values)


def draw_means(draw: np.random.Generator, sizes: npt.NDArray[np.int_], mean: Floats) -> Floats:
    """The mean score of each month, from one draw for each respondent."""
    pull = (mean * (100 - mean) / SD**2 - 1).ravel()
    share = mean.ravel() / 100
    high, low = (np.repeat(part, sizes.ravel()) for part in (share * pull, (1 - share) * pull))
    firsts = np.cumsum(sizes.ravel()) - sizes.ravel()
    sums = np.add.reduceat(100 * draw.beta(high, low), firsts)
    return (sums / sizes.ravel()).reshape(sizes.shape)


def judge(
    chart: ChartKind, values: Floats, counts: Floats, *, starts: Sequence[int] = ()
) -> tuple[Judged, ...]:
    return judge_many(values, counts if chart is ChartKind.P_PRIME else None, chart=chart, starts=starts)


def print_false_alarms(draw: np.random.Generator, series: int) -> None:
    """Share of stable series with a finding at the last month, and with any point marked, by rule too."""
    print(f"\n## Stable series: {series:,} of {MONTHS} months, share with a signal\n")
    print("| chart | answers a month | a finding at the last month | any point marked | by rule alone |")
    print("|---|---|---|---|---|")
    for chart in ChartKind:
        for label, counts in list_counts(draw, series):
            values = draw_series(draw, chart, counts)
            judged = judge(chart, values, counts)
            now = np.mean([classify(one).kind in CHANGED for one in judged])
            ever = np.mean([any(one.signals) for one in judged])
            piece = judge_piece(values, counts if chart is ChartKind.P_PRIME else None, chart=chart)
            rules = ", ".join(
                f"{rule} {percent((marks != 0).any(axis=1).mean())}" for rule, marks in piece.marks
            )
            print(f"| {chart} | {label} | {percent(now)} | {percent(ever)} | {rules} |")


def list_counts(draw: np.random.Generator, series: int) -> Sequence[tuple[str, Floats]]:
    """How many answer each month: as many, or as they come."""
    shape = (series, MONTHS)
    return [
        ("60", np.full(shape, 60.0)),
        ("60 on average", draw_counts(draw, shape, 60)),
        ("20 on average", draw_counts(draw, shape, 20)),
    ]


def print_short_series(draw: np.random.Generator, series: int) -> None:
    """Share of stable series with a finding at the last month, by how many months there are."""
    lengths = (4, 6, 8, 10, 12, 18, 24, 36)
    print("\n## Stable series of few months (60 answers on average): a finding at the last month\n")
    print(f"| chart | {' | '.join(str(length) for length in lengths)} |\n|---{'|---' * len(lengths)}|")
    for chart in ChartKind:
        rates: list[str] = []
        for length in lengths:
            counts = draw_counts(draw, (series, length), 60)
            judged = judge(chart, draw_series(draw, chart, counts), counts)
            rates.append(percent(np.mean([classify(one).kind in CHANGED for one in judged])))
        print(f"| {chart} | {' | '.join(rates)} |")


def print_planted_changes(draw: np.random.Generator, series: int) -> None:
    """Share of series in which a change is found in its direction, month by month after it."""
    print(f"\n## A change of {POINTS:g} points after {BEFORE} months, 60 answers a month: found within\n")
    print(f"| chart | change | {' | '.join(f'{month} months' for month in range(1, WITHIN + 1))} |")
    print(f"|---|---{'|---' * WITHIN}|")
    for chart in ChartKind:
        for change in (POINTS, -POINTS):
            found = find_change(draw, chart, series, 60, change)
            print(f"| {chart} | {change:+g} | {' | '.join(percent(rate) for rate in found)} |")
    sizes = (60, 100, 150, 200, 250, 300)
    print(f"\n| p_prime, answers a month | {' | '.join(str(n) for n in sizes)} |\n|---{'|---' * len(sizes)}|")
    for change in (POINTS, -POINTS):
        last = [find_change(draw, ChartKind.P_PRIME, series, n, change)[-1] for n in sizes]
        print(f"| {change:+g} within {WITHIN} months | {' | '.join(percent(rate) for rate in last)} |")


def find_change(
    draw: np.random.Generator, chart: ChartKind, series: int, n: float, change: float
) -> list[float]:
    """Share found within 1, 2, ... months, judged anew each month with the limits of all months so far."""
    counts = np.full((series, BEFORE + WITHIN), n)
    values = draw_series(draw, chart, counts, np.repeat([0.0, change], [BEFORE, WITHIN]))
    wanted = FindingKind.IMPROVEMENT if change > 0 else FindingKind.CONCERN
    found = np.zeros(series, dtype=bool)
    rates: list[float] = []
    for month in range(BEFORE + 1, BEFORE + WITHIN + 1):
        findings = map(classify, judge(chart, values[:, :month], counts[:, :month]))
        found |= np.array([one.kind is wanted and (one.last or 0) >= BEFORE for one in findings])
        rates.append(float(found.mean()))
    return rates


def print_widths(draw: np.random.Generator, series: int) -> None:
    """What wider limits would cost a p-prime chart: false alarms in 60 months, and changes found."""
    widths = (3.0, 3.2, 3.4, 3.6, 3.8)
    print("\n## p-prime with wider limits (standard deviations)\n")
    print(f"| | {' | '.join(f'{width:g}' for width in widths)} |\n|---{'|---' * len(widths)}|")
    counts = draw_counts(draw, (series, MONTHS), 60)
    stable = measure_distances(draw_series(draw, ChartKind.P_PRIME, counts), counts)
    rates = [percent((np.abs(stable) > width).any(axis=1).mean()) for width in widths]
    print(f"| any point of {MONTHS} months outside, stable | {' | '.join(rates)} |")
    for change in (POINTS, -POINTS):
        nearest = np.full(series, -np.inf)
        counts = np.full((series, BEFORE + WITHIN), 60.0)
        values = draw_series(draw, ChartKind.P_PRIME, counts, np.repeat([0.0, change], [BEFORE, WITHIN]))
        for month in range(BEFORE + 1, BEFORE + WITHIN + 1):
            away = measure_distances(values[:, :month], counts[:, :month]) * np.sign(change)
            nearest = np.maximum(nearest, away[:, BEFORE:].max(axis=1))
        rates = [percent((nearest > width).mean()) for width in widths]
        print(f"| {change:+g} points found within {WITHIN} months | {' | '.join(rates)} |")


def measure_distances(shares: Floats, counts: Floats) -> Floats:
    """How far from the centre each share lies, in the chart's own standard deviations; 0 for a gap."""
    limits = find_share_limits(shares, counts)
    return np.nan_to_num(SIGMAS * (shares - limits.centre) / (limits.high - limits.centre))


def print_best_of_shares(draw: np.random.Generator, series: int) -> None:
    """What nobody can beat: a cumulative sum told the share before and after, at 1 alarm in 20 series."""
    print("\n## The best possible with shares: told both shares in advance, 1 stable series of 20 alarmed\n")
    for change in (OF_SHARE, -OF_SHARE):
        gain = partial(weigh_evidence, before=SHARE, after=SHARE + change, n=60)
        stable = sum_evidence(gain(draw.binomial(60, SHARE, (series, MONTHS))))
        # Either direction may alarm, so each is given half of the 1 in 20.
        limit = np.quantile(stable.max(axis=1), 0.975)
        shares = np.repeat([SHARE, SHARE + change], [BEFORE, WITHIN])
        changed = sum_evidence(gain(draw.binomial(60, shares, (series, BEFORE + WITHIN))))
        found = (changed[:, BEFORE:] > limit).any(axis=1).mean()
        print(f"* {100 * change:+g} points found within {WITHIN} months: {percent(found)}")


def weigh_evidence(positive: npt.NDArray[np.int64], *, before: float, after: float, n: int) -> Floats:
    """The logarithm of the likelihood of the share after against the share before."""
    return positive * np.log(after / before) + (n - positive) * np.log((1 - after) / (1 - before))


def sum_evidence(evidence: Floats) -> Floats:
    """Page's cumulative sum, which starts again whenever it falls below 0."""
    sums = np.zeros_like(evidence)
    for month in range(evidence.shape[1]):
        before = sums[:, month - 1] if month else 0
        sums[:, month] = np.maximum(0, before + evidence[:, month])
    return sums


def print_times(draw: np.random.Generator) -> None:
    """Seconds to judge and classify 290 municipalities x 10 measures x 60 months: the median of five."""
    print("\n## Time: 290 x 10 series of 60 months, judged with one break and classified (median of 5)\n")
    counts = draw_counts(draw, (2_900, MONTHS), 60)
    for chart in ChartKind:
        values = draw_series(draw, chart, counts)
        taken: list[float] = []
        for _ in range(5):
            began = time.perf_counter()
            for one in judge(chart, values, counts, starts=[30]):
                classify(one)
            taken.append(time.perf_counter() - began)
        print(f"* {chart}: {np.median(taken):.2f} s")


def percent(rate: float | np.floating) -> str:
    return f"{100 * rate:.1f} %"


if __name__ == "__main__":
    main()
