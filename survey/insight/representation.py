"""Do those who answered in an area resemble those who live there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure import Hidden, NoAnswers, Shown, round_count
from analysis.group_tables import GROUP_LEAST
from analysis.periods import PeriodKind, list_periods, parse_period
from analysis.representation import Counted, GroupShare, compare_shares
from survey.areas import Area, Areas
from survey.definition.model import Definition, Group, Option
from survey.definition.scoring import NOT_SAID, find_group_of
from survey.errors import SurveyError
from survey.insight.audience import Audience, find_audience, find_reason, tell_reason
from survey.insight.published import list_all_publications, list_versions
from survey.installation import Installation, find_definition
from survey.people.roles import Person
from survey.store import populations, publications
from survey.store.populations import Margin, Population, PopulationSource
from survey.store.publications import Cell

VARIABLES = ("age_band", "gender")  # keys of the questions that the population is counted by
DECIMALS = 2  # of a share, 0-1, and of a ratio


@dataclass(frozen=True)
class Variable:
    """One way to tell people apart, with each group's shares beside what the group is called."""

    group: Group
    shares: tuple[tuple[Option, GroupShare], ...]


@dataclass(frozen=True)
class Representation:
    """How the answers of an area and period compare with its people.

    `source` is None when there are no margins: then every share of people is None. `variables` is empty when
    nothing is published of the area and period, or its number of answers is hidden from the viewer: `answers`
    says which. Counts are rounded to 5 and shares to whole per cents, for everybody.
    """

    area: Area
    period: str
    source: PopulationSource | None
    answers: Shown[int] | Hidden | NoAnswers
    variables: tuple[Variable, ...]

    @property
    def has_shares(self) -> bool:
        """Whether some group's share of the answers is shown."""
        return any(isinstance(share.answers, Shown) for one in self.variables for _, share in one.shares)

    @property
    def has_warning(self) -> bool:
        """Whether some group has less than half the share of answers that it has of people."""
        return any(share.is_under for variable in self.variables for _, share in variable.shares)


def find_representation(
    installation: Installation,
    *,
    survey: str,
    area: str,
    period: str,
    viewer: Person,
    year: int | None = None,
) -> Representation:
    """The shares of an area and period (2026, 2026-H2, ...) as this viewer may see them.

    Reads published counts only, those of the measure that most people answered. `year` is that of the
    margins; the newest when none is named. Raises SurveyError area_unknown, span_wrong for a period that is
    none, and database_*.
    """
    found = installation.areas.find(area)
    kind, audience = find_kind(period), find_audience(installation, viewer=viewer)
    with installation.database.read() as connection:
        cells = (
            *publications.list_cells(
                connection, survey=survey, areas=[area], kind=kind, first=period, last=period
            ),
            *publications.list_group_cells(connection, survey=survey, area=area, period=period),
        )
        population = populations.find_population(connection, year)
    versions = list_versions(list_all_publications(installation, survey))
    counted = pick_measure(cells, audience)
    source = population.source if population is not None else None
    answers = open_count(counted.get(("", "")), audience)
    if not isinstance(answers, Shown) or not versions:
        return Representation(found, period, source, round_shown(answers), ())
    definition = find_definition(installation, survey, versions[0])
    mine = list_margins(population, installation.areas, area)
    variables = [
        make_variable(definition, key, counted, mine, answers.value, audience)
        for key in VARIABLES
        if find_group_of(definition, key)
    ]
    return Representation(found, period, source, round_shown(answers), tuple(variables))


def find_latest_representation(
    installation: Installation, *, survey: str, area: str, last: str, viewer: Person
) -> Representation | None:
    """The latest half-year or year until a month (`last`) of which groups are shown, the half-year first.

    Where none is, the latest of them and why; None when none has ended and been published yet. The year of
    the margins is the newest. Raises SurveyError area_unknown.
    """
    published = [one.month for one in list_all_publications(installation, survey)]
    if not published:
        return None
    first, last = min(published), min(last, max(published))
    kinds = (PeriodKind.HALF_YEAR, PeriodKind.YEAR)
    ended = [[p.code for p in list_periods(k, first, last) if p.last <= last] for k in kinds if first <= last]
    tried = [
        find_representation(installation, survey=survey, area=area, period=codes[-1], viewer=viewer)
        for codes in ended
        if codes
    ]
    return next((one for one in tried if one.has_shares), tried[0] if tried else None)


