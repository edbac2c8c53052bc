"""What may be written about a mission or a member, and everything that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.text.masking import Kind, find_personal_data
from survey.errors import SurveyError

MOST_CHARACTERS = 600  # of a purpose or a question: a paragraph
MOST_IN_LINE = 120  # of a unit, a place or a function
PERSONAL = (Kind.EMAIL, Kind.PHONE, Kind.IDENTITY_NUMBER)
CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


class PanelError(SurveyError):
    """Something that was written with everything that is wrong in `faults`; itself it is the first."""

    def __init__(self, faults: tuple[SurveyError, ...]) -> None:
        super().__init__(faults[0].code, **faults[0].facts)
        self.faults = faults


def check_faults(faults: Iterable[SurveyError]) -> None:
    """Raises PanelError with all of the faults, when there are any."""
    found = tuple(faults)
    if found:
        raise PanelError(found)


def join_lines(text: str) -> str:
    """The text on one line without spaces around it."""
    return " ".join(text.split())


def list_text_faults(part: str, text: str, *, most: int, may_be_empty: bool = False) -> Iterator[SurveyError]:
    """What is wrong with a text; `part` tells which, such as mission_purpose."""
    written = join_lines(text)
    if not written and not may_be_empty:
        yield SurveyError(f"{part}_missing")  # keys: error.mission_*, error.member_*
    if len(written) > most:
        yield SurveyError("panel_text_long", limit=most, length=len(written))
    if any(span.kind in PERSONAL for span in find_personal_data(written)):
        yield SurveyError("panel_personal")


def read_clock(typed: str) -> str | None:
    """A time of day such as 9.30 as 09:30; None when it is none."""
    found = CLOCK.fullmatch(typed.strip())
    return f"{int(found[1]):02}:{found[2]}" if found else None
