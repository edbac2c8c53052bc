"""What is a piece of personal data in a text: which kinds there are, and where one begins and ends?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

BARRIER = "\ufdd1"
"""Stands where something is masked already. A noncharacter: no pattern matches it, none reaches over it."""


class Kind(StrEnum):
    """The kinds of personal data that are masked."""

    IDENTITY_NUMBER = "personnummer"
    PHONE = "telefon"
    EMAIL = "epost"
    URL = "webbadress"
    ADDRESS = "adress"
    POSTAL_ADDRESS = "postadress"
    PLATE = "registreringsnummer"
    BIRTH_DATE = "fodelsedatum"
    NAME = "namn"


@dataclass(frozen=True)
class Span:
    """The characters text[start:end] are personal data of this kind. 0 <= start < end <= len(text)."""

    start: int
    end: int
    kind: Kind


Finder = Callable[[str], Iterable[Span]]
"""Reads a folded text and returns spans in rising order that do not overlap."""


def put_barriers(text: str, spans: Iterable[Span]) -> str:
    """The text, as long as before, with BARRIER for every character within the spans (sorted, apart)."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], BARRIER * (span.end - span.start)]
        at = span.end
    return "".join(parts) + text[at:]
