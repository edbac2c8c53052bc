"""What stands upon a line, limits, signals, goal, breaks and deeds: in the chart, in words, in the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.chart_marks import NO_MARKS, Goal, LimitLines, MarkKind, Marks, SignalMark, Upright
from analysis.control.judge import ChartKind, Direction, Segment, Signal
from survey.insight.judged import LEAST_DRAWN, JudgedLine, StartKind
from survey.insight.measured import Figure
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.told import tell_done, tell_signal_point, tell_start, tell_target, write_target


def make_marks(teller: Teller, series: Series) -> Marks:
    """The marks of a line's chart, in the reader's words and decimals."""
    change = series.change
    if change is None:
        return NO_MARKS
    words = teller.words
    return Marks(
        limits=tuple(
            line for segment in change.judged.segments for line in outline_segment(teller, change, segment)
        ),
        signals=tuple(list_signals(teller, change)),
        uprights=tuple(list_uprights(series, change)),
        goal=make_goal(teller, series),
        centre_name=words.say(f"change.centre.{change.judged.chart}"),  # keys: change.centre.*
        limits_name=words.say(f"change.limits.{change.judged.chart}"),  # keys: change.limits.*
        up_name=words.say("change.signal_up"),
        down_name=words.say("change.signal_down"),
    )


def list_uprights(series: Series, change: JudgedLine) -> Iterator[Upright]:
    """Where limits begin anew, and what was done by its number."""
    for start in change.starts:
        yield Upright(start.period, MarkKind(start.kind), SIGNS[start.kind])
    for one in series.done:
        if one.period is not None:
            yield Upright(one.period, MarkKind.DONE, str(one.number))


def make_goal(teller: Teller, series: Series) -> Goal | None:
    """The goal of a line, named for the chart."""
    if series.goal is None:
        return None
    target = series.goal.target
    return Goal(target, teller.words.say("change.goal", target=write_target(teller.words, target)))


SIGNS = {StartKind.BREAK: "≠", StartKind.REBASE: "↺"}


def outline_segment(teller: Teller, change: JudgedLine, segment: Segment) -> Iterator[LimitLines]:
    """The centre of a segment, and its limits in every unbroken run of periods that has some.

    With the reader's decimals: the centre of one point is that point.
    """
    if segment.centre is None:
        return
    codes = change.codes[segment.first : segment.last + 1]
    yield LimitLines(codes, teller.round_score(segment.centre * change.unit), None, None)
    if segment.points < LEAST_DRAWN:
        return
    run: list[tuple[str, float, float]] = []
    for code, low, high in zip(codes, segment.low, segment.high, strict=True):
        if low is not None and high is not None:
            ends = teller.round_score(low * change.unit), teller.round_score(high * change.unit)
            run.append((code, *ends))
        elif run:
            yield join_run(run)
            run = []
    if run:
        yield join_run(run)


def join_run(run: Sequence[tuple[str, float, float]]) -> LimitLines:
    """Limits of periods that follow each other."""
    codes, low, high = zip(*run, strict=True)
    return LimitLines(codes, None, low, high)


def list_signals(teller: Teller, change: JudgedLine) -> Iterator[SignalMark]:
    """Every point that is marked, also long ago: what happened stays to be seen.

    None of limits on trial: nothing is claimed by them.
    """
    for segment in change.judged.segments:
        for place in range(segment.first, segment.last + 1):
            signal = find_signal(change, segment, place)
            if signal is not None:
                told = (
                    f"{teller.words.period(change.codes[place])}: {tell_signal_point(teller.words, signal)}"
                )
                yield SignalMark(change.codes[place], signal.direction is Direction.UP, told)


def find_signal(change: JudgedLine, segment: Segment, place: int) -> Signal | None:
    """The signal of a period, none on trial."""
    return None if segment.is_trial else change.judged.signals[place]


def list_notes(teller: Teller, series: Series) -> list[str]:
    """What a reader needs to know of the marks, in the order of time."""
    change = series.change
    if change is None:
        return []
    words = teller.words
    shown = {point.period for point in series.line.points}
    notes = [tell_start(words, one) for one in change.starts if one.period in shown]
    notes += [tell_done(words, one) for one in series.done if one.period is not None]
    if series.hides_goal:
        notes.append(words.say("change.goal_is_of_means"))
    if series.goal is not None and change.judged.chart is ChartKind.XMR:
        notes.insert(0, tell_target(words, change, series.goal.target, until=series.goal.due))
    if any(is_past(change, one.period) for one in list_signals(teller, change) if one.period in shown):
        notes.append(words.say("change.past_triangles"))
    last = change.judged.segments[-1] if change.judged.segments else None
    if last is not None and last.is_trial and change.judged.chart is not ChartKind.RUN:
        notes.append(words.say("change.trial" if last.points >= LEAST_DRAWN else "change.no_limits"))
    return notes


def is_past(change: JudgedLine, period: str) -> bool:
    """Whether a marked period is part of no signal that is current."""
    return period not in change.signal_periods


def make_limit_columns(teller: Teller, series: Series, codes: Sequence[str]) -> list[tuple[str, ...]]:
    """Columns of the table, head first: the limits of each period, and its signal in words where there is
    any."""
    words = teller.words
    is_run = teller.trends.choice.figure is Figure.MEDIAN
    limits = words.say("change.centre.run" if is_run else "change.column_limits")
    heads = (limits, words.say("change.column_signal"))
    told = dict.fromkeys(codes, ("", ""))
    if series.change is not None:
        told |= dict(tell_periods(teller, series.change))
    columns = [(head, *(told[code][number] for code in codes)) for number, head in enumerate(heads)]
    return columns if any(columns[1][1:]) else columns[:1]


def tell_periods(teller: Teller, change: JudgedLine) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each period with its limits and its signal in words, empty where there is none."""
    for segment in change.judged.segments:
        for place in range(segment.first, segment.last + 1):
            low, high = segment.low[place - segment.first], segment.high[place - segment.first]
            signal = find_signal(change, segment, place)
            limits = ""
            if change.judged.chart is ChartKind.RUN and segment.centre is not None:
                limits = teller.write_number(segment.centre)
            elif low is not None and high is not None and segment.points >= LEAST_DRAWN:
                limits = tell_limits(teller, change, low, high)
            yield (
                change.codes[place],
                (limits, "" if signal is None else tell_signal_point(teller.words, signal)),
            )


def tell_limits(teller: Teller, change: JudgedLine, low: float, high: float) -> str:
    """A lower and an upper limit, 0-100."""
    ends = (teller.write_number(low * change.unit), teller.write_number(high * change.unit))
    return teller.words.say("change.limits_cell", low=ends[0], high=ends[1])
