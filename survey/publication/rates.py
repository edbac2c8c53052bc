"""How many of those who were invited to a round have answered, when a month is published.

Counts grow while a round goes on, and one publication's less the one's before would tell of the few who
answered in between. So a count is told anew only when what is new since it was last told is nobody or at
least the public threshold, and when no other sum or difference of all that was told gives away fewer
(`analysis/renewals.py`); else the earlier numbers are told again, as they were. One number is kept for a
place, and everybody sees the same, by the public's threshold: a newer number for signed-in people beside the
public's older one would tell the difference.

Only months that are published count. Answers that were mixed in a pool of several rounds belong to no round:
the number of answers is the least there can be. People count where they say they live, and a county is all of
its municipalities. What was told stays in the count when an answer is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.disclosure import HiddenReason
from analysis.periods import month_of
from analysis.renewals import MOST_TELLINGS, count_new, decide_renewal
from survey.installation import Installation
from survey.store import invitations, publications, responses, rounds
from survey.store.database import Connection
from survey.store.publications import Rate
from survey.store.rounds import Round

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Counts = Mapping[tuple[str, str, str], int]  # responses by round, area and month
FIRST_REVISION = 1  # corrections count nobody again


@dataclass(frozen=True)
class Known:
    """What a round's rates stand on: who was invited, when months were published, and what was told.

    `published` is the number of each month's first publication; the month that is published now is not
    there. `told` is every rate that was shown, by area in the order of publication.
    """

    round_id: str
    invited: Mapping[str, int]
    published: Mapping[str, int]
    told: Mapping[str, Sequence[Rate]]
    counts: Counts

    def list_tellings(self, area: str) -> tuple[int, ...]:
        """The publications that told a higher number of an area than the one before."""
        told = self.told.get(area, ())
        before = (0, *(rate.answered for rate in told))
        return tuple(rate.publication_id for rate, n in zip(told, before, strict=False) if rate.answered > n)

    def find_standing(self, area: str) -> Rate | None:
        """What was told of an area last, None when that was nothing or nobody."""
        last = next(reversed(self.told.get(area, ())), None)
        return last if last is not None and last.answered else None


def count_rates(
    connection: Connection, installation: Installation, survey: str, month: str
) -> tuple[Rate, ...]:
    """The rows of a publication, of every round with invitations: as they are now, or as they stand.

    Rounds that are over stand as they are when nobody new has answered. The publication's number is 0.
    """
    invited = invitations.list_invited(connection)
    mine = [r for r in rounds.list_rounds(connection) if r.survey == survey and r.id in invited]
    if not mine:
        return ()
    published = list_published(connection, survey)
    fresh = responses.count_by_round(connection, survey, rounds=[r.id for r in mine], months=[month])
    answered = {round_id for round_id, _, _ in fresh}
    due = [r for r in mine if r.id in answered or month_of(r.opens) <= month <= month_of(r.closes)]
    left = {round_.id for round_ in mine} - {round_.id for round_ in due}
    rows = [r for r in publications.list_latest_rates(connection, survey) if r.round_id in left]
    threshold = installation.settings.threshold_public
    for round_ in due:
        known = read_known(connection, round_, invited[round_.id], published, month)
        most = MOST_TELLINGS if month >= month_of(round_.closes) else MOST_TELLINGS - 1
        for county in installation.areas.counties:
            areas = [area.code for area in installation.areas.within(county.code)]
            rows.extend(rate_county(known, county.code, areas, most=most, threshold=threshold))
    ordered = sorted(rows, key=lambda rate: (rate.round_id, rate.area))
    return tuple(replace(rate, publication_id=0) for rate in ordered)


def list_published(connection: Connection, survey: str) -> dict[str, int]:
    """The number of each month's first publication."""
    known = publications.list_publications(connection, survey)
    return {one.month: one.id for one in known if one.revision == FIRST_REVISION}


def read_known(
    connection: Connection,
    round_: Round,
    invited: Mapping[str, int],
    published: Mapping[str, int],
    month: str,
) -> Known:
    """Everything that is known of a round, this month's answers included."""
    months = sorted({one for one in published if one >= month_of(round_.opens)} | {month})
    counts = responses.count_by_round(connection, round_.survey, rounds=[round_.id], months=months)
    told: dict[str, list[Rate]] = {}
    for rate in publications.list_earlier_rates(connection, [round_.id]):
        if rate.hidden_public is None:
            told.setdefault(rate.area, []).append(rate)
    return Known(round_.id, invited, published, told, counts)


def rate_county(
    known: Known, county: str, areas: Sequence[str], *, most: int, threshold: int
) -> Iterator[Rate]:
    """The rates of a county and of those of its municipalities where somebody was invited.

    `most` is how often the county may be told: the last time is kept for the round's last month.
    """
    invited = {area: known.invited[area] for area in areas if area in known.invited}
    if not invited:
        return
    people, told = count_columns(known, county, areas)
    new, new_in_county = count_new(people, told).tolist(), int(people[:, -1].sum())
    now: Flags | None = None
    if new_in_county and people.shape[1] <= most:
        may_tell = np.array([area in invited for area in areas], dtype=np.bool_)
        now = decide_renewal(people, told, may_tell, threshold=threshold)
    whole = Place(known, county, sum(invited.values()), new_in_county, threshold)
    yield whole.tell(anew=now is not None or not new_in_county)
    for number, area in enumerate(areas):
        if area in invited:
            place = Place(known, area, invited[area], new[number], threshold)
            yield place.tell(anew=not new[number] or (now is not None and bool(now[number])))


def count_columns(known: Known, county: str, areas: Sequence[str]) -> tuple[Whole, Flags]:
    """People by municipality and by which telling of the county they came before, the next one last.

    And whether the municipality was told with each.
    """
    ends = known.list_tellings(county)
    people = np.zeros((len(areas), len(ends) + 1), dtype=np.int64)
    rows = {area: row for row, area in enumerate(areas)}
    for (_, area, month), n in known.counts.items():
        if area in rows:
            at = known.published.get(month)
            column = len(ends) if at is None else sum(end < at for end in ends)
            people[rows[area], column] += n
    tellings = [known.list_tellings(area) for area in areas]
    told = [[end in one for end in ends] for one in tellings]
    return people, np.array(told, dtype=np.bool_).reshape(len(areas), len(ends))


@dataclass(frozen=True)
class Place:
    """An area, how many were invited there, and how many have answered since it was last told."""

    known: Known
    area: str
    invited: int
    new: int
    threshold: int

    def tell(self, *, anew: bool) -> Rate:
        """The rate as it is now, or as it was told last, or hidden when it never was."""
        standing = self.known.find_standing(self.area)
        if anew:
            return self.make_rate((0 if standing is None else standing.answered) + self.new)
        if standing is not None:
            return standing
        too_few = self.new < self.threshold
        return self.make_rate(0, HiddenReason.TOO_FEW if too_few else HiddenReason.PROTECTS_ANOTHER)

    def make_rate(self, answered: int, hidden: HiddenReason | None = None) -> Rate:
        return Rate(0, self.known.round_id, self.area, self.invited, answered, hidden, hidden)
