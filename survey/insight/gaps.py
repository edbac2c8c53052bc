"""What a person may see of the gaps between groups, and of who answered, in an area.

Everything here is made of published cells as their reader is shown them, rounded; the others of a group are
the published cell of those who said that they are not in it, and never what is left when a number is taken
from another (docs/disclosure.md, "The page about groups").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure import Hidden, NoAnswers, Shown, round_count
from analysis.estimates import Estimate
from analysis.gaps import (
    GapKind,
    GapPoint,
    MeasuredGap,
    ValuesKind,
    ValueTest,
    classify_gap,
    classify_values,
    compare_values,
    keep_claimed,
    list_gap_tests,
    measure_gap,
    measure_line,
)
from analysis.group_tables import GROUP_LEAST
from analysis.many_tests import find_claims
from analysis.periods import PeriodKind, list_periods
from analysis.representation import compare_shares
from survey.areas import Area
from survey.definition.model import Definition, Dimension, Group, Text
from survey.definition.scoring import find_group_of
from survey.insight.audience import Audience, find_audience, open_cell, round_cell
from survey.insight.choice import MOST_MONTHS, shift_back
from survey.insight.group_choice import GroupChoice, list_group_dimensions
from survey.insight.published import list_all_publications, list_versions
from survey.insight.representation import list_group_options
from survey.installation import Installation, find_definition
from survey.language import LANGUAGES
from survey.people.roles import Person
from survey.store import group_cells
from survey.store.publications import Cell, Publication

IN_GROUP, NOT_IN_GROUP = "yes", "no"  # values of a group that counts chosen codes
LANGUAGE = "language"  # the group of the language that somebody answered in, which no survey defines
ROLE = "role"  # the key of the question about who answers for whom
KEYS = (ROLE, "age_band")  # keys of the questions whose answers are compared, in the order of the page
DECIMALS_OF_SHARE = 2  # 0-1: whole per cents

SeenCell = Shown[Estimate] | Hidden | NoAnswers
Cells = Mapping[tuple[str, str, str], Cell]  # by period, group and value; everybody has none of the last two


@dataclass(frozen=True)
class GapFigure:
    """A prioritised group against the others over half-years, as its reader may see it, and what it says."""

    group: Group
    points: tuple[GapPoint, ...]
    measured: MeasuredGap
    kind: GapKind


@dataclass(frozen=True)
class ValueRow:
    """A value of a variable, its mean, and its share of the answers, 0-1, None where it is not shown."""

    code: str
    text: Text
    cell: SeenCell
    share: float | None


@dataclass(frozen=True)
class ValueFigure:
    """The values of a variable in a period, and which of them clearly differ from the largest.

    `key` is the known meaning of its question, "language" for the language. `text` is what the survey calls
    it, None for the language, which no survey defines.
    """

    key: str
    group: str
    text: Text | None
    period: str
    rows: tuple[ValueRow, ...]
    tests: tuple[ValueTest, ...]
    claimed: tuple[ValueTest, ...]
    kind: ValuesKind


@dataclass(frozen=True)
class Groups:
    """Everything the page about groups draws. `tests` are those that were made on it."""

    choice: GroupChoice
    area: Area
    dimension: Dimension
    gaps: tuple[GapFigure, ...]
    values: tuple[ValueFigure, ...]
    tests: int
    publication: Publication
    decimals: int


def find_groups(installation: Installation, choice: GroupChoice, *, viewer: Person) -> Groups | None:
    """The gaps and groups of a choice as this viewer may see them; None before a half-year is published.

    Reads published cells only. Raises SurveyError area_unknown.
    """
    area = installation.areas.find(choice.area)
    audience = find_audience(installation, viewer=viewer)
    known = list_all_publications(installation, choice.survey)
    codes = list_half_years(known)
    if not codes:
        return None
    definition = find_definition(installation, choice.survey, list_versions(known)[0])
    dimensions = {one.id: one for one in list_group_dimensions(installation, choice.survey)}
    with installation.database.read() as connection:
        found = group_cells.list_measure_cells(
            connection, survey=choice.survey, area=area.code, measure=choice.dimension, periods=codes
        )
    cells = {(one.period, one.group, one.value): one for one in found}
    gaps = [measure_group(one, cells, codes, audience) for one in list_prioritised(definition)]
    values = [one for one in list_variables(definition, cells, codes, audience) if one.rows]
    gaps, values, tests = claim_together(gaps, values)
    dimension = dimensions[choice.dimension]
    return Groups(choice, area, dimension, gaps, values, tests, known[0], audience.decimals)


def list_half_years(known: tuple[Publication, ...]) -> tuple[str, ...]:
    """The half-years that were published from their first month to their last, at most twenty years back."""
    if not known:
        return ()
    began, last = min(one.month for one in known), known[0].month
    first = max(began, shift_back(last, MOST_MONTHS))
    halves = list_periods(PeriodKind.HALF_YEAR, first, last)
    return tuple(one.code for one in halves if one.first >= began and one.last <= last)


def list_prioritised(definition: Definition) -> tuple[Group, ...]:
    """The groups that a person is in or not, by how much they chose: complex needs, risk of ill health."""
    return tuple(group for group in definition.groups if group.at_least is not None)


def see_cell(cells: Cells, period: str, group: str, value: str, audience: Audience) -> SeenCell:
    """A group's cell as its reader is shown it. A group needs more people than an area to be shown."""
    cell = open_cell(cells.get((period, group, value)), audience)
    if isinstance(cell, Hidden):
        return replace(cell, threshold=max(cell.threshold, GROUP_LEAST))
    return round_cell(cell, decimals=audience.decimals)


