"""What was promised for an area, and what do residents' answers say of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.control.judge import FindingKind
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.language import pick_text
from survey.people.roles import VISITOR
from survey.reports.fitting import shorten
from survey.reports.subject import Subject
from survey.strategy.figures import Figure, Figures, find_figures
from survey.strategy.model import Framework, Item, Kind
from survey.strategy.versions import Version, find_current, list_dimensions

MOST_IN_PROMISE = 120
KINDS = (Kind.PROMISE, Kind.GOAL, Kind.PROGRAMME_AREA, Kind.DEVELOPMENT_AREA)
ORDER = (FindingKind.CONCERN, FindingKind.IMPROVEMENT, FindingKind.COMMON_CAUSE, FindingKind.TOO_FEW)


def find_strategy(subject: Subject) -> Version | None:
    """The strategy map as it is now; None where there is none."""
    try:
        return find_current(subject.installation, viewer=VISITOR)
    except SurveyError as wrong:
        if wrong.code != "strategy_none":
            raise
        return None


def list_frameworks(subject: Subject, version: Version) -> tuple[Framework, ...]:
    """What was decided for the area or for its county."""
    places = (subject.area.code, subject.area.parent)
    return tuple(one for one in version.map.frameworks if one.area is not None and one.area in places)


def list_promises(subject: Subject) -> tuple[str, ...]:
    """Each promise that questions measure, with what its lines do; those that get worse first."""
    version = find_strategy(subject)
    if version is None:
        return ()
    found = [row for one in list_frameworks(subject, version) for row in rank_rows(subject, one, version)]
    return tuple(said for _, said in sorted(found, key=lambda one: one[0]))


def list_framework_rows(subject: Subject, framework: Framework) -> tuple[str, ...]:
    """The promises of a framework in its own order, with the figures of the area it was decided for."""
    version = find_strategy(subject)
    if version is None or framework.area is None or not subject.installation.areas.has(framework.area):
        return ()
    there = replace(subject, area=subject.installation.areas.find(framework.area))
    return tuple(said for _, said in rank_rows(there, framework, version))


def rank_rows(subject: Subject, framework: Framework, version: Version) -> list[tuple[int, str]]:
    """The promises of a framework that questions measure, in its order, each with its rank."""
    survey, area = version.map.survey, subject.area.code
    figures = find_figures(subject.installation, survey, area, viewer=subject.viewer)
    if figures is None:
        return []
    known = list_dimensions(subject.installation, version.map)
    return [
        (rank_item(item, figures), tell_promise(subject, item, known, figures))
        for item in framework.items
        if item.kind in KINDS and item.is_known and any(one in known for one in item.dimensions)
    ]


def rank_item(item: Item, figures: Figures) -> int:
    """The place of the most pressing of its lines: worse, better, unchanged, not known."""
    kinds = [found.change.kind for one in item.dimensions if (found := figures.by_dimension.get(one))]
    return min((ORDER.index(kind) for kind in kinds), default=len(ORDER))


def tell_promise(subject: Subject, item: Item, known: Mapping[str, Dimension], figures: Figures) -> str:
    """The promise, and after it each of its lines with its latest figure and whether it changes.

    The period is said once where all are of one.
    """
    words = subject.words
    promise = shorten(pick_text(item.text, words.language.code), MOST_IN_PROMISE)
    measured = [known[one] for one in item.dimensions if one in known]
    found = [figures.by_dimension.get(one.id) for one in measured]
    periods = {one.change.period for one in found if one is not None and one.change.period is not None}
    shared = next(iter(periods)) if len(periods) == 1 else None
    told = [
        tell_line(subject, one, figure, figures, is_dated=shared is None)
        for one, figure in zip(measured, found, strict=True)
    ]
    if shared is None:
        return words.say("report.promise", promise=promise, told="; ".join(told))
    period = words.period(shared)
    return words.say("report.promise_dated", promise=promise, told="; ".join(told), period=period)


def tell_line(
    subject: Subject, dimension: Dimension, figure: Figure | None, figures: Figures, *, is_dated: bool
) -> str:
    """A dimension with its figure and what it does, in few words."""
    words = subject.words
    name = pick_text(dimension.text, words.language.code)
    if figure is None or figure.change.mean is None or figure.change.period is None:
        return words.say("report.promise_hidden", dimension=name)
    mean = words.number(figure.change.mean, figures.decimals)
    if is_dated:
        mean = words.say("report.promise_mean", mean=mean, period=words.period(figure.change.period))
    # keys: report.promise_line.*
    return words.say(f"report.promise_line.{figure.change.kind}", dimension=name, mean=mean)
