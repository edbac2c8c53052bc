"""Is the work done: definitions, margins, retention, months, letters, orders, the log?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from survey.audit.chain import check_chain
from survey.definition.check import check_file
from survey.definition.load import seal_definition
from survey.doctor.finding import Finding, care, refused, wrong
from survey.doctor.patient import Patient
from survey.errors import SurveyError
from survey.letters.states import State
from survey.people.group_roles import read_rules_of
from survey.publication.close import list_months_to_close
from survey.retention.rules import find_rules
from survey.store import audits, populations, rounds, waiting

OLD_MARGINS = 2  # years
STUCK_DAYS = 1
LATE = timedelta(hours=2)  # chores are done every hour


def check_definitions(patient: Patient) -> Iterator[Finding]:
    """Every definition in the folder, and whether one that is answered was changed."""
    found = patient.installation
    for file in sorted(patient.settings.surveys_dir.glob("*/*.yaml")):
        definition, problems = check_file(file)
        if definition is None or problems:
            yield wrong("definition", file=file.as_posix(), number=len(problems))
        elif found is not None:
            with found.database.read() as connection:
                known = rounds.find_definition(connection, definition.survey, definition.version)
            if known is not None and known.frozen and known.checksum != seal_definition(definition):
                facts = {"survey": definition.survey, "version": definition.version}
                yield refused("definitions", SurveyError("definition_frozen", **facts))


def check_margins(patient: Patient) -> Iterator[Finding]:
    """Who lives there, to weight by."""
    if patient.installation is None:
        return
    with patient.installation.database.read() as connection:
        years = [one.year for one in populations.list_sources(connection)]
    if not years:
        yield care("margins_missing")
    elif max(years) < patient.installation.today().year - OLD_MARGINS:
        yield care("margins_old", year=max(years))


def check_retention(patient: Patient) -> Iterator[Finding]:
    """How long things are kept, and who decided so."""
    try:
        undecided = [one.kind for one in find_rules(patient.settings) if not one.is_decided]
    except SurveyError as error:
        yield refused("retention", error)
        return
    if undecided and not patient.settings.demo:
        yield care("retention_undecided", kinds=", ".join(undecided))


def check_groups(patient: Patient) -> Iterator[Finding]:
    """The file of groups and roles."""
    file = patient.settings.oidc_roles_file
    if patient.installation is None or file is None:
        return
    try:
        read_rules_of(patient.installation, file)
    except SurveyError as error:
        yield refused("groups", error)


def check_months(patient: Patient) -> Iterator[Finding]:
    """Months that are over and not published."""
    if patient.installation is None:
        return
    late = list_months_to_close(patient.installation)
    if late:
        yield wrong("months_not_closed", months=", ".join(late))


def check_letters(patient: Patient) -> Iterator[Finding]:
    """Letters that wait, and orders of codes that nobody fetches."""
    found = patient.installation
    if found is None:
        return
    with found.database.read(newest=True) as connection:
        outboxes = waiting.list_outboxes(connection)
        unfetched = waiting.count_orders(connection, State.READY.value)
    stuck = found.today() - timedelta(days=STUCK_DAYS)
    names = [one.name for one in outboxes if one.oldest is not None and one.oldest < stuck]
    if names and found.settings.sends_mail:
        yield wrong("letters_stuck", outboxes=", ".join(names))
    elif any(one.letters for one in outboxes) and not found.settings.sends_mail:
        yield care("letters_nowhere")
    if unfetched:
        yield care("order_unfetched", number=unfetched)


def check_log(patient: Patient) -> Iterator[Finding]:
    """Has the audit log been changed, and does somebody guess codes?"""
    found = patient.installation
    if found is None:
        return
    verdict = check_chain(found)
    if verdict.broken is not None:
        yield wrong("log_broken", at=verdict.at)
    with found.database.read(newest=True) as connection:
        unsealed = audits.list_unsealed(connection, 1)
        guessed = audits.find_last(connection, "codes guessed")
    if unsealed and datetime.now(UTC) - unsealed[0].at > LATE:
        yield care("chores_late", since=unsealed[0].at.isoformat(timespec="minutes"))
    if guessed is not None and datetime.now(UTC) - guessed < timedelta(days=1):
        yield care("codes_guessed", at=guessed.isoformat(timespec="minutes"))
