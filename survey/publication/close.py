"""How a month is closed: mixed, summed, estimated, protected and published, once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from analysis.estimates import Statistics, estimate_means
from analysis.periods import Period, PeriodKind, enclosing_periods, is_over, list_months, parse_period
from survey.answering.mixer import mix_period, retire_period
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.publication.protect import (
    Decided,
    Sizes,
    decide_areas,
    decide_groups,
    guard_longer_period,
    measure_sizes,
)
from survey.publication.sums import EVERYBODY, roll_up
from survey.store import audits, installations, publications, responses
from survey.store.database import claim_job
from survey.store.publications import Cell, Publication, Statistic

METHOD = "2026-1"  # docs/method.md: unweighted means, t intervals, thresholds with complementary hiding
FIRST_REVISION = 1
PUBLISHING = "publishing"  # the job that one process at a time does


@dataclass(frozen=True)
class Closed:
    """What a closing did. `shown` and `cells` are counts for signed-in people, of cells with answers."""

    survey: str
    month: str
    responses: int
    cells: int
    shown: int


def close_month(installation: Installation, month: str, *, by: str = SYSTEM) -> tuple[Closed, ...]:
    """Close a month for every survey that was answered in it; those closed already are left as they are.

    Raises SurveyError: period_wrong for a code that is no month, period_not_over, key_missing, database_*.
    Killed half-way it can be run again: each survey's publication is one transaction.
    """
    period = read_month(month)
    if not is_over(period, installation.today()):
        raise SurveyError("period_not_over", period=month)
    close_inbox(installation, month)
    due = [survey for survey, when in list_due(installation) if when == month]
    found = [publish_unless_done(installation, survey, month, by=by) for survey in due]
    return tuple(one for one in found if one is not None)


def publish_unless_done(installation: Installation, survey: str, month: str, *, by: str) -> Closed | None:
    """What publishing a month did, None when another process was first."""
    try:
        return publish_month(installation, survey, month, by=by)
    except SurveyError as wrong:
        if wrong.code != "period_published":
            raise
        return None


def read_month(month: str) -> Period:
    """The month of a code. Raises SurveyError period_wrong."""
    try:
        period = parse_period(month)
    except ValueError:
        period = None
    if period is None or period.kind is not PeriodKind.MONTH:
        raise SurveyError("period_wrong", period=month[:20])
    return period


def close_inbox(installation: Installation, month: str) -> None:
    """Mix what came in during a month, pass on what is too little to mix, and destroy the month's key."""
    with installation.database.read() as connection:
        living = month in installations.list_living_periods(connection)
    if living:
        mix_period(installation, month, closing=True)
        retire_period(installation, month)


def list_due(installation: Installation) -> tuple[tuple[str, str], ...]:
    """Every (survey, month) that is over and ought to be published but is not, oldest month first.

    A month is due when it was answered, and also when it was not but ends a quarter, half-year or year
    that was: the longer period is published with its last month.
    """
    with installation.database.read() as connection:
        answered = set(responses.list_months_with_responses(connection))
        published = {(p.survey, p.month) for p in publications.list_publications(connection)}
    ends = {(survey, period.last) for survey, month in answered for period in enclosing_periods(month)}
    due = (answered | ends) - published
    return tuple(
        sorted((d for d in due if is_over(parse_period(d[1]), installation.today())), key=lambda d: d[1])
    )


def list_months_to_close(installation: Installation) -> tuple[str, ...]:
    """The months that are over and have something to mix or to publish, oldest first."""
    with installation.database.read() as connection:
        living = installations.list_living_periods(connection)
    sealed = {month for month in living if is_over(parse_period(month), installation.today())}
    return tuple(sorted(sealed | {month for _, month in list_due(installation)}))


def close_ended_months(installation: Installation) -> tuple[Closed, ...]:
    """Close every month that has ended and is not closed. Safe to run at any time and twice."""
    return tuple(
        chain.from_iterable(close_month(installation, m) for m in list_months_to_close(installation))
    )


def publish_month(installation: Installation, survey: str, month: str, *, by: str) -> Closed:
    """One transaction: the month's sums, the cells of every period that ends with it, and the audit event.

    Processes wait for each other here. Raises SurveyError period_published when another was first.
    """
    settings = installation.settings
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING)
        if publications.find_publication(connection, survey, month):
            raise SurveyError("period_published", survey=survey, period=month)
        number = responses.count_responses(connection, survey, month)
        sums = roll_up(responses.sum_scores(connection, survey, month), installation.areas)
        publications.add_statistics(connection, survey, month, sums)
        periods = [parse_period(month), *(p for p in enclosing_periods(month) if p.last == month)]
        tables = {p.code: publications.list_statistics(connection, survey, list_months(p)) for p in periods}
        earlier = list_shorter(periods, month)
        tables.update(
            {p.code: publications.list_statistics(connection, survey, list_months(p)) for p in earlier}
        )
        cells = make_cells(installation, survey, periods, tables)
        publication_id = publications.add_publication(
            connection,
            survey=survey,
            month=month,
            revision=FIRST_REVISION,
            versions=" ".join(responses.list_versions(connection, survey, month)),
            method=METHOD,
            thresholds=(settings.threshold_public, settings.threshold_signed_in),
            checksum=seal_cells(cells),
            published=datetime.now(UTC),
        )
        publications.add_cells(connection, [replace_publication(cell, publication_id) for cell in cells])
        audits.add_event(connection, "period published", f"{survey} {month}", by=by, cells=len(cells))
    shown = sum(cell.hidden_signed_in is None for cell in cells)
    return Closed(survey, month, number, len(cells), shown)


