"""What a line's facts are in words, and which of them a reader should meet first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from analysis.control.judge import Rule
from analysis.describe import CHANGES, DIFFERENCES, ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.disclosure import Hidden, Shown
from analysis.lines import list_shown
from analysis.periods import PeriodKind
from analysis.slopes import SlopeKind
from survey.insight.audience import round_score
from survey.insight.choice import Second
from survey.insight.measured import Figure
from survey.insight.series import Series
from survey.insight.told import CHANGING, tell_finding
from survey.insight.trends import Trends
from survey.installation import SWEDEN
from survey.language import Words, pick_text

MOST_SENTENCES = 3
MOST_REVISED = 3  # corrected periods that are named; the others are counted
SLOPES = (SlopeKind.RISING, SlopeKind.FALLING)
NOT_FOR_COUNTIES = (Second.ADJUSTED, Second.SHRUNK)


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

    def round_score(self, value: float) -> float:
        """A score with the reader's decimals, for what is drawn."""
        return round_score(value, self.decimals)

    @property
    def is_share(self) -> bool:
        """Whether the numbers are shares of high answers, in per cent."""
        return self.trends.choice.figure is Figure.SHARE

    def write_mean(self, value: float | None) -> str:
        """A number of a line, with the sign for per cent where it is a share."""
        written = "" if value is None else self.write_number(float(value))
        return self.words.say("change.share", share=written) if written and self.is_share else written

    def write_points(self, value: float) -> str:
        """A difference: points, or percentage points."""
        written = self.write_number(float(value))
        return self.words.say("trends.share_points", points=written) if self.is_share else written

    def name_subject(self, series: Series) -> str:
        """What a sentence is about: a dimension, or the share of high answers to it."""
        name = self.name_dimension(series)
        return self.words.say("trends.share_of", dimension=name) if self.is_share else name

    def name_dimension(self, series: Series) -> str:
        return pick_text(series.dimension.text, self.words.language.code)

    def name_second(self) -> str:
        """What the second line is called beside its marks and above its column."""
        return self.words.say(f"trends.second_name.{self.trends.choice.second}")  # keys: trends.second_name.*

    def tell_second(self) -> str:
        """What the second line is, or that a county or a share has none."""
        if self.is_share:
            return self.words.say("trends.second_not_for_share")
        if self.trends.choice.second in NOT_FOR_COUNTIES and self.trends.county is None:
            return self.words.say("trends.second_not_for_county")
        return self.words.say(
            f"trends.second_about.{self.trends.choice.second}"
        )  # keys: trends.second_about.*

    def tell_end(self, series: Series) -> str:
        """That the survey no longer asks for a dimension, and where its line ends."""
        return self.words.say("trends.ended", period=self.tell_period(series.line.points[-1].period))

    def tell_published(self) -> str:
        """Until when, on which day and in which revision the figures were published; empty when none are."""
        publication = self.trends.publication
        if publication is None:
            return ""
        said = self.words.say(
            "trends.published",
            month=self.words.month(publication.month),
            day=self.tell_day(publication.published),
            revision=self.words.number(publication.revision),
        )
        is_month = self.trends.choice.kind == PeriodKind.MONTH
        return said if is_month else f"{said} {self.words.say('trends.whole_periods')}"

    def tell_revised(self) -> str:
        """Which of the periods were corrected and why, the latest first; empty when none was."""
        found = self.trends.revised
        if not found:
            return ""
        listed = [
            self.words.say(
                "trends.revised_one",
                period=self.tell_period(one.period),
                revision=self.words.number(one.revision),
                day=self.tell_day(one.published),
                reason=one.reason,
            )
            for one in found[:MOST_REVISED]
        ]
        return self.words.count("trends.revised", len(found), listed="; ".join(listed))

    def tell_day(self, at: datetime) -> str:
        return self.words.day(at.astimezone(SWEDEN).date())

    def tell_line(self, series: Series) -> str:
        """The sentence of a line: its signal, or else what it says about its latest shown period."""
        return self.tell_change(series) or self.tell_slope(series) or self.tell_fact(series)

    def tell_change(self, series: Series) -> str:
        """The sentence of a signal that is current; empty where there is none."""
        if series.change is None:
            return ""
        name = self.name_subject(series)
        return tell_finding(self.words, series.change, name=name, decimals=self.decimals)

    def tell_slope(self, series: Series) -> str:
        """That a line which is too short for limits rises or falls all the way; empty where it does not."""
        shown = list_shown(series.line.points)
        if series.slope not in SLOPES or not shown:
            return ""
        first, last = next(iter(shown)), next(reversed(shown))
        return self.words.say(
            f"trends.slope.{series.slope}",  # keys: trends.slope.*
            dimension=self.name_subject(series),
            earlier=self.write_mean(shown[first].mean),
            earlier_period=self.tell_period(first),
            mean=self.write_mean(shown[last].mean),
            period=self.tell_period(last),
        )

    def tell_fact(self, series: Series) -> str:
        """What the latest shown period says against the one before it."""
        fact = series.fact
        said = self.words.say(
            f"trends.fact.{fact.kind}",  # keys: trends.fact.*
            dimension=self.name_subject(series),
            mean=self.write_mean(fact.mean),
            period=self.tell_period(fact.period),
            earlier=self.write_mean(fact.earlier_mean),
            earlier_period=self.tell_period(fact.earlier_period),
            difference=self.write_points(abs(fact.difference or 0.0)),
            hidden=self.tell_all_hidden(fact),
        )
        return said + self.tell_interval(fact)

    def tell_all_hidden(self, fact: LineFact) -> str:
        """Why a line is hidden, as the rest of a sentence; empty when it is not."""
        if fact.reason is None or fact.threshold is None:
            return ""
        said = self.tell_hidden(Hidden(fact.reason, fact.threshold))
        return said[:1].lower() + said[1:]

    def tell_comparison(self, series: Series) -> str:
        """How the line lies against the county's; empty where nothing can be said."""
        fact = series.comparison
        if fact is None or fact.kind is ComparisonKind.CANNOT_SAY or series.county is None:
            return ""
        said = self.words.say(
            f"trends.comparison.{fact.kind}",  # keys: trends.comparison.*
            dimension=self.name_subject(series),
            other=series.county.label,
            difference=self.write_points(abs(fact.difference or 0.0)),
            period=self.tell_period(fact.period),
        )
        return said + self.tell_interval(fact)

    def tell_interval(self, fact: LineFact | ComparisonFact) -> str:
        """The interval of a difference, for those who asked for it."""
        if not self.with_interval or fact.low is None or fact.high is None:
            return ""
        low, high = self.write_number(float(fact.low)), self.write_points(fact.high)
        said = " " + self.words.say("trends.difference_interval", low=low, high=high)
        is_unclear = fact.kind in (LineKind.NO_CLEAR_CHANGE, ComparisonKind.NO_CLEAR_DIFFERENCE)
        if is_unclear and (fact.low > 0 or fact.high < 0):
            said += " " + self.words.say("trends.not_among_many")
        return said

    def tell_period(self, code: str | None) -> str:
        return "" if code is None else self.words.period(code)

    def tell_period_briefly(self, code: str) -> str:
        """A period in few signs, for an axis, with a line break where it needs one: 2026-11, kv 4 2026."""
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

    Signals of change come first, the strongest first, then short lines that rise or fall, then clear
    differences from a year before, then from the county, the largest first; that there are none is said.
    """
    whole = leave_out_parts([one for one in teller.trends.series if one.is_asked])
    signals = [one for one in whole if one.change is not None and one.change.kind in CHANGING]
    signals.sort(key=order_signal)
    sloping = [one for one in whole if one.slope in SLOPES and one not in signals]
    changed = [one for one in whole if one.fact.kind in CHANGES and one not in (*signals, *sloping)]
    changed.sort(key=lambda one: -abs(one.fact.difference or 0.0))
    differing = [one for one in whole if one.comparison and one.comparison.kind in DIFFERENCES]
    differing.sort(key=lambda one: -abs((one.comparison and one.comparison.difference) or 0.0))
    told = [teller.tell_line(one) for one in (*signals, *sloping, *changed)]
    told += [teller.tell_comparison(one) for one in differing]
    if not told:
        kinds = {one.fact.kind for one in whole}
        told = [tell_nothing(teller, kinds)]
    return told[:MOST_SENTENCES]


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
    asked = [one for one in trends.series if one.is_asked]
    headlines = [one for one in asked if one.dimension.headline is not None] or asked
    cells = [point.cell for one in headlines for point in one.line.points]
    hidden = [cell for cell in cells if isinstance(cell, Hidden)]
    shown = [cell for cell in cells if isinstance(cell, Shown)]
    return len(hidden) > len(shown)
