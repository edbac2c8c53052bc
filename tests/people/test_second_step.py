"""Is the second step asked for, taken once, and not to be gone round?"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyotp import totp

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.assignments import NewAssignment, assign_role
from survey.people.ending import take_second_step
from survey.people.people import list_people
from survey.people.roles import VISITOR, Role
from survey.people.second_step import (
    OFFER_SECONDS,
    RECOVERY_CODES,
    begin_second_step,
    count_recovery_codes,
    end_second_step,
    offer_second_step,
    pass_second_step,
    read_offer,
)
from survey.people.sessions import CODE_SECONDS, find_signed_in
from survey.store import accounts
from tests.people.newcomers import GOOD, HOUR, NOON, SOMEBODY, Newcomer, find_top, let_in, look, try_door
from tests.processes import reopen, run_together
from tests.walks import opened

STEP = 30


def set_up(installation: Installation, who: Newcomer) -> tuple[str, tuple[str, ...]]:
    """Turn the second step on; the secret that the app has, and the recovery codes."""
    found = look(installation, who.token)
    offer = offer_second_step(installation, found, at=NOON)
    _, codes = begin_second_step(installation, found, offer, show_code(offer.secret, NOON), at=NOON)
    return offer.secret, codes


def show_code(secret: str, at: float) -> str:
    """What the app shows at a time."""
    return totp.TOTP(secret).at(int(at))


def find_told(installation: Installation, who: Newcomer, code: str, at: float) -> str:
    """What somebody is told of a code after the password; empty when they are in."""
    token = try_door(installation, who.address, at=at)
    assert look(installation, token, at).person is VISITOR
    try:
        return "" if pass_second_step(installation, look(installation, token, at), code, at=at) else "?"
    except SurveyError as wrong:
        return wrong.code


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (0, ""),
        (-STEP, ""),
        (STEP, ""),
        (-2 * STEP, "second_wrong"),
        (2 * STEP, "second_wrong"),
        (-600, "second_wrong"),  # a phone whose clock is ten minutes off
        (600, "second_wrong"),
    ],
)
def test_a_code_of_around_now_is_taken(off: int, told: str, installation: Installation) -> None:
    mia = let_in(installation)
    secret, _ = set_up(installation, mia)
    later = NOON + HOUR
    assert find_told(installation, mia, show_code(secret, later + off), later) == told


@pytest.mark.parametrize(
    "code", ["", "000000", "abcdef", "１２３４５６", "12345", "1234567", "٠١٢٣٤٥", "\x00"]
)
def test_what_is_no_code_is_refused(code: str, installation: Installation) -> None:
    mia = let_in(installation)
    set_up(installation, mia)
    assert find_told(installation, mia, code, NOON + HOUR) == "second_wrong"


def test_a_code_that_somebody_looked_over_a_shoulder_for_is_used_up(installation: Installation) -> None:
    mia = let_in(installation)
    secret, _ = set_up(installation, mia)
    later = NOON + HOUR
    code = show_code(secret, later)
    assert find_told(installation, mia, code, later) == ""
    assert find_told(installation, mia, code, later + 5) == "second_wrong"
    assert find_told(installation, mia, show_code(secret, later - STEP), later + 5) == "second_wrong"
    assert find_told(installation, mia, show_code(secret, later + STEP), later + STEP) == ""


def test_the_code_that_began_it_does_not_open_the_door_as_well(installation: Installation) -> None:
    mia = let_in(installation)
    secret, _ = set_up(installation, mia)
    assert find_told(installation, mia, show_code(secret, NOON), NOON) == "second_wrong"


def test_one_code_lets_one_of_two_browsers_in(installation: Installation) -> None:
    mia = let_in(installation)
    secret, _ = set_up(installation, mia)
    later = NOON + HOUR
    tokens = [try_door(installation, mia.address, at=later) for _ in range(2)]
    code = show_code(secret, later)
    installation.database.close()

    def enter(token: str):  # type: ignore[no-untyped-def]
        def job() -> bool:
            here = reopen(installation)
            return bool(pass_second_step(here, look(here, token, later), code, at=later))

        return job

    outcomes = run_together(*map(enter, tokens))
    assert sorted(one.error for one in outcomes) == ["", "second_wrong"]


def test_a_recovery_code_works_once_however_it_is_typed(installation: Installation) -> None:
    mia = let_in(installation)
    _, codes = set_up(installation, mia)
    assert len(set(codes)) == RECOVERY_CODES
    typed = codes[0].upper().replace("-", " ")
    assert find_told(installation, mia, typed, NOON + HOUR) == ""
    assert find_told(installation, mia, codes[0], NOON + HOUR) == "second_wrong"
    with installation.database.read(newest=True) as connection:
        known = accounts.find_account(connection, mia.id)
    assert known is not None
    assert count_recovery_codes(installation, known) == RECOVERY_CODES - 1


def test_codes_cannot_be_guessed_by_trying(installation: Installation) -> None:
    mia = let_in(installation)
    secret, _ = set_up(installation, mia)
    told = [find_told(installation, mia, "000000", NOON + HOUR) for _ in range(6)]
    assert told == ["second_wrong"] * 5 + ["sign_in_wait"]
    later = NOON + HOUR
    assert find_told(installation, mia, show_code(secret, later), later) == "sign_in_wait"
    assert find_told(installation, mia, show_code(secret, later + 20), later + 20) == ""


def test_a_password_alone_is_remembered_for_ten_minutes(installation: Installation) -> None:
    mia = let_in(installation)
    set_up(installation, mia)
    token = try_door(installation, mia.address, at=NOON + HOUR)
    assert find_signed_in(installation, token, at=NOON + HOUR + CODE_SECONDS - 1) is not None
    assert find_signed_in(installation, token, at=NOON + HOUR + CODE_SECONDS) is None


def test_an_offer_is_for_its_account_and_for_a_quarter(installation: Installation) -> None:
    mia, ola = let_in(installation), let_in(installation, "ola@exempel.se")
    offer = offer_second_step(installation, look(installation, mia.token), at=NOON)
    assert "<svg" in offer.picture and "exempel" not in offer.picture
    assert read_offer(installation, look(installation, mia.token), offer.sealed, at=NOON) == offer
    for who, sealed, at in (
        (ola, offer.sealed, NOON),
        (mia, offer.sealed, NOON + OFFER_SECONDS),
        (mia, offer.sealed[:-2] + "00", NOON),
        (mia, "", NOON),
        (mia, "zz", NOON),
    ):
        with pytest.raises(SurveyError) as wrong:
            read_offer(installation, look(installation, who.token), sealed, at=at)
        assert wrong.value.code == "second_offer_old"


def test_it_is_ended_with_a_code_and_never_begun_over_another(installation: Installation) -> None:
    mia = let_in(installation)
    secret, codes = set_up(installation, mia)
    token = pass_second_step(
        installation, look(installation, try_door(installation, mia.address)), codes[0], at=NOON
    )
    found = look(installation, token)
    offer = offer_second_step(installation, found, at=NOON)
    with pytest.raises(SurveyError) as wrong:
        begin_second_step(installation, found, offer, show_code(offer.secret, NOON), at=NOON)
    assert wrong.value.code == "people_changed_meanwhile"
    with pytest.raises(SurveyError) as wrong:
        end_second_step(installation, found, "000000", at=NOON)
    assert wrong.value.code == "second_wrong"
    end_second_step(installation, found, show_code(secret, NOON + HOUR), at=NOON + HOUR)
    assert look(installation, try_door(installation, mia.address, GOOD)).person.role is Role.MANAGER


def test_an_administrator_takes_it_away_from_who_has_lost_it(installation: Installation) -> None:
    mia = let_in(installation)
    set_up(installation, mia)
    seen = next(one for one in list_people(installation, viewer=SOMEBODY) if one.account.id == mia.id)
    take_second_step(installation, mia.id, based_on=seen.account.version, by=SOMEBODY)
    assert look(installation, try_door(installation, mia.address)).is_full


def test_a_role_that_asks_for_it_is_nobody_before_it_is_set_up(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var", SECOND_STEP_ROLES="manager,administrator") as strict:
        mia = let_in(strict)
        found = look(strict, mia.token)
        assert (found.person, found.needs_second_step) == (VISITOR, True)
        offer = offer_second_step(strict, found, at=NOON)
        token, codes = begin_second_step(strict, found, offer, show_code(offer.secret, NOON), at=NOON)
        assert look(strict, token).person.role is Role.MANAGER
        with pytest.raises(SurveyError) as wrong:
            end_second_step(strict, look(strict, token), codes[0], at=NOON)
        assert wrong.value.code == "second_needed"
        ola = let_in(strict, "ola@exempel.se", Role.COORDINATOR)
        assert look(strict, ola.token).person.role is Role.COORDINATOR
        assign_role(strict, ola.id, NewAssignment(Role.MANAGER, find_top(strict)), by=SOMEBODY)
        assert look(strict, ola.token).person.role is Role.COORDINATOR
