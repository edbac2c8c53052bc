"""What does a coordinator need to know of all missions: how long, how many unmet, who is asked too often?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from survey.installation import Installation
from survey.panel.contacts import Contact
from survey.panel.matching import TURN_DAYS, count_recent, find_often
from survey.panel.members import list_active, open_names
from survey.panel.seen import is_feedback_late
from survey.panel.states import COMING, State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import missions
from survey.store.missions import Invitation, Mission

HELD = (State.DONE, State.TOLD)


@dataclass(frozen=True)
class Counts:
    """Missions requested in the year until today. Days are medians, None where there are none to count.

    `unmet` were declined or called off, or held with fewer people than were asked for.
    """

    requested: int
    held: int
    declined: int
    cancelled: int
    smaller: int
    days_to_agreed: float | None
    days_to_told: float | None
    late: int

    @property
    def unmet(self) -> int:
        return self.declined + self.cancelled + self.smaller


@dataclass(frozen=True)
class Turn:
    """How often a member was asked in the year until today, and how often they said yes."""

    name: str = field(repr=False)
    asked: int
    yes: int
    too_often: bool


@dataclass(frozen=True)
class Statistics:
    """Everything on the page, the members who are asked most first."""

    counts: Counts
    turns: tuple[Turn, ...]


def find_statistics(installation: Installation, *, by: Person) -> Statistics:
    """What a coordinator is shown. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    today = installation.today()
    with installation.database.read(newest=True) as connection:
        known = missions.list_missions(connection)
        asked = missions.list_invitations(connection)
        active = [one.id for one in list_active(connection)]
        names = open_names(installation, connection)
    return Statistics(
        count_missions(known, asked, today=today), count_turns(active, asked, names, today=today)
    )


def count_missions(known: Iterable[Mission], asked: Sequence[Invitation], *, today: date) -> Counts:
    """The figures of the missions that were requested in the year until today."""
    recent = [one for one in known if one.requested > today - timedelta(days=TURN_DAYS)]
    held = [one for one in recent if one.state in HELD]
    agreed = [(one.agreed - one.requested).days for one in recent if one.agreed is not None]
    told = [(one.told - one.day).days for one in recent if one.told is not None]
    return Counts(
        requested=len(recent),
        held=len(held),
        declined=count_state(recent, State.DECLINED),
        cancelled=count_state(recent, State.CANCELLED),
        smaller=len([one for one in held if count_coming(one, asked) < one.number]),
        days_to_agreed=median(agreed) if agreed else None,
        days_to_told=median(told) if told else None,
        late=len([one for one in recent if is_feedback_late(one, today)]),
    )


def count_state(known: Iterable[Mission], state: State) -> int:
    return len([one for one in known if one.state == state])


def count_coming(mission: Mission, asked: Iterable[Invitation]) -> int:
    """How many have a place in the occasion that holds."""
    return len(
        [
            one
            for one in asked
            if one.mission == mission.id and one.occasion == mission.occasion and one.state in COMING
        ]
    )


def count_turns(
    active: Sequence[str], asked: Iterable[Invitation], names: Mapping[str, Contact], *, today: date
) -> tuple[Turn, ...]:
    """How often each member is asked, most first, then by name."""
    mine: dict[str, list[Invitation]] = {member: [] for member in active}
    for one in asked:
        if one.member in mine:
            mine[one.member].append(one)
    counts = {member: count_recent([one.asked for one in some], today) for member, some in mine.items()}
    often = find_often(counts)
    turns = [
        Turn(
            names.get(member, Contact()).name,
            counts[member],
            count_recent([one.asked for one in some if one.state in COMING], today),
            member in often,
        )
        for member, some in mine.items()
    ]
    return tuple(sorted(turns, key=lambda turn: (-turn.asked, turn.name)))
