"""How do members write down their time, and how is it approved with what it is paid with?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.answering import open_own
from survey.panel.changing import JOB
from survey.panel.contacts import Contact
from survey.panel.fee_table import find_amount, load_table
from survey.panel.members import open_names
from survey.panel.states import Reply, State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.database import claim_job
from survey.store.missions import Fee, Mission, Time

STEP_MINUTES = 15  # time is written down in quarters of an hour
MOST_MINUTES = 12 * 60  # of one day: more is a slip of the pen
MOST_DAYS_BEFORE = 90  # before the mission, for preparing; an earlier day is a slip of the pen
LOGGED_STATES = (State.AGREED, State.DONE, State.TOLD)


@dataclass(frozen=True)
class Day:
    """A day's time with what it is paid with. `kronor` is None where there is no table of its year."""

    time: Time
    name: str = field(repr=False)
    kronor: int | None
    approved: bool


def log_time(installation: Installation, invitation: str, *, day: date, minutes: int, by: Person) -> None:
    """Write how long one worked for a mission on a day, in the place of what was there; 0 takes it away.

    Raises SurveyError not_allowed, invitation_unknown, time_not_signed before the agreement, time_too_early
    before the group is whole, time_minutes_wrong, time_day_wrong for a day to come or long before, and
    time_approved when the day has been approved.
    """
    with open_own(installation, invitation, by=by) as (change, one):
        mission = change.mission
        if one.state != Reply.SIGNED:
            raise SurveyError("time_not_signed")
        if mission.state not in LOGGED_STATES:
            raise SurveyError("time_too_early")
        check_time(day, minutes, mission, today=installation.today())
        fees = missions.list_fees(change.connection, mission=mission.id, member=by.id)
        if any(fee.day == day for fee in fees):
            raise SurveyError("time_approved")
        missions.keep_time(change.connection, Time(mission.id, by.id, day, minutes))
        audits.add_event(change.connection, "mission time written", mission.id, by=by.name)


def check_time(day: date, minutes: int, mission: Mission, *, today: date) -> None:
    """Raises SurveyError time_minutes_wrong and time_day_wrong."""
    if not 0 <= minutes <= MOST_MINUTES or minutes % STEP_MINUTES:
        raise SurveyError("time_minutes_wrong")
    if day > today or (mission.day - day).days > MOST_DAYS_BEFORE:
        raise SurveyError("time_day_wrong")


def list_own_days(installation: Installation, mission: str, *, by: Person) -> tuple[Day, ...]:
    """What a member has written down for a mission. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    return list_days(installation, mission, member=by.id)


def list_all_days(installation: Installation, mission: str, *, by: Person) -> tuple[Day, ...]:
    """What everybody has written down for a mission, for a coordinator. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    return list_days(installation, mission)


def list_own_missions_with_time(installation: Installation, *, by: Person) -> frozenset[str]:
    """The missions that a member has written any time for. Raises SurveyError not_allowed."""
    check_can_do(Permission.DO_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        return frozenset(one.mission for one in missions.list_times(connection, member=by.id))


def list_unapproved(installation: Installation, *, by: Person) -> dict[str, tuple[Time, ...]]:
    """The days that wait to be approved, by mission, for a coordinator. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        approved = {(fee.mission, fee.member, fee.day) for fee in missions.list_fees(connection)}
        times = missions.list_times(connection)
    found: dict[str, tuple[Time, ...]] = {}
    for one in times:
        if (one.mission, one.member, one.day) not in approved:
            found[one.mission] = (*found.get(one.mission, ()), one)
    return found


def list_days(installation: Installation, mission: str, member: str | None = None) -> tuple[Day, ...]:
    with installation.database.read(newest=True) as connection:
        times = missions.list_times(connection, mission=mission, member=member)
        fees = missions.list_fees(connection, mission=mission, member=member)
        names = open_names(installation, connection)
    paid = {(fee.member, fee.day): fee.amount for fee in fees}
    return tuple(
        Day(
            one,
            names.get(one.member, Contact()).name,
            paid.get((one.member, one.day), estimate(installation, one)),
            (one.member, one.day) in paid,
        )
        for one in times
    )


def estimate(installation: Installation, time: Time) -> int | None:
    """What a day would be paid with; None where there is no table of its year."""
    try:
        return find_amount(load_table(installation.settings, time.day.year), time.minutes).kronor
    except SurveyError as wrong:
        if wrong.code == "fees_missing":
            return None
        raise


def approve_times(installation: Installation, mission: str, *, seen: tuple[Time, ...], by: Person) -> int:
    """Approve the days of a mission that the coordinator has seen and that are not approved; how many.

    Each is kept with what it is paid with by the table of its year. Raises SurveyError not_allowed,
    fees_missing for a year without a table (nothing is approved then), and panel_changed_meanwhile when a
    day is no longer as it was seen.
    """
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        approved = {(fee.member, fee.day) for fee in missions.list_fees(connection, mission=mission)}
        now = missions.list_times(connection, mission=mission)
        waiting = [one for one in now if (one.member, one.day) not in approved]
        if set(waiting) != set(seen):
            raise SurveyError("panel_changed_meanwhile")
        for one in waiting:
            missions.add_fee(connection, make_fee(installation, one, by=by))
        if waiting:
            audits.add_event(connection, "mission time approved", mission, by=by.name, days=len(waiting))
    return len(waiting)


def make_fee(installation: Installation, time: Time, *, by: Person) -> Fee:
    """What a day is paid with, as it is kept. Raises SurveyError fees_missing."""
    table = load_table(installation.settings, time.day.year)
    amount = find_amount(table, time.minutes)
    return Fee(
        time.mission,
        time.member,
        time.day,
        time.minutes,
        amount.paid_by,
        amount.kronor,
        table.price_base_amount,
        installation.today(),
        by.name,
    )
