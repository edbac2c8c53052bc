"""What does a dimension's line say of a year: has it changed, or not, or can it not be said?

Nothing is tested here: a year says what the trend page says at its end. First comes a lasting signal of the
shortest line that can be judged, then whether the year (or the longest of its periods that is shown) clearly
differs from the one before, then what the judged line says else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.control.judge import FindingKind
from analysis.describe import LineKind
from analysis.lines import list_shown
from analysis.periods import PeriodKind
from analysis.slopes import SlopeKind
from survey.errors import SurveyError
from survey.insight.audience import round_score
from survey.insight.choice import RESIDENTS_SURVEY, Choice, shift_back
from survey.insight.judged import JudgedLine, StartKind
from survey.insight.series import Series
from survey.insight.trends import Trends, find_trends
from survey.installation import Installation
from survey.people.roles import VISITOR
from survey.store.publications import Publication
from survey.story.years import LONGEST_FIRST, StoryYear

# How many months are drawn until the year's end: the year and the one before, and of longer periods as many
# as fit a phone. Lines are judged on all there is.
DRAWN_MONTHS: Mapping[PeriodKind, int] = {
    PeriodKind.MONTH: 24,
    PeriodKind.QUARTER: 60,
    PeriodKind.HALF_YEAR: 120,
    PeriodKind.YEAR: 240,
}


class MoveKind(StrEnum):
    """What a line says at a year's end.

    BETTER and WORSE: the level is another than chance gives. HIGHER and LOWER: the latest figures are, and
    whether it lasts is not known. RISEN and FALLEN: two periods differ, or all of a short line goes one way.
    STEADY: the line shows no more than chance. SAME: two periods do not clearly differ. BROKEN: the questions
    were changed since the period before.
    """

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    RISEN = "risen"
    FALLEN = "fallen"
    NEW_LEVEL = "new_level"
    STEADY = "steady"
    SAME = "same"
    CANNOT_SAY = "cannot_say"
    FIRST = "first"
    BROKEN = "broken"
    NOT_SHOWN = "not_shown"


GOOD = (MoveKind.BETTER, MoveKind.HIGHER, MoveKind.RISEN)
BAD = (MoveKind.WORSE, MoveKind.LOWER, MoveKind.FALLEN)
CHANGED = (*GOOD, *BAD, MoveKind.NEW_LEVEL)
LASTING = {FindingKind.IMPROVEMENT: MoveKind.BETTER, FindingKind.CONCERN: MoveKind.WORSE}
LATELY = {FindingKind.IMPROVEMENT: MoveKind.HIGHER, FindingKind.CONCERN: MoveKind.LOWER}
SLOPES = {SlopeKind.RISING: MoveKind.RISEN, SlopeKind.FALLING: MoveKind.FALLEN}
FACTS: Mapping[LineKind, MoveKind] = {
    LineKind.HIGHER: MoveKind.RISEN,
    LineKind.LOWER: MoveKind.FALLEN,
    LineKind.NO_CLEAR_CHANGE: MoveKind.SAME,
    LineKind.CHANCE: MoveKind.SAME,
    LineKind.ON_TRIAL: MoveKind.CANNOT_SAY,
    LineKind.FEW_ANSWERS: MoveKind.CANNOT_SAY,
    LineKind.ONE_CHOSEN: MoveKind.CANNOT_SAY,
    LineKind.ONE_POINT: MoveKind.FIRST,
}
COMPARED = (LineKind.HIGHER, LineKind.LOWER, LineKind.NO_CLEAR_CHANGE)


@dataclass(frozen=True)
class Move:
    """What a line says: means 0-100 as they are shown, and the periods that they are of.

    `earlier` and `earlier_period` are what it is compared with: the usual of the limits (then the period is
    when the signal began), or another period. All are None where nothing is compared.
    """

    kind: MoveKind
    mean: float | None = None
    period: str | None = None
    earlier: float | None = None
    earlier_period: str | None = None


@dataclass(frozen=True)
class Line:
    """A dimension's line until a year's end, the kind of its periods, and what it says.

    `series` and the `trends` it is one of are None where it was not asked for or nothing of it is shown.
    """

    move: Move
    kind: PeriodKind | None = None
    series: Series | None = None
    trends: Trends | None = None


NOTHING = Line(Move(MoveKind.NOT_SHOWN))


def find_lines(
    installation: Installation, area: str, year: StoryYear, known: tuple[Publication, ...]
) -> dict[str, Line]:
    """The line of each dimension that the public may see in a year; those without any are left out."""
    found = {kind: find_drawn(installation, area, year, kind, known) for kind in LONGEST_FIRST}
    by_kind = {
        kind: {one.dimension.id: one for one in trends.series} for kind, trends in found.items() if trends
    }
    every = dict.fromkeys(one for some in by_kind.values() for one in some)
    lines: dict[str, Line] = {}
    for one in every:
        line = choose_line({kind: some[one] for kind, some in by_kind.items() if one in some}, year)
        lines[one] = line if line.kind is None else replace(line, trends=found[line.kind])
    return lines


def find_drawn(
    installation: Installation,
    area: str,
    year: StoryYear,
    kind: PeriodKind,
    known: tuple[Publication, ...],
) -> Trends | None:
    """The lines of one kind of period until the year's end; None before a period is whole."""
    began = min(one.month for one in known)
    first = max(began, shift_back(year.last, DRAWN_MONTHS[kind]))
    choice = Choice(RESIDENTS_SURVEY, area, kind.value, first, year.last)
    try:
        return find_trends(installation, choice, viewer=VISITOR)
    except SurveyError as wrong:
        if wrong.code != "span_without_period":
            raise
        return None


