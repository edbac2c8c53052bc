"""What does the small square on a page say, and which page of which form is it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.definition.model import Form

SIGN = "IR1"  # of our squares, and the first way of writing them
SEPARATOR = ":"
FORMS: Mapping[Form, str] = {"full": "F", "short": "S"}
MARK = re.compile(
    r"IR1:(?P<survey>[A-Z0-9_]+):(?P<version>[0-9-]+):(?P<form>[FS]):"
    r"(?P<language>[A-Z-]+):(?P<page>\d+):(?P<code>\w+)"
)


@dataclass(frozen=True)
class Mark:
    """A page as its square says it. `code` is without spaces."""

    survey: str
    version: str
    form: Form
    language: str
    page: int
    code: str


def begin_mark(survey: str, version: str, form: Form, language: str) -> str:
    """What every square of a form begins with: capitals, of which a square holds most."""
    return SEPARATOR.join((SIGN, survey.upper(), version, FORMS[form], language.upper()))


def write_mark(begins: str, page: int, code: str) -> str:
    """What the square of a page says. No address: a telephone that reads it goes nowhere."""
    return SEPARATOR.join((begins, str(page), code))


def read_mark(text: str) -> Mark | None:
    """The page of a square; None for what is none of ours."""
    found = MARK.fullmatch(text.strip())
    if found is None:
        return None
    form: Form = "full" if found["form"] == FORMS["full"] else "short"
    where = (found["survey"].lower(), found["version"], form, found["language"].lower())
    return Mark(*where, int(found["page"]), found["code"])