def list_shorter(periods: Sequence[Period], month: str) -> tuple[Period, ...]:
    """The months, and quarters and halves, inside the longest period that ends with a month."""
    inside = {parse_period(one) for one in list_months(max(periods, key=lambda p: len(list_months(p))))}
    for one in tuple(inside):
        inside.update(p for p in enclosing_periods(one.first) if p.last <= month)
    longest = max(len(list_months(p)) for p in periods)
    return tuple(p for p in inside if p not in periods and len(list_months(p)) < longest)


def make_cells(
    installation: Installation,
    survey: str,
    periods: Sequence[Period],
    tables: dict[str, tuple[Statistic, ...]],
) -> tuple[Cell, ...]:
    """The cells of every period that ends now, estimated and protected for both audiences."""
    settings = installation.settings
    public = decide_periods(installation, tables, threshold=settings.threshold_public)
    signed_in = decide_periods(installation, tables, threshold=settings.threshold_signed_in)
    cells: list[Cell] = []
    for period in periods:
        kept = [s for s in tables[period.code] if may_publish(s, period)]
        estimates = estimate_means([Statistics(s.n, s.total, s.squares) for s in kept])
        for statistic, estimate in zip(kept, estimates, strict=True):
            place = (statistic.area, statistic.group, statistic.value, statistic.measure)
            cells.append(
                Cell(
                    survey=survey,
                    area=statistic.area,
                    kind=period.kind.value,
                    measure=statistic.measure,
                    group=statistic.group,
                    value=statistic.value,
                    period=period.code,
                    revision=FIRST_REVISION,
                    publication_id=0,
                    n=estimate.n,
                    mean=estimate.mean,
                    sd=estimate.sd,
                    low=estimate.low,
                    high=estimate.high,
                    hidden_public=public[period.code][place],
                    hidden_signed_in=signed_in[period.code][place],
                )
            )
    return tuple(cells)


def may_publish(statistic: Statistic, period: Period) -> bool:
    """Everybody in every period; groups only for whole years."""
    return statistic.group == EVERYBODY or period.kind is PeriodKind.YEAR


def decide_periods(
    installation: Installation, tables: dict[str, tuple[Statistic, ...]], *, threshold: int
) -> dict[str, Decided]:
    """What is hidden in each period, the shortest first, so that the longer can guard them."""
    decided: dict[str, Decided] = {}
    sizes: dict[str, Sizes] = {}
    periods = sorted((parse_period(code) for code in tables), key=lambda p: (len(list_months(p)), p.code))
    for period in periods:
        size = measure_sizes(tables[period.code])
        measures = sorted({s.measure for s in tables[period.code]})
        found = decide_areas(size, installation.areas, measures, threshold=threshold)
        found |= decide_groups(size, installation.areas, measures, threshold=threshold)
        for shorter in split_periods(period, periods):
            parts = [(decided[p.code], sizes[p.code]) for p in shorter]
            found = guard_longer_period(found, size, parts, threshold=threshold)
        decided[period.code], sizes[period.code] = found, size
    return decided


def split_periods(period: Period, periods: Iterable[Period]) -> list[list[Period]]:
    """The ways a period is cut into shorter ones of one kind: a year into months, quarters, halves."""
    inside = [
        p for p in periods if p.first >= period.first and p.last <= period.last and p.code != period.code
    ]
    return [[p for p in inside if p.kind is kind] for kind in dict.fromkeys(p.kind for p in inside)]


def seal_cells(cells: Iterable[Cell]) -> str:
    """The checksum (SHA-256) of what was published, to tell if a cell was ever changed.

    The same for the same cells in any order and under any publication number, so that it can be made
    again from the database.
    """
    rows = sorted(json.dumps({**vars(cell), "publication_id": 0}, sort_keys=True) for cell in cells)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def replace_publication(cell: Cell, publication_id: int) -> Cell:
    return replace(cell, publication_id=publication_id)


def find_publication(installation: Installation, survey: str, month: str) -> Publication | None:
    """The publication of a month, None when it is not published."""
    with installation.database.read() as connection:
        return publications.find_publication(connection, survey, month)
