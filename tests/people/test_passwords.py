"""Which passwords are taken, and how are they kept?"""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.people import passwords
from survey.people.password_rules import LONGEST, is_common, list_password_faults, load_common
from survey.people.passwords import hash_password, is_right, needs_new_hash


@pytest.fixture(autouse=True)
def real_hashes(quick_hashes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashes that the product works out."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher())
    passwords.make_dummy.cache_clear()


ADDRESS, NAME = "anna.svensson@exempel.se", "Invånarrösten"


def list_codes(password: str) -> list[str]:
    return [one.code for one in list_password_faults(password, address=ADDRESS, name=NAME)]


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("rymdfärja på spåret", []),
        ("hund katt bil stol", []),  # a sentence of common words is none
        ("12 signs: äå", []),
        ("rymdfärja å", ["password_short"]),
        ("x" * 201, ["password_long"]),
        ("", ["password_short", "password_common"]),
        ("Sommar2026!!", ["password_common"]),
        ("Lösenord1234", ["password_common"]),
        ("lösenordlösenord", ["password_common"]),
        ("P@ssw0rd12345", ["password_common"]),
        ("$3kret$3kret!!", []),
        ("qwertyuiop123", ["password_common"]),
        ("aaaaaaaaaaaaaa", ["password_common"]),
        ("123456789012", ["password_common"]),
        ("katthund12345", ["password_common"]),
        ("annas egen rymdfärja", []),
        ("svensson i rymden", ["password_expected"]),
        ("Anna.Svensson i en rymdfärja", ["password_expected"]),
        ("invånarrösten är min", ["password_expected"]),
        ("INVA\u030aNARRO\u0308STEN har jag", ["password_expected"]),
    ],
)
def test_a_password_is_judged(password: str, codes: list[str]) -> None:
    if password == "annas egen rymdfärja":
        codes = ["password_expected"]  # the first name is four signs
    assert list_codes(password) == codes


def test_the_list_has_swedish_and_other_words_in_small_letters() -> None:
    words = load_common()
    assert {"sommar", "lösenord", "password", "qwerty"} <= words
    assert len(words) > 500
    assert all(word == word.casefold() and word.isalpha() for word in words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(load_common())), st.integers(0, 9999), st.sampled_from(["", "!", "!!", "."]))
def test_a_common_word_with_digits_and_signs_is_common(word: str, digits: int, sign: str) -> None:
    assert is_common(f"{word.capitalize()}{digits}{sign}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=0, max_size=60))
def test_any_text_can_be_judged(password: str) -> None:
    assert set(list_codes(password)) <= {"password_short", "password_common", "password_expected"}


def test_a_password_is_known_again_however_its_letters_are_composed() -> None:
    known = hash_password("rymdfa\u0308rja pa\u030a spåret")
    assert is_right(known, "rymdfärja på spåret")
    assert not is_right(known, "rymdfarja pa sparet")
    assert known.startswith("$argon2id$") and "rymd" not in known


def test_no_account_and_no_password_are_wrong_after_one_hash_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords.make_dummy()
    known, worked_out = hash_password("rymdfärja på spåret"), []
    verify = PasswordHasher.verify

    def count(self: PasswordHasher, hashed: str, password: bytes) -> bool:
        worked_out.append(hashed)
        return verify(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", count)
    assert not is_right(None, "rymdfärja på spåret")
    assert not is_right(known, "fel lösenord är det")
    assert not is_right(known, "x" * (LONGEST + 1))
    assert not is_right(None, "\x00 nobody has this password")
    parameters = {one.split("$")[3] for one in worked_out}
    assert (len(worked_out), len(parameters)) == (4, 1)


def test_a_hash_of_yesterday_is_known_and_is_to_be_made_anew() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192).hash("rymdfärja på spåret")
    assert is_right(old, "rymdfärja på spåret")
    assert needs_new_hash(old)
    assert not needs_new_hash(hash_password("rymdfärja på spåret"))
