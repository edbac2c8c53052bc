"""Where does a text hold a Swedish registration plate?"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.text.masking_spans import Kind, Span

_LETTERS = "A-HJ-PR-UW-Z"
"""I, Q, V, Å, Ä and Ö are not used on plates, nor O as the last sign (Transportstyrelsen)."""

_PLATE = re.compile(
    rf"(?<![\w-])(?P<letters>[{_LETTERS}]{{3}})(?P<gap>\s|-)?\d\d(?:\d|[A-HJ-NPR-UW-Z])(?![\w-]|[.,:]\d)"
    r"(?!\s?(?:mg|kr|kronor|sek|ml|kg|g|st|mmol|km|h|min|tim|minuter|timmar|dagar|gånger|procent|hp)\b|\s?%|\s?:-)",
    re.IGNORECASE,
)
_CAR = re.compile(
    r"(?:bil(?:en|ar|arna|s)?|buss(?:en)?|taxin?|fordon(?:et)?|moped(?:en)?|mc|skylt(?:en)?|ambulans(?:en)?"
    r"|reg(?:istrerings)?\.?[\s-]?(?:nr|nummer|nummret|numret|skylt)?"
    r"|registration(?: number| plate)?|number plate|car"
    r"|volvo|saab|toyota|bmw|audi|skoda|ford|opel|kia|volkswagen|vw|mercedes|peugeot|renault|nissan|tesla)"
    r"\.?,?:?(?:\s(?:med|är|har|is|with|reg\.?(?:nr)?|nummer|nr|registreringsnummer)\.?:?){0,2}\s{0,2}$",
    re.IGNORECASE,
)
_CAR_REACH = 40
_WORDS_FILE = Path(__file__).with_name("plate_words.txt")


def find_plates(text: str) -> Iterator[Span]:
    """Spans of registration plates in a folded text: sorted, apart. CRP 123 and RUM 204 are none."""
    for found in _PLATE.finditer(text):
        cue = _CAR.search(text[max(0, found.start() - _CAR_REACH) : found.start()])
        if _is_plate(found, cue=cue[0] if cue else ""):
            yield Span(*found.span(), Kind.PLATE)


def _is_plate(found: re.Match[str], *, cue: str) -> bool:
    """Whether three letters before three signs are a plate, by form and the words on cars before them."""
    letters, in_one_piece = found["letters"], not found["gap"]
    if letters.lower() in _words_before_numbers():
        if in_one_piece and (cue or (found[0].isupper() and found[0][-1].isalpha())):
            return True  # nobody writes "rum61S" for a room
        return bool(cue) and letters.isupper() and not cue.isupper()
    return bool(cue) or in_one_piece or letters.isupper()


@cache
def _words_before_numbers() -> frozenset[str]:
    """Three-letter words and abbreviations in small letters that stand before numbers in care comments."""
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
