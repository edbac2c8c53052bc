"""How a month is closed: mixed, summed, estimated, protected and published, once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

import orjson

from analysis.periods import Period, enclosing_periods, is_over, parse_period
from survey.answering.mixer import mix_period, retire_period
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.months import parse_month
from survey.publication import PUBLISHING
from survey.publication.axes import make_axes
from survey.publication.counting import Month, count_month
from survey.publication.cube import Axes
from survey.publication.decide import decide_both, read_earlier
from survey.publication.gather import Gathered, Task
from survey.publication.protect import Reasons
from survey.publication.rates import count_rates
from survey.publication.release import Made, make_cells, measure_standing
from survey.publication.reliability import measure_reliability
from survey.publication.weigh import Margins
from survey.store import audits, closed, installations, notices, populations, publications, responses
from survey.store.database import Connection, claim_job
from survey.store.populations import Population
from survey.store.publications import Cell, Publication, Rate, Reliability
from survey.version import find_code_version

METHOD = "2026-2"  # docs/method.md: weights to the population, linearised intervals, block margins
FIRST_REVISION = 1
MOST_TRIES = 5  # how often a closing begins anew because answers or publications came in between
Tell = Callable[[str, int], None]


def tell_nobody(_step: str, _number: int) -> None:
    """Nobody wants to hear how far a closing has come."""


@dataclass(frozen=True)
class Closed:
    """What a closing did. `shown` is how many of its cells with answers signed-in people see.

    `standing` is the share, 0-1, of the month's answers that the public sees in a municipality's month, over
    all measures: hiding everything would be safe, and worth nothing.
    """

    survey: str
    month: str
    responses: int
    cells: int
    shown: int
    shown_public: int
    standing: float


def close_month(
    installation: Installation,
    month: str,
    *,
    by: str = SYSTEM,
    tell: Tell = tell_nobody,
    forget_traces: bool = True,
) -> tuple[Closed, ...]:
    """Close a month for every survey that was answered in it; those closed already are left as they are.

    `tell` hears how far it has come. `forget_traces` as for `mix_period`. Raises SurveyError: period_wrong
    for a code that is no month, period_not_over, period_busy when others kept changing what it stands on,
    key_missing, database_*.
    Killed half-way it can be run again: each survey's publication is one transaction.
    """
    period = parse_month(month)
    if not is_over(period, installation.today()):
        raise SurveyError("period_not_over", period=month)
    tell("mixing", 0)
    close_inbox(installation, month, forget_traces=forget_traces)
    due = [survey for survey, when in list_due(installation) if when == month]
    found = [publish_unless_done(installation, survey, month, by=by, tell=tell) for survey in due]
    return tuple(one for one in found if one is not None)


def publish_unless_done(
    installation: Installation, survey: str, month: str, *, by: str, tell: Tell
) -> Closed | None:
    """What publishing a month did, None when another process was first."""
    try:
        return publish_month(installation, survey, month, by=by, tell=tell)
    except SurveyError as wrong:
        if wrong.code != "period_published":
            raise
        return None


def close_inbox(installation: Installation, month: str, *, forget_traces: bool) -> None:
    """Mix what came in during a month, pass on what is too little to mix, and destroy the month's key."""
    with installation.database.read(newest=True) as connection:
        living = month in installations.list_living_periods(connection)
    if living:
        mix_period(installation, month, closing=True, forget_traces=forget_traces)
        retire_period(installation, month)


def list_due(installation: Installation) -> tuple[tuple[str, str], ...]:
    """Every (survey, month) that is over and ought to be published but is not, oldest month first.

    A month is due when it was answered, and also when it was not but ends a quarter, half-year or year
    that was: the longer period is published with its last month, also when everybody has taken their answers
    back since theirs was published.
    """
    with installation.database.read(newest=True) as connection:
        answered = set(responses.list_months_with_responses(connection))
        known = publications.list_publications(connection)
    published = {(p.survey, p.month) for p in known}
    counted = {(p.survey, p.month) for p in known if p.versions}
    ends = {
        (survey, period.last) for survey, month in answered | counted for period in enclosing_periods(month)
    }
    due = (answered | ends) - published
    return tuple(
        sorted((d for d in due if is_over(parse_period(d[1]), installation.today())), key=lambda d: d[1])
    )


def list_months_to_close(installation: Installation) -> tuple[str, ...]:
    """The months that are over and have something to mix or to publish, oldest first."""
    with installation.database.read(newest=True) as connection:
        living = installations.list_living_periods(connection)
    sealed = {month for month in living if is_over(parse_period(month), installation.today())}
    return tuple(sorted(sealed | {month for _, month in list_due(installation)}))


def close_ended_months(
    installation: Installation, *, by: str = SYSTEM, tell: Tell = tell_nobody
) -> tuple[Closed, ...]:
    """Close every month that has ended and is not closed. Safe to run at any time and twice."""
    months = list_months_to_close(installation)
    return tuple(chain.from_iterable(close_month(installation, m, by=by, tell=tell) for m in months))


@dataclass(frozen=True)
class Release:
    """All that a closing will write, and what it stands on: it is made before anybody is kept waiting."""

    publication: Publication
    month: Month
    cells: tuple[Cell, ...]
    published: int  # how many publications of the survey there were
    standing: float  # as in Closed
    reliabilities: tuple[Reliability, ...] = ()
    rates: tuple[Rate, ...] = ()
    erased: int = 0  # how many had taken their answers back


