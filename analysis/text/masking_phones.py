"""Where does a text hold a telephone number, Swedish or foreign, however it is spaced?"""

import re
from collections.abc import Iterator

from phonenumbers import PhoneNumberMatcher

from analysis.text.masking_folding import read_letters_as_digits
from analysis.text.masking_spans import Kind, Span

_GAP = r"[\s./\-()]{0,3}"
_FREE_LEFT = r"(?<![\d+])(?<!\d[-.,:/])"

_ABROAD = re.compile(rf"(?<![\d+])(?:\+\s?|00)[1-9](?:{_GAP}\d){{7,14}}(?!\d)")
_SWEDEN = re.compile(
    rf"(?<![\d+])\(?(?:\+\s?46|0046)\)?{_GAP}0?{_GAP}(?:[1-9](?:{_GAP}\d){{6,8}}|\d{{7,11}})(?!\d)"
)
_MOBILE = re.compile(rf"{_FREE_LEFT}\(?0{_GAP}7(?:{_GAP}\d){{8}}(?!\d)")
_AREA_CODE = re.compile(
    rf"{_FREE_LEFT}\(?(?:(?:08|0\d{{2,3}})(?:\)\s?-?\s?|\s?[-/.]\s?)|(?:08|0[1-9]\d{{1,2}})\s)"
    r"(?:\d{2,4}(?:[ .-]\d{2,4}){1,3}|\d{5,8})(?!\d|[.:,]\d|\s?(?:kr|kronor|sek)\b)"
)
_UNBROKEN = re.compile(rf"{_FREE_LEFT}0[1-9]\d{{6,9}}(?!\d|[-.,:/]\d)")
_AFTER_CUE = re.compile(
    r"\b(?:(?:tele(?:fon|phone|fån)?|mobil(?:telefon|e)?|tel|tfn|phone)\.?\s?(?:nummer|number|nr)?|nås på"
    r"|swisha?(?: till)?|(?:ring|sms:?a|call)(?: (?:till|mig|oss|hem|henne|honom|me|us))?(?: på| on)?)"
    r"[.:]{0,2}\s{0,3}(?:(?:är|is|på) )?"
    r"(?P<number>[1-9]\d{1,3}(?:[ -]\d{2,4}){1,3}|[1-9]\d{4,9})(?!\d|[-.:,]\d)",
    re.IGNORECASE,
)

_LONG_RUN = re.compile(rf"\d(?:{_GAP}\d){{5,}}")

_HOUR = r"(?:[01]\d|2[0-4])"
_MINUTE = r"[0-5]\d"
_HOURS = re.compile(
    rf"{_HOUR}\s?-\s?{_HOUR}(?:\s{_HOUR}\s?-\s?{_HOUR})+|{_HOUR}\.{_MINUTE}\s?-?\s?{_HOUR}\.{_MINUTE}.*"
    rf"|{_HOUR}{_MINUTE}\s?-\s?{_HOUR}{_MINUTE}"
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]{0,2}(?:19|20)\d\d"
    r"|(?:19|20)\d\d[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?(?:0[1-9]|[12]\d|3[01])"
)
_PUBLIC_SERVICE = re.compile(r"11[2-9](?:\s?\d{2,3})?|117\s?7")
_FEWEST_DIGITS = 8
_MOST_DIGITS = 10
"""A Swedish number with its leading 0 has 8 to 10 digits (the national numbering plan kept by PTS)."""


def find_phones_with_country(text: str) -> Iterator[Span]:
    """Spans of numbers written with + or 00 and a country code, in a folded text: sorted, apart."""
    digits = read_letters_as_digits(text)
    if "+" not in digits and "00" not in digits:
        return
    spans = [found.span() for found in _SWEDEN.finditer(digits)]
    spans += [span for found in _ABROAD.finditer(digits) for span in _foreign_number(found)]
    yield from _apart(text, spans)


def find_long_digit_runs(text: str) -> Iterator[Span]:
    """Spans of all digits that stand together, six or more, in a folded text: sorted, apart."""
    yield from _apart(text, [found.span() for found in _LONG_RUN.finditer(text)])


def find_phones(text: str) -> Iterator[Span]:
    """Spans of numbers without a country code in a folded text: sorted, apart. Times and dates are none."""
    digits = read_letters_as_digits(text)
    spans = [found.span() for found in _MOBILE.finditer(digits)]
    spans += [span for found in _AREA_CODE.finditer(digits) for span in _without_extra_groups(found)]
    spans += [found.span() for found in _UNBROKEN.finditer(digits) if not _DATE.fullmatch(found[0])]
    spans += [span for found in _AFTER_CUE.finditer(digits) for span in _local_number(found)]
    yield from _apart(text, spans)


def _foreign_number(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The part of a candidate that is a valid number; a candidate with + is taken whole when none is."""
    written = found[0]
    match = next(iter(PhoneNumberMatcher(written, "SE")), None)
    if match is not None:
        yield found.start() + match.start, found.start() + match.end
    elif written.startswith("+"):
        yield found.span()


def _without_extra_groups(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The candidate without the groups that would make it too long; nothing for hours, dates, short ones."""
    written = found[0]
    while _count_digits(written) > _MOST_DIGITS and (cut := re.search(r"\D+\d+$", written)):
        written = written[: cut.start()]
    if _count_digits(written) >= _FEWEST_DIGITS and not (
        _HOURS.fullmatch(found[0]) or _DATE.fullmatch(written)
    ):
        yield found.start(), found.start() + len(written)


def _local_number(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A number without area code after a word such as "ring"; nothing if it is hours, a date or 114 14."""
    written = found["number"]
    other = _HOURS.fullmatch(written) or _DATE.match(written) or _PUBLIC_SERVICE.fullmatch(written)
    if not other and _count_digits(written) >= 5:
        yield found.span("number")


def _count_digits(written: str) -> int:
    return sum(map(str.isdigit, written))


def _apart(text: str, spans: list[tuple[int, int]]) -> Iterator[Span]:
    """The spans in order; of two that overlap the one that starts first, and of those the longest."""
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            end = stop
            outside = text[start] == "(" and text.count("(", start, stop) > text.count(")", start, stop)
            yield Span(start + outside, stop, Kind.PHONE)
