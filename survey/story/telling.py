"""What does a story say of its numbers, in one language?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.gaps import GapPoint
from analysis.group_tables import GROUP_LEAST
from analysis.intervals import LEVEL
from survey.definition.model import Dimension
from survey.insight.computed import Computed
from survey.insight.gaps import GapFigure
from survey.installation import SWEDEN
from survey.language import Words, pick_text
from survey.story.gaps import is_clear
from survey.story.moves import BAD, GOOD, Move, MoveKind
from survey.story.numbers import Number
from survey.story.opening import Opening, OpeningKind
from survey.story.story import Chapter, Story

MOST_NAMES = 3  # that a first sentence has; the others are counted
PERCENT = 100
UNCHANGED = (MoveKind.STEADY, MoveKind.SAME)


def name_dimension(words: Words, dimension: Dimension) -> str:
    return pick_text(dimension.text, words.language.code)


def tell_opening(words: Words, one: Opening, story: Story) -> str:
    """One of the first sentences."""
    if one.kind is OpeningKind.DONE:
        if not one.decided and not one.begun:
            return words.say("light.story.opening.nothing_done")
        decided = words.count("light.story.opening.decided", one.decided)
        begun = words.count("light.story.opening.begun", one.begun)
        return words.say("light.story.opening.done", decided=decided, begun=begun)
    group = "" if one.group is None else pick_text(one.group.text, words.language.code)
    return words.say(
        f"light.story.opening.{one.kind}",  # keys: light.story.opening.*
        names=list_names(words, [name_dimension(words, dimension) for dimension in one.dimensions]),
        area=story.area.name,
        group=group,
    )


def list_names(words: Words, names: Sequence[str]) -> str:
    """Some names as the end of a sentence; of many the first three, and how many more there are."""
    rest = len(names) - MOST_NAMES
    told = [*names[:MOST_NAMES], *([words.count("light.story.others", rest)] if rest > 0 else [])]
    return words.listing(told)


def tell_year(words: Words, story: Story) -> str:
    """Which time the figures are of, and that the year is not whole where it is not."""
    year = story.year
    facts = {"year": year.code, "period": words.period(year.period)}
    if year.began:
        return words.say("light.story.began", month=words.month(year.began), **facts)
    return words.say("light.story.whole" if year.is_whole else "light.story.running", **facts)


def tell_move(words: Words, move: Move, *, name: str) -> str:
    """What changed, or that nothing did; empty where nothing is shown."""
    if move.kind is MoveKind.NOT_SHOWN:
        return ""
    return words.say(
        f"light.story.move.{move.kind}",  # keys: light.story.move.*
        name=name,
        mean=write_score(words, move.mean),
        period=write_period(words, move.period),
        earlier=write_score(words, move.earlier),
        earlier_period=write_period(words, move.earlier_period),
    )


def write_score(words: Words, score: float | None) -> str:
    return "" if score is None else words.number(score)


def write_period(words: Words, code: str | None) -> str:
    return "" if code is None else words.period(code)


def tell_state(words: Words, chapter: Chapter) -> str:
    """What a chapter's line says, in a word or two beside its name; that it is hidden where it is."""
    if chapter.is_hidden:
        return words.say("light.story.cell_hidden")
    kind = chapter.line.move.kind
    state = "up" if kind in GOOD else "down" if kind in BAD else "same" if kind in UNCHANGED else "unknown"
    return words.say(f"light.story.state.{state}")  # keys: light.story.state.*


def tell_why_hidden(words: Words, number: Number) -> str:
    """Why there is no number; empty where there is one."""
    if isinstance(number.cell, Hidden):
        return words.say("light.story.hidden", threshold=words.number(number.cell.threshold))
    return words.say("light.story.no_answers_about") if isinstance(number.cell, NoAnswers) else ""


