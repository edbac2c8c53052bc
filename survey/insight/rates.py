"""Which share of those who were invited to a round has answered, in each area?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure import Hidden, Shown, round_count
from survey.areas import Area
from survey.insight.audience import Audience, find_audience, tell_reason
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import publications, rounds
from survey.store.publications import Rate
from survey.store.rounds import Round


@dataclass(frozen=True)
class Answered:
    """How many were invited and how many answered, rounded to 5, and the share in whole per cents, 0-100.

    The share is that of the rounded numbers. It is the least there can be: an answer that was mixed with
    those of other rounds counts in none.
    """

    invited: int
    answered: int
    per_cent: int


@dataclass(frozen=True)
class AreaRate:
    """The rate of a county or a municipality. Nobody at all is shown, as 0 per cent."""

    area: Area
    rate: Shown[Answered] | Hidden


@dataclass(frozen=True)
class RoundRates:
    """The rates of a round: each county followed by its municipalities where people were invited."""

    round_: Round
    areas: tuple[AreaRate, ...]


def find_rates(installation: Installation, *, survey: str, viewer: Person) -> tuple[RoundRates, ...]:
    """The rates of every round with invitations as this viewer may see them, the newest round first.

    As the latest publication told them; where few have answered since, a rate stands from an earlier one.
    Empty when nothing is published or nobody was invited. Raises SurveyError database_*.
    """
    audience = find_audience(installation, viewer=viewer)
    with installation.database.read() as connection:
        told = publications.list_latest_rates(connection, survey)
        known = rounds.list_rounds(connection)
    threshold = installation.settings.threshold_public  # what rates are decided by, for everybody
    return tuple(
        RoundRates(round_, open_rates(installation, mine, audience, threshold))
        for round_ in known
        if (mine := [rate for rate in told if rate.round_id == round_.id])
    )


def open_rates(
    installation: Installation, told: Sequence[Rate], audience: Audience, threshold: int
) -> tuple[AreaRate, ...]:
    """The rates of a round in the order of the areas; areas that are no longer there are left out."""
    by_area = {rate.area: rate for rate in told}
    areas = installation.areas
    ordered = [one for county in areas.counties for one in (county, *areas.within(county.code))]
    return tuple(
        AreaRate(area, open_rate(by_area[area.code], audience, threshold))
        for area in ordered
        if area.code in by_area
    )


def open_rate(rate: Rate, audience: Audience, threshold: int) -> Shown[Answered] | Hidden:
    """A rate as its audience may see it."""
    reason = rate.hidden_signed_in if audience.signed_in else rate.hidden_public
    if reason is not None:
        return Hidden(tell_reason(reason, audience), threshold)
    invited, answered = round_count(rate.invited), round_count(rate.answered)
    return Shown(Answered(invited, answered, min(100, round(100 * answered / invited))))
