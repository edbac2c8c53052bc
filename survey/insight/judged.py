"""Is a line changing, and is it more than chance? The judgement of a line by its control chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.control.judge import (
    ChartKind,
    Finding,
    FindingKind,
    Judged,
    TargetStanding,
    classify,
    judge_series,
    read_target,
)
from analysis.control.rows import count_row, doubt_single, is_lasting
from analysis.disclosure import Shown
from analysis.lines import TrendLine
from analysis.periods import parse_period
from analysis.slopes import Slope, SlopeKind, find_share_slope, find_slope
from survey.insight.measured import CHARTS, PERCENT, Figure
from survey.store.publications import Cell

LEAST_DRAWN = 6  # points of a segment from which limits on trial are drawn: fewer say next to nothing


class StartKind(StrEnum):
    """Why limits begin anew: the questions changed, or somebody decided so."""

    BREAK = "break"
    REBASE = "rebase"


@dataclass(frozen=True)
class Start:
    """The period from which limits are counted anew, and the version or the reason behind it."""

    period: str
    kind: StartKind
    note: str


@dataclass(frozen=True)
class NewLevel:
    """The centre 0-100 of limits that somebody began anew in a period, and of those before."""

    period: str
    centre: float
    before: float


@dataclass(frozen=True)
class JudgedLine:
    """A line judged: all its periods in order, what its control chart says, and where limits began anew.

    Limits do not depend on the span that somebody looks at: `codes` are all the survey's periods until the
    last of the span.
    """

    codes: tuple[str, ...]
    judged: Judged
    finding: Finding
    starts: tuple[Start, ...] = ()
    counts: tuple[float | None, ...] = ()  # of shares: the answers behind each

    @property
    def kind(self) -> FindingKind:
        return self.finding.kind

    @property
    def signal_periods(self) -> tuple[str, ...]:
        """The periods of the current signal, none when there is none."""
        first, last = self.finding.first, self.finding.last
        return () if first is None or last is None else self.codes[first : last + 1]

    @property
    def unit(self) -> float:
        """What the chart's numbers are multiplied with to be 0-100."""
        return PERCENT if self.judged.chart is ChartKind.P_PRIME else 1

    @property
    def centre(self) -> float | None:
        """The centre 0-100 of the limits that hold now; None where nothing is shown since they began."""
        centre = self.judged.segments[-1].centre if self.judged.segments else None
        return None if centre is None else centre * self.unit

    @property
    def is_on_trial(self) -> bool:
        """Whether the limits that hold now are of too few periods to claim anything by."""
        return not self.judged.segments or self.judged.segments[-1].is_trial

    def find_newest(self) -> int | None:
        """The position of the newest shown period; None when nothing is shown."""
        known = [place for place, value in enumerate(self.judged.values) if value is not None]
        return known[-1] if known else None

    def find_new_level(self) -> NewLevel | None:
        """The centre since somebody began the limits anew, against the one before; None where nobody did.

        None too where either is of too few points to be drawn with limits.
        """
        if len(self.judged.segments) < 2:
            return None
        before, now = self.judged.segments[-2:]
        period = self.codes[now.first]
        is_decided = any(one.kind is StartKind.REBASE and one.period == period for one in self.starts)
        if not is_decided or before.centre is None or now.centre is None:
            return None
        if min(before.points, now.points) < LEAST_DRAWN:
            return None
        return NewLevel(period, now.centre * self.unit, before.centre * self.unit)

    def count_row(self) -> int:
        """How many points in a row make the current signal; 0 without one."""
        return count_row(self.judged, self.finding)

    @property
    def is_lasting(self) -> bool:
        """Whether the current signal is of a level that has moved; False without a signal."""
        return is_lasting(self.judged, self.finding)

    def find_slope(self) -> Slope:
        """Whether a line that is too short for limits rises or falls since they began; else cannot be said.

        A gap keeps its place.
        """
        segment = self.judged.segments[-1] if self.judged.segments else None
        if segment is None or not segment.is_trial:
            return Slope(SlopeKind.CANNOT_SAY, 0)
        values = self.judged.values[segment.first :]
        if self.judged.chart is not ChartKind.P_PRIME:
            return find_slope(values)
        sizes = [round(one or 0) for one in self.counts[segment.first :]]
        pairs = zip(values, sizes, strict=True)
        return find_share_slope([None if one is None else round(one * n) for one, n in pairs], sizes)

    def find_without_last(self) -> Finding:
        """What a line of means said before its last period came."""
        places = {code: place for place, code in enumerate(self.codes)}
        last = len(self.codes) - 1
        starts = sorted({places[one.period] for one in self.starts if places[one.period] < last})
        values = self.judged.values[:-1]
        return classify(judge_series(values, chart=self.judged.chart, starts=starts))

    def stand_to(self, target: float) -> TargetStanding:
        """How the line stands to a target 0-100, by the limits that hold now."""
        return read_target(self.judged, target / self.unit)


def judge_line(
    line: TrendLine, cells: Mapping[str, Cell], starts: Sequence[Start], *, figure: Figure
) -> JudgedLine:
    """The judgement of a line of exact figures 0-100. `cells` are its cells by period.

    A start of a period that the line does not have begins at the next it has; one after its end is left out.
    """
    codes = tuple(point.period for point in line.points)
    values = [point.cell.value.mean if isinstance(point.cell, Shown) else None for point in line.points]
    kept, positions = place_starts(codes, starts)
    counts: tuple[float | None, ...] = ()
    if figure is Figure.SHARE:
        counts = tuple(
            count_behind(cells[c]) if v is not None else None for c, v in zip(codes, values, strict=True)
        )
        shares = [None if value is None else value / PERCENT for value in values]
        judged = judge_series(shares, counts, chart=CHARTS[figure], starts=positions)
    else:
        judged = judge_series(values, chart=CHARTS[figure], starts=positions)
    finding = classify(judged)
    cell = None if finding.last is None else line.points[finding.last].cell
    ends = (cell.value.low, cell.value.high) if isinstance(cell, Shown) else (None, None)
    unit = PERCENT if figure is Figure.SHARE else 1
    return JudgedLine(codes, judged, doubt_single(judged, finding, ends, unit=unit), kept, counts)


def place_starts(codes: Sequence[str], starts: Sequence[Start]) -> tuple[tuple[Start, ...], tuple[int, ...]]:
    """Each start at the first period that ends when it begins or later, and their positions in order.

    One that comes after all periods is left out.
    """
    placed = [(find_position(codes, one.period), one) for one in starts]
    kept = [(place, replace(one, period=codes[place])) for place, one in placed if place is not None]
    return tuple(one for _, one in kept), tuple(sorted({place for place, _ in kept}))


def count_behind(cell: Cell) -> float:
    """How many unweighted answers a share is as sure as."""
    return max(1.0, cell.n_effective or float(cell.n or 1))


def find_position(codes: Sequence[str], period: str) -> int | None:
    """The place of the first period that ends when another begins or later; None when all come before it."""
    begins = parse_period(period).first
    return next((place for place, code in enumerate(codes) if parse_period(code).last >= begins), None)
