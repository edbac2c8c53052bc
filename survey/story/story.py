"""What does the annual story of an area tell?

Figures come from published cells alone, as everybody may see them, and are worked out once for each
publication. What was decided and what residents wrote is asked anew for every view, so that what is taken
back is gone with the next.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from zlib import crc32

from analysis.disclosure import Hidden
from analysis.periods import PeriodKind
from survey.areas import Area
from survey.definition.model import Definition, Dimension, Question
from survey.insight.audience import find_audience
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.comments import find_public_quotes
from survey.insight.gaps import GapFigure
from survey.insight.kept import keep
from survey.insight.published import list_all_publications, list_dimensions, list_versions
from survey.insight.representation import Representation, find_representation
from survey.insight.upon import find_upon
from survey.installation import Installation, find_definition
from survey.people.roles import VISITOR
from survey.proposals.happened import Happened
from survey.store.publications import Publication
from survey.story.decided import list_decided
from survey.story.directions import Directions, find_map, list_directions, list_promises
from survey.story.gaps import find_gaps
from survey.story.moves import NOTHING, Line, find_lines
from survey.story.numbers import Number, find_numbers
from survey.story.people import name_people
from survey.story.years import StoryYear, find_year, list_years
from survey.strategy.model import Item
from survey.translating.current import find_newest, translate_survey

MOST_STORIES = 64  # whose figures are kept worked out: a county with its municipalities, over some years
QUOTED = (PeriodKind.YEAR, PeriodKind.QUARTER)  # what comments are counted by


@dataclass(frozen=True)
class Figures:
    """What the published cells say of a year in an area, by dimension, the headlines first.

    The definition's texts are there in residents' languages too; `drafts` are those that nobody has reviewed.
    """

    dimensions: tuple[Dimension, ...]
    definition: Definition
    numbers: Mapping[str, Number]
    lines: Mapping[str, Line]
    gaps: Mapping[str, tuple[GapFigure, ...]]
    people: Representation
    drafts: frozenset[str]


@dataclass(frozen=True)
class Chapter:
    """A dimension's part of the story. `questions` are those that it is made of."""

    dimension: Dimension
    number: Number
    line: Line
    questions: tuple[Question, ...]
    gaps: tuple[GapFigure, ...] = ()
    promises: tuple[Item, ...] = ()
    decided: tuple[Happened, ...] = ()

    @property
    def is_headline(self) -> bool:
        return self.dimension.headline is not None

    @property
    def is_hidden(self) -> bool:
        """Whether people answered, and nothing may be shown of it."""
        return isinstance(self.number.cell, Hidden)


@dataclass(frozen=True)
class Story:
    """A year in an area. `others` was decided about what is no chapter; `years` are all that are told.

    `key` tells everything that the figures depend on; `drafts` are the languages in which the survey's texts
    are not reviewed.
    """

    area: Area
    county: Area | None
    year: StoryYear
    years: tuple[StoryYear, ...]
    chapters: tuple[Chapter, ...]
    directions: tuple[Directions, ...]
    people: Representation
    quotes: tuple[str, ...]
    decided: tuple[Happened, ...]
    others: tuple[Happened, ...]
    publication: Publication
    threshold: int
    key: Hashable
    drafts: frozenset[str]


def find_story(installation: Installation, code: str, year: str) -> Story:
    """The story of an area's year, for everybody.

    Raises SurveyError area_unknown, year_unknown for a year that nothing is published of, and database_*.
    """
    area = installation.areas.find(code)
    known = list_all_publications(installation, RESIDENTS_SURVEY)
    years = list_years(known)
    told = find_year(years, year)
    key = make_key(installation, area, told, known)
    figures = keep(
        installation.database,
        key,
        lambda: find_figures(installation, area, told, known),
        shelf="story",
        most=MOST_STORIES,
    )
    decided = list_decided(installation, area.code, told)
    strategy = find_map(installation)
    chapters = [
        make_chapter(one, figures, list_promises(strategy, area, one.id), decided)
        for one in figures.dimensions
    ]
    names = {one.id for one in figures.dimensions}
    return Story(
        area,
        installation.areas.find(area.parent) if area.parent else None,
        told,
        years,
        tuple(chapters),
        list_directions(strategy, area),
        figures.people,
        find_quotes(installation, area.code, told),
        decided,
        tuple(one for one in decided if one.proposal.dimension not in names),
        next(one for one in known if one.month == told.last),
        find_audience(installation, viewer=VISITOR).threshold,
        key,
        figures.drafts,
    )


def make_chapter(
    dimension: Dimension, figures: Figures, promises: tuple[Item, ...], decided: tuple[Happened, ...]
) -> Chapter:
    """A dimension with all that belongs to it."""
    measured = {dimension.id, *dimension.parts}
    return Chapter(
        dimension,
        figures.numbers[dimension.id],
        figures.lines.get(dimension.id, NOTHING),
        tuple(one for one in figures.definition.questions if one.dimension in measured),
        figures.gaps.get(dimension.id, ()),
        promises,
        tuple(one for one in decided if one.proposal.dimension == dimension.id),
    )


def make_key(
    installation: Installation, area: Area, year: StoryYear, known: tuple[Publication, ...]
) -> Hashable:
    """What the figures of a year depend on: what is published, and what people put upon its lines."""
    upon = find_upon(installation, area.code, RESIDENTS_SURVEY)
    put = (tuple(upon.goals.values()), upon.actions, upon.rebases)
    return (area.code, year.code, put, tuple(one.id for one in known), find_newest(installation))


def find_figures(
    installation: Installation, area: Area, year: StoryYear, known: tuple[Publication, ...]
) -> Figures:
    """What the published cells say of a year in an area."""
    audience = find_audience(installation, viewer=VISITOR)
    until = tuple(one for one in known if one.month <= year.last)
    versions = list_versions(until)
    listed = list_dimensions(installation, RESIDENTS_SURVEY, versions)
    measures = [one.id for one, is_asked in listed if is_asked]
    definition, drafts = translate_survey(
        installation, find_definition(installation, RESIDENTS_SURVEY, versions[0])
    )
    named = {one.id: one for one in definition.dimensions}
    return Figures(
        tuple(named[one] for one in measures),
        definition,
        find_numbers(
            installation, area, year, measures, survey=RESIDENTS_SURVEY, known=known, audience=audience
        ),
        find_lines(installation, area.code, year, until),
        find_gaps(
            installation,
            area.code,
            year,
            measures,
            definition=definition,
            known=until,
            audience=audience,
        ),
        name_people(find_people(installation, area, year), definition),
        drafts,
    )


def find_people(installation: Installation, area: Area, year: StoryYear) -> Representation:
    """Who answered in the year: of the longest period whose groups are shown, else of the year's own."""
    kinds = (PeriodKind.YEAR, PeriodKind.HALF_YEAR)
    periods = [code for kind in kinds for code in reversed(year.periods.get(kind, ()))]
    tried = [
        find_representation(installation, survey=RESIDENTS_SURVEY, area=area.code, period=one, viewer=VISITOR)
        for one in (*periods, year.period)
    ]
    return next((one for one in tried if one.has_shares), tried[0])


def find_quotes(installation: Installation, area: str, year: StoryYear) -> tuple[str, ...]:
    """What residents wrote and may be quoted, in an order that stays the same and tells nothing."""
    periods = [code for kind in QUOTED for code in year.periods.get(kind, ())]
    return find_public_quotes(
        installation,
        survey=RESIDENTS_SURVEY,
        area=area,
        periods=periods,
        seed=crc32(f"{area} {year.code}".encode()),
    )
