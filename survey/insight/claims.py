"""When may the difference between two periods of a line be told as a change of it?

A control chart looks at all periods of a line: where it can, its word stands, and two single periods that
lie far apart are no news beside it. Two periods speak only where there are too few for a chart, and many
answered.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.describe import CHANGES, DIFFERENCES, ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.lines import TrendLine, list_shown
from survey.insight.judged import LEAST_DRAWN, JudgedLine

LEAST_ANSWERS = 30
"""Answers behind each of two numbers whose difference is told. The same number as a municipality
needs to be named beside others: see analysis/funnel.py."""


def claim_change(fact: LineFact, line: TrendLine, change: JudgedLine) -> LineFact:
    """The fact of a line of exact figures, with a change claimed only where it may be.

    Not where the chart has limits or a median to judge by (6 points or more since they began), be it on
    trial, nor with fewer than 30 answers in either period. Of one shown period it is said whether the line
    has others that were not chosen. What is not claimed has no p-value: it is no test.
    """
    if fact.kind is LineKind.ONE_POINT:
        known = sum(value is not None for value in change.judged.values)
        return replace(fact, kind=LineKind.ONE_CHOSEN) if known > 1 else fact
    if fact.kind not in CHANGES or fact.period is None or fact.earlier_period is None:
        return fact
    segment, shown = change.judged.segments[-1], list_shown(line.points)
    if segment.points >= LEAST_DRAWN:
        return replace(fact, kind=LineKind.ON_TRIAL if segment.is_trial else LineKind.CHANCE, p=None)
    if min(shown[fact.period].n, shown[fact.earlier_period].n) < LEAST_ANSWERS:
        return replace(fact, kind=LineKind.FEW_ANSWERS, p=None)
    return fact


def claim_difference(fact: ComparisonFact, line: TrendLine, county: TrendLine) -> ComparisonFact:
    """How a line lies against its county's, claimed only where at least 30 answered in both."""
    if fact.kind not in DIFFERENCES or fact.period is None:
        return fact
    least = min(list_shown(one.points)[fact.period].n for one in (line, county))
    return fact if least >= LEAST_ANSWERS else replace(fact, kind=ComparisonKind.CANNOT_SAY, p=None)
