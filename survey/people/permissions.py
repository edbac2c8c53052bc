"""May this person do this?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.people.roles import Permission, Person


def can_do(permission: Permission, *, by: Person) -> bool:
    """Whether a person has a permission."""
    return permission in by.permissions


def check_can_do(permission: Permission, *, by: Person) -> None:
    """Raises SurveyError not_allowed when the person lacks the permission."""
    if not can_do(permission, by=by):
        raise SurveyError("not_allowed")


def can_see_signed_in_figures(*, viewer: Person) -> bool:
    """Whether figures are shown from the lower threshold, the one for signed-in people."""
    return can_do(Permission.SEE_SIGNED_IN_FIGURES, by=viewer)
