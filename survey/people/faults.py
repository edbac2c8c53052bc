"""What may be written about people and organisations, and everything that is wrong with it at once?"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable, Iterator

from survey.digest.addresses import read_address
from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES

MOST_IN_NAME = 80  # signs of a person's or an organisation's name
HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn")  # kinds of signs that nobody sees, or that turn the others round


class PeopleError(SurveyError):
    """Something that was written with everything that is wrong in `faults`; itself it is the first."""

    def __init__(self, faults: tuple[SurveyError, ...]) -> None:
        super().__init__(faults[0].code, **faults[0].facts)
        self.faults = faults


def check_faults(faults: Iterable[SurveyError]) -> None:
    """Raises PeopleError with all of the faults, when there are any."""
    found = tuple(faults)
    if found:
        raise PeopleError(found)


def list_faults_of(wrong: SurveyError) -> tuple[SurveyError, ...]:
    """Everything that is wrong, when an error is about several things; else the error itself."""
    return wrong.faults if isinstance(wrong, PeopleError) else (wrong,)


def clean_name(text: str) -> str:
    """A name on one line, without signs that nobody sees."""
    shown = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in HIDDEN)
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def list_name_faults(text: str) -> Iterator[SurveyError]:
    """What is wrong with a person's name: person_name_missing, name_long."""
    if not clean_name(text):
        yield SurveyError("person_name_missing")
    if len(text) > MOST_IN_NAME:
        yield SurveyError("name_long", most=MOST_IN_NAME)


def list_holder_faults(typed: str, name: str, language: str) -> Iterator[SurveyError]:
    """What is wrong with who an account is for; nothing of it is repeated."""
    try:
        read_address(typed)
    except SurveyError as wrong:
        yield wrong
    yield from list_name_faults(name)
    if language not in WHOLE_LANGUAGES:
        yield SurveyError("language_unknown")


def tell_time(at: float | None = None) -> float:
    """A time in seconds since 1970: the given one, else now."""
    return time.time() if at is None else at
