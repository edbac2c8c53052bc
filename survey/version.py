"""Which code this is: its version, and the checksum of what decides a published number."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

VERSION = "0.2.0"
HERE = Path(__file__).parent
DECIDING = (HERE.parent / "analysis", HERE / "publication", HERE / "definition")
CHECKSUM_SIGNS = 12


@lru_cache(maxsize=1)
def find_code_version() -> str:
    """Version and checksum (SHA-256, its first 12 signs) of the code that scores, estimates and protects."""
    found = hashlib.sha256()
    for folder in DECIDING:
        for file in sorted(folder.rglob("*.py")):
            found.update(file.relative_to(HERE.parent).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{VERSION} {found.hexdigest()[:CHECKSUM_SIGNS]}"
