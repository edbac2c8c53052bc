"""What is a judged line in words: is it changing, and does it reach its goal?"""

from __future__ import annotations

from analysis.control.judge import ChartKind, Direction, FindingKind, Rule, Signal
from survey.insight.judged import JudgedLine, Start
from survey.insight.upon import Done
from survey.language import Words

CHANGING = (FindingKind.CONCERN, FindingKind.IMPROVEMENT)


def tell_finding(words: Words, change: JudgedLine, *, name: str, decimals: int) -> str:
    """The sentence of a current signal; empty when there is none. `name` is what the line measures.

    Where later measurements go on on its side without being part of it, the newest of them is told too.
    """
    finding = change.finding
    if change.kind not in CHANGING or finding.last is None:
        return ""
    value = change.judged.values[finding.last]
    said = words.say(
        f"change.{change.kind}.{find_told_rule(change)}",  # keys: change.improvement.*, change.concern.*
        dimension=name,
        mean=tell_value(words, change, value, decimals),
        centre=tell_value(words, change, change.centre, decimals, is_scaled=True),
        count=words.number(change.count_row()),
        period=words.period(change.codes[finding.last]),
    )
    return said + tell_since(words, change, finding.last, decimals)


def find_told_rule(change: JudgedLine) -> Rule | None:
    """The rule that the sentence of a current signal names; None without one.

    A line whose level has moved is told by that, although its newest point carries a rule that comes before
    (docs/method.md): fourteen months above the mean say more than that two of the last three lie high.
    """
    rule = change.finding.rule
    is_of_means = change.judged.chart is ChartKind.XMR
    return Rule.SHIFT if is_of_means and change.is_lasting and rule is not Rule.TREND else rule


def tell_since(words: Words, change: JudgedLine, last: int, decimals: int) -> str:
    """The newest measurement after the last of a signal, as a sentence more; empty where there is none."""
    newest = change.find_newest()
    if newest is None or newest == last:
        return ""
    mean = tell_value(words, change, change.judged.values[newest], decimals)
    return " " + words.say("change.since", mean=mean, period=words.period(change.codes[newest]))


def tell_value(
    words: Words, change: JudgedLine, value: float | None, decimals: int, *, is_scaled: bool = False
) -> str:
    """A number of the line as its reader is shown it, with the sign for per cent where it is a share."""
    if value is None:
        return ""
    written = words.number(value if is_scaled else value * change.unit, decimals)
    is_share = change.judged.chart is ChartKind.P_PRIME
    return words.say("change.share", share=written) if is_share else written


def tell_signal_point(words: Words, signal: Signal) -> str:
    """What a marked point is, in a few words."""
    way = "up" if signal.direction is Direction.UP else "down"
    return words.say(f"change.point.{signal.rule}.{way}")  # keys: change.point.*


def tell_start(words: Words, start: Start) -> str:
    """Why limits begin anew in a period."""
    return words.say(
        f"change.start.{start.kind}",  # keys: change.start.*
        period=words.period(start.period),
        note=start.note,
    )


def tell_done(words: Words, done: Done) -> str:
    """An action or event with its number and when it began."""
    return words.say(
        f"change.done.{done.action.kind}",  # keys: change.done.*
        number=words.number(done.number),
        title=done.action.title,
        month=words.month(done.action.starts),
    )


def write_target(words: Words, target: float) -> str:
    """A target with a decimal only where it has one."""
    return words.number(target, 0 if target == round(target) else 1)


def tell_target(words: Words, change: JudgedLine, target: float, *, until: str) -> str:
    """How a line stands to a target 0-100 that is to be reached by a month."""
    is_moving = change.kind in CHANGING and change.is_lasting
    standing = "moving" if is_moving else change.stand_to(target)
    return words.say(
        f"change.target.{standing}",  # keys: change.target.*
        target=write_target(words, target),
        until=words.month(until),
    )
