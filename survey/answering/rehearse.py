"""Would the keys that are kept in the second place do, if the machine were lost today?"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from survey.answering.keys import PEPPER_BYTES, KeyRing, hash_keyed, read_key
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import installations, rounds

TRIAL = b"a sealed answer"


@dataclass(frozen=True)
class Tried:
    """A key file of a place that was tried; `wrong` is None when it does what it is for."""

    file: Path
    wrong: SurveyError | None = None


def rehearse_keys(installation: Installation, folder: Path | None = None) -> tuple[Tried, ...]:
    """Try every key that the database needs now, as it lies in the second place or in a folder.

    The pepper must be the database's; a period's key must open what is sealed to the public key that the
    database has; a round's key must be the one in use. Raises SurveyError keys_no_copies when there is no
    second place and no folder is named.
    """
    place = folder or installation.keys.copies
    if place is None:
        raise SurveyError("keys_no_copies")
    return tuple(try_keys(installation, KeyRing(place)))


def try_keys(installation: Installation, keys: KeyRing) -> Iterator[Tried]:
    with installation.database.read(newest=True) as connection:
        known = installations.find_installation(connection)
        periods = {
            one: installations.find_period_key(connection, one)
            for one in installations.list_living_periods(connection)
        }
        every_round = [one.id for one in rounds.list_rounds(connection)]
    check = known.pepper_check if known is not None else b""
    yield attempt(keys.pepper_file, lambda: try_pepper(keys, check))
    for period, public in periods.items():
        if public is not None:
            path = keys.find_period_file(period)
            yield attempt(path, lambda p=period, k=public[0]: try_period(keys, p, k))
    for round_id in every_round:
        if installation.keys.has_round_key(round_id):
            path = keys.find_round_file(round_id)
            yield attempt(path, lambda r=round_id: try_round(installation, keys, r))


def attempt(path: Path, deed: Callable[[], object]) -> Tried:
    try:
        deed()
    except SurveyError as wrong:
        return Tried(path, wrong)
    return Tried(path)


def try_pepper(keys: KeyRing, check: bytes) -> None:
    """Raises SurveyError key_* when the pepper is not the database's."""
    if not hmac.compare_digest(hash_keyed(keys.read_pepper(), "check"), check):
        raise SurveyError("key_differs", file=keys.pepper_file.as_posix())


def try_period(keys: KeyRing, period: str, public_key: bytes) -> None:
    """Raises SurveyError key_* when what is sealed to a period could not be opened."""
    private: PrivateKey = keys.read_period_key(period)
    sealed = SealedBox(PublicKey(public_key)).encrypt(TRIAL)
    try:
        opened = SealedBox(private).decrypt(sealed)
    except CryptoError:
        opened = b""
    if opened != TRIAL:
        raise SurveyError("key_differs", file=keys.find_period_file(period).as_posix())


def try_round(installation: Installation, keys: KeyRing, round_id: str) -> None:
    """Raises SurveyError key_* when a round's key is not the one in use."""
    path = keys.find_round_file(round_id)
    if not hmac.compare_digest(read_key(path, PEPPER_BYTES), installation.keys.read_round_key(round_id)):
        raise SurveyError("key_differs", file=path.as_posix())
