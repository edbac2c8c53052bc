"""Which of a page's facts should a reader meet first?"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.control.judge import Rule
from analysis.describe import CHANGES, DIFFERENCES, LineKind
from analysis.disclosure import Hidden, Shown
from survey.insight.sentences import SLOPES, Teller
from survey.insight.series import Series
from survey.insight.told import CHANGING
from survey.insight.trends import Trends

MOST_SENTENCES = 3


def list_news(teller: Teller) -> list[str]:
    """What a reader should meet first, three sentences at most.

    Signals of change come first, the strongest first, then short lines that rise or fall, then new levels,
    then clear differences from a year before where there are too few periods for a chart, then from the
    county, the largest first; that there are none is said. What was so before the newest period, which is
    hidden, is no news.
    """
    whole = leave_out_parts([one for one in teller.trends.series if one.is_asked])
    signals = [one for one in whole if one.change is not None and one.change.kind in CHANGING]
    signals.sort(key=order_signal)
    sloping = [one for one in whole if one.slope in SLOPES and one not in signals]
    levels = [one for one in whole if one not in (*signals, *sloping) and teller.tell_level(one)]
    before = (*signals, *sloping, *levels)
    changed = [one for one in whole if one.fact.kind in CHANGES and one not in before and is_newest(one)]
    changed.sort(key=lambda one: -abs(one.fact.difference or 0.0))
    differing = [
        one
        for one in whole
        if one.comparison and one.comparison.kind in DIFFERENCES and is_newest(one, one.comparison.period)
    ]
    differing.sort(key=lambda one: -abs((one.comparison and one.comparison.difference) or 0.0))
    told = [teller.tell_line(one) for one in (*signals, *sloping, *levels, *changed)]
    told += [teller.tell_comparison(one) for one in differing]
    if not told:
        kinds = {one.fact.kind for one in whole}
        told = [tell_nothing(teller, kinds)]
    return told[:MOST_SENTENCES]


def is_newest(series: Series, period: str | None = None) -> bool:
    """Whether a period, else the latest shown, is the last of those that the line has."""
    points = series.line.points
    return not points or (period or series.fact.period) == points[-1].period


def order_signal(series: Series) -> tuple[int, int]:
    """What signals are ordered by: how strong the rule is, then how long it has lasted."""
    finding = series.change.finding if series.change is not None else None
    if finding is None or finding.rule is None:
        return (len(Rule), 0)
    return (list(Rule).index(finding.rule), -finding.periods)


def leave_out_parts(series: Sequence[Series]) -> list[Series]:
    """The lines that are not part of another: a composite is news once, not once for each of its parts."""
    parts = {part for one in series for part in one.dimension.parts}
    return [one for one in series if one.dimension.id not in parts]


def tell_nothing(teller: Teller, kinds: set[LineKind]) -> str:
    """Why there is no news: nobody answered, too few did, or nothing clearly changed."""
    words, area = teller.words, teller.trends.area.name
    threshold = words.number(teller.trends.threshold)
    if kinds <= {LineKind.NO_ANSWERS}:
        return words.say("trends.news.no_answers", area=area)
    if kinds <= {LineKind.NO_ANSWERS, LineKind.ALL_HIDDEN}:
        said = words.say("trends.news.all_hidden", area=area, threshold=threshold)
        return said + teller.tell_advice(list_headlines(teller.trends))
    if is_mostly_hidden(teller.trends):
        said = words.say("trends.news.mostly_hidden", area=area, threshold=threshold)
        return said + teller.tell_advice(list_headlines(teller.trends))
    newest = find_hidden_newest(teller.trends)
    if newest is not None:
        return words.say(
            "trends.news.newest_hidden",
            area=area,
            period=teller.tell_period(newest),
            threshold=threshold,
        )
    if teller.is_share:
        return words.say("trends.news.no_clear_change_of_share", area=area)
    return words.say("trends.news.no_clear_change", area=area)


def find_hidden_newest(trends: Trends) -> str | None:
    """The last period, where it is hidden on every headline; else None."""
    last = [one.line.points[-1] for one in list_headlines(trends) if one.line.points]
    return last[0].period if last and all(isinstance(one.cell, Hidden) for one in last) else None


def list_headlines(trends: Trends) -> list[Series]:
    """The headlines that are asked for; of a survey without any, all its lines that are."""
    asked = [one for one in trends.series if one.is_asked]
    return [one for one in asked if one.dimension.headline is not None] or asked


def is_mostly_hidden(trends: Trends) -> bool:
    """Whether more of the periods with answers are hidden than shown, over the headlines."""
    cells = [point.cell for one in list_headlines(trends) for point in one.line.points]
    hidden = [cell for cell in cells if isinstance(cell, Hidden)]
    shown = [cell for cell in cells if isinstance(cell, Shown)]
    return len(hidden) > len(shown)
