"""What does whoever pays members get: a file of the approved days of a month, without any bank data?"""

from __future__ import annotations

from analysis.periods import month_of
from analysis.tables import write_csv
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.panel.contacts import Contact
from survey.panel.members import open_names
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions
from survey.store.missions import Fee, Mission

MINUTES_IN_HOUR = 60


def list_months(installation: Installation, *, by: Person) -> tuple[str, ...]:
    """The months in which time was approved, the newest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        return tuple(sorted({month_of(fee.approved) for fee in missions.list_fees(connection)}, reverse=True))


def export_month(installation: Installation, month: str, words: Words, *, by: Person) -> bytes:
    """A CSV file of the days that were approved in a month; the same each time once the month is over.

    It holds names, for whoever pays must know whom: never an address, a bank account or an identity number.
    That it was taken out is logged. Raises SurveyError not_allowed and payroll_empty.
    """
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.write() as connection:
        fees = [one for one in missions.list_fees(connection) if month_of(one.approved) == month]
        if not fees:
            raise SurveyError("payroll_empty")
        names = open_names(installation, connection)
        known = {one.id: one for one in missions.list_missions(connection)}
        audits.add_event(connection, "payroll taken out", month, by=by.name, rows=len(fees))
    rows = [make_row(fee, known[fee.mission], names.get(fee.member, Contact()).name, words) for fee in fees]
    return write_csv([make_header(words), *rows])


def make_header(words: Words) -> tuple[str, ...]:
    """The heads of the columns."""
    return (
        words.say("mission.payroll.member"),
        words.say("mission.payroll.name"),
        words.say("mission.payroll.unit"),
        words.say("mission.payroll.mission"),
        words.say("mission.payroll.day"),
        words.say("mission.payroll.hours"),
        words.say("mission.payroll.paid_by"),
        words.say("mission.payroll.amount"),
        words.say("mission.payroll.base"),
        words.say("mission.payroll.approved"),
    )


def make_row(fee: Fee, mission: Mission, name: str, words: Words) -> tuple[str, ...]:
    """One day of one member. Numbers are written plain, so that a pay system reads them."""
    return (
        fee.member,
        name,
        mission.unit,
        mission.id,
        fee.day.isoformat(),
        f"{fee.minutes / MINUTES_IN_HOUR:.2f}".replace(".", ","),
        words.say(f"mission.paid_by.{fee.step}"),  # keys: mission.paid_by.*
        str(fee.amount),
        str(fee.base_amount),
        fee.approved.isoformat(),
    )
