"""Where does each number of a paper come from, so that anybody can trace it?"""

from __future__ import annotations

from collections.abc import Iterator

from survey.insight.computed import find_computed
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.reports.subject import Subject

ALL_MEASURES = "trends"  # the page where every number stands


def find_address(subject: Subject, teller: Teller) -> str:
    """Where the same numbers stand on a screen."""
    choice = teller.trends.choice
    asked = f"area={choice.area}&by={choice.kind}&from={choice.first}&to={choice.last}"
    return f"{subject.installation.settings.public_address}/{ALL_MEASURES}?{asked}"


def tell_origins(teller: Teller, subject: Subject, some: tuple[Series, ...]) -> Iterator[str]:
    """The publication, revision, weighting and method of each line's latest number; said once of those that
    share them."""
    found: dict[str, list[str]] = {}
    for series in some:
        origin = tell_origin(teller, subject, series)
        if origin:
            found.setdefault(origin, []).append(teller.name_dimension(series))
    for origin, names in found.items():
        yield teller.words.say("report.origin", dimension=", ".join(names), told=origin)


def tell_origin(teller: Teller, subject: Subject, series: Series) -> str:
    """Where the latest number of a line is from; empty where none is shown."""
    words, period, choice = teller.words, series.fact.period, teller.trends.choice
    if period is None:
        return ""
    found = find_computed(subject.installation, choice, series.dimension.id, period, viewer=subject.viewer)
    if found is None:
        return ""
    key = "report.origin_unweighted" if found.why_unweighted is not None else "report.origin_weighted"
    return words.say(  # keys: report.origin_weighted, report.origin_unweighted
        key,
        period=words.period(period),
        month=words.month(found.publication.month),
        day=teller.tell_day(found.publication.published),
        revision=words.number(found.publication.revision),
        method=found.publication.method,
        code=found.publication.code_version,
        versions=", ".join(found.versions),
    )


def tell_sources(subject: Subject, teller: Teller, some: tuple[Series, ...]) -> str:
    """The foot of a page: publication, corrections, each headline's origin, thresholds and the address."""
    words = subject.words
    key = "report.threshold_public" if subject.is_public else "report.threshold_inside"
    told = [
        teller.tell_published(),
        teller.tell_revised(),
        *tell_origins(teller, subject, some),
        words.say(key, threshold=words.number(teller.trends.threshold)),  # keys: report.threshold_*
        words.say("report.find", address=find_address(subject, teller)),
    ]
    return " ".join(one for one in told if one)
