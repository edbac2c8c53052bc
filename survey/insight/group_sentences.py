"""What the gaps between groups and the values of a variable are in words."""

from __future__ import annotations

from analysis.disclosure import Hidden, Shown
from analysis.gaps import GapKind, GapPoint, ValuesKind, is_on_one_side
from survey.insight.gaps import LANGUAGE, ROLE, GapFigure, Groups, ValueFigure, ValueRow
from survey.installation import SWEDEN
from survey.language import Words, pick_text

MOST_SENTENCES = 3
CHANGES = (GapKind.LARGER, GapKind.TURNED, GapKind.SMALLER)
CLEAR = (GapKind.UNCHANGED, GapKind.ONE_PERIOD)
ROLES = ("self", "self_assisted", "proxy", "carer")  # answers with a short name of their own
PERCENT = 100


class GroupTeller:
    """Says what groups show in one language, with as many decimals as its reader may have."""

    def __init__(self, words: Words, groups: Groups) -> None:
        self.words = words
        self.groups = groups

    @property
    def dimension(self) -> str:
        return pick_text(self.groups.dimension.text, self.words.language.code)

    def write_number(self, value: float) -> str:
        """A count without decimals, a score with the reader's."""
        return self.words.number(value, 0 if isinstance(value, int) else self.groups.decimals)

    def write_share(self, share: float | None) -> str | None:
        if share is None:
            return None
        return self.words.say("trends.percent", n=self.words.number(share * PERCENT))

    def name_group(self, figure: GapFigure) -> str:
        return pick_text(figure.group.text, self.words.language.code)

    def name_variable(self, figure: ValueFigure) -> str:
        if figure.text is None:
            return self.words.say("groups.language")
        return pick_text(figure.text, self.words.language.code)

    def name_value(self, figure: ValueFigure, row: ValueRow) -> str:
        """What a value is called; who answered has short names, as its answers are whole sentences."""
        if figure.key == ROLE and row.code in ROLES:
            return self.words.say(f"groups.role.{row.code}")  # keys: groups.role.*
        if figure.key == LANGUAGE:
            return pick_text(row.text, "sv")  # a language is called what its speakers call it
        return pick_text(row.text, self.words.language.code)

    def tell_gap(self, figure: GapFigure) -> str:
        """The sentence of a gap: whether it has changed, whether it is there, and how large it is."""
        now, before = figure.measured.now, figure.measured.before
        said = self.words.say(
            f"groups.fact.{figure.kind}",  # keys: groups.fact.*
            group=self.name_group(figure),
            dimension=self.dimension,
            gap=self.tell_points(now),
            period=self.tell_period(now),
            earlier=self.tell_points(before),
            earlier_period=self.tell_period(before),
            why=self.tell_why_no_gap(figure),
        )
        if figure.kind is GapKind.CANNOT_SAY:
            return said
        return f"{said}{self.tell_interval(now)}{self.tell_one_of_many(figure)}"

    def tell_one_of_many(self, figure: GapFigure) -> str:
        """That a gap whose interval does not cover 0 is one of those that chance gives; else empty."""
        now = figure.measured.now
        if figure.kind is not GapKind.NO_CLEAR_GAP or now is None or not isinstance(now.gap, Shown):
            return ""
        if not is_on_one_side(now.gap.value):
            return ""
        return " " + self.words.count("groups.one_of_many", self.groups.tests)

    def tell_points(self, point: GapPoint | None) -> str:
        """5 lower than among others; empty where there is no gap."""
        if point is None or not isinstance(point.gap, Shown):
            return ""
        points = point.gap.value.points
        side = "lower" if points < 0 else "higher" if points > 0 else "none"
        number = self.write_number(abs(points))
        return self.words.say(f"groups.gap.{side}", points=number)  # keys: groups.gap.*

    def tell_interval(self, point: GapPoint | None) -> str:
        """Between what the gap probably lies; empty where that is not known."""
        if point is None or not isinstance(point.gap, Shown):
            return ""
        gap = point.gap.value
        if gap.low is None or gap.high is None:
            return ""
        low, high = self.tell_side(gap.low), self.tell_side(gap.high)
        return " " + self.words.say("groups.interval", low=low, high=high)

    def tell_side(self, points: float) -> str:
        """5 lower, 5 higher or 0."""
        if not points:
            return self.words.number(0)
        key = "groups.side.lower" if points < 0 else "groups.side.higher"
        return self.words.say(key, points=self.write_number(abs(points)))  # keys: groups.side.*

    def tell_why_no_gap(self, figure: GapFigure) -> str:
        """Why nothing can be said of a gap, and what one can do."""
        hidden = [one.gap for one in figure.points if isinstance(one.gap, Hidden)]
        if hidden:
            return f"{self.tell_hidden(hidden[-1])}. {self.tell_what_to_do()}"
        if figure.measured.now is None:
            return self.words.say("groups.no_answers_yet")
        return self.words.say("groups.no_spread")

    def tell_values(self, figure: ValueFigure) -> str:
        """The sentence of a variable: which of its values clearly differ from the largest."""
        rows = {row.code: row for row in figure.rows}
        listed = [
            self.words.say(
                "groups.value_differs",
                value=self.name_value(figure, rows[one.value]),
                side=self.tell_side(one.difference.points),
            )
            for one in figure.claimed
        ]
        against = figure.tests[0].against if figure.tests else ""
        return self.words.say(
            f"groups.values.{figure.kind}",  # keys: groups.values.*
            name=self.name_variable(figure),
            dimension=self.dimension,
            period=self.words.period(figure.period),
            against=self.name_value(figure, rows[against]) if against else "",
            listed="; ".join(listed),
            why=self.tell_why_no_values(figure),
        )

    def tell_why_no_values(self, figure: ValueFigure) -> str:
        """Why a variable's values cannot be compared, and what one can do."""
        hidden = [row.cell for row in figure.rows if isinstance(row.cell, Hidden)]
        if hidden:
            return f"{self.tell_hidden(hidden[0])}. {self.tell_what_to_do()}"
        return self.words.say("groups.one_value")

    def tell_what_to_do(self) -> str:
        """What a reader can do to see more: look at the county, or wait."""
        is_county = self.groups.area.parent is None
        return self.words.say("groups.wait" if is_county else "groups.choose_county")

    def tell_hidden(self, cell: Hidden) -> str:
        threshold = self.words.number(cell.threshold)
        return self.words.say(f"trends.hidden.{cell.reason}", threshold=threshold)  # keys: trends.hidden.*

    def tell_period(self, point: GapPoint | None) -> str:
        return "" if point is None else self.words.period(point.period)

    def tell_period_briefly(self, code: str) -> str:
        """A half-year on an axis, in two lines."""
        year, _, half = code.partition("-H")
        return self.words.say("trends.brief.half", year=year, number=half)

    def tell_published(self) -> str:
        """Until when and on which day the figures were published."""
        publication = self.groups.publication
        return self.words.say(
            "trends.published",
            month=self.words.month(publication.month),
            day=self.words.day(publication.published.astimezone(SWEDEN).date()),
            revision=self.words.number(publication.revision),
        )


def list_group_news(teller: GroupTeller) -> list[str]:
    """What a reader should meet first, three sentences at most: changes, then gaps, then other differences.

    Where there is nothing clear that is said, and where nothing can be said too.
    """
    groups = teller.groups
    told = [teller.tell_gap(one) for kinds in (CHANGES, CLEAR) for one in groups.gaps if one.kind in kinds]
    told += [teller.tell_values(one) for one in groups.values if one.kind is ValuesKind.DIFFER]
    if told:
        return told[:MOST_SENTENCES]
    if not groups.tests:
        return [
            teller.words.say("groups.news.cannot_say", area=groups.area.name, dimension=teller.dimension)
            + f" {teller.tell_what_to_do()}"
        ]
    tested = teller.words.count("groups.tested", groups.tests)
    return [
        teller.words.say("groups.news.none", area=groups.area.name, dimension=teller.dimension, tested=tested)
    ]
