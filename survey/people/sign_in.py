"""How a demonstration lets people try the roles. A real installation has no such door."""

from __future__ import annotations

import hmac

from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import VISITOR, Person, Role

COOKIE = "roll"
SEPARATOR = "."


def make_demo_ticket(installation: Installation, role: str) -> str:
    """A signed value for the role cookie of a demonstration.

    Raises SurveyError not_a_demonstration in a real installation and role_unknown for another role.
    """
    if not installation.is_demo:
        raise SurveyError("not_a_demonstration")
    if role not in set(Role):
        raise SurveyError("role_unknown")
    return f"{role}{SEPARATOR}{sign_role(installation, role)}"


def read_ticket(installation: Installation, ticket: str | None) -> Person:
    """The person of a cookie; a visitor when there is none, it is forged, or this is no demonstration."""
    role, _, signature = (ticket or "").partition(SEPARATOR)
    if not installation.is_demo or role not in set(Role):
        return VISITOR
    if not hmac.compare_digest(signature.encode(errors="replace"), sign_role(installation, role).encode()):
        return VISITOR
    return Person(Role(role))


def sign_role(installation: Installation, role: str) -> str:
    return hash_keyed(installation.pepper, "demonstration role", role.encode()).hex()[:32]