def choose_line(some: Mapping[PeriodKind, Series], year: StoryYear) -> Line:
    """The shortest line that can be judged, else the longest of which two periods can be compared.

    Only lines with something shown in the year count. `some` has the longest kind first.
    """
    shown = {kind: one for kind, one in some.items() if year.holds(one.fact.period)}
    judged = [kind for kind, one in shown.items() if is_judged(one)]
    compared = [kind for kind, one in shown.items() if one.fact.kind in COMPARED]
    chosen = next(iter((*reversed(judged), *compared, *reversed(shown))), None)
    if chosen is None:
        return NOTHING
    longest = shown[compared[0]] if compared else shown[chosen]
    return Line(read_move(shown[chosen], longest), chosen, shown[chosen])


def is_judged(series: Series) -> bool:
    """Whether there are figures enough to say that a line changes, or that it does not."""
    return series.change is not None and series.change.kind is not FindingKind.TOO_FEW


def read_move(series: Series, longest: Series) -> Move:
    """What a line says. `longest` is the line of the longest periods, of which two are compared."""
    signal = None if series.change is None else read_signal(series.change)
    if signal is not None and signal.kind in LASTING.values():
        return signal
    compared = read_fact(longest)
    if compared.kind in (MoveKind.RISEN, MoveKind.FALLEN):
        return compared
    found = signal or read_slope(series) or read_level(series)
    if found is not None:
        return found
    if series.change is not None and series.change.kind is FindingKind.COMMON_CAUSE:
        return replace(compared, kind=MoveKind.STEADY)
    return compared


def read_fact(series: Series) -> Move:
    """What the latest shown period of a line is beside the one before it."""
    fact = series.fact
    if is_broken(series):
        return Move(MoveKind.BROKEN, fact.mean, fact.period)
    kind = FACTS.get(fact.kind, MoveKind.NOT_SHOWN)
    return Move(kind, fact.mean, fact.period, fact.earlier_mean, fact.earlier_period)


def is_broken(series: Series) -> bool:
    """Whether other questions were asked in the earlier of the two periods that are compared."""
    now, before = series.fact.period, series.fact.earlier_period
    starts = () if series.change is None else series.change.starts
    return (
        now is not None
        and before is not None
        and any(one.kind is StartKind.BREAK and before < one.period <= now for one in starts)
    )


def read_signal(change: JudgedLine) -> Move | None:
    """The current signal of a line; None without one."""
    finding = change.finding
    if change.kind not in LASTING or finding.first is None or finding.last is None:
        return None
    kinds = LASTING if change.is_lasting else LATELY
    value, centre = change.judged.values[finding.last], change.centre
    began = min(finding.first, finding.last + 1 - change.count_row()) if kinds is LASTING else finding.first
    return Move(
        kinds[change.kind],
        None if value is None else round_score(value, 0),
        change.codes[finding.last],
        None if centre is None else round_score(centre, 0),
        change.codes[began],
    )


def read_slope(series: Series) -> Move | None:
    """That a line which is too short for limits goes one way all along; None where it does not."""
    change = series.change
    if series.slope not in SLOPES or change is None:
        return None
    began = change.codes[change.judged.segments[-1].first]
    shown = {code: one for code, one in list_shown(series.line.points).items() if code >= began}
    if not shown:
        return None
    first, last = next(iter(shown)), next(reversed(shown))
    return Move(SLOPES[series.slope], shown[last].mean, last, shown[first].mean, first)


def read_level(series: Series) -> Move | None:
    """The level since somebody began the limits anew; None where nobody did, or it is the same as shown."""
    found = None if series.change is None else series.change.find_new_level()
    if found is None or series.fact.period is None or series.fact.period < found.period:
        return None
    now, before = round_score(found.centre, 0), round_score(found.before, 0)
    return None if now == before else Move(MoveKind.NEW_LEVEL, now, series.fact.period, before, found.period)
