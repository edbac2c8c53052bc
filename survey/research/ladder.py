"""What could somebody know of a person who answered, and in which order is it made coarser?

The place, the month, the way in, the language and every group of the survey that one person has one value of.
Left out from the beginning: the unit, groups that a person may be in several of (which kinds of care: twenty
yes or no together are nearly a name), every other background question, and all that is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.k_anonymity import Step
from analysis.periods import PeriodKind, enclosing_periods, parse_period
from survey.areas import Areas
from survey.definition.model import Definition, Text
from survey.definition.scoring import NOT_SAID, find_group_of
from survey.insight.open_data.group_meanings import LANGUAGE, say_both
from survey.insight.open_data.meanings import choose_languages

AREA, PERIOD, CHANNEL, ASKED = "area", "period", "channel", "asked"
FIRST_COLUMNS = (AREA, PERIOD)
CHANNELS = ("open", "invited", "kiosk", "panel", "paper", "import", "pooled")
UNKNOWN = ""  # the value of those of whom it is not known
DROPPED = "*"  # the one value of a column that is left out
JOINED = "+"  # between values that have become one
NARROWEST = 2  # values of a column that can be merged in pairs and still tell anything


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: which column, what is done to it (a word of the catalogue), and how."""

    column: str
    what: str
    coarsen: Callable[[str], str]


@dataclass(frozen=True)
class Ladder:
    """The columns that could be known, and the rungs in the order they are climbed.

    `asked` comes last of the columns and is never made coarser: which questions were put to somebody cannot
    be taken out of their answers. It is no column of the file.
    """

    columns: tuple[str, ...]
    rungs: tuple[Rung, ...]
    groups: tuple[str, ...]
    ages: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The rungs as the algorithm takes them."""
        return tuple(Step(self.columns.index(one.column), one.coarsen) for one in self.rungs)


def make_ladder(definitions: Sequence[Definition], areas: Areas) -> Ladder:
    """The ladder of a survey, of all its versions: the newest first, as they are told.

    First goes what says least about care (the way in, the language), then time, age and place become coarser
    and are left out: figures by place and time are published. Groups go last, because how people are who are
    several things at once is what published figures, one variable at a time, cannot say.
    """
    ages = list_ages(definitions)
    groups = list_single_groups(definitions)
    age, gender, role = (find_first(definitions, key) for key in ("age_band", "gender", "role"))
    others = [one for one in groups if one not in (age, gender, role)]
    pairs = merge_ages(ages)
    rungs = [
        drop(CHANNEL),
        drop(LANGUAGE),
        Rung(PERIOD, "quarter", lambda code: widen(code, PeriodKind.QUARTER)),
        Rung(PERIOD, "half", lambda code: widen(code, PeriodKind.HALF_YEAR)),
        *([Rung(age, "merged", lambda code: pairs.get(code, code))] if age and len(ages) > NARROWEST else []),
        Rung(PERIOD, "year", lambda code: widen(code, PeriodKind.YEAR)),
        Rung(AREA, "county", lambda code: find_county(code, areas)),
        drop(AREA),
        drop(PERIOD),
        *(drop(one) for one in reversed(others)),
        *(drop(one) for one in (role, age, gender) if one),
    ]
    return Ladder((*FIRST_COLUMNS, CHANNEL, LANGUAGE, *groups, ASKED), tuple(rungs), groups, ages)


def drop(column: str) -> Rung:
    return Rung(column, "dropped", lambda _code: DROPPED)


def list_single_groups(definitions: Sequence[Definition]) -> tuple[str, ...]:
    """The groups that a person has one value of, in the order of the survey, the newest version's first."""
    overlapping = {group.id for one in definitions for group in one.groups if group.each}
    found = dict.fromkeys(group.id for one in definitions for group in one.groups)
    return tuple(one for one in found if one not in overlapping and one != LANGUAGE)


def find_first(definitions: Sequence[Definition], key: str) -> str:
    """The group that tells people apart by a known question in any version, empty when none does."""
    return next((found for one in definitions if (found := find_group_of(one, key))), "")


def list_ages(definitions: Sequence[Definition]) -> tuple[str, ...]:
    """The age bands in the order they are asked."""
    codes: dict[str, None] = {}
    for one in definitions:
        question = one.find_key("age_band")
        for option in () if question is None else one.list_options(question):
            if option.code != NOT_SAID:
                codes.setdefault(option.code)
    return tuple(codes)


def merge_ages(ages: Sequence[str]) -> dict[str, str]:
    """Two neighbours become one, beginning with the oldest, who are fewest: 65-79 with 80 and older."""
    found: dict[str, str] = {}
    for at in range(len(ages) - 1, -1, -2):
        pair = ages[max(0, at - 1) : at + 1]
        found |= dict.fromkeys(pair, JOINED.join(pair))
    return found


def widen(code: str, kind: PeriodKind) -> str:
    """The quarter, half-year or year that a period is in."""
    first = parse_period(code).first
    return next(one.code for one in enclosing_periods(first) if one.kind is kind)


def find_county(code: str, areas: Areas) -> str:
    """The county of a municipality; a county is its own, and nobody knows of an area that is gone."""
    if not areas.has(code):
        return UNKNOWN
    return areas.find(code).parent or code


def say_value(column: str, value: str, ladder: Ladder, texts: dict[str, Text], areas: Areas) -> Text:
    """What a value is called, however coarse it is; empty when nobody has said."""
    if value == UNKNOWN:
        return say_both("research.unknown")
    if column == AREA and areas.has(value):
        return dict.fromkeys(("sv", "en"), areas.find(value).name)
    if column == PERIOD:
        return {}
    if column == CHANNEL:
        return say_both(f"research.channel.{value}") if value in CHANNELS else {}  # keys: research.channel.*
    parts = [texts.get(f"{column}:{one}", {}) for one in value.split(JOINED)]
    return {
        language: ", ".join(one.get(language, "") for one in parts) for language in choose_languages(parts[0])
    }
