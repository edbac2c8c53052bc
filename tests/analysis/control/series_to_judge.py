"""Series for the laws of control charts, and how a judgement is written down to be compared."""

import json
from pathlib import Path

from hypothesis import strategies as st

from analysis.control.judge import ChartKind

CASES = Path(__file__).parent / "cases"

halves = st.integers(60, 160).map(lambda number: number / 2)
"""Scores 30 to 80 in halves: rounding cannot make two of them differ."""

scores = st.lists(st.none() | halves, min_size=1, max_size=45)
whole_scores = st.lists(halves, min_size=1, max_size=45)
coarse = st.lists(st.none() | st.sampled_from([40.0, 50.0, 60.0]), min_size=1, max_size=45)
charts_of_scores = st.sampled_from([ChartKind.XMR, ChartKind.RUN])


@st.composite
def slow_series(draw):
    """Steps from one score to the next, mostly the same way: trends, shifts and gaps are common."""
    up = draw(st.booleans())
    steps = draw(st.lists(st.sampled_from([-1, 0.5, 1, 1, 1, 2, None]), min_size=8, max_size=30))
    now, values = 50.0, []
    for step in steps:
        now += 0 if step is None else step if up else -step
        values.append(None if step is None else min(max(now, 0), 100))
    return values


@st.composite
def share_series(draw):
    """Shares 0-1 with the counts behind them; None is a gap in both."""
    pairs = draw(
        st.lists(
            st.none() | st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
            min_size=1,
            max_size=40,
        )
    )
    shares = [None if pair is None else pair[0] / pair[1] for pair in pairs]
    return shares, [None if pair is None else float(pair[1]) for pair in pairs]


def read_case_file(name):
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def write_signals(judged):
    """`rule direction` for each point, or None."""
    return [None if one is None else f"{one.rule} {one.direction}" for one in judged.signals]


def write_plain(found):
    """The same of what `plain_chart` found."""
    return [None if one is None else f"{one[0]} {'up' if one[1] > 0 else 'down'}" for one in found]