def measure_group(group: Group, cells: Cells, codes: Sequence[str], audience: Audience) -> GapFigure:
    """The gap of a group over the periods; nothing is claimed yet."""
    points = tuple(
        measure_gap(
            code,
            see_cell(cells, code, group.id, IN_GROUP, audience),
            see_cell(cells, code, group.id, NOT_IN_GROUP, audience),
            audience.decimals,
        )
        for code in codes
    )
    return GapFigure(group, points, measure_line(points, audience.decimals), GapKind.CANNOT_SAY)


def list_variables(
    definition: Definition, cells: Cells, codes: Sequence[str], audience: Audience
) -> list[ValueFigure]:
    """Who answered for whom, in which language and how old they are; those that the survey asks about."""
    found: list[ValueFigure] = []
    languages = {code: dict.fromkeys(LANGUAGES, one.name) for code, one in LANGUAGES.items()}
    said = {value: {"sv": value} for _, group, value in sorted(cells) if group == LANGUAGE}
    asked = {key: find_group(definition, key) for key in KEYS}
    for key, group in asked.items():
        if group is not None:
            texts = {code: o.text for code, o in list_group_options(definition, group).items()}
            found.append(measure_values(key, group.id, group.text, texts, cells, codes, audience))
    language = measure_values(LANGUAGE, LANGUAGE, None, {**said, **languages}, cells, codes, audience)
    return [*found[:1], language, *found[1:]]


def find_group(definition: Definition, key: str) -> Group | None:
    """The group of the question with a known meaning."""
    name = find_group_of(definition, key)
    return next((group for group in definition.groups if group.id == name), None)


def measure_values(
    key: str,
    group: str,
    text: Text | None,
    texts: Mapping[str, Text],
    cells: Cells,
    codes: Sequence[str],
    audience: Audience,
) -> ValueFigure:
    """A variable's values in the latest period that shows some of them, else in the latest."""

    def look(period: str) -> dict[str, SeenCell]:
        return {code: see_cell(cells, period, group, code, audience) for code in texts}

    period = next((p for p in reversed(codes) if has_shown(look(p))), codes[-1])
    seen = look(period)
    shares = find_shares(seen, see_cell(cells, period, "", "", audience))
    rows = [ValueRow(code, texts[code], cell, shares.get(code)) for code, cell in seen.items()]
    tests = compare_values(seen.items(), audience.decimals)
    return ValueFigure(key, group, text, period, tuple(rows), tests, (), ValuesKind.CANNOT_SAY)


def has_shown(seen: Mapping[str, SeenCell]) -> bool:
    return any(isinstance(cell, Shown) for cell in seen.values())


def find_shares(seen: Mapping[str, SeenCell], everybody: SeenCell) -> dict[str, float]:
    """The shares of shown values, in whole per cents, of counts in fives; none where the whole is hidden."""
    if not isinstance(everybody, Shown):
        return {}
    counts = {code: Shown(cell.value.n) if isinstance(cell, Shown) else cell for code, cell in seen.items()}
    told = sum(count.value for count in counts.values() if isinstance(count, Shown))
    whole = max(round_count(everybody.value.n), told)  # rounded parts may add up to more than their whole
    found = compare_shares(counts, {}, everybody=whole)
    return {
        one.code: round(one.answers.value, DECIMALS_OF_SHARE)
        for one in found
        if isinstance(one.answers, Shown)
    }


def claim_together(
    gaps: Sequence[GapFigure], values: Sequence[ValueFigure]
) -> tuple[tuple[GapFigure, ...], tuple[ValueFigure, ...], int]:
    """The figures with what may be said of each when all tests of the page are weighed together."""
    p_values = [p for one in gaps for p in list_gap_tests(one.measured)]
    p_values += [test.difference.p for one in values for test in one.tests]
    claims = iter(find_claims(p_values))
    told = tuple(
        replace(
            one, kind=classify_gap(one.measured, is_gap_claimed=next(claims), is_change_claimed=next(claims))
        )
        for one in gaps
    )
    weighed = tuple(claim_values(one, [next(claims) for _ in one.tests]) for one in values)
    return told, weighed, sum(p is not None for p in p_values)


def claim_values(figure: ValueFigure, claims: Sequence[bool]) -> ValueFigure:
    """A variable with the differences that may be claimed."""
    claimed = keep_claimed(figure.tests, claims)
    return replace(figure, claimed=claimed, kind=classify_values(figure.tests, claimed))
