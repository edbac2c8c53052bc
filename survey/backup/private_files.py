"""How is a small file written for its owner alone, whole or not at all?"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ONLY_OWNER, FOLDER_OF_OWNER = 0o600, 0o700


def write_private(path: Path, text: str) -> None:
    """Put a file in the place of the one that was there: a power cut leaves one of them. Raises OSError."""
    path.parent.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    half = path.with_suffix(f".{secrets.token_hex(6)}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make what was put into a folder last a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
