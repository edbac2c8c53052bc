"""Which residents' words may stand behind a proposal, and which of them are shown now?

Only comments that a panel member has cleared, and only where the themes of the proposal's own area and of the
comment's quarter or year are shown. What stands behind a proposal is the comment's id: when a comment stops
being cleared or is taken back by its writer, it is shown nowhere from the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.periods import enclosing_periods, list_months, parse_period
from survey.comments.counting import read_themes
from survey.errors import SurveyError
from survey.insight.theme_tables import is_shown
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import comments, proposals, themes
from survey.store.comments import Readable
from survey.store.database import Connection
from survey.store.proposals import Proposal

MOST_OFFERED = 40  # comments to choose among
MOST_PERIODS = 4  # the newest periods that they are taken from


def list_offered(
    installation: Installation, *, survey: str, area: str, theme: str = "", but: str = "", by: Person
) -> tuple[Readable, ...]:
    """The comments that may be put behind a proposal about an area, in the order of their random ids.

    Only those about a theme where one is named; those behind another proposal than `but` are left out.
    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.WRITE_PROPOSALS, by=by)
    with installation.database.read(newest=True) as connection:
        published = themes.list_published(connection, survey, areas=[area])
        shown = [one.period for one in published if is_shown(one)][-MOST_PERIODS:]
        months = sorted({month for code in shown for month in list_months(parse_period(code))})
        rows = comments.list_readable(
            connection, survey=survey, areas=list_within(installation, area), months=months, quotable=True
        )
        taken = proposals.list_taken(connection, [row.id for row in rows], but=but)
    free = [row for row in rows if row.id not in taken]
    return tuple(row for row in free if not theme or theme in read_themes(row))[:MOST_OFFERED]


def list_within(installation: Installation, area: str) -> tuple[str, ...]:
    """The municipalities of a county, or the municipality itself."""
    return tuple(one.code for one in installation.areas.within(area)) or (area,)


def keep_quotes(
    connection: Connection, installation: Installation, proposal: Proposal, wanted: Sequence[bytes]
) -> None:
    """Put comments behind a proposal in the place of those that stood there.

    Raises SurveyError proposal_quote_gone for one that may not be shown (any more), and proposal_quote_taken
    for one that stands behind another proposal.
    """
    if len(find_visible(connection, installation, proposal, wanted)) != len(set(wanted)):
        raise SurveyError("proposal_quote_gone")
    if not proposals.replace_quotes(connection, proposal.id, wanted):
        raise SurveyError("proposal_quote_taken")


def find_visible(
    connection: Connection, installation: Installation, proposal: Proposal, ids: Iterable[bytes]
) -> tuple[Readable, ...]:
    """Those of some comments that may be shown behind a proposal now, in the order of their random ids."""
    within = list_within(installation, proposal.area)
    found = [comments.find_readable(connection, one) for one in sorted(set(ids))]
    cleared = [row for row in found if row is not None and row.quotable and row.area in within]
    periods = {row.id: [one.code for one in enclosing_periods(row.month)] for row in cleared}
    named = sorted({code for codes in periods.values() for code in codes})
    if not named:
        return ()
    published = themes.list_published(connection, proposal.survey, areas=[proposal.area], periods=named)
    shown = {one.period for one in published if is_shown(one)}
    return tuple(row for row in cleared if shown.intersection(periods[row.id]))


def find_quotes(installation: Installation, some: Sequence[Proposal]) -> dict[str, tuple[Readable, ...]]:
    """The comments behind some proposals that may be shown now, by proposal."""
    with installation.database.read(newest=True) as connection:
        behind = proposals.list_quotes(connection, [one.id for one in some])
        return {one.id: find_visible(connection, installation, one, behind.get(one.id, ())) for one in some}
