"""What does the page about groups show, as its address says it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.insight.choice import read_area, read_survey
from survey.insight.published import list_all_publications, list_dimensions, list_surveys, list_versions
from survey.installation import Installation

T = TypeVar("T")


@dataclass(frozen=True)
class GroupChoice:
    """An area and a dimension of a survey."""

    survey: str
    area: str
    dimension: str


def read_group_choice(
    installation: Installation, asked: Mapping[str, str]
) -> tuple[GroupChoice, tuple[SurveyError, ...]]:
    """The choice in an address, and what is wrong with it: only the part that is wrong is the usual one.

    Raises SurveyError nothing_published, also where nothing published has been answered.
    """
    surveys = list_surveys(installation)
    if not surveys:
        raise SurveyError("nothing_published")
    wrong: list[SurveyError] = []

    def read(part: Callable[[Mapping[str, str]], T]) -> T:
        try:
            return part(asked)
        except SurveyError as fault:
            wrong.append(fault)
            return part({})

    survey = read(lambda a: read_survey(surveys, a))
    area = read(lambda a: read_area(installation, a))
    dimensions = list_group_dimensions(installation, survey)
    if not dimensions:
        raise SurveyError("nothing_published")
    dimension = read(lambda a: read_dimension(dimensions, a))
    return GroupChoice(survey, area, dimension), tuple(wrong)


def list_group_dimensions(installation: Installation, survey: str) -> tuple[Dimension, ...]:
    """The dimensions that can be chosen, the headlines first."""
    versions = list_versions(list_all_publications(installation, survey))
    return tuple(dimension for dimension, _ in list_dimensions(installation, survey, versions))


def read_dimension(dimensions: tuple[Dimension, ...], asked: Mapping[str, str]) -> str:
    """The dimension that is asked for, else the first. Raises SurveyError dimension_unknown."""
    dimension = asked.get("dimension") or dimensions[0].id
    if dimension not in {one.id for one in dimensions}:
        raise SurveyError("dimension_unknown", dimension=dimension[:40])
    return dimension
