"""What is a paper about, for whom, and which lines does it show?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.control.judge import FindingKind
from analysis.disclosure import Shown
from analysis.periods import PeriodKind
from survey.areas import Area
from survey.errors import SurveyError
from survey.insight.choice import Choice
from survey.insight.published import find_title
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import Trends, find_trends
from survey.installation import Installation
from survey.language import Words, pick_text
from survey.people.roles import Person
from survey.reports.wish import Readers, Wish
from survey.store.organisations import Organisation

KINDS = tuple(kind.value for kind in PeriodKind)  # the shortest first


@dataclass(frozen=True)
class Subject:
    """One area of a report, as its readers may see it, in their words."""

    installation: Installation
    words: Words
    wish: Wish
    viewer: Person
    area: Area
    organisation: Organisation | None = None

    @property
    def name(self) -> str:
        """Whose paper it is: the organisation's, else the area's."""
        return self.organisation.name if self.organisation is not None else self.area.name

    @property
    def is_public(self) -> bool:
        return self.wish.readers is Readers.PUBLIC

    def name_survey(self) -> str:
        title = find_title(self.installation, self.wish.survey)
        return pick_text(title, self.words.language.code) if title else self.wish.survey


def find_best_lines(subject: Subject) -> Teller:
    """The lines of an area by the shortest kind of period whose headlines can all be judged.

    Where none can, by the one in which most can, then in which most is shown; months where nothing is shown.
    Raises SurveyError span_without_period when no kind of period has a whole one in the span.
    """
    found: list[tuple[tuple[int, int], Trends]] = []
    for kind in KINDS:
        choice = Choice(subject.wish.survey, subject.area.code, kind, subject.wish.first, subject.wish.last)
        try:
            trends = find_trends(subject.installation, choice, viewer=subject.viewer)
        except SurveyError as wrong:
            if wrong.code != "span_without_period":
                raise
            continue
        headlines = list_headlines(trends)
        found.append((rate_lines(headlines), trends))
        if headlines and found[-1][0][0] == len(headlines):
            break
    if not found:
        raise SurveyError("span_without_period")
    best = max(found, key=lambda one: one[0])[1]  # the first of those that are alike
    return Teller(subject.words, best, decimals=best.decimals, with_interval=False)


def rate_lines(headlines: tuple[Series, ...]) -> tuple[int, int]:
    """How many of some lines can be judged, and how many show anything."""
    judged = sum(one.change is not None and one.change.kind is not FindingKind.TOO_FEW for one in headlines)
    shown = sum(any(isinstance(point.cell, Shown) for point in one.line.points) for one in headlines)
    return judged, shown


def list_headlines(trends: Trends) -> tuple[Series, ...]:
    """The lines that a reader sees first, those that are asked for still."""
    return tuple(one for one in trends.series if one.dimension.headline is not None and one.is_asked)


def without_own_marks(series: Series) -> Series:
    """A line without its goal and what was done, which a paper tells elsewhere."""
    return replace(series, goal=None, hides_goal=False, done=())