def find_kind(period: str) -> str:
    """What kind of period a code stands for. Raises SurveyError span_wrong."""
    try:
        return parse_period(period).kind.value
    except ValueError:
        raise SurveyError("span_wrong") from None


Counts = Mapping[tuple[str, str], Cell]  # by group and value; everybody together has none of either


def pick_measure(cells: Sequence[Cell], audience: Audience) -> Counts:
    """The cells of the measure that most people answered; the first by name of those alike.

    Of municipalities' groups some measures only are published: then it is one of them. A cell that its reader
    may not see counts as none: what is hidden must not choose what is shown.
    """
    whole = {one.measure: count_seen(one, audience) for one in cells if not one.group}
    by_group = {one.measure for one in cells if one.group} & whole.keys()
    chosen = min(by_group or whole, key=lambda measure: (-whole[measure], measure), default="")
    return {(one.group, one.value): one for one in cells if one.measure == chosen}


def count_seen(cell: Cell, audience: Audience) -> int:
    """How many people a cell is of, 0 where its audience may not see it."""
    return 0 if find_reason(cell, audience) is not None else cell.n or 0


def open_count(count: Cell | None, audience: Audience) -> Counted:
    """A count as its audience may see it, not rounded; a cell that is not there is of nobody.

    A group needs more people than an area to be shown.
    """
    if count is None:
        return NoAnswers()
    reason = find_reason(count, audience)
    if reason is not None:
        least = max(audience.threshold, GROUP_LEAST) if count.group else audience.threshold
        return Hidden(tell_reason(reason, audience), least)
    return Shown(count.n) if count.n else NoAnswers()


def round_shown(count: Counted) -> Counted:
    """A count as it is shown: in fives."""
    return Shown(round_count(count.value)) if isinstance(count, Shown) else count


def list_margins(population: Population | None, areas: Areas, area: str) -> tuple[Margin, ...]:
    """The margins of a municipality, or of all of a county's; none unless all of them are there."""
    if population is None:
        return ()
    wanted = {one.code for one in areas.within(area)} or {area}
    mine = tuple(margin for margin in population.margins if margin.area in wanted)
    return mine if {margin.area for margin in mine} == wanted else ()


def make_variable(
    definition: Definition,
    key: str,
    counts: Counts,
    margins: Sequence[Margin],
    everybody: int,
    audience: Audience,
) -> Variable:
    """One variable's shares. What is warned of is decided on the counts before they are rounded."""
    group = next(one for one in definition.groups if one.id == find_group_of(definition, key))
    options = list_group_options(definition, group)
    seen = {code: open_count(counts.get((group.id, code)), audience) for code in options}
    people = add_people(margins, key)
    exact = compare_shares(seen, people, everybody=everybody)
    rounded = {code: round_shown(count) for code, count in seen.items()}
    told = sum(count.value for count in rounded.values() if isinstance(count, Shown))
    whole = max(round_count(everybody), told)  # rounded parts may add up to more than the rounded whole
    outward = compare_shares(rounded, people, everybody=whole)
    shares = [round_share(out, one) for out, one in zip(outward, exact, strict=True)]
    return Variable(group, tuple((options[share.code], share) for share in shares))


def list_group_options(definition: Definition, group: Group) -> dict[str, Option]:
    """The answers that tell a group's people apart, by code, in the order they are asked."""
    question = definition.find_question(group.question)
    options = question.options if question is not None else ()
    return {o.code: o for o in options if o.code != NOT_SAID and not (o.never_reported_alone or o.exclusive)}


def add_people(margins: Sequence[Margin], key: str) -> dict[str, int]:
    """People per code of one variable."""
    sums: dict[str, int] = {}
    for margin in margins:
        code = margin.age if key == "age_band" else margin.gender
        sums[code] = sums.get(code, 0) + margin.people
    return sums


def round_share(outward: GroupShare, exact: GroupShare) -> GroupShare:
    """A share as it is shown: of counts in fives, to whole per cents, with the warning of exact counts."""
    answers = outward.answers
    if isinstance(answers, Shown):
        answers = Shown(round(answers.value, DECIMALS))
    ratio = None if outward.ratio is None else round(outward.ratio, DECIMALS)
    return replace(outward, answers=answers, ratio=ratio, is_under=exact.is_under)
