"""How does a model become a file that holds numbers only, and how is such a file read without trusting it?

A numpy archive (.npz) with a name and a version in it. The same model gives the same bytes.
"""

import io
import math
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.text.learning_features import Vocabulary, count_answers
from analysis.text.learning_model import Basis, Model

VERSION = 1
"""Raised whenever `learning_features` sees other features: weights of the old ones would mean nothing."""
LARGEST = 100_000_000
"""Bytes, unpacked. 20,000 coded comments and 20 themes give about 5 million."""
_NAME = "invanarrosten-themes"
_BASES = tuple(Basis)
Array = npt.NDArray[Any]

_KINDS = {
    "format": "U",
    "version": "int64",
    "themes": "U",
    "bases": "int64",
    "coded": "int64",
    "positives": "int64",
    "thresholds": "float32",
    "lexicon_chances": "float32",
    "hashes": "uint32",
    "rarity": "float32",
    "word_weights": "float32",
    "answer_weights": "float32",
    "intercepts": "float32",
}


class Fault(StrEnum):
    """What is wrong with a model's file."""

    NO_MODEL = "no_model"
    """It is no file of this kind."""
    OTHER_VERSION = "other_version"
    """Another version of the application wrote it: train again."""
    BROKEN = "broken"
    """Something in it is missing, damaged or does not fit together."""
    TOO_LARGE = "too_large"
    """It would take more than LARGEST bytes."""


class ModelFileError(ValueError):
    """A model's file cannot be used; `fault` says why."""

    def __init__(self, fault: Fault, found: str) -> None:
        super().__init__(f"Model file: {fault.value} ({found}). Train the themes again from what is coded.")
        self.fault = fault


def write_model(model: Model) -> bytes:
    """The file of a model."""
    arrays = {
        "format": np.array(_NAME),
        "version": np.array(VERSION, dtype=np.int64),
        "themes": np.array(model.themes),
        "bases": np.array([_BASES.index(basis) for basis in model.bases], dtype=np.int64),
        "coded": np.array(model.coded, dtype=np.int64),
        "positives": np.array(model.positives, dtype=np.int64),
        "thresholds": model.thresholds,
        "lexicon_chances": model.lexicon_chances,
        "hashes": model.vocabulary.hashes,
        "rarity": model.vocabulary.rarity,
        "word_weights": model.word_weights,
        "answer_weights": model.answer_weights,
        "intercepts": model.intercepts,
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def read_model(file: bytes) -> Model:
    """The model that `write_model` wrote. Raises ModelFileError for anything else; executes nothing."""
    arrays = _read_arrays(file)
    if str(arrays["format"]) != _NAME:
        raise ModelFileError(Fault.NO_MODEL, "another name")
    if arrays.get("version") != VERSION:
        raise ModelFileError(Fault.OTHER_VERSION, str(arrays.get("version"))[:20])
    _check_shapes(arrays)
    _check_values(arrays)
    themes: list[str] = arrays["themes"].tolist()
    bases: list[int] = arrays["bases"].tolist()
    return Model(
        themes=tuple(themes),
        bases=tuple(_BASES[at] for at in bases),
        coded=int(arrays["coded"]),
        positives=tuple(arrays["positives"].tolist()),
        thresholds=arrays["thresholds"].astype(np.float32),
        lexicon_chances=arrays["lexicon_chances"].astype(np.float32),
        vocabulary=Vocabulary(arrays["hashes"].astype(np.uint32), arrays["rarity"].astype(np.float32)),
        word_weights=arrays["word_weights"].astype(np.float32),
        answer_weights=arrays["answer_weights"].astype(np.float32),
        intercepts=arrays["intercepts"].astype(np.float32),
    )


def _read_arrays(file: bytes) -> dict[str, Array]:
    """The arrays of the file that a model has, by name."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        raise ModelFileError(Fault.NO_MODEL, "no archive")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            sizes = {info.filename.removesuffix(".npy"): info.file_size for info in archive.infolist()}
            if "format" not in sizes:
                raise ModelFileError(Fault.NO_MODEL, "no name")
            if sum(sizes.values()) > LARGEST:
                raise ModelFileError(Fault.TOO_LARGE, f"{sum(sizes.values())} bytes")
            return {name: _read_array(archive, name, sizes[name]) for name in _KINDS if name in sizes}
    except ModelFileError:
        raise
    except Exception as error:
        # Damage makes zipfile, zlib and numpy raise a dozen kinds of errors, which all mean the same here.
        raise ModelFileError(Fault.BROKEN, type(error).__name__) from error


def _read_array(archive: zipfile.ZipFile, name: str, size: int) -> Array:
    """One array. Its head is read first, as numpy would set aside the memory for whatever size it claims."""
    with archive.open(f"{name}.npy") as packed:
        content = packed.read(size)
    stream = io.BytesIO(content)
    np.lib.format.read_magic(stream)
    shape, _, kind = np.lib.format.read_array_header_1_0(stream)
    if kind.hasobject or math.prod(shape) * kind.itemsize != len(content) - stream.tell():
        raise ModelFileError(Fault.BROKEN, name)
    return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


def _check_shapes(arrays: Mapping[str, Array]) -> None:
    """Raises ModelFileError unless all arrays are there, of their kind, and fit together."""
    if missing := [name for name, kind in _KINDS.items() if not _is_of_kind(arrays.get(name), kind)]:
        raise ModelFileError(Fault.BROKEN, ", ".join(missing))
    themes, hashes = arrays["themes"].size, arrays["hashes"].size
    shapes = {
        **dict.fromkeys(("themes", "bases", "positives", "thresholds", "intercepts"), (themes,)),
        **dict.fromkeys(("hashes", "rarity"), (hashes,)),
        "coded": (),
        "lexicon_chances": (themes, 2),
        "word_weights": (hashes, themes),
        "answer_weights": (count_answers(themes), themes),
    }
    if wrong := [name for name, shape in shapes.items() if arrays[name].shape != shape]:
        raise ModelFileError(Fault.BROKEN, ", ".join(wrong))


def _is_of_kind(array: Array | None, kind: str) -> bool:
    return array is not None and (array.dtype.kind if kind == "U" else array.dtype.name) == kind


def _check_values(arrays: Mapping[str, Array]) -> None:
    """Raises ModelFileError unless every number is one that training can give."""
    names = arrays["themes"].tolist()
    hashes = arrays["hashes"].astype(np.int64)
    chances = np.concatenate([arrays["thresholds"], arrays["lexicon_chances"].ravel()])
    counts = np.append(arrays["positives"], 0)
    sound = {
        "themes": bool(names) and len(set(names)) == len(names) and all(names),
        "bases": bool(np.isin(arrays["bases"], range(len(_BASES))).all()),
        "hashes": bool((np.diff(hashes) > 0).all()),
        "positives": bool(((counts >= 0) & (counts <= arrays["coded"])).all()),
        "chances": bool(((chances >= 0) & (chances <= 1)).all()),
        "weights": all(
            bool(np.isfinite(array).all()) for array in arrays.values() if array.dtype.kind == "f"
        ),
    }
    if wrong := [name for name, is_sound in sound.items() if not is_sound]:
        raise ModelFileError(Fault.BROKEN, ", ".join(wrong))
