"""Which forms are keyed twice, so that the same form is always drawn and nobody can foresee it?"""

from __future__ import annotations

from survey.answering.keys import derive_key
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, keyed

USUAL_PERCENT = 10
WHOLE = 2**32


def is_drawn(round_key: bytes, secret: bytes, percent: int) -> bool:
    """Whether a form is keyed twice: by a keyed hash of its code, which only the round's key file gives.

    A larger share draws all that a smaller one draws, and some more.
    """
    drawn = int.from_bytes(derive_key(round_key, "keyed twice", secret)[:4])
    return drawn * 100 < percent * WHOLE


def find_share(installation: Installation, round_id: str) -> int:
    """Per cent of a round's forms that are keyed twice: the usual, until a coordinator says another."""
    with installation.database.read(newest=True) as connection:
        said = keyed.find_share(connection, round_id)
    return USUAL_PERCENT if said is None else said


def set_share(installation: Installation, round_id: str, percent: int, *, by: Person) -> None:
    """Say how many are keyed twice from now on.

    Raises SurveyError not_allowed, share_wrong and round_unknown.
    """
    check_can_do(Permission.LEAD_KEYING, by=by)
    if not 0 <= percent <= 100:
        raise SurveyError("share_wrong")
    find_round_now(installation, round_id)
    with installation.database.write() as connection:
        keyed.set_share(connection, round_id, percent)
        audits.add_event(connection, "share keyed twice set", round_id, by=by.name, percent=percent)