def publish_month(
    installation: Installation, survey: str, month: str, *, by: str, tell: Tell = tell_nobody
) -> Closed:
    """The month's sums and the cells of every period that ends with it, all or nothing.

    Everything is worked out from what is read; one short transaction then writes it, unless answers or
    another publication came in between: then it begins anew. Raises SurveyError period_published when
    another process was first, and period_busy.
    """
    for _ in range(MOST_TRIES):
        release = prepare_release(installation, survey, month, tell=tell)
        tell("keeping", len(release.cells))
        if keep_release(installation, release, by=by):
            return count_shown(release)
    raise SurveyError("period_busy", period=month)


def prepare_release(installation: Installation, survey: str, month: str, *, tell: Tell) -> Release:
    """Sum, estimate and protect. Writes nothing."""
    with installation.database.read(newest=True) as connection:
        erased = audits.count_events(connection, audits.ERASED)
        known = publications.list_publications(connection, survey)
        if any(one.month == month for one in known):
            raise SurveyError("period_published", survey=survey, period=month)
        batches = responses.iterate_counted(connection, survey, month)
        counted = count_month(
            installation, survey, month, batches, tell=lambda number: tell("counting", number)
        )
        task = Task(survey, month, list_ending(month), FIRST_REVISION, counted)
        beside = (
            tuple(measure_reliability(connection, installation, survey, month, counted)),
            tuple(count_rates(connection, installation, survey, month)),
        )
        versions = {v for one in known for v in one.versions.split() if one.month in task.months}
        axes = make_axes(installation, survey, versions | set(counted.versions))
        population = populations.find_population(connection)
        tell("estimating", counted.responses)
        made = decide_cells(connection, installation, axes, task, read_margins(population))
    cells = tuple(one.cell for one in made)
    year = population.source.year if population is not None else None
    described = describe_release(installation, task, counted, cells, year)
    standing = measure_standing(made, axes, month)
    return Release(described, counted, cells, len(known), standing, *beside, erased)


def decide_cells(
    connection: Connection,
    installation: Installation,
    axes: Sequence[Axes],
    task: Task,
    margins: Margins,
) -> list[Made]:
    """The cells of a task, protected together with all that was shown before."""
    earlier = read_earlier(connection, task)

    def decide(gathered: Gathered) -> tuple[Reasons, Reasons]:
        return decide_both(gathered, task, earlier, installation.settings)

    return list(make_cells(connection, axes, task, margins, decide))


def read_margins(population: Population | None) -> Margins:
    """People by municipality, age band and gender; nothing when no margins are loaded."""
    margins = () if population is None else population.margins
    return {(one.area, one.age, one.gender): one.people for one in margins}


def list_ending(month: str) -> tuple[Period, ...]:
    """The month, and the longer periods that end with it, shortest first."""
    return (parse_period(month), *(p for p in enclosing_periods(month) if p.last == month))


def describe_release(
    installation: Installation,
    task: Task,
    counted: Month,
    cells: Iterable[Cell],
    year: int | None,
    *,
    reason: str = "",
) -> Publication:
    """What is written of a publication beside its cells. Its number comes when it is kept."""
    settings = installation.settings
    return Publication(
        id=0,
        survey=task.survey,
        month=task.month,
        revision=task.revision,
        reason=reason,
        versions=" ".join(counted.versions),
        method=METHOD,
        code_version=find_code_version(),
        population_year=year,
        threshold_public=settings.threshold_public,
        threshold_signed_in=settings.threshold_signed_in,
        responses=counted.responses,
        checksum=seal_cells(cells),
        published=datetime.now(UTC),
    )


def keep_release(installation: Installation, release: Release, *, by: str) -> bool:
    """Write a release in one transaction; False when what it stands on is no longer so.

    Processes wait for each other here. Raises SurveyError period_published when another was first.
    """
    new = release.publication
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING)
        if publications.find_publication(connection, new.survey, new.month):
            raise SurveyError("period_published", survey=new.survey, period=new.month)
        if len(publications.list_publications(connection, new.survey)) != release.published:
            return False
        if responses.count_responses(connection, new.survey, new.month) != new.responses:
            return False
        if audits.count_events(connection, audits.ERASED) != release.erased:
            return False  # one may have left and another come
        closed.add_frozen(
            connection,
            survey=new.survey,
            month=new.month,
            revision=new.revision,
            rows=release.month.rows,
        )
        closed.add_pairs(
            connection,
            survey=new.survey,
            month=new.month,
            revision=new.revision,
            pairs=release.month.pairs,
        )
        number = publications.add_publication(connection, new)
        publications.add_cells(connection, release.cells, publication_id=number)
        publications.add_reliabilities(connection, release.reliabilities, publication_id=number)
        publications.add_rates(connection, release.rates, publication_id=number)
        notices.queue_publication(connection, number, at=new.published.timestamp())
        audits.add_event(
            connection, "period published", f"{new.survey} {new.month}", by=by, cells=len(release.cells)
        )
    return True


def count_shown(release: Release) -> Closed:
    """How much of a release each audience sees."""
    new, cells = release.publication, release.cells
    return Closed(
        new.survey,
        new.month,
        new.responses,
        len(cells),
        sum(cell.hidden_signed_in is None for cell in cells),
        sum(cell.hidden_public is None for cell in cells),
        release.standing,
    )


def seal_cells(cells: Iterable[Cell]) -> str:
    """The checksum (SHA-256) of what was published, to tell if a cell was ever changed.

    The same for the same cells in any order and under any publication number, so that it can be made
    again from the database.
    """
    rows = sorted(
        orjson.dumps({**vars(cell), "publication_id": 0}, option=orjson.OPT_SORT_KEYS) for cell in cells
    )
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def find_publication(installation: Installation, survey: str, month: str) -> Publication | None:
    """The publication of a month, None when it is not published."""
    with installation.database.read(newest=True) as connection:
        return publications.find_publication(connection, survey, month)
