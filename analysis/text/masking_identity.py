"""Where does a text hold a Swedish personal identity number or coordination number, also a mistyped one?

Form: [century]YYMMDD-NNNC (18 § folkbokföringslagen 1991:481); the day of a coordination number is 60 higher
(lag 2022:1697 om samordningsnummer).
The check digit (Luhn) never lets a number through: it only decides where the form leaves doubt.
"""

import re
from collections.abc import Iterator

from analysis.text.masking_folding import read_letters_as_digits
from analysis.text.masking_spans import Kind, Span

_GAP = r"[\s.\-+/]{0,3}"
_MONTH = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_DAY = rf"(?:[06]{_GAP}[1-9]|[1278]{_GAP}\d|[39]{_GAP}[01])"
_FREE_LEFT = r"(?<![\d+])(?<!\d[-.,:/])"
_FREE_RIGHT = r"(?!\d|[-.,:/+]\d)"
_AMOUNT = r"(?!\s?(?:kr|kronor|sek)\b|\s?:-)"

_WITH_DATE = re.compile(
    rf"{_FREE_LEFT}(?:(?:18|19|20|1\s9|2\s0){_GAP})?\d{_GAP}\d{_GAP}{_MONTH}{_GAP}{_DAY}"
    rf"(?:{_GAP}\d){{4}}{_FREE_RIGHT}{_AMOUNT}",
    re.IGNORECASE,
)
_BY_DASH = re.compile(rf"{_FREE_LEFT}(?:\d\d)?\d{{6}}\s?[-+]\s?\d{{4}}{_FREE_RIGHT}")
_BY_DASH_INCOMPLETE = re.compile(
    r"(?<![\d+])(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\s?[-+]\s?"
    r"(?:[\dXx*?_]{3,5}|[A-Z]\d{3}|[A-Z]{2}\d\d)(?![\w*]|[-./]\d)"
)
_AFTER_CUE = re.compile(
    r"(?:\bperson(?:nummer|nr)|\bpers\.?\s?nr|\bp\.?nr|\bsamordnings(?:nummer|nr)|\bidentity number|\bssn)"
    rf"(?:et)?\.?:?\s{{0,3}}(?:(?:är|var|is|was)\b:?\s{{0,3}})?(?P<number>\d(?:{_GAP}[\dX*]){{5,12}})(?!\d)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"\borg(?:anisations)?\.?[\s-]?(?:nummer|nr)\.?:?\s{0,3}(?:är\s)?$", re.IGNORECASE)
_ORGANISATION_REACH = 30
_DATE_AND_TIME = re.compile(r"(?:\d\d)?\d\d([-./])\d\d\1\d\d\s+(?:[01]\d|2[0-4])\.[0-5]\d")
_NATURAL_CUTS = frozenset({2, 4, 6, 8, 9})


def find_identity_numbers(text: str) -> Iterator[Span]:
    """Spans of identity numbers in a folded text: sorted, apart, without the words around them."""
    digits = read_letters_as_digits(text)
    spans = [(found.start("number"), found.end("number")) for found in _AFTER_CUE.finditer(digits)]
    spans += [found.span() for found in _WITH_DATE.finditer(digits) if _is_identity_number(found[0])]
    spans += [
        found.span() for found in _BY_DASH.finditer(digits) if not _is_organisation(digits, found.start())
    ]
    spans += [found.span() for found in _BY_DASH_INCOMPLETE.finditer(digits)]
    end = 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            end = span[1]
            yield Span(*span, Kind.IDENTITY_NUMBER)


def _is_identity_number(written: str) -> bool:
    """Whether 10 or 12 digits with a possible date are an identity number, given how they are grouped."""
    if _DATE_AND_TIME.fullmatch(written):
        return False
    digits = re.sub(r"\D", "", written)
    cuts = _cuts_of_short_form(written, century=len(digits) == 12)
    if digits.startswith("0"):  # born 2000-2009, or a telephone number: 070412-3456 or 070-412 34 56
        no_area_code = digits.startswith("00")
        return cuts in ({6}, {2, 4, 6}) or (not cuts and (no_area_code or _has_right_check_digit(digits)))
    single_digits = len(cuts) >= 9
    return cuts <= _NATURAL_CUTS or single_digits or _has_right_check_digit(digits[-10:])


def _cuts_of_short_form(written: str, *, century: bool) -> set[int]:
    """After how many of the last ten digits something else stands: 480501-1234 gives {6}."""
    cuts: set[int] = set()
    seen = -2 if century else 0
    for group in re.findall(r"\d+", written):
        seen += len(group)
        cuts.add(seen)
    return {cut for cut in cuts if 0 < cut < 10}


def _has_right_check_digit(ten_digits: str) -> bool:
    """Whether the last of ten digits is the Luhn digit of the nine before it."""
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(ten_digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _is_organisation(text: str, start: int) -> bool:
    """Whether the words right before `start` say that an organisation's number follows."""
    return _ORGANISATION.search(text[max(0, start - _ORGANISATION_REACH) : start]) is not None
