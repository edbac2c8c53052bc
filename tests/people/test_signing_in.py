"""Does the right password let somebody in, and does nothing else, however it is tried?"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from argon2 import PasswordHasher

from survey.errors import SurveyError
from survey.installation import Installation
from survey.mail.server import Outcome
from survey.people import passwords, signing_in
from survey.people.links import MOST_RESETS
from survey.people.sending import send_links
from survey.people.sessions import find_signed_in
from survey.people.signing_in import (
    Typed,
    ask_for_reset,
    change_password,
    choose_password,
    make_reset,
    sign_in,
)
from survey.people.tries import FREE_TRIES, LONGEST_PAUSE, MOST_WRONG, WINDOW, Crowd, find_pause
from tests.digest.readers import SECONDS
from tests.mail.mail_server import Mailbox
from tests.people.newcomers import GOOD, HOUR, MINUTE, NOON, OTHER, let_in, list_done, look, try_door

LINK = re.compile(r"https://svara\.example\.se/konto/lank/(\S+)")
WRONG = "fel lösenord är det"


def find_code(installation: Installation, address: str, password: str = GOOD, **how) -> str:  # type: ignore[no-untyped-def]
    """What somebody at the door is told; empty when they are let in."""
    try:
        try_door(installation, address, password, **how)
    except SurveyError as wrong:
        return wrong.code
    return ""


@pytest.mark.parametrize(
    ("address", "password", "told"),
    [
        ("mia@exempel.se", GOOD, ""),
        (" MIA@exempel.se ", GOOD, ""),
        ("mia@exempel.se", WRONG, "sign_in_wrong"),
        ("mia@exempel.se", "", "sign_in_wrong"),
        ("ingen@exempel.se", GOOD, "sign_in_wrong"),
        ("ingen alls", GOOD, "sign_in_wrong"),
        ("", "", "sign_in_wrong"),
        ("mia@exempel.se\x00", GOOD, "sign_in_wrong"),
        ("mi\u0430@exempel.se", GOOD, "sign_in_wrong"),
        ("\u202emia@exempel.se", GOOD, "sign_in_wrong"),
        ("mia@exempel.se", "\ud800", "sign_in_wrong"),
        ("\ud800", GOOD, "sign_in_wrong"),
    ],
)
def test_who_is_let_in(address: str, password: str, told: str, installation: Installation) -> None:
    let_in(installation)
    assert find_code(installation, address, password) == told


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [
        (0, 0),
        (FREE_TRIES - 1, 0),
        (FREE_TRIES, 15),
        (FREE_TRIES + 1, 30),
        (11, 900),
        (12, 900),
        (10_000, 900),
    ],
)
def test_the_pause_doubles_and_is_never_longer_than_a_quarter(wrong: int, seconds: float) -> None:
    assert find_pause(wrong) == seconds
    assert LONGEST_PAUSE == 15 * MINUTE


def test_ten_thousand_wrong_passwords_are_hardly_looked_at_and_lock_nobody_out(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = let_in(installation)
    looked: list[str] = []
    is_right = passwords.is_right
    monkeypatch.setattr(signing_in, "is_right", lambda *given: bool(looked.append("x")) or is_right(*given))
    crowd = Crowd(most=100_000)
    told = Counter(
        find_code(installation, mia.address, f"{WRONG} {number}", at=NOON + number, crowd=crowd)
        for number in range(10_000)
    )
    assert told["sign_in_wrong"] == len(looked) < 25
    assert told["sign_in_wait"] == 10_000 - len(looked)
    assert find_code(installation, mia.address, at=NOON + 9_999) == "sign_in_wait"
    assert find_code(installation, mia.address, device=mia.device, at=NOON + 9_999) == ""
    assert find_code(installation, mia.address, at=NOON + 9_999 + LONGEST_PAUSE) == ""


@pytest.mark.parametrize("address", ["mia@exempel.se", "ingen@exempel.se"])
def test_an_address_without_an_account_waits_just_as_long(address: str, installation: Installation) -> None:
    let_in(installation)
    told = [find_code(installation, address, WRONG) for _ in range(FREE_TRIES + 2)]
    assert told == ["sign_in_wrong"] * FREE_TRIES + ["sign_in_wait"] * 2
    assert find_code(installation, address, WRONG, at=NOON + 15) == "sign_in_wrong"


def test_what_was_wrong_is_forgotten_after_a_right_one_and_after_an_hour(installation: Installation) -> None:
    mia = let_in(installation)
    for _ in range(3):
        for _ in range(FREE_TRIES - 1):
            find_code(installation, mia.address, WRONG)
        assert find_code(installation, mia.address) == ""
    for _ in range(FREE_TRIES):
        find_code(installation, mia.address, WRONG)
    assert find_code(installation, mia.address, WRONG, at=NOON + HOUR + 1) == "sign_in_wrong"
    assert find_code(installation, mia.address, WRONG, at=NOON + HOUR + 1) == "sign_in_wrong"


def test_a_known_browser_is_known_for_its_address_alone(installation: Installation) -> None:
    mia, ola = let_in(installation), let_in(installation, "ola@exempel.se")
    for _ in range(FREE_TRIES):
        find_code(installation, ola.address, WRONG)
    for forged in (mia.device, ola.device[:-1] + "x", "", ".", "x." + ola.device.partition(".")[2]):
        assert find_code(installation, ola.address, device=forged) == "sign_in_wait"
    assert find_code(installation, ola.address, device=ola.device) == ""


def test_a_known_browser_may_not_try_for_ever_either(installation: Installation) -> None:
    mia = let_in(installation)
    told = [find_code(installation, mia.address, WRONG, device=mia.device) for _ in range(FREE_TRIES + 1)]
    assert told[-1] == "sign_in_wait"
    assert find_code(installation, mia.address) == ""


def test_a_crowd_that_guesses_makes_strangers_wait_and_not_those_who_are_known(
    installation: Installation,
) -> None:
    mia = let_in(installation)
    clock = [0.0]
    crowd = Crowd(now=lambda: clock[0])
    for _ in range(MOST_WRONG):
        crowd.note_wrong()
    assert find_code(installation, mia.address, crowd=crowd) == "sign_in_crowded"
    assert find_code(installation, mia.address, crowd=crowd, device=mia.device) == ""
    clock[0] = WINDOW + 0.1
    assert find_code(installation, mia.address, crowd=crowd) == ""


def test_a_hash_of_yesterday_is_made_anew_at_the_next_sign_in(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as yesterday:
        yesterday.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
        mia = let_in(installation)
    assert find_code(installation, mia.address) == ""
    assert find_code(installation, mia.address) == ""
    done = [one.action for one in list_done(installation)]
    assert done.count("password hashed anew") == 1


def test_changing_the_password_ends_every_other_session(installation: Installation) -> None:
    mia = let_in(installation)
    here, elsewhere = try_door(installation, mia.address), try_door(installation, mia.address)
    fresh = change_password(installation, look(installation, here), GOOD, OTHER, at=NOON)
    for ended in (mia.token, here, elsewhere):
        assert find_signed_in(installation, ended, at=NOON) is None
    assert look(installation, fresh).account.id == mia.id
    assert find_code(installation, mia.address, GOOD) == "sign_in_wrong"
    assert find_code(installation, mia.address, OTHER) == ""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [(WRONG, OTHER, "password_old_wrong"), (GOOD, "kort", "password_short"), (GOOD, "mia i rymden äe", "")],
)
def test_what_is_wrong_with_a_change_changes_nothing(
    old: str, new: str, code: str, installation: Installation
) -> None:
    mia = let_in(installation)
    found = look(installation, mia.token)
    if not code:
        assert change_password(installation, found, old, new, at=NOON)
        return
    with pytest.raises(SurveyError) as wrong:
        change_password(installation, found, old, new, at=NOON)
    assert wrong.value.code == code
    assert find_signed_in(installation, mia.token, at=NOON) is not None


def test_a_forgotten_password_is_chosen_anew_with_a_letter(sending: Installation, box: Mailbox) -> None:
    mia = let_in(sending)
    box.raw.clear()
    ask_for_reset(sending, " MIA@exempel.se ", at=NOON).join()
    found = LINK.search(str(box.letters[-1].get_content()))
    assert found is not None and box.to[-1] == "mia@exempel.se"
    choose_password(sending, found[1], OTHER, at=NOON + 1)
    assert find_signed_in(sending, mia.token, at=NOON + 1) is None
    assert find_code(sending, mia.address, OTHER, at=NOON + 1) == ""


@pytest.mark.parametrize("address", ["ingen@exempel.se", "ingen alls", "", "mia@exempel.se\r\nBcc: x@y.se"])
def test_nobody_else_is_sent_anything(address: str, sending: Installation, box: Mailbox) -> None:
    let_in(sending)
    box.to.clear()
    assert ask_for_reset(sending, address, at=NOON).join() is None
    assert box.to == []


def test_a_mailbox_cannot_be_filled_with_links(installation: Installation) -> None:
    mia = let_in(installation)
    for _ in range(10):
        make_reset(installation, mia.address, at=NOON)
    assert [one.action for one in list_done(installation)].count("password link asked for") == MOST_RESETS


def test_a_link_that_the_server_puts_off_waits_and_one_it_refuses_is_told(
    sending: Installation, box: Mailbox
) -> None:
    mia = let_in(sending)
    make_reset(sending, mia.address, at=NOON)
    box.recipient_replies.append("451 later")
    assert send_links(sending, at=NOON, seconds=SECONDS) == {Outcome.PUT_OFF: 1}
    assert send_links(sending, at=NOON + 60, seconds=SECONDS) == {}
    box.recipient_replies.append("550 nobody here")
    assert send_links(sending, at=NOON + 3_100, seconds=SECONDS) == {Outcome.REFUSED: 1}
    assert send_links(sending, at=NOON + 3_500, seconds=SECONDS) == {}


def test_a_sign_in_after_the_password_was_changed_meanwhile_is_refused(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = let_in(installation)
    is_right = passwords.is_right

    def change_first(known: str | None, password: str) -> bool:
        monkeypatch.setattr(signing_in, "is_right", is_right)
        change_password(installation, look(installation, mia.token), GOOD, OTHER, at=NOON)
        return is_right(known, password)

    monkeypatch.setattr(signing_in, "is_right", change_first)
    with pytest.raises(SurveyError) as wrong:
        sign_in(installation, Typed(mia.address, GOOD), at=NOON, crowd=Crowd())
    assert wrong.value.code == "sign_in_wrong"
