"""How many codes for which municipalities stand in what was typed?"""

from __future__ import annotations

import re

from survey.areas import Areas
from survey.errors import SurveyError
from survey.letters.addresses import find_area

LINE = re.compile(r"(?P<area>.*?\S)\s*[;:,\t ]\s*(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,9})")


def read_numbers(typed: str, areas: Areas) -> dict[str, int]:
    """The number of codes by municipality, from lines such as "Växjö 120" or "0780;120".

    Raises SurveyError codes_line_wrong and codes_line_twice with the line, and codes_none.
    """
    wanted: dict[str, int] = {}
    for line, text in enumerate(typed.splitlines(), start=1):
        if not text.strip():
            continue
        found = LINE.fullmatch(text.strip())
        area = find_area(found["area"].rstrip(" ;:,"), areas) if found else None
        if found is None or area is None:
            raise SurveyError("codes_line_wrong", line=line)
        if area in wanted:
            raise SurveyError("codes_line_twice", line=line)
        wanted[area] = int("".join(found["number"].split()))
    if not wanted:
        raise SurveyError("codes_none")
    return wanted
