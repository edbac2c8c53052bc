"""Do the key files belong to their owner alone, last, and go when they should?"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.keys import KeyRing, derive_key, destroy_key, hash_keyed
from survey.errors import SurveyError
from tests.processes import run_together

MAKERS: dict[str, Callable[[KeyRing], bytes]] = {
    "pepper.key": KeyRing.create_pepper,
    "period-2026-09.key": lambda keys: keys.create_period_key("2026-09"),
    "round-brev.key": lambda keys: keys.create_round_key("brev"),
}
READERS: dict[str, Callable[[KeyRing], object]] = {
    "pepper.key": KeyRing.read_pepper,
    "period-2026-09.key": lambda keys: keys.read_period_key("2026-09"),
    "round-brev.key": lambda keys: keys.read_round_key("brev"),
}
each_key = pytest.mark.parametrize("name", MAKERS)


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "var" / "keys")


def show_mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@each_key
def test_a_key_file_can_be_read_by_its_owner_alone(keys: KeyRing, name: str) -> None:
    before = os.umask(0)
    try:
        MAKERS[name](keys)
    finally:
        os.umask(before)
    assert show_mode(keys.folder) == "0o700"
    assert show_mode(keys.folder / name) == "0o600"


@each_key
def test_a_key_that_is_made_twice_is_the_same(keys: KeyRing, name: str) -> None:
    assert MAKERS[name](keys) == MAKERS[name](keys)


@each_key
def test_processes_that_make_a_key_at_once_get_the_same(keys: KeyRing, name: str) -> None:
    made = run_together(*[lambda: MAKERS[name](keys)] * 4)
    assert [one.error for one in made] == [""] * 4
    assert len({one.value for one in made}) == 1
    assert [path.name for path in keys.folder.iterdir()] == [name]


@each_key
def test_a_key_that_is_gone_is_missing_and_the_error_names_its_file(keys: KeyRing, name: str) -> None:
    with pytest.raises(SurveyError) as wrong:
        READERS[name](keys)
    assert (wrong.value.code, wrong.value.facts) == ("key_missing", {"file": f"{keys.folder}/{name}"})


@each_key
@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_key_of_the_wrong_length_is_unreadable_and_not_told(
    keys: KeyRing, name: str, content: bytes
) -> None:
    MAKERS[name](keys)
    (keys.folder / name).write_bytes(content)
    with pytest.raises(SurveyError) as wrong:
        READERS[name](keys)
    assert (wrong.value.code, wrong.value.facts) == ("key_unreadable", {"file": f"{keys.folder}/{name}"})


@pytest.mark.parametrize(
    ("name", "destroy"),
    [
        ("period-2026-09.key", lambda keys: keys.destroy_period_key("2026-09")),
        ("round-brev.key", lambda keys: keys.destroy_round_key("brev")),
    ],
)
def test_a_destroyed_key_is_overwritten_and_gone(
    keys: KeyRing, name: str, destroy: Callable[[KeyRing], None]
) -> None:
    MAKERS[name](keys)
    path = keys.folder / name
    key = path.read_bytes()
    with path.open("rb") as still_open:
        destroy(keys)
        left = still_open.read()
    assert not path.exists()
    assert len(left) == len(key)
    assert left != key


def test_destroying_a_key_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    destroy_key(tmp_path / "period-2026-09.key")
    assert list(tmp_path.iterdir()) == []


def test_processes_that_destroy_a_key_at_once_do_not_stumble(keys: KeyRing) -> None:
    for _ in range(20):
        keys.create_period_key("2026-09")
        done = run_together(*[lambda: keys.destroy_period_key("2026-09")] * 2)
        assert [one.error for one in done] == ["", ""]


def test_a_public_key_belongs_to_the_private_one(keys: KeyRing) -> None:
    public = keys.create_period_key("2026-09")
    assert bytes(keys.read_period_key("2026-09").public_key) == public


@given(pepper=st.binary(min_size=32, max_size=32), value=st.binary(max_size=40))
def test_a_hash_for_one_purpose_is_never_that_for_another(pepper: bytes, value: bytes) -> None:
    purposes = ("code", "draft of code", "draft", "draft key", "submission", "check")
    assert len({hash_keyed(pepper, purpose, value) for purpose in purposes}) == len(purposes)


@given(key=st.binary(min_size=32, max_size=32), secret=st.binary(min_size=16, max_size=16))
def test_what_one_secret_becomes_for_one_purpose_is_never_what_it_becomes_for_another(
    key: bytes, secret: bytes
) -> None:
    purposes = ("draft", "draft key", "submission", "form")
    made = {derive_key(key, purpose, secret) for purpose in purposes}
    assert {len(one) for one in made} == {32}
    assert len(made) == len(purposes)
    assert derive_key(key, "draft", secret + b".") not in made
