"""How a published month is corrected: a new revision beside the old one, with its reason.

A correction estimates anew from the sums as they were frozen, with the margins that are loaded now and
today's method. It counts nobody again: a difference between two counts of the same month would be about
those few who came or left in between. What was hidden stays hidden, and what was shown is shown with its new
number.
"""

from __future__ import annotations

from analysis.disclosure import HiddenReason
from analysis.periods import Period, enclosing_periods, parse_period
from survey.errors import SurveyError
from survey.installation import Installation
from survey.months import parse_month
from survey.publication import PUBLISHING
from survey.publication.axes import make_axes
from survey.publication.close import (
    MOST_TRIES,
    Closed,
    Release,
    count_shown,
    describe_release,
    read_margins,
)
from survey.publication.counting import Month
from survey.publication.cube import Place
from survey.publication.gather import Task
from survey.publication.protect import Reasons
from survey.publication.release import make_cells, measure_standing
from survey.store import audits, notices, populations, publications
from survey.store.database import Connection, claim_job
from survey.store.publications import Publication

REASON_LIMIT = 500  # characters


def correct_month(installation: Installation, survey: str, month: str, *, reason: str, by: str) -> Closed:
    """Publish a month, and the longer periods it belongs to, in a new revision.

    Raises SurveyError: period_wrong, correction_reason_missing, correction_reason_long,
    period_not_published for a month that has no publication to correct, and period_busy.
    """
    parse_month(month)
    written = check_reason(reason)
    for _ in range(MOST_TRIES):
        with installation.database.read(newest=True) as connection:
            release = prepare_correction(connection, installation, survey, month, reason=written)
        if keep_correction(installation, release, by=by):
            return count_shown(release)
    raise SurveyError("period_busy", period=month)


def keep_correction(installation: Installation, release: Release, *, by: str) -> bool:
    """Write a correction in one transaction; False when something else was published in between."""
    new = release.publication
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING)
        if len(publications.list_publications(connection, new.survey)) != release.published:
            return False
        number = publications.add_publication(connection, new)
        publications.add_cells(connection, release.cells, publication_id=number)
        notices.queue_publication(connection, number, at=new.published.timestamp())
        audits.add_event(
            connection,
            "period corrected",
            f"{new.survey} {new.month}",
            by=by,
            revision=new.revision,
            reason=new.reason,
            cells=len(release.cells),
        )
    return True


def check_reason(reason: str) -> str:
    """The reason in one line. Raises SurveyError correction_reason_missing and correction_reason_long."""
    written = " ".join(reason.split())
    if not written:
        raise SurveyError("correction_reason_missing")
    if len(written) > REASON_LIMIT:
        raise SurveyError("correction_reason_long", limit=REASON_LIMIT)
    return written


def prepare_correction(
    connection: Connection, installation: Installation, survey: str, month: str, *, reason: str
) -> Release:
    """Estimate anew. Raises SurveyError period_not_published."""
    known = publications.list_publications(connection, survey)
    old = next((one for one in known if one.month == month), None)
    if old is None:
        raise SurveyError("period_not_published", survey=survey, period=month)
    periods = list_published_periods(month, known)
    last = publications.find_last_revision(connection, survey, [p.code for p in periods])
    revision = max(last, old.revision) + 1  # a month may have been published without a cell
    task = Task(survey, month, periods, revision)
    versions = {v for one in known if one.month in task.months for v in one.versions.split()}
    population = populations.find_population(connection)
    reasons = read_reasons(connection, task)
    axes = make_axes(installation, survey, versions)
    made = list(
        make_cells(
            connection,
            axes,
            task,
            read_margins(population),
            lambda _gathered: reasons,
        )
    )
    cells = tuple(one.cell for one in made)
    counted = Month((), old.responses, tuple(old.versions.split()))
    year = population.source.year if population is not None else None
    described = describe_release(installation, task, counted, cells, year, reason=reason)
    return Release(described, counted, cells, len(known), measure_standing(made, axes, month))


def list_published_periods(month: str, known: tuple[Publication, ...]) -> tuple[Period, ...]:
    """The month and the longer periods it belongs to that have been published."""
    published = {one.month for one in known}
    return (parse_period(month), *(p for p in enclosing_periods(month) if p.last in published))


def read_reasons(connection: Connection, task: Task) -> tuple[Reasons, Reasons]:
    """Why cells are hidden, as they were published last: for the public, for people who are signed in."""
    public: Reasons = {}
    signed_in: Reasons = {}
    rows = publications.read_shown(connection, task.survey, [period.code for period in task.periods])
    for (period, area, unit, group, value, measure), for_public, for_signed_in in rows:
        where = (period, Place(area, unit, group, value), measure)
        public[where] = None if for_public is None else HiddenReason(for_public)
        signed_in[where] = None if for_signed_in is None else HiddenReason(for_signed_in)
    return public, signed_in
