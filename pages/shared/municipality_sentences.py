"""What municipalities beside each other are in words, in the order of the alphabet and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.funnel import LEAST_UNITS, MINIMUM_N, Place
from analysis.place_marks import SIGNS, Mark, MarkWords, find_mark
from survey.insight.advice import Advice
from survey.insight.municipalities import Compared, ShareCell, Standing, Verdict
from survey.language import Words, pick_text

MOST_NAMES = 8
MOST_COUNTIES = 3
NO_BREAK = "\N{NO-BREAK SPACE}"
NO_NUMBERS = ("", "", "", "")  # the columns after a share


class MunicipalityTeller:
    """Says where municipalities lie in one language. `where` is the county's name."""

    def __init__(self, words: Words, compared: Compared, *, where: str) -> None:
        self.words = words
        self.compared = compared
        self.where = where

    @property
    def measure(self) -> str:
        """A dimension's name, or a question in quotation marks."""
        text = pick_text(self.compared.measure.text, self.words.language.code)
        if not self.compared.measure.is_question:
            return text
        return self.words.say("beside.quoted", text=text.rstrip("."))

    @property
    def period(self) -> str:
        return self.words.period(self.compared.choice.period)

    def name_marks(self) -> MarkWords:
        minimum = self.words.number(MINIMUM_N)
        marks = {
            mark: self.words.say(f"beside.mark.{mark}", minimum=minimum) for mark in Mark
        }  # keys: beside.mark.*
        return MarkWords(marks)

    def tell_verdict(self) -> Iterator[str]:
        """Who lies outside; that nobody does; or why it cannot be said."""
        verdict, judged = self.compared.verdict, self.list_at(Place.WITHIN)
        facts = {"measure": self.measure, "period": self.period, "where": self.where}
        if verdict is Verdict.OUTSIDE:
            for place in (Place.ABOVE, Place.BELOW):
                outside = self.list_at(place)
                if outside:
                    names = self.list_names(outside)
                    yield self.words.say(
                        f"beside.outside.{place}", names=names, **facts
                    )  # keys: beside.outside.*
            if judged:
                yield self.words.count("beside.others", len(judged))
        elif verdict is Verdict.WITHIN:
            yield self.words.count("beside.within", len(judged), **facts)
        else:
            numbers = {
                "minimum": self.words.number(MINIMUM_N),
                "units": self.words.number(LEAST_UNITS),
                "threshold": self.words.number(self.compared.threshold),
            }
            said = self.words.say(f"beside.verdict.{verdict}", **facts, **numbers)  # keys: beside.verdict.*
            yield said + self.tell_advice(verdict)

    def tell_advice(self, verdict: Verdict) -> str:
        """What to choose in order to see or say more, as a sentence more; empty where nothing helps."""
        if verdict is Verdict.TOO_FEW:
            advice = Advice.LONGER if self.compared.has_longer else Advice.NONE
        else:
            advice = self.compared.advice
        if advice is Advice.NONE:
            return ""
        return " " + self.words.say(f"trends.advice.{advice}")  # keys: trends.advice.*

    def tell_missing(self) -> Iterator[str]:
        """How many cannot be judged, and why: too few, hidden and no answers are three things."""
        if self.compared.verdict not in (Verdict.OUTSIDE, Verdict.WITHIN):
            return
        marks = [self.find_mark(one) for one in self.compared.standings]
        facts = {
            "minimum": self.words.number(MINIMUM_N),
            "threshold": self.words.number(self.compared.threshold),
        }
        found = {mark: marks.count(mark) for mark in (Mark.TOO_FEW, Mark.HIDDEN, Mark.NO_ANSWERS)}
        if found[Mark.TOO_FEW]:
            yield self.words.count("beside.some_too_few", found[Mark.TOO_FEW], **facts)
        if found[Mark.HIDDEN]:
            told = self.words.count("beside.some_hidden", found[Mark.HIDDEN], **facts)
            yield told + self.tell_advice(Verdict.ALL_HIDDEN)
        if found[Mark.NO_ANSWERS]:
            yield self.words.count("beside.some_without", found[Mark.NO_ANSWERS], **facts)

    def tell_counties(self) -> Iterator[str]:
        """The county's own figure; of many counties the table tells."""
        if len(self.compared.counties) > MOST_COUNTIES:
            return
        for county, cell in self.compared.counties:
            yield self.words.say("beside.county_itself", name=county.name, told=self.tell_cell(cell))

    def tell_cell(self, cell: ShareCell) -> str:
        """A share with its n, or why there is none, as a piece of a sentence."""
        if isinstance(cell, Hidden):
            return self.tell_hidden(cell)
        if isinstance(cell, NoAnswers):
            return self.words.say("trends.no_answers")
        share = self.write_percent(cell.value.said)
        return self.words.say("beside.share", share=share, n=self.words.number(cell.value.n))

    def tell_hidden(self, cell: Hidden) -> str:
        threshold = self.words.number(cell.threshold)
        return self.words.say(f"trends.hidden.{cell.reason}", threshold=threshold)  # keys: trends.hidden.*

    def tell_period_briefly(self, code: str) -> str:
        """A period in few signs, for a small axis, with a line break where it needs one."""
        year, _, rest = code.partition("-")
        if rest[:1] in ("Q", "H"):
            key = "trends.brief.quarter" if rest[0] == "Q" else "trends.brief.half"
            return self.words.say(key, year=year, number=rest[1])  # keys: trends.brief.*
        return code

    def tell_standing(self, one: Standing) -> str:
        """A municipality's name, share and place, for a pointer."""
        told = self.tell_cell(one.cell)
        place = f" {self.name_place(one)}." if isinstance(one.cell, Shown) else ""
        return f"{one.area.name}: {told}.{place}"

    def name_place(self, one: Standing) -> str:
        return self.name_marks().names[self.find_mark(one)]

    def find_mark(self, one: Standing) -> Mark:
        return find_mark(one.place, one.cell)

    def list_at(self, place: Place) -> list[Standing]:
        return [one for one in self.compared.standings if one.place is place]

    def list_names(self, some: Sequence[Standing]) -> str:
        """Names in the order of the alphabet; of very many the rest are counted."""
        names = [one.area.name for one in some[:MOST_NAMES]]
        more = len(some) - len(names)
        if more:
            return self.words.count("beside.and_more", more, names=", ".join(names))
        if len(names) == 1:
            return names[0]
        return self.words.say("beside.and", names=", ".join(names[:-1]), last=names[-1])

    def make_rows(self) -> list[tuple[str, ...]]:
        """The heads and rows of the table: municipalities in the order of the alphabet, then counties."""
        heads = ("area", "place", "share", "low", "high", "n", "effective")
        header = tuple(self.words.say(f"beside.column.{one}") for one in heads)  # keys: beside.column.*
        marks = self.name_marks()
        rows = [self.make_row(one, marks.name(self.find_mark(one))) for one in self.compared.standings]
        counties = [
            self.make_row(Standing(area, cell, None), self.words.say("beside.not_judged"))
            for area, cell in self.compared.counties
        ]
        return [header, *rows, *counties]

    def make_row(self, one: Standing, place: str) -> tuple[str, ...]:
        if isinstance(one.cell, Hidden):
            told = f"{SIGNS[Mark.HIDDEN]} {self.tell_hidden(one.cell)}"
            return (one.area.name, told, self.words.say("beside.hidden_word"), *NO_NUMBERS)
        if isinstance(one.cell, NoAnswers):
            return (one.area.name, place, self.words.say("trends.no_answers"), *NO_NUMBERS)
        told = one.cell.value
        return (
            one.area.name,
            place,
            self.write_percent(told.said),
            self.write_limit(one.low),
            self.write_limit(one.high),
            self.words.number(told.n),
            self.words.number(told.effective),
        )

    def write_limit(self, limit: float | None) -> str:
        """A limit with a decimal, so that a whole share beside it is seen to lie inside or not."""
        return "" if limit is None else self.write_percent(self.words.number(limit, 1))

    def write_percent(self, percent: str) -> str:
        """Per cent on one line."""
        return self.words.say("questions.percent", percent=percent).replace(" ", NO_BREAK)
