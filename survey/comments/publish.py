"""How themes are counted and published: once for each quarter and year, when its last month has been.

A year is added from its quarters as they were counted, so that what somebody takes back later cannot be
worked out from a year less its quarters. Which areas are shown: analysis/theme_cells.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from analysis.disclosure import HiddenReason
from analysis.periods import Period, PeriodKind, enclosing_periods, list_months, list_periods
from analysis.theme_cells import THEMES_LEAST, ShownThemes, decide_quarter, decide_year
from survey.areas import Area
from survey.comments.counting import Counts, add_counts, count_comments, read_counts, write_counts
from survey.comments.new_topics import find_topics
from survey.comments.reading import find_reader, read_comments
from survey.installation import SYSTEM, Installation
from survey.store import audits, comments, publications, themes
from survey.store.comments import Readable
from survey.store.database import Connection, claim_job
from survey.store.themes import PublishedThemes

PUBLISHING_THEMES = "publishing themes"  # the job that one process at a time does
QUARTER, YEAR = PeriodKind.QUARTER, PeriodKind.YEAR
NOT_SHOWN = HiddenReason.NOT_TOLD.value  # too few, or it would give away another that has: readers hear one


@dataclass(frozen=True)
class Due:
    """A quarter or a year of a survey whose last month is published and whose themes are not."""

    survey: str
    period: Period


def publish_themes(installation: Installation) -> tuple[Due, ...]:
    """Publish the themes of everything that is due, oldest first; what was.

    Comments are read first if any wait. Each period is one transaction, so it can be interrupted anywhere
    and done by several processes. Raises SurveyError database_*.
    """
    due = list_due(installation)
    if not due:
        return ()
    read_comments(installation)
    return tuple(one for one in due if publish_period(installation, one))


def list_due(installation: Installation) -> tuple[Due, ...]:
    """What is due, oldest first and quarters before the year that they end."""
    with installation.database.read(newest=True) as connection:
        known = publications.list_publications(connection)
        surveys = {one.survey for one in known}
        done = {(survey, code) for survey in surveys for code in themes.list_periods(connection, survey)}
    ended = {
        (one.survey, period)
        for one in known
        for period in enclosing_periods(one.month)
        if period.kind in (QUARTER, YEAR) and period.last == one.month
    }
    wanted = [Due(survey, period) for survey, period in ended if (survey, period.code) not in done]
    return tuple(sorted(wanted, key=lambda one: (one.period.last, len(list_months(one.period)), one.survey)))


def publish_period(installation: Installation, due: Due) -> bool:
    """Publish one period; False when another process was first or comments wait to be read."""
    with installation.database.read(newest=True) as connection:
        rows = prepare_rows(connection, installation, due)
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING_THEMES)
        if due.period.code in themes.list_periods(connection, due.survey):
            return False
        themes.add_published(connection, rows)
        audits.add_event(
            connection, "themes published", f"{due.survey} {due.period.code}", by=SYSTEM, areas=len(rows)
        )
    return True


def prepare_rows(connection: Connection, installation: Installation, due: Due) -> list[PublishedThemes]:
    """What will be written of a period: every county with its municipalities."""
    year = list_quarters_until(due.period)
    known = {
        (row.area, row.period): row
        for row in themes.list_published(connection, due.survey, periods=[q.code for q in year])
    }
    made = (
        count_quarter(connection, installation, due) if due.period.kind is QUARTER else add_year(known, due)
    )
    rows: list[PublishedThemes] = []
    for county in installation.areas.counties:
        within = installation.areas.within(county.code)
        rows += decide_county(county, within, made, known, due)
    return rows


def list_quarters_until(period: Period) -> tuple[Period, ...]:
    """The quarters of the period's year until its end."""
    return list_periods(QUARTER, f"{period.code[:4]}-01", period.last)


def count_quarter(connection: Connection, installation: Installation, due: Due) -> dict[str, PublishedThemes]:
    """The counts of a quarter by area, counties too; none is decided on yet."""
    chain, _ = find_reader(installation)
    months = list_months(due.period)
    answers = comments.count_answers(connection, due.survey, months)
    by_area: dict[str, list[Readable]] = defaultdict(list)
    readable: dict[str, int] = defaultdict(int)
    for row, for_panel in comments.iterate_heard(connection, due.survey, months):
        for area in list_places(installation, row.area):
            by_area[area].append(row)
            readable[area] += for_panel
    totals: dict[str, int] = defaultdict(int)
    for (code, _month), number in answers.items():
        for area in list_places(installation, code):
            totals[area] += number
    new = make_row(due, chain)
    made = {
        area: new(area, totals[area], readable[area], count_comments(by_area.get(area, ())))
        for area in (one.code for one in installation.areas)
    }
    return {area: add_topics(connection, installation, due, row) for area, row in made.items()}


