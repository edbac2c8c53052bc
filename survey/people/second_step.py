"""How does the second step work: a code from an app, or one of the recovery codes?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import segno
from pyotp import random_base32
from pyotp.totp import TOTP

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import tell_time
from survey.people.sealing import hash_secret, open_holder, open_sealed, seal
from survey.people.sessions import FULL, SignedIn, renew
from survey.people.tries import clear_tries, take_turn
from survey.store import accounts, audits
from survey.store.accounts import Account

STEP_SECONDS = 30  # RFC 6238's, which every app uses
STEPS_OFF = 1  # how far a phone's clock may be from ours
OFFER_SECONDS = 900.0  # how long a new secret may be on somebody's screen
RECOVERY_CODES = 10
RECOVERY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes
RECOVERY_LENGTH = 10  # 49 random bits


@dataclass(frozen=True)
class Offer:
    """A secret on its way to somebody's app: as a picture, as text, and sealed to come back with the form."""

    picture: str
    secret: str
    sealed: str


def offer_second_step(installation: Installation, found: SignedIn, *, at: float | None = None) -> Offer:
    """A new secret. Nothing is kept of it until a code shows that the app has it."""
    secret = random_base32()
    sealed = seal(
        installation, name_offer(found.account), {"secret": secret, "until": tell_time(at) + OFFER_SECONDS}
    )
    return draw_offer(installation, found, secret, sealed.hex())


def draw_offer(installation: Installation, found: SignedIn, secret: str, sealed: str) -> Offer:
    """What somebody sees of a secret; the picture is SVG."""
    address = open_holder(installation, found.account.sealed).address
    name = installation.settings.installation_name
    uri = TOTP(secret).provisioning_uri(name=address, issuer_name=name)
    picture = segno.make(uri, micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")
    return Offer(picture, secret, sealed)


def read_offer(installation: Installation, found: SignedIn, sealed: str, *, at: float | None = None) -> Offer:
    """The offer that came back with a form. Raises SurveyError second_offer_old."""
    try:
        kept = open_sealed(installation, name_offer(found.account), bytes.fromhex(sealed))
    except Exception:  # whatever was sent in its place
        raise SurveyError("second_offer_old") from None
    if kept["until"] <= tell_time(at):
        raise SurveyError("second_offer_old")
    return draw_offer(installation, found, kept["secret"], sealed)


def begin_second_step(
    installation: Installation, found: SignedIn, offer: Offer, code: str, *, at: float | None = None
) -> tuple[str, tuple[str, ...]]:
    """Ask for the second step from now on: the session's new secret, and the recovery codes, shown once.

    Raises SurveyError second_wrong, sign_in_wait, people_changed_meanwhile and signed_out.
    """
    if found.account.second is not None:
        raise SurveyError("people_changed_meanwhile")
    now = tell_time(at)
    door = find_code_door(installation, found.account)
    take_turn(installation, door, at=now)
    step = find_step_of(offer.secret, code, at=now)
    if step is None:
        raise SurveyError("second_wrong")
    codes = tuple(make_recovery_code() for _ in range(RECOVERY_CODES))
    hashes = [hash_recovery(installation, found.account, one) for one in codes]
    keep(
        installation,
        found.account,
        {"secret": offer.secret, "step": step, "codes": hashes},
        "second step begun",
    )
    clear_tries(installation, door)
    return renew(installation, found, "session renewed", at=at), codes


def pass_second_step(
    installation: Installation, found: SignedIn, typed: str, *, at: float | None = None
) -> str:
    """Take the code that is asked for after the password; the new secret of the whole session.

    A code is taken once, also by two browsers at the same moment. Raises SurveyError second_wrong,
    sign_in_wait and signed_out.
    """
    now = tell_time(at)
    door = find_code_door(installation, found.account)
    take_turn(installation, door, at=now)
    use_code(installation, found.account, typed, at=now)
    clear_tries(installation, door)
    length = installation.settings.session_length
    return renew(installation, found, "second step passed", at=at, stage=FULL, ends=now + length)


def end_second_step(
    installation: Installation, found: SignedIn, typed: str, *, at: float | None = None
) -> None:
    """Ask for the password alone from now on, for whoever still has the code.

    Raises SurveyError second_needed for a role that may not do without, second_wrong and sign_in_wait.
    """
    needed = set(installation.settings.second_step_roles) & {one.role for one in found.assignments}
    if needed:
        raise SurveyError("second_needed")
    now = tell_time(at)
    door = find_code_door(installation, found.account)
    take_turn(installation, door, at=now)
    account = use_code(installation, found.account, typed, at=now)
    with installation.database.write() as connection:
        if accounts.change_account(connection, account, second=None) is None:
            raise SurveyError("people_changed_meanwhile")
        audits.add_event(connection, "second step ended", account.id, by=found.holder)
    clear_tries(installation, door)


def use_code(installation: Installation, account: Account, typed: str, *, at: float) -> Account:
    """Use up a code of the app or for recovery. Raises SurveyError second_wrong, also for a used one."""
    if account.second is None:
        raise SurveyError("second_wrong")
    known = open_sealed(installation, name_second(account), account.second)
    step = find_step_of(known["secret"], typed, at=at)
    hashed = hash_recovery(installation, account, typed)
    if step is not None and step > known["step"]:
        return keep(installation, account, known | {"step": step}, "code used")
    if hashed in known["codes"]:
        left = [one for one in known["codes"] if one != hashed]
        return keep(installation, account, known | {"codes": left}, "recovery code used")
    raise SurveyError("second_wrong")


def keep(installation: Installation, account: Account, document: Mapping[str, Any], action: str) -> Account:
    """Write the second step anew. Raises second_wrong when somebody else has used a code meanwhile."""
    sealed = seal(installation, name_second(account), dict(document))
    with installation.database.write() as connection:
        changed = accounts.change_account(connection, account, second=sealed)
        if changed is None:
            raise SurveyError("second_wrong")
        audits.add_event(connection, action, account.id, by=f"account {account.id}")
    return changed


def find_step_of(secret: str, typed: str, *, at: float) -> int | None:
    """Which half minute a code of the app is for, when it is one around now; None for any other."""
    code = "".join(typed.split())
    if not (code.isascii() and code.isdigit()):
        return None
    app, here = TOTP(secret, interval=STEP_SECONDS), int(at) // STEP_SECONDS
    around = range(here - STEPS_OFF, here + STEPS_OFF + 1)
    return next((step for step in around if secrets.compare_digest(app.generate_otp(step), code)), None)


def count_recovery_codes(installation: Installation, account: Account) -> int:
    """How many recovery codes are left; none without a second step."""
    if account.second is None:
        return 0
    return len(open_sealed(installation, name_second(account), account.second)["codes"])


def make_recovery_code() -> str:
    """A new code, in two halves that are easily typed."""
    signs = "".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH))
    return f"{signs[: RECOVERY_LENGTH // 2]}-{signs[RECOVERY_LENGTH // 2 :]}"


def hash_recovery(installation: Installation, account: Account, typed: str) -> str:
    """What a recovery code is known by; hyphens, spaces and capital letters make no difference."""
    plain = "".join(sign for sign in typed.casefold() if sign.isalnum())
    return hash_secret(installation, "recovery", f"{account.id} {plain}").hex()


def find_code_door(installation: Installation, account: Account) -> bytes:
    """Where wrong codes for an account are counted."""
    return hash_secret(installation, "code door", account.id)


def name_second(account: Account) -> str:
    """What an account's second step is sealed as: it opens for no other account."""
    return f"second {account.id}"


def name_offer(account: Account) -> str:
    return f"second offer {account.id}"
