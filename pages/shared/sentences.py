"""What a line's facts are in words, and which of them a reader should meet first."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.describe import ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.disclosure import Hidden, Shown
from survey.insight.trends import Series, Trends
from survey.language import Words, pick_text

MOST_SENTENCES = 3
CHANGES = (LineKind.HIGHER, LineKind.LOWER)
DIFFERENCES = (ComparisonKind.ABOVE, ComparisonKind.BELOW)


class Teller:
    """Says facts in one language, with as many decimals as its reader may have."""

    def __init__(self, words: Words, trends: Trends, *, decimals: int, with_interval: bool) -> None:
        self.words = words
        self.trends = trends
        self.decimals = decimals
        self.with_interval = with_interval

    def write_number(self, value: float) -> str:
        """A count without decimals, a mean with the reader's."""
        return self.words.number(value, 0 if isinstance(value, int) else self.decimals)

    def write_mean(self, value: float | None) -> str:
        return "" if value is None else self.write_number(float(value))

    def name_dimension(self, series: Series) -> str:
        return pick_text(series.dimension.text, self.words.language.code)

    def tell_line(self, series: Series) -> str:
        """The sentence of a line: what it says about its latest shown period."""
        fact = series.fact
        said = self.words.say(
            f"trends.fact.{fact.kind}",  # keys: trends.fact.*
            dimension=self.name_dimension(series),
            mean=self.write_mean(fact.mean),
            period=self.tell_period(fact.period),
            earlier=self.write_mean(fact.earlier_mean),
            earlier_period=self.tell_period(fact.earlier_period),
            difference=self.write_mean(abs(fact.difference or 0.0)),
            threshold=self.words.number(fact.threshold or 0),
        )
        return said + self.tell_interval(fact)

    def tell_comparison(self, series: Series) -> str:
        """How the line lies against the county's; empty where nothing can be said."""
        fact = series.comparison
        if fact is None or fact.kind is ComparisonKind.CANNOT_SAY or series.county is None:
            return ""
        said = self.words.say(
            f"trends.comparison.{fact.kind}",  # keys: trends.comparison.*
            dimension=self.name_dimension(series),
            other=series.county.label,
            difference=self.write_mean(abs(fact.difference or 0.0)),
            period=self.tell_period(fact.period),
        )
        return said + self.tell_interval(fact)

    def tell_interval(self, fact: LineFact | ComparisonFact) -> str:
        """The interval of a difference, for those who asked for it."""
        if not self.with_interval or fact.low is None or fact.high is None:
            return ""
        low, high = self.write_mean(fact.low), self.write_mean(fact.high)
        return " " + self.words.say("trends.difference_interval", low=low, high=high)

    def tell_period(self, code: str | None) -> str:
        return "" if code is None else self.words.period(code)

    def tell_period_briefly(self, code: str) -> str:
        """A period in few signs, for an axis: 2026-11, 2026K4 (as Statistics Sweden writes it), 2026."""
        year, _, rest = code.partition("-")
        if rest[:1] in ("Q", "H"):
            key = "trends.brief.quarter" if rest[0] == "Q" else "trends.brief.half"
            return self.words.say(key, year=year, number=rest[1])  # keys: trends.brief.*
        return code

    def tell_hidden(self, cell: Hidden) -> str:
        """Why a point is hidden."""
        threshold = self.words.number(cell.threshold)
        return self.words.say(f"trends.hidden.{cell.reason}", threshold=threshold)  # keys: trends.hidden.*


def list_news(teller: Teller) -> list[str]:
    """What a reader should meet first, three sentences at most.

    Clear changes come first, the largest first, then clear differences; where there are none that is said.
    """
    whole = leave_out_parts(teller.trends.series)
    changed = [one for one in whole if one.fact.kind in CHANGES]
    changed.sort(key=lambda one: -abs(one.fact.difference or 0.0))
    differing = [one for one in whole if one.comparison and one.comparison.kind in DIFFERENCES]
    differing.sort(key=lambda one: -abs((one.comparison and one.comparison.difference) or 0.0))
    told = [teller.tell_line(one) for one in changed] + [teller.tell_comparison(one) for one in differing]
    if not told:
        kinds = {one.fact.kind for one in teller.trends.series}
        told = [tell_nothing(teller, kinds)]
    return told[:MOST_SENTENCES]


def leave_out_parts(series: Sequence[Series]) -> list[Series]:
    """The lines that are not part of another: a composite is news once, not once for each of its parts."""
    parts = {part for one in series for part in one.dimension.parts}
    return [one for one in series if one.dimension.id not in parts]


def tell_nothing(teller: Teller, kinds: set[LineKind]) -> str:
    """Why there is no news: nobody answered, too few did, or nothing clearly changed."""
    words, area = teller.words, teller.trends.area.name
    if kinds <= {LineKind.NO_ANSWERS}:
        return words.say("trends.news.no_answers", area=area)
    if kinds <= {LineKind.NO_ANSWERS, LineKind.ALL_HIDDEN}:
        return words.say("trends.news.all_hidden", area=area, threshold=words.number(teller.trends.threshold))
    if is_mostly_hidden(teller.trends):
        return words.say(
            "trends.news.mostly_hidden", area=area, threshold=words.number(teller.trends.threshold)
        )
    return words.say("trends.news.no_clear_change", area=area)


def is_mostly_hidden(trends: Trends) -> bool:
    """Whether more of the periods with answers are hidden than shown, over the headlines."""
    headlines = [one for one in trends.series if one.dimension.headline is not None] or trends.series
    cells = [point.cell for one in headlines for point in one.line.points]
    hidden = [cell for cell in cells if isinstance(cell, Hidden)]
    shown = [cell for cell in cells if isinstance(cell, Shown)]
    return len(hidden) > len(shown)
