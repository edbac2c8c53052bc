"""Which code this is: its version, and the checksum of what decides a published number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

VERSION = "0.2.0"
HERE = Path(__file__).parent
EVERYTHING = (HERE.parent / "analysis", HERE, HERE.parent / "locales")
DECIDING = (HERE.parent / "analysis", HERE / "publication", HERE / "definition")
CHECKSUM_SIGNS = 12


@lru_cache(maxsize=1)
def find_code_version() -> str:
    """Version and checksum (SHA-256, its first 12 signs) of the code that scores, estimates and protects."""
    return f"{VERSION} {seal_code(DECIDING, '*.py')[:CHECKSUM_SIGNS]}"


@lru_cache(maxsize=1)
def find_build() -> str:
    """Checksum of all code and every text: what is said of the same numbers may be another with each."""
    return seal_code(EVERYTHING, "*.py") + seal_code(EVERYTHING, "*.po")


def seal_code(folders: Iterable[Path], pattern: str) -> str:
    """The checksum of the files in some folders, hexadecimal."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob(pattern)):
            found.update(file.relative_to(HERE.parent).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
