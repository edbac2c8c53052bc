"""Where does a text tell somebody's date of birth, as its own words say?"""

import re
from collections.abc import Iterator

from analysis.text.masking_spans import Kind, Span

_MONTH_NAME = (
    r"(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|mar(?:s|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:ust[i]?)?"
    r"|sep(?:t(?:ember)?)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)\b\.?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|[-'’]?\d\d)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_LOOSE_MONTH = r"(?:0?[1-9]|1[0-2])"
_LOOSE_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE_WITH_YEAR = (
    rf"(?:18|19|20)\d\d[-./ ]?{_MONTH}[-./ ]?{_DAY}"
    rf"|\d\d[-./]?{_MONTH}[-./]?{_DAY}"
    rf"|{_LOOSE_DAY}\s?[-./]\s?{_LOOSE_MONTH}\s?[-./]?\s?{_YEAR}"
    rf"|{_LOOSE_DAY}(?::?[aeAE]|st|nd|rd|th|\.)?\s?(?:of )?{_MONTH_NAME},?\s?{_YEAR}"
    rf"|{_MONTH_NAME}\s?{_LOOSE_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}"
)
_DATE_WITHOUT_YEAR = (
    rf"{_LOOSE_DAY}(?::?[aeAE]|st|nd|rd|th|\.)?\s?(?:of )?{_MONTH_NAME}|{_LOOSE_DAY}/{_LOOSE_MONTH}"
)
_FILLING = (
    r"(?:\s{0,2}[:,(=]|\s{1,3}(?:är|var|is|was|the|den|on|dag)\b){0,3}"
    r"(?:\s(?:i|på|in|at)(?:\s(?!den\b|on\b)[^\W\d]{1,30}){1,3},?(?:\s(?:den|on)\b)?)?\s{0,3}"
)
_BORN = re.compile(
    r"\b(?:född|fött|födda|föddes|födelse(?:datum|tid|dag(?:en)?)|born|birthday|date of birth|dob)\b"
    rf"{_FILLING}(?P<date>{_DATE_WITH_YEAR}|{_DATE_WITHOUT_YEAR})(?!\d|[./-]\d)",
    re.IGNORECASE,
)
_BORN_SHORT = re.compile(
    rf"(?<![\w.])f(?:\.\s{{0,2}}|\s)(?:den )?(?P<date>{_DATE_WITH_YEAR})(?!\d|[./-]\d)", re.IGNORECASE
)
_CUE = re.compile(r"född|fött|föde|född|born|birth|dob|(?<![\w.])f[.\s]", re.IGNORECASE)


def find_birth_dates(text: str) -> Iterator[Span]:
    """Spans of dates of birth in a folded text: the date, not the word "född". A year alone is none."""
    if not _CUE.search(text):
        return
    spans = [found.span("date") for pattern in (_BORN, _BORN_SHORT) for found in pattern.finditer(text)]
    end = 0
    for start, stop in sorted(spans):
        if start >= end:
            end = stop
            yield Span(start, stop, Kind.BIRTH_DATE)
