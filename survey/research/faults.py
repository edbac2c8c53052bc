"""What may be written in a request for a file, and everything that is wrong with it at once?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from survey.errors import SurveyError
from survey.following.faults import join_lines
from survey.insight.published import list_surveys
from survey.installation import Installation
from survey.research.writing import FileFormat

MOST_IN_PURPOSE, MOST_IN_PEOPLE, MOST_IN_PRINCIPAL, MOST_IN_REASON = 3_000, 1_000, 200, 600
LEAST_IN_PURPOSE = 40  # fewer signs say no purpose
MOST_DAYS = 5 * 366  # an agreement is for at most; then it is asked for anew
APPROVAL = re.compile(r"[0-9]{4}-[0-9]{5}-[0-9]{2}")  # as the Swedish Ethical Review Authority writes them


@dataclass(frozen=True)
class NewAgreement:
    """What a researcher wrote. `until` is a day as 2027-06-30; `accepted` that the terms are agreed to."""

    survey: str
    purpose: str
    approval: str
    principal: str
    people: str
    until: str
    file_format: str = FileFormat.PARQUET.value
    accepted: bool = False


def list_agreement_faults(installation: Installation, new: NewAgreement) -> Iterator[SurveyError]:
    """Everything that is wrong with a request."""
    if new.survey not in list_surveys(installation):
        yield SurveyError("research_survey_unpublished", survey=new.survey[:40])
    if len(join_lines(new.purpose)) < LEAST_IN_PURPOSE:
        yield SurveyError("research_purpose_short", least=LEAST_IN_PURPOSE)
    for part, text, most in (
        ("purpose", new.purpose, MOST_IN_PURPOSE),
        ("people", new.people, MOST_IN_PEOPLE),
        ("principal", new.principal, MOST_IN_PRINCIPAL),
    ):
        if not join_lines(text) and part != "purpose":
            yield SurveyError(f"research_{part}_missing")  # keys: error.research_*
        if len(text) > most:
            yield SurveyError(f"research_{part}_long", most=most, length=len(text))  # keys: error.research_*
    if not APPROVAL.fullmatch(clean_approval(new.approval)):
        yield SurveyError("research_approval_wrong")
    yield from list_until_faults(new.until, today=installation.today())
    if new.file_format not in set(FileFormat):
        yield SurveyError("research_format_unknown")
    if not new.accepted:
        yield SurveyError("research_not_accepted")


def clean_approval(typed: str) -> str:
    """The number as the authority writes it: without "Dnr" and with plain hyphens."""
    return re.sub(r"^dnr\.?\s*", "", join_lines(typed), flags=re.IGNORECASE).replace("–", "-")


def list_until_faults(typed: str, *, today: date) -> Iterator[SurveyError]:
    """What is wrong with the last day: it is a day, not past, and not too far away."""
    day = read_day(typed)
    if day is None:
        yield SurveyError("research_until_wrong", day=join_lines(typed)[:20])
    elif day < today:
        yield SurveyError("research_until_past", day=day.isoformat())
    elif day > today + timedelta(days=MOST_DAYS):
        yield SurveyError("research_until_far", day=day.isoformat())


def read_day(typed: str) -> date | None:
    """The day that was typed, None when it is none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def list_reason_faults(reason: str) -> Iterator[SurveyError]:
    """What is wrong with the reason of a decision."""
    if not join_lines(reason):
        yield SurveyError("research_reason_missing")
    if len(reason) > MOST_IN_REASON:
        yield SurveyError("research_reason_long", most=MOST_IN_REASON, length=len(reason))
