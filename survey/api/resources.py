"""Which addresses are there for programs, what does each take and give? The one table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.api import ROOT, described, documents, figures
from survey.api.asking import Asking
from survey.api.documents import Document
from survey.api.parameters import CELLS_PARAMETERS, SERIES_PARAMETERS, SURVEY, Parameter

ONE_SURVEY = f"{ROOT}/surveys/{{survey}}"


@dataclass(frozen=True)
class Resource:
    """One address. What it is for is told in the catalogue, `api.resource.NAME`.

    `example` is what a person could try, without what depends on the installation.
    """

    name: str
    path: str
    answer: Callable[[Asking], Mapping[str, Any]]
    document: type[Document]
    parameters: tuple[Parameter, ...] = ()

    @property
    def has_survey(self) -> bool:
        return "{survey}" in self.path

    @property
    def has_figures(self) -> bool:
        """Whether a permit for signed-in figures gets another answer than anybody."""
        return bool(self.parameters)


RESOURCES: tuple[Resource, ...] = (
    Resource("service", ROOT, described.describe_service, documents.Service),
    Resource("surveys", f"{ROOT}/surveys", described.list_published_surveys, documents.Surveys),
    Resource("survey", ONE_SURVEY, described.describe_one_survey, documents.SurveyInFull),
    Resource("areas", f"{ROOT}/areas", described.list_areas, documents.Areas),
    Resource(
        "publications", f"{ONE_SURVEY}/publications", described.list_publications, documents.Publications
    ),
    Resource("codes", f"{ONE_SURVEY}/codes", described.list_codes, documents.Codes),
    Resource("cells", f"{ONE_SURVEY}/cells", figures.list_cells, documents.Cells, CELLS_PARAMETERS),
    Resource("series", f"{ONE_SURVEY}/series", figures.list_series, documents.Series, SERIES_PARAMETERS),
)
OPENAPI = f"{ROOT}/openapi.json"
PATTERNS: Mapping[str, str] = {"survey": SURVEY}  # of what stands in a path
