"""Who asks for what, of which edition of all that was published?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from survey.api.parameters import Asked
from survey.api.permits import Figures
from survey.errors import SurveyError
from survey.insight.audience import Audience
from survey.insight.open_data.meanings import Meanings
from survey.insight.published import list_all_publications, list_versions
from survey.installation import Installation, find_definition
from survey.store.publications import Publication


@dataclass(frozen=True)
class Asking:
    """One question of a program. `edition` is the number of the newest publication there was."""

    installation: Installation = field(repr=False)
    figures: Figures
    edition: int
    survey: str = ""
    asked: Asked = field(default_factory=dict[str, tuple[str, ...]])
    resource_is_series: bool = False

    def find(self, name: str) -> str | None:
        """What was asked for by a parameter that is said once; None when it was not said."""
        return next(iter(self.asked.get(name, ())), None)

    def list(self, name: str) -> tuple[str, ...]:
        """What was asked for by a parameter that may be said several times."""
        return tuple(dict.fromkeys(self.asked.get(name, ())))

    @property
    def audience(self) -> Audience:
        """Whose figures these are."""
        settings = self.installation.settings
        signed_in = self.figures is Figures.SIGNED_IN
        return Audience(signed_in, settings.threshold_signed_in if signed_in else settings.threshold_public)

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """The survey's publications, newest first. Raises SurveyError survey_unknown when it has none."""
        found = list_all_publications(self.installation, self.survey)
        if not found:
            raise SurveyError("survey_unknown", survey=self.survey)
        return found

    def find_meanings(self) -> Meanings:
        """What the survey's codes mean, by every version that was answered. Raises as publications."""
        return read_meanings(self.installation, self.survey, list_versions(self.publications))


@lru_cache(maxsize=8)
def read_meanings(installation: Installation, survey: str, versions: tuple[str, ...]) -> Meanings:
    """Read once: a version that was answered never changes."""
    return Meanings([find_definition(installation, survey, one) for one in versions])
