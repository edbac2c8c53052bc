"""Which changes of the last publication ought somebody to know first?

A signal is new when the month that was published last made it: without that month the line said nothing, or
the contrary. What said so before goes on, and was told then. Of a composite its parts are not told too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.control.judge import Finding, FindingKind, Rule
from analysis.periods import PeriodKind
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.audience import find_audience
from survey.insight.changes import Change, find_changes
from survey.insight.published import find_latest_publication
from survey.insight.told import tell_finding
from survey.installation import Installation
from survey.language import Words, pick_text
from survey.people.roles import Person

MOST_SIGNALS = 5  # product.md: up to five


@dataclass(frozen=True)
class Signal:
    """A change with as many decimals as its reader is shown. A new one was made by the last publication."""

    change: Change
    decimals: int
    is_new: bool

    @property
    def area(self) -> Area:
        return self.change.area

    @property
    def dimension(self) -> Dimension:
        return self.change.dimension

    @property
    def finding(self) -> Finding:
        return self.change.finding

    @property
    def mean(self) -> float | None:
        return self.change.mean

    @property
    def period(self) -> str | None:
        return self.change.period


@dataclass(frozen=True)
class Signals:
    """The signals of a publication, the most important first, out of how many lines that were looked at.

    `month` is the last that was published, None when nothing is. New signals come before those that go on.
    """

    month: str | None
    lines: int
    every: tuple[Signal, ...]

    @property
    def new(self) -> tuple[Signal, ...]:
        return tuple(one for one in self.every if one.is_new)

    @property
    def first(self) -> tuple[Signal, ...]:
        """Those to show."""
        return self.every[:MOST_SIGNALS]


def find_signals(installation: Installation, survey: str, areas: Sequence[str], *, viewer: Person) -> Signals:
    """The signals of a survey's last published month in some areas."""
    latest = find_latest_publication(installation, survey)
    if latest is None:
        return Signals(None, 0, ())
    changes = find_changes(installation, survey, areas, kind=PeriodKind.MONTH, viewer=viewer)
    decimals = find_audience(installation, viewer=viewer).decimals
    current = [one for one in leave_out_parts(changes.values()) if is_current(one, latest.month)]
    told = [Signal(one, decimals, is_new(one)) for one in current]
    judged = sum(one.kind is not FindingKind.TOO_FEW for one in changes.values())
    return Signals(latest.month, judged, tuple(sorted(told, key=order_signal)))


def is_current(change: Change, month: str) -> bool:
    """Whether a line has a signal whose last point is a month's."""
    return change.line.signal_periods[-1:] == (month,)


def is_new(change: Change) -> bool:
    """Whether the last month made a line's signal."""
    return change.line.find_without_last().kind is not change.kind


def leave_out_parts(changes: Iterable[Change]) -> list[Change]:
    """The changes that are not of a part of another dimension."""
    some = list(changes)
    parts = {part for one in some for part in one.dimension.parts}
    return [one for one in some if one.dimension.id not in parts]


def order_signal(signal: Signal) -> tuple[int, int, int, int, str]:
    """What signals are ordered by: new, concern before improvement, headlines, the stronger rule."""
    finding = signal.finding
    return (
        int(not signal.is_new),
        int(finding.kind is not FindingKind.CONCERN),
        int(signal.dimension.headline is None),
        len(Rule) if finding.rule is None else list(Rule).index(finding.rule),
        signal.area.code,
    )


def tell_signal(words: Words, signal: Signal) -> str:
    """A signal as a sentence that begins with its area."""
    name = pick_text(signal.dimension.text, words.language.code)
    said = tell_finding(words, signal.change.line, name=name, decimals=signal.decimals)
    return words.say("signal.told", area=signal.area.name, said=said)
