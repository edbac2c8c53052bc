"""How a name or a code from elsewhere becomes one that a definition may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 40  # characters of an identifier or a code, definition/model.py
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[a-z0-9_]{1,40}")
VERSION = re.compile(r"\d{4}-\d{1,3}")


def fit_identifier(name: str, taken: Collection[str] = ()) -> str:
    """The name as an identifier that is not taken: a-z, 0-9 and _, beginning with a letter.

    A name that is one already is returned as it is, also when it is taken: two of the same are a fault,
    and the check tells of it.
    """
    if IDENTIFIER.fullmatch(name):
        return name
    plain = fit(name)
    return find_free(plain if IDENTIFIER.fullmatch(plain) else f"q_{plain}"[:LONGEST].rstrip("_"), taken)


def fit_code(name: str, taken: Collection[str] = ()) -> str:
    """The name as a code that is not taken; one that is a code already is returned as it is."""
    if CODE.fullmatch(name):
        return name
    return find_free(fit(name) or "c", taken)


def fit(name: str) -> str:
    """A name without marks, capitals and other signs; may be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].rstrip("_")


def find_free(name: str, taken: Collection[str]) -> str:
    """The name, or the first of name_2, name_3, … that is free."""
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = f"{name[: LONGEST - len(ending)]}{ending}"
    return free