def add_topics(
    connection: Connection, installation: Installation, due: Due, row: PublishedThemes
) -> PublishedThemes:
    """A row with its new topics, where it has enough comments to be shown."""
    if row.comments < THEMES_LEAST:
        return row
    topics = find_topics(connection, installation, due.survey, row.area, due.period)
    return replace(row, document=write_counts(replace(read_counts(row.document), topics=topics)))


def list_places(installation: Installation, code: str) -> tuple[str, ...]:
    """The municipality and its county; nothing for somebody who lives elsewhere."""
    areas = installation.areas
    if not areas.has(code):
        return ()
    parent = areas.find(code).parent
    return (code, parent) if parent else (code,)


def make_row(due: Due, chain: str) -> Callable[[str, int, int, Counts], PublishedThemes]:
    """A maker of a period's rows, shown until it is decided otherwise."""
    at = datetime.now(UTC)

    def make(area: str, answers: int, readable: int, counts: Counts) -> PublishedThemes:
        kind, document = due.period.kind.value, write_counts(counts)
        return PublishedThemes(
            due.survey,
            area,
            due.period.code,
            kind,
            answers,
            counts.comments,
            readable,
            None,
            document,
            chain,
            at,
        )

    return make


def add_year(known: Mapping[tuple[str, str], PublishedThemes], due: Due) -> dict[str, PublishedThemes]:
    """A year's counts by area, added from its published quarters."""
    parts: dict[str, list[PublishedThemes]] = defaultdict(list)
    for (area, _), row in known.items():
        parts[area].append(row)
    return {area: add_quarters(due, area, rows) for area, rows in parts.items()}


def add_quarters(due: Due, area: str, rows: Sequence[PublishedThemes]) -> PublishedThemes:
    counts = add_counts(read_counts(row.document) for row in rows)
    chain = " ".join(sorted({row.chain for row in rows}))[-60:]
    answers, readable = sum(row.answers for row in rows), sum(row.readable for row in rows)
    return make_row(due, chain)(area, answers, readable, counts)


def decide_county(
    county: Area,
    within: Sequence[Area],
    made: Mapping[str, PublishedThemes],
    known: Mapping[tuple[str, str], PublishedThemes],
    due: Due,
) -> list[PublishedThemes]:
    """A county's and its municipalities' rows, those hidden that must be."""
    codes = [area.code for area in within if area.code in made]
    if not codes:
        return []
    quarters = list_quarters_until(due.period)
    earlier = [q.code for q in quarters if q.code != due.period.code]
    table = {code: [count_known(known, code, quarter) for quarter in earlier] for code in codes}
    before = read_shown(county, codes, earlier, known)
    if due.period.kind is QUARTER:
        for code in codes:
            table[code].append(made[code].comments)
        shown = decide_quarter(table, before)
        told = {code for code, quarter in shown.cells if quarter == len(earlier)}
        county_told = len(earlier) in shown.columns
    else:
        shown = decide_year(table, before)
        told, county_told = set(shown.rows), shown.total
    hidden = [code for code in codes if code not in told] + ([] if county_told else [county.code])
    return [
        replace(made[code], hidden=NOT_SHOWN) if code in hidden else made[code]
        for code in (county.code, *codes)
        if code in made
    ]


def count_known(known: Mapping[tuple[str, str], PublishedThemes], area: str, period: str) -> int:
    row = known.get((area, period))
    return row.comments if row is not None else 0


def read_shown(
    county: Area,
    codes: Iterable[str],
    quarters: Sequence[str],
    known: Mapping[tuple[str, str], PublishedThemes],
) -> ShownThemes:
    """What has been shown of a county's earlier quarters."""

    def is_shown(area: str, quarter: str) -> bool:
        row = known.get((area, quarter))
        return row is not None and row.hidden is None

    return ShownThemes(
        cells=frozenset((code, at) for code in codes for at, q in enumerate(quarters) if is_shown(code, q)),
        columns=frozenset(at for at, q in enumerate(quarters) if is_shown(county.code, q)),
    )
