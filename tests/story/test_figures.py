"""T5: are the story's numbers those of the open data, and is nothing in it that the threshold hides?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.lines import TrendPoint
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.gaps import SeenCell
from survey.insight.open_data.cells import Row
from survey.insight.open_data.export import iterate_rows
from survey.insight.open_data.hierarchies import Codes
from survey.insight.open_data.meanings import Meanings
from survey.insight.published import list_all_publications, list_versions
from survey.installation import Installation, find_definition
from survey.store.tables import published_cell
from survey.story import moves, story, years
from survey.story.gaps import claim_together
from survey.story.story import Chapter, Story, find_figures, find_story
from survey.story.years import list_told_years
from tests.insight.exported_county import close_a_year
from tests.story.full_year import HIDDEN, PLACES
from tests.survey.little_county import PROV

Rows = Mapping[tuple[str, str, str, str], Row]


@dataclass(frozen=True)
class Told:
    """An installation with every story there is of it, and its open data by area, period, group, measure."""

    installation: Installation
    stories: list[Story]
    rows: Rows


def tell_all(installation: Installation, survey: str, places: Sequence[str]) -> Told:
    versions = list_versions(list_all_publications(installation, survey))
    meanings = Meanings([find_definition(installation, survey, one) for one in versions])
    found = iterate_rows(installation, survey, meanings, Codes())
    codes = [one.code for one in list_told_years(installation)]
    stories = [find_story(installation, area, year) for area in places for year in codes]
    return Told(installation, stories, {(one.area, one.period, one.group, one.measure): one for one in found})


@pytest.fixture(scope="module", params=["made by hand", "really closed"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The full year; and a little county that was closed month by month, with many who are few."""
    if request.param == "made by hand":
        yield tell_all(request.getfixturevalue("full"), RESIDENTS_SURVEY, (*PLACES, HIDDEN))
        return
    folder = tmp_path_factory.mktemp("county")
    with (
        pytest.MonkeyPatch.context() as patch,
        close_a_year(f"sqlite:///{folder / 'p.db'}", folder) as county,
    ):
        for module in (moves, story, years):
            patch.setattr(module, "RESIDENTS_SURVEY", PROV)
        yield tell_all(county.installation, PROV, [area.code for area in county.installation.areas])


def list_chapters(told: Told) -> Iterator[tuple[Story, Chapter]]:
    return ((story, one) for story in told.stories for one in story.chapters)


def check_same(cell: SeenCell, row: Row | None) -> None:
    """A cell of the story says what the row of the open data does."""
    if isinstance(cell, NoAnswers):
        assert row is None
        return
    assert row is not None
    if isinstance(cell, Hidden):
        assert (row.status, row.value) == ("hidden", "..")
        return
    found: Estimate = cell.value
    said = tuple("" if one is None else f"{one:g}" for one in (found.n, found.mean, found.low, found.high))
    assert said == (row.n, row.value, row.low, row.high)


def list_points(one: Chapter) -> tuple[TrendPoint, ...]:
    return one.line.series.line.points if one.line.series else ()


def test_there_is_something_of_each_kind_to_compare(told: Told) -> None:
    assert any(isinstance(one.number.cell, Shown) for _, one in list_chapters(told))
    assert any(isinstance(point.cell, Hidden) for _, one in list_chapters(told) for point in list_points(one))


def test_a_chapters_number_is_the_row_of_the_open_data(told: Told) -> None:
    for of, one in list_chapters(told):
        where = (of.area.code, one.number.period, "all")
        check_same(one.number.cell, told.rows.get((*where, one.dimension.id)))
        share = told.rows.get((*where, f"{one.dimension.id}:positive"))
        assert one.number.share == (share.value if share and share.status == "shown" else "")


def test_every_point_of_a_line_is_a_row_of_the_open_data(told: Told) -> None:
    for of, one in list_chapters(told):
        for point in list_points(one):
            check_same(point.cell, told.rows.get((of.area.code, point.period, "all", one.dimension.id)))


def test_both_sides_of_a_gap_are_rows_of_the_open_data(told: Told) -> None:
    compared = [
        (cell, (of.area.code, point.period, f"{gap.group.id}:{value}", one.dimension.id))
        for of, one in list_chapters(told)
        for gap in one.gaps
        for point in gap.points
        for value, cell in (("yes", point.group), ("no", point.others))
    ]
    assert compared or told.installation.areas.has("0101")  # the little survey has no prioritised group
    for cell, where in compared:
        check_same(cell, told.rows.get(where))


def test_what_the_public_may_not_see_changes_nothing(told: Told) -> None:
    installation, survey = told.installation, story.RESIDENTS_SURVEY
    known, newest = list_all_publications(installation, survey), list_told_years(installation)[0]
    areas = tuple({one.area.code: one.area for one in told.stories}.values())
    before = [find_figures(installation, area, newest, known) for area in areas]
    is_hidden = published_cell.c.hidden_public.is_not(None)
    with installation.database.write() as connection:
        kept = connection.execute(select(published_cell).where(is_hidden)).all()
        numbers = {"mean": 99.0, "n": 9_999, "positive": 0.99, "low": 98.0, "high": 100.0}
        connection.execute(update(published_cell).where(is_hidden).values(**numbers))
    assert kept
    assert [find_figures(installation, area, newest, known) for area in areas] == before


def test_gaps_are_claimed_where_they_stand_among_all_of_the_story(told: Told) -> None:
    for one in told.stories:
        some = {chapter.dimension.id: list(chapter.gaps) for chapter in one.chapters}
        assert claim_together(some) == {chapter.dimension.id: chapter.gaps for chapter in one.chapters}
