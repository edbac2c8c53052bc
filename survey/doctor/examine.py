"""What is everything that is wrong with an installation?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from survey.doctor import around, kept, outside, spare, work
from survey.doctor.finding import Finding, Level, refused, wrong
from survey.doctor.patient import Patient, find_patient
from survey.errors import SurveyError
from survey.installation import find_today
from survey.logs import locate_fault
from survey.settings import Settings

Check = Callable[[Patient], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    around.check_address,
    around.check_owner,
    around.check_places,
    around.check_areas,
    around.check_packages,
    kept.check_database,
    kept.check_engine,
    kept.check_reader,
    kept.check_clock,
    spare.check_keys,
    spare.check_answers,
    spare.check_list,
    spare.check_backups,
    work.check_definitions,
    work.check_margins,
    work.check_retention,
    work.check_groups,
    work.check_months,
    work.check_letters,
    work.check_log,
    outside.check_mail,
    outside.check_provider,
    outside.check_port,
    outside.check_proxy,
)


def examine(
    load: Callable[[], Settings],
    *,
    environment: Mapping[str, str] = os.environ,
    today: Callable[[], date] = find_today,
) -> tuple[Finding, ...]:
    """Everything that is found, the gravest first. Nothing is changed, and no check stops another."""
    found = list(around.check_variables(environment))
    try:
        settings = load()
    except SurveyError as error:
        return sort_findings([refused("settings", error), *found])
    patient = find_patient(settings, today=today)
    try:
        for check in CHECKS:
            found += run_check(check, patient)
    finally:
        patient.close()
    return sort_findings(found)


def run_check(check: Check, patient: Patient) -> list[Finding]:
    """What a check finds; one that cannot be done is a finding too."""
    found: list[Finding] = []
    try:
        found.extend(check(patient))
    except SurveyError as error:
        found.append(refused("check", error))
    except Exception as fault:
        found.append(wrong("check_failed", check=check.__name__, fault=locate_fault(fault)))
    return found


def sort_findings(found: list[Finding]) -> tuple[Finding, ...]:
    """The gravest first, each once."""
    unique = {(one.code, str(one.error), str(one.facts)): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: one.level != Level.WRONG))
