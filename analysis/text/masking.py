"""Which parts of what somebody wrote may identify a person, and what does the text look like without them?

Numbers, addresses of all sorts, plates, dates of birth, and the names of persons.
Positions always refer to the text as it was given. Zero-width characters inside a piece are masked with it,
those right before or after it stay; no position is shifted by them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.text.masking_addresses import find_addresses, find_postal_addresses
from analysis.text.masking_births import find_birth_dates
from analysis.text.masking_folding import fold_text
from analysis.text.masking_identity import find_identity_numbers
from analysis.text.masking_links import find_emails, find_urls
from analysis.text.masking_names import find_names
from analysis.text.masking_phones import find_long_digit_runs, find_phones, find_phones_with_country
from analysis.text.masking_plates import find_plates
from analysis.text.masking_spans import BARRIER, Finder, Kind, Span, put_barriers

__all__ = ["ENGLISH_TOKENS", "SWEDISH_TOKENS", "Kind", "Masked", "Span", "find_personal_data", "mask_text"]

SWEDISH_TOKENS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.IDENTITY_NUMBER: "[personnummer]",
        Kind.PHONE: "[telefon]",
        Kind.EMAIL: "[e-post]",
        Kind.URL: "[webbadress]",
        Kind.ADDRESS: "[adress]",
        Kind.POSTAL_ADDRESS: "[postadress]",
        Kind.PLATE: "[registreringsnummer]",
        Kind.BIRTH_DATE: "[födelsedatum]",
        Kind.NAME: "[namn]",
    }
)
ENGLISH_TOKENS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.IDENTITY_NUMBER: "[personal identity number]",
        Kind.PHONE: "[phone]",
        Kind.EMAIL: "[e-mail]",
        Kind.URL: "[web address]",
        Kind.ADDRESS: "[address]",
        Kind.POSTAL_ADDRESS: "[postal address]",
        Kind.PLATE: "[registration plate]",
        Kind.BIRTH_DATE: "[date of birth]",
        Kind.NAME: "[name]",
    }
)

_KNOWN_TOKENS = frozenset({*SWEDISH_TOKENS.values(), *ENGLISH_TOKENS.values()})
_TOKEN_FORM = re.compile(r"\[[^\W\d_]+(?:[ -][^\W\d_]+)*\]")
_MOST_PASSES = 12
"""People's texts take two or three; a chain of thousands of numbers would take one for each of them."""
_DIGIT = re.compile(r"\d")
_WITHOUT_DIGITS: tuple[Finder, ...] = (find_emails, find_urls, find_names)
_ALL: tuple[Finder, ...] = (
    find_emails,
    find_urls,
    find_phones_with_country,
    find_identity_numbers,  # before telephones: where both fit, the identity number is the worse leak
    find_phones,
    find_birth_dates,
    find_addresses,
    find_postal_addresses,
    find_plates,
    find_names,  # last: the parts of an address or a street are no persons
)


@dataclass(frozen=True)
class Masked:
    """A text with tokens in place of personal data, and where that data stood in the text as it was given."""

    text: str
    spans: tuple[Span, ...]


def mask_text(text: str, *, tokens: Mapping[Kind, str] = SWEDISH_TOKENS) -> Masked:
    """The text with every piece of personal data replaced by the token of its kind.

    Masking the result again with the same tokens changes nothing. A text without any comes back as it is.
    Raises ValueError if a kind has no token, or a token is not words in square brackets without digits.
    """
    _check_tokens(tokens)
    spans = _find(text, tokens=_KNOWN_TOKENS | frozenset(tokens.values()))
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], tokens[span.kind]]
        at = span.end
    return Masked("".join(parts) + text[at:], spans)


def find_personal_data(text: str) -> tuple[Span, ...]:
    """Where personal data stands in the text: sorted, not overlapping, empty when there is none.

    Tokens of SWEDISH_TOKENS and ENGLISH_TOKENS in the text are passed over.
    """
    return _find(text, tokens=_KNOWN_TOKENS)


def _find(text: str, *, tokens: frozenset[str]) -> tuple[Span, ...]:
    """As `find_personal_data`; searches again until nothing is left, as a mask may uncover its neighbour."""
    folded = fold_text(text)
    rest = _hide_tokens(folded.text, tokens)
    found: list[Span] = []
    passes = 0
    while fresh := _find_once(rest):
        passes += 1
        if passes > _MOST_PASSES:
            fresh = list(find_long_digit_runs(rest)) or fresh
        found += fresh
        rest = put_barriers(rest, fresh)
    found.sort(key=lambda span: span.start)
    return tuple(Span(*folded.locate(span.start, span.end), span.kind) for span in found)


def _find_once(text: str) -> list[Span]:
    """What the finders see, each in the text that the ones before it left; sorted."""
    found: list[Span] = []
    for finder in _ALL if _DIGIT.search(text) else _WITHOUT_DIGITS:
        if spans := list(finder(text)):
            found += spans
            text = put_barriers(text, spans)
    return sorted(found, key=lambda span: span.start)


def _hide_tokens(text: str, tokens: frozenset[str]) -> str:
    """The folded text, as long as before, with barriers for the tokens that stand in it."""
    if "[" not in text:
        return text
    pattern = "|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True))
    return re.sub(pattern, lambda token: BARRIER * len(token[0]), text)


def _check_tokens(tokens: Mapping[Kind, str]) -> None:
    """Raises ValueError for a missing token, and for one that a second masking would not recognise."""
    if missing := [kind.value for kind in Kind if kind not in tokens]:
        raise ValueError(f"mask_text: no token for {', '.join(missing)}; give one for each Kind.")
    if odd := [token for token in tokens.values() if not _TOKEN_FORM.fullmatch(token)]:
        raise ValueError(f"mask_text: the tokens {odd} must be words in square brackets, such as [telefon].")
