"""What are the facts of a line in words?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from analysis.describe import ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.disclosure import Hidden
from analysis.lines import list_shown
from analysis.periods import PeriodKind
from analysis.slopes import SlopeKind
from survey.insight.advice import Advice
from survey.insight.audience import round_score
from survey.insight.choice import Second
from survey.insight.elsewhere import pick_best
from survey.insight.measured import Figure
from survey.insight.series import Series
from survey.insight.told import tell_finding
from survey.insight.trends import Trends
from survey.installation import SWEDEN
from survey.language import Words, pick_text

MOST_REVISED = 3  # corrected periods that are named; the others are counted
FALLING = (LineKind.LOWER, ComparisonKind.BELOW)
NOT_CLAIMED = (LineKind.CHANCE, LineKind.ON_TRIAL, LineKind.FEW_ANSWERS)  # the interval is of other chance
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
        told = self.tell_change(series) or self.tell_slope(series) or self.tell_level(series)
        return told or self.tell_fact(series)

    def tell_level(self, series: Series) -> str:
        """The level since limits began anew against the one before; empty where nobody began them anew.

        Empty too where both are the same as they are shown, and where the latest shown period is older.
        """
        found = None if series.change is None else series.change.find_new_level()
        if found is None or series.fact.period is None or series.fact.period < found.period:
            return ""
        centre, before = self.round_score(found.centre), self.round_score(found.before)
        if centre == before:
            return ""
        return self.words.say(
            "change.new_level",
            dimension=self.name_subject(series),
            centre=self.write_mean(centre),
            since=self.tell_period(found.period),
            before=self.write_mean(before),
            mean=self.write_mean(series.fact.mean),
            period=self.tell_period(series.fact.period),
        )

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
        advice = self.tell_advice([series]) if fact.kind is LineKind.ALL_HIDDEN else ""
        return said + self.tell_interval(fact) + advice

    def tell_advice(self, some: Sequence[Series]) -> str:
        """What to choose to see what some lines hide, as a sentence more; empty where nothing helps."""
        advice = pick_best(one.advice for one in some)
        if advice is Advice.NONE:
            return ""
        return " " + self.words.say(f"trends.advice.{advice}")  # keys: trends.advice.*

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
        if not self.with_interval or fact.low is None or fact.high is None or fact.kind in NOT_CLAIMED:
            return ""
        ends = (fact.low, fact.high)
        if fact.kind in FALLING:  # "lower by": both ends in the direction that the sentence says
            ends = (-fact.high, -fact.low)
        low, high = self.write_number(float(ends[0])), self.write_points(float(ends[1]))
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
