"""Does everything that everybody saw of trends, whatever they chose and when, add up to what may be seen?"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.lines import TrendLine
from survey.errors import SurveyError
from survey.insight.audience import Audience, find_audience, find_reason, open_cell, round_cell
from survey.insight.choice import KINDS, Choice, Second
from survey.insight.trends import find_trends
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.publication.close import close_month
from survey.store.publications import Cell
from tests.analysis.attacker import find_group_by_programme
from tests.survey.atoms import Atom, answers_measure, stack
from tests.survey.little_county import AREAS, COUNTY, OTHER_AREAS, OTHER_COUNTY, PROV, open_county
from tests.survey.published import read_cells
from tests.survey.seeded import make_people, seed
from tests.walks import Calendar

MONTHS = tuple(f"2026-{number:02d}" for number in range(7, 13))
PLACES = (COUNTY, OTHER_COUNTY, *AREAS, *OTHER_AREAS)
SIZES = (34, 17, 8, 4, 12, 6)  # answers a month of each municipality, about
VIEWERS = tuple(Person(role) for role in Role)
CHANCE = random.Random(61)
PEOPLE = make_people(
    CHANCE,
    {
        (area, month): CHANCE.randrange(size // 2, size + size // 2)
        for area, size in zip((*AREAS, *OTHER_AREAS), SIZES, strict=True)
        for month in MONTHS
    },
)
Where = tuple[str, str, str]  # area, measure, period
choices = st.builds(
    lambda area, kind, span, second: Choice(PROV, area, kind, min(span), max(span), second),
    st.sampled_from(PLACES),
    st.sampled_from(KINDS),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)),
    st.sampled_from(Second),
)


@dataclass(frozen=True)
class Stage:
    """An installation in which so many months have been published, and its cells of everybody."""

    installation: Installation
    cells: dict[Where, Cell]


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, ...]]:
    """The same half-year after each of its closings."""
    folder, calendar = tmp_path_factory.mktemp("stages"), Calendar()
    calendar.turn_to(2027, 1)
    with ExitStack() as kept:
        found: list[Stage] = []
        for number, month in enumerate(MONTHS):
            here = folder / str(number)
            if number:
                shutil.copytree(folder / str(number - 1), here)
            with open_county(f"sqlite:///{here / 'prov.db'}", here, calendar) as installation:
                if not number:
                    seed(installation, PEOPLE)
                close_month(installation, month)
            opened = kept.enter_context(open_county(f"sqlite:///{here / 'prov.db'}", here, calendar))
            found.append(Stage(opened, list_whole_cells(opened)))
        yield tuple(found)


def list_whole_cells(installation: Installation) -> dict[Where, Cell]:
    return {
        (cell.area, cell.measure, cell.period): cell
        for cell in read_cells(installation)
        if (cell.unit, cell.group) == ("", "")
    }


def look(stage: Stage, choice: Choice, viewer: Person) -> dict[Where, Shown[Estimate] | Hidden | NoAnswers]:
    """Everything a viewer sees in the lines of a choice; nothing when it has no whole period."""
    try:
        trends = find_trends(stage.installation, choice, viewer=viewer)
    except SurveyError as wrong:
        assert wrong.code in ("span_without_period", "span_outside")
        return {}
    seen: dict[Where, Shown[Estimate] | Hidden | NoAnswers] = {}
    for one in trends.series:
        county = trends.county.code if trends.county is not None else ""
        for area, line in ((choice.area, one.line), (county, one.county)):
            seen |= read_line(area, one.dimension.id, line)
        for period in one.second or {}:
            assert isinstance(seen[(choice.area, one.dimension.id, period)], Shown)
    return seen


def read_line(
    area: str, measure: str, line: TrendLine | None
) -> dict[Where, Shown[Estimate] | Hidden | NoAnswers]:
    return {(area, measure, point.period): point.cell for point in (line.points if line else ())}


def may_see(cell: Cell | None, audience: Audience) -> Shown[Estimate] | Hidden | NoAnswers:
    return round_cell(open_cell(cell, audience), decimals=audience.decimals)


def test_all_choices_together_show_exactly_what_is_published_and_not_hidden(
    stages: tuple[Stage, ...],
) -> None:
    last = stages[-1]
    for viewer in VIEWERS:
        audience = find_audience(last.installation, viewer=viewer)
        seen: set[Where] = set()
        for area, kind in product(PLACES, KINDS):
            whole = look(last, Choice(PROV, area, kind, MONTHS[0], MONTHS[-1]), viewer)
            seen |= {where for where, cell in whole.items() if isinstance(cell, Shown)}
        assert seen == {
            where
            for where, cell in last.cells.items()
            if find_reason(cell, audience) is None
            and cell.kind != "year"  # the survey began in the middle of it
            and where[1] in ("safety", "help", "all")
        }


class Readers(RuleBasedStateMachine):
    """Anybody looks at anything in any order, while months go by."""

    stages: tuple[Stage, ...] = ()

    @initialize()
    def begin(self) -> None:
        self.number = 0
        self.seen: dict[bool, dict[Where, Estimate]] = {True: {}, False: {}}  # by whether signed in

    @rule(choice=choices, viewer=st.sampled_from(VIEWERS))
    def look_at_trends(self, choice: Choice, viewer: Person) -> None:
        stage = self.stages[self.number]
        audience = find_audience(stage.installation, viewer=viewer)
        for where, cell in look(stage, choice, viewer).items():
            assert cell == may_see(stage.cells.get(where), audience)
            if isinstance(cell, Shown):
                known = self.seen[audience.signed_in].setdefault(where, cell.value)
                assert known == cell.value  # what has been seen never changes

    @precondition(lambda self: self.number + 1 < len(self.stages))
    @rule()
    def close_a_month(self) -> None:
        self.number += 1

    @invariant()
    def nothing_hidden_was_seen(self) -> None:
        cells = self.stages[self.number].cells
        assert all(cells[where].hidden_public is None for where in self.seen[False])
        assert all(cells[where].hidden_signed_in is None for where in self.seen[True])

    def teardown(self) -> None:
        """The attacker is given all that anybody of an audience saw, and finds nobody."""
        cells = self.stages[self.number].cells
        installation = self.stages[self.number].installation
        thresholds = installation.settings.threshold_public, installation.settings.threshold_signed_in
        for signed_in, threshold in enumerate(thresholds):
            for measure in ("safety", "help"):
                some = [cells[where] for where in self.seen[bool(signed_in)] if where[1] == measure]
                check_safe(some, measure, threshold)


def check_safe(cells: list[Cell], measure: str, threshold: int) -> None:
    for county in (COUNTY, OTHER_COUNTY):
        people = [
            Atom(one.area, "", one.month, frozenset())
            for one in PEOPLE
            if one.area.startswith(county) and answers_measure(one, measure)
        ]
        atoms = sorted(set(people), key=lambda atom: (atom.area, atom.month))
        sums = stack([cell for cell in cells if cell.area.startswith(county)], atoms, county=county)
        numbers = np.array([people.count(atom) for atom in atoms])
        assert find_group_by_programme(sums, numbers, most=threshold - 1) is None


def test_whatever_readers_choose_nobody_sees_more_than_may_be_seen(stages: tuple[Stage, ...]) -> None:
    Readers.stages = stages
    # Making an example smaller would take minutes; the assertion names the cell that was seen.
    chosen = settings(max_examples=20, stateful_step_count=20, phases=[Phase.reuse, Phase.generate])
    run_state_machine_as_test(Readers, settings=chosen)
