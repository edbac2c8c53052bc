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
    """For each line its latest number's publication, revision and weighting; then method and thresholds."""
    words, seen = teller.words, set[str]()
    for series in some:
        period = series.fact.period
        if period is None:
            continue
        found = find_computed(
            subject.installation, teller.trends.choice, series.dimension.id, period, viewer=subject.viewer
        )
        if found is None:
            continue
        key = "report.origin_unweighted" if found.why_unweighted is not None else "report.origin_weighted"
        said = words.say(  # keys: report.origin_weighted, report.origin_unweighted
            key,
            period=words.period(period),
            month=words.month(found.publication.month),
            day=teller.tell_day(found.publication.published),
            revision=words.number(found.publication.revision),
            method=found.publication.method,
            code=found.publication.code_version,
            versions=", ".join(found.versions),
        )
        if said not in seen:
            seen.add(said)
            yield words.say("report.origin", dimension=teller.name_dimension(series), told=said)


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
