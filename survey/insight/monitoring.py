"""How many have answered a round, week by week and municipality by municipality, while it is open and after?

What is told is decided in `analysis/running_counts.py`, for everybody alike: whoever follows a round every
week, and subtracts, learns nothing of fewer people than the public threshold, and never fewer than 10. A
county is the sum of what is told of its municipalities, so that it tells nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.running_counts import MONITORING_LEAST, tell_stretches
from analysis.weeks import find_week_before, list_weeks, week_of
from survey.answering.submit import ELSEWHERE
from survey.areas import Area
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import monitoring, rounds
from survey.store.rounds import Round


@dataclass(frozen=True)
class Came:
    """Answers that came in a week or, where they were few, in several that are told together; in fives."""

    first: str
    last: str
    people: int


@dataclass(frozen=True)
class AreaCount:
    """What may be told of an area. `so_far` is None while fewer than the threshold have come.

    `area` is None for people who live elsewhere or did not say where. A county's numbers are the sums of what
    is told of its municipalities: the least there can be.
    """

    area: Area | None
    so_far: int | None
    came: tuple[Came, ...]


@dataclass(frozen=True)
class Monitoring:
    """A round's answers until the last week that is over.

    `weeks` are the finished weeks to show, and `least` how many people a number needs. `chosen` is what
    was asked for and `rows` the municipalities within it; those who live elsewhere come last of everybody.
    """

    round_: Round
    weeks: tuple[str, ...]
    least: int
    chosen: AreaCount
    rows: tuple[AreaCount, ...]


def list_followed_rounds(installation: Installation, *, viewer: Person) -> tuple[Round, ...]:
    """The rounds that can be followed: those that are answered here and have begun.

    First those that are open, and of them and of the others the newest first.

    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.SEE_ROUNDS, by=viewer)
    today = installation.today()
    with installation.database.read() as connection:
        known = rounds.list_rounds(connection)
    begun = [one for one in known if one.door != "import" and one.opens <= today]
    return tuple(sorted(begun, key=lambda one: not one.is_open(today)))


def find_followed_round(installation: Installation, asked: str, *, viewer: Person) -> Round:
    """The round of an address; for none, the first that is open and has enough answers to tell of, else the
    first that is open, else the newest.

    Raises SurveyError round_not_followed, for a round that has not begun too, and not_allowed.
    """
    known = list_followed_rounds(installation, viewer=viewer)
    if asked:
        found = next((one for one in known if one.id == asked), None)
    else:
        open_now = [one for one in known if one.is_open(installation.today())]
        told = (one for one in open_now if find_monitoring(installation, one, viewer=viewer).chosen.so_far)
        found = next(told, next(iter(known), None))
    if found is None:
        raise SurveyError("round_not_followed", round=asked[:40])
    return found


def find_monitoring(
    installation: Installation, round_: Round, *, area: str = "", viewer: Person
) -> Monitoring:
    """The answers of a round in an area, everywhere when none is named.

    Raises SurveyError not_allowed, area_unknown and database_*.
    """
    check_can_do(Permission.SEE_ROUNDS, by=viewer)
    weeks = list_weeks(week_of(round_.opens), find_week_before(installation.today()))
    least = max(MONITORING_LEAST, installation.settings.threshold_public)
    with installation.database.read() as connection:
        counts = monitoring.list_answers(connection, round_.id, last=weeks[-1] if weeks else "")
    areas = installation.areas
    if area and areas.find(area) in areas.municipalities:
        wanted: list[Area | None] = [areas.find(area)]
    else:
        wanted = [*(areas.within(area) if area else areas.municipalities)]
        wanted += [] if area else [None]
    rows = tuple(count_area(one, weeks, counts, least) for one in wanted)
    chosen = rows[0] if len(rows) == 1 else add_rows(areas.find(area) if area else None, rows)
    return Monitoring(round_, cut_weeks(round_, weeks, chosen.came), least, chosen, rows)


def cut_weeks(round_: Round, weeks: Sequence[str], came: Sequence[Came]) -> tuple[str, ...]:
    """The weeks to show: until the round's end, or the last that something is told of, whichever is later.

    Answers are counted when they are mixed, which may be after the round has closed. What is told decides,
    and not what is there, so that an empty week more says nothing.
    """
    last = max([week_of(round_.closes), *(one.last for one in came)])
    return tuple(week for week in weeks if week <= last)


def count_area(
    area: Area | None, weeks: Sequence[str], counts: Mapping[str, Mapping[str, int]], least: int
) -> AreaCount:
    """What may be told of a municipality, or of those who live elsewhere."""
    mine = counts.get(ELSEWHERE if area is None else area.code, {})
    told = tell_stretches([mine.get(week, 0) for week in weeks], least=least)
    came = tuple(Came(weeks[one.start], weeks[one.end], one.people) for one in told)
    return AreaCount(area, told[-1].so_far if told else None, came)


def add_rows(area: Area | None, rows: Sequence[AreaCount]) -> AreaCount:
    """Several areas as one, week by week: what is told of a stretch counts in the week in which it ended."""
    by_week: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for one in row.came:
            by_week[one.last] += one.people
    came = tuple(Came(week, week, people) for week, people in sorted(by_week.items()))
    return AreaCount(area, sum(by_week.values()) or None, came)
