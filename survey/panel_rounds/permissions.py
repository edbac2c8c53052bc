"""Who may run the panel's rounds, who may rate in them, and who may see what they came to?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person


def can_run_rounds(*, by: Person) -> bool:
    """Whether a person opens and closes the panel's rounds."""
    return can_do(Permission.RUN_PANEL_ROUNDS, by=by)


def check_can_run_rounds(*, by: Person) -> None:
    """Raises SurveyError not_allowed when the person may not open and close the panel's rounds."""
    check_can_do(Permission.RUN_PANEL_ROUNDS, by=by)


def can_rate(*, by: Person) -> bool:
    """Whether a person may rate: only a member who is told from others, as each has their own answers."""
    return bool(by.id) and can_do(Permission.ANSWER_PANEL_ROUND, by=by)


def check_can_rate(*, by: Person) -> None:
    """Raises SurveyError not_allowed, and panel_member_unknown for a role without a person."""
    check_can_do(Permission.ANSWER_PANEL_ROUND, by=by)
    if not can_rate(by=by):
        raise SurveyError("panel_member_unknown")


def can_see_ratings(*, viewer: Person) -> bool:
    """Whether a person sees what the panel's ratings came to."""
    return can_do(Permission.SEE_PANEL_RATINGS, by=viewer)


def check_can_see_ratings(*, viewer: Person) -> None:
    """Raises SurveyError not_allowed when the person may not see what the panel's ratings came to."""
    check_can_do(Permission.SEE_PANEL_RATINGS, by=viewer)
