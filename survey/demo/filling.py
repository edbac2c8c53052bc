"""How a made-up county is published, month by month, after what came in each was mixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.periods import shift_month
from survey.demo.ahead import prepare_ahead
from survey.demo.county import County
from survey.demo.sending import MadeUp, bring_in_month, list_round_months, travel_to
from survey.installation import Installation
from survey.publication.close import close_month
from survey.store import publications
from survey.store.rounds import Round


@dataclass(frozen=True)
class Filled:
    """A month that was filled and how many answers were published of it."""

    month: str
    responses: int


def list_missing_months(installation: Installation, round_: Round) -> tuple[str, ...]:
    """The months of a round that come after the latest published one."""
    with installation.database.read() as connection:
        known = publications.list_publications(connection, round_.survey)
    latest = max((publication.month for publication in known), default="")
    return tuple(month for month in list_round_months(round_) if month > latest)


def fill_months(
    installation: Installation, round_: Round, county: County, months: Sequence[str], *, letters: Round
) -> Iterator[Filled]:
    """Make, send and publish some months of a round, oldest first; one value for each that is done.

    Some answer `letters` from the month in which these begin.

    Raises SurveyError key_missing when the filling was begun with keys that are gone, and database_*.
    """
    made = MadeUp(round_, letters, county)
    with prepare_ahead(installation, made, months) as is_prepared:
        for month in months:
            if not is_prepared(month):
                bring_in_month(installation, made, month)
            then = travel_to(installation, shift_month(month, 1))
            published = close_month(then, month, forget_traces=False)
            yield Filled(month, sum(closed.responses for closed in published))
    installation.database.forget_traces()
