"""How a demonstration lets people try the roles. A real installation has no such door."""

from __future__ import annotations

import hmac
import re

from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import VISITOR, Person, Role

COOKIE = "roll"
SEPARATOR = "."
BEFORE_PERSON = "~"
PERSON_ID = re.compile(r"[0-9a-z]{0,32}")


def make_demo_ticket(installation: Installation, role: str, *, person: str = "") -> str:
    """A signed value for the role cookie of a demonstration, of one person in the role where one is named.

    Raises SurveyError not_a_demonstration in a real installation and role_unknown for another role or for a
    person's id that could be none.
    """
    if not installation.is_demo:
        raise SurveyError("not_a_demonstration")
    if role not in set(Role) or not PERSON_ID.fullmatch(person):
        raise SurveyError("role_unknown")
    who = f"{role}{BEFORE_PERSON}{person}" if person else role
    return f"{who}{SEPARATOR}{sign_role(installation, who)}"


def read_ticket(installation: Installation, ticket: str | None) -> Person:
    """The person of a cookie; a visitor when there is none, it is forged, or this is no demonstration."""
    who, _, signature = (ticket or "").partition(SEPARATOR)
    role, _, person = who.partition(BEFORE_PERSON)
    if not installation.is_demo or role not in set(Role):
        return VISITOR
    if not hmac.compare_digest(signature.encode(errors="replace"), sign_role(installation, who).encode()):
        return VISITOR
    return Person(Role(role), person)


def sign_role(installation: Installation, who: str) -> str:
    return hash_keyed(installation.pepper, "demonstration role", who.encode(errors="replace")).hex()[:32]
