"""Is a model the same after it was kept, is no text in it, and does a broken file do no harm?"""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import learning_file
from analysis.text.learning import train
from analysis.text.learning_file import VERSION, Fault, ModelFileError, read_model, write_model
from analysis.text.learning_model import suggest
from tests.analysis.text.learning_examples import ASIDE, SAID, THEMES, write_comments

MODEL = train(write_comments(200), themes=THEMES)
FILE = write_model(MODEL)
ARRAYS: dict[str, Any] = dict(np.load(io.BytesIO(FILE)))


def pack(arrays: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def find_fault(file: bytes) -> Fault:
    with pytest.raises(ModelFileError) as caught:
        read_model(file)
    return caught.value.fault


def test_a_model_that_was_kept_says_the_same() -> None:
    kept = read_model(FILE)
    comments = [one.comment for one in write_comments(50, seed=2)]
    assert [suggest(kept, one) for one in comments] == [suggest(MODEL, one) for one in comments]
    assert (kept.bases, kept.coded, kept.positives) == (MODEL.bases, MODEL.coded, MODEL.positives)
    assert write_model(kept) == FILE


def test_a_model_that_learnt_nothing_can_be_kept() -> None:
    assert read_model(write_model(train([], themes=("food",)))).themes == ("food",)


def test_a_file_holds_no_word_of_anybody() -> None:
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    said = {
        word
        for phrases in (*SAID.values(), ASIDE)
        for phrase in phrases
        for word in phrase.split()
        if len(word) > 3
    }
    for word in said:
        assert all(word.encode(code) not in content for code in ("utf-8", "utf-16-le", "utf-32-le"))


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (b"", Fault.NO_MODEL),
        (b"not a model", Fault.NO_MODEL),
        (FILE[:-40], Fault.NO_MODEL),
        (pickle.dumps(MODEL.themes), Fault.NO_MODEL),
        (pack({"a": np.array(1)}), Fault.NO_MODEL),
        (pack({**ARRAYS, "format": np.array("another")}), Fault.NO_MODEL),
        (pack({**ARRAYS, "version": np.array(VERSION + 1)}), Fault.OTHER_VERSION),
        (pack({name: array for name, array in ARRAYS.items() if name != "version"}), Fault.OTHER_VERSION),
    ],
)
def test_what_is_no_model_of_this_version_is_refused(file: bytes, fault: Fault) -> None:
    assert find_fault(file) is fault


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("hashes", lambda array: array[::-1]),
        ("hashes", lambda array: array.astype(np.int64)),
        ("rarity", lambda array: array[1:]),
        ("rarity", lambda array: np.where(array > 1, np.inf, array).astype(np.float32)),
        ("word_weights", lambda array: array.T),
        ("word_weights", lambda array: array * np.float32(np.nan)),
        ("answer_weights", lambda array: array[:-1]),
        ("thresholds", lambda array: array + 1),
        ("thresholds", lambda array: array.astype(object)),
        ("lexicon_chances", lambda array: -array),
        ("positives", lambda array: array + 1000),
        ("positives", lambda array: array - 1000),
        ("bases", lambda array: array + 3),
        ("bases", lambda array: array - 9),
        ("coded", lambda array: array[None]),
        ("themes", lambda array: np.array(["food", "food", "access"])),
        ("themes", lambda array: np.array(["food", "", "access"])),
        ("themes", lambda array: array[:0]),
        ("intercepts", lambda array: None),
    ],
)
def test_what_does_not_fit_together_is_broken(name: str, change: Callable[[Any], Any]) -> None:
    arrays = {**ARRAYS, name: change(ARRAYS[name])}
    assert (
        find_fault(pack({key: array for key, array in arrays.items() if array is not None})) is Fault.BROKEN
    )


def test_nothing_that_is_pickled_is_unpacked(tmp_path: Any) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (open, (str(tmp_path / "sprung"), "w"))

    array = np.empty(3, dtype=object)
    array[:] = Trap()
    assert find_fault(pack({**ARRAYS, "themes": array})) is Fault.BROKEN
    assert not (tmp_path / "sprung").exists()


def test_an_array_that_claims_to_be_huge_takes_no_memory() -> None:
    head = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }"
    array = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + b"\0" * 8
    file = io.BytesIO(FILE)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, array if name == "rarity.npy" else old.read(name))
    assert find_fault(changed.getvalue()) is Fault.BROKEN


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_file, "LARGEST", 1000)
    assert find_fault(FILE) is Fault.TOO_LARGE


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(FILE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_happens_to_a_file_it_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    file = bytearray(FILE)
    for at, value in changes:
        file[at] = value
    try:
        read_model(bytes(file))
    except ModelFileError as error:
        assert error.fault in Fault