def tell_share(words: Words, share: str) -> str:
    """How many gave a high answer; below or above a bound where few answered, empty where it is not told."""
    if not share:
        return ""
    kind = {"<": "below", ">": "above"}.get(share[0], "exact")
    n = words.number(int(share.lstrip("<>")))
    return words.say(f"light.story.share.{kind}", n=n)  # keys: light.story.share.*


def tell_measured(words: Words, number: Number, gaps: Sequence[GapFigure]) -> Iterator[str]:
    """How a number was measured, in the order a reader would ask; nothing where none is shown."""
    if not isinstance(number.cell, Shown) or number.computed is None:
        return
    found, computed = number.cell.value, number.computed
    period = words.period(number.period)
    yield words.say("light.story.measured_n", n=words.number(found.n), period=period)
    if found.low is None or found.high is None:
        yield words.say("light.story.measured_no_interval")
    else:
        level, low, high = (words.number(one) for one in (LEVEL * PERCENT, found.low, found.high))
        yield words.say("light.story.measured_interval", level=level, low=low, high=high)
    yield tell_weighting(words, computed)
    yield words.say("light.story.measured_rule")
    if any(one.measured.now is not None for one in gaps):
        yield words.say("light.story.gap_means", least=words.number(GROUP_LEAST))
    publication = computed.publication
    yield words.say(
        "light.story.measured_version",
        versions=words.listing(computed.versions),
        method=publication.method,
        day=words.day(publication.published.astimezone(SWEDEN).date()),
    )
    if publication.reason:
        yield words.say("light.story.measured_corrected", reason=publication.reason)


def tell_weighting(words: Words, computed: Computed) -> str:
    """Whether the number is about all who live there."""
    if computed.why_unweighted is not None:
        return words.say("light.story.measured_unweighted")
    if computed.margins is None:
        return words.say("light.story.measured_weighted_only")
    year, source = str(computed.margins.year), computed.margins.source
    return words.say("light.story.measured_weighted", year=year, source=source)


def tell_gap(words: Words, figure: GapFigure) -> str:
    """A group beside the others: whether there is a difference, and whether it has changed."""
    now, before = figure.measured.now, figure.measured.before
    return words.say(
        f"light.story.gap.{figure.kind}",  # keys: light.story.gap.*
        group=pick_text(figure.group.text, words.language.code),
        gap=tell_points(words, now),
        period=write_period(words, now.period if now else None),
        earlier=tell_points(words, before),
        earlier_period=write_period(words, before.period if before else None),
        why=tell_why_no_gap(words, figure),
    )


def tell_points(words: Words, point: GapPoint | None) -> str:
    """5 lower than the others; empty where there is no gap."""
    if point is None or not isinstance(point.gap, Shown):
        return ""
    points = point.gap.value.points
    side = "lower" if points < 0 else "higher" if points > 0 else "none"
    return words.say(
        f"light.story.gap_points.{side}",  # keys: light.story.gap_points.*
        points=words.number(abs(points)),
    )


def tell_gap_interval(words: Words, figure: GapFigure) -> str:
    """Between what a clear gap probably lies; empty where that is not known, and of one that is not clear:
    of many that are tested some lie on one side of 0 by chance."""
    now = figure.measured.now
    if not is_clear(figure) or now is None or not isinstance(now.gap, Shown):
        return ""
    low, high = now.gap.value.low, now.gap.value.high
    if low is None or high is None:
        return ""
    return words.say("light.story.gap_interval", low=words.number(low), high=words.number(high))


def tell_why_no_gap(words: Words, figure: GapFigure) -> str:
    """Why nothing can be said of a gap."""
    if figure.measured.now is not None:
        return words.say("light.story.gap_why.alike")
    hidden = [one.gap.threshold for one in figure.points if isinstance(one.gap, Hidden)]
    if hidden:
        return words.say("light.story.gap_why.hidden", threshold=words.number(hidden[-1]))
    return words.say("light.story.gap_why.none")
