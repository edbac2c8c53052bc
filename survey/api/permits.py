"""Which other programs may fetch what, and until when?

A permit is made by an administrator and shown as a token once; only its keyed hash is kept.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from analysis.periods import month_of
from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import PeopleError, clean_name
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.people.sealing import make_id
from survey.store import audits, permits
from survey.store.permits import Permit

TOKEN_BYTES = 32  # 256 random bits: nobody finds one by trying
TOKEN_START = "invr_"  # noqa: S105 - so that programs that look for secrets in code know one
TOKEN = re.compile(rf"{TOKEN_START}[A-Za-z0-9_-]{{43}}")
MOST_IN_NAME = 80  # signs
DAYS = (90, 365, 730)  # that a permit can be made for


class Figures(StrEnum):
    """Which figures a permit is for."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class NewPermit:
    """What somebody wrote of a permit."""

    name: str
    figures: str
    days: int


@dataclass(frozen=True)
class Made:
    """A new permit and its token, which is shown once."""

    permit: Permit
    token: str = field(repr=False)


@dataclass(frozen=True)
class Caller:
    """Who asks: a program with a permit, or anybody. `permit` is empty for anybody."""

    permit: str
    figures: Figures
    is_new_month: bool = False  # the permit has not been used in this month before


ANYBODY = Caller("", Figures.PUBLIC)


def make_permit(installation: Installation, new: NewPermit, *, by: Person) -> Made:
    """Make a permit that holds from today.

    Raises SurveyError not_allowed, and PeopleError with everything that is wrong: permit_name_missing,
    name_long, permit_figures_unknown, permit_days_unknown.
    """
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    faults = tuple(list_permit_faults(new))
    if faults:
        raise PeopleError(faults)
    token = f"{TOKEN_START}{secrets.token_urlsafe(TOKEN_BYTES)}"
    today = installation.today()
    expires = today + timedelta(days=new.days)
    permit = Permit(make_id(), clean_name(new.name), new.figures, today, expires, None)
    with installation.database.write() as connection:
        permits.add_permit(connection, permit, token_hash=hash_token(installation, token))
        audits.add_event(
            connection, "permit made", permit.id, by=by.name, figures=permit.figures, expires=permit.expires
        )
    return Made(permit, token)


def list_permit_faults(new: NewPermit):  # type: ignore[no-untyped-def]
    if not clean_name(new.name):
        yield SurveyError("permit_name_missing")
    if len(new.name) > MOST_IN_NAME:
        yield SurveyError("name_long", most=MOST_IN_NAME)
    if new.figures not in set(Figures):
        yield SurveyError("permit_figures_unknown")
    if new.days not in DAYS:
        yield SurveyError("permit_days_unknown")


def end_permit(installation: Installation, permit: str, *, by: Person) -> None:
    """Take a permit back, at once. Raises SurveyError not_allowed and permit_unknown."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    with installation.database.write() as connection:
        if not permits.delete_permit(connection, permit):
            raise SurveyError("permit_unknown")
        audits.add_event(connection, "permit taken back", permit, by=by.name)


def list_permits(installation: Installation, *, viewer: Person) -> tuple[Permit, ...]:
    """Every permit, the newest first. Raises SurveyError not_allowed."""
    check_can_do(Permission.MANAGE_PROGRAMS, by=viewer)
    with installation.database.read(newest=True) as connection:
        return permits.list_permits(connection)


def is_over(permit: Permit, today: date) -> bool:
    """Whether a permit no longer holds."""
    return today > permit.expires


def find_caller(installation: Installation, authorization: str | None) -> Caller:
    """Who sends a header `Authorization`; None is no header.

    Raises SurveyError permit_refused for anything but a token that holds. One that is unknown, was taken
    back or is over is looked up and refused in the same way.
    """
    if authorization is None:
        return ANYBODY
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not TOKEN.fullmatch(token.strip()):
        raise SurveyError("permit_refused")
    found = permits.find_by_token(installation.database, hash_token(installation, token.strip()))
    today = installation.today().isoformat()
    if found is None or found.expires < today:
        raise SurveyError("permit_refused")
    return Caller(found.id, Figures(found.figures), (found.last_month or "") < today[:7])


def note_use(installation: Installation, caller: Caller) -> None:
    """Write down in which month a permit was used, and nothing finer."""
    with installation.database.write() as connection:
        permits.note_month(connection, caller.permit, month_of(installation.today()))


def hash_token(installation: Installation, token: str) -> bytes:
    """What a permit is found by."""
    return hash_keyed(installation.pepper, "program permit", token.encode(errors="replace"))
