"""How a new installation is taken into use, once, by whoever can read what it printed at its start."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.rounds import NewRound, open_round
from survey.store import audits, installations, rounds
from survey.store.rounds import Round


def offer_set_up(installation: Installation) -> str | None:
    """A new key for the one-time set-up address, None in a demonstration or when there is a round.

    Only its hash is stored; an address that was printed before stops working.
    """
    if installation.is_demo:
        return None
    with installation.database.write() as connection:
        if rounds.list_rounds(connection):
            return None
        key = secrets.token_urlsafe(24)
        installations.set_set_up_key(connection, hash_key(key))
    return key


def check_set_up_key(installation: Installation, key: str) -> None:
    """Raises SurveyError set_up_wrong when the address is not the one that was printed last, or was used."""
    with installation.database.read() as connection:
        known = installations.find_installation(connection)
    kept = known.set_up_key if known is not None else None
    if kept is None or not hmac.compare_digest(kept, hash_key(key)):
        raise SurveyError("set_up_wrong")


def set_up(installation: Installation, key: str, new: NewRound) -> Round:
    """Open the first round and close the set-up address for good.

    Raises SurveyError set_up_wrong, and what open_round raises.
    """
    check_set_up_key(installation, key)
    opened = open_round(installation, new, by="set-up")
    with installation.database.write() as connection:
        installations.set_set_up_key(connection, None)
        audits.add_event(connection, "set-up done", opened.id, by=SYSTEM)
    return opened


def hash_key(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
