"""Where does a text tell where somebody lives: street and number, box, postcode and town?"""

import re
from collections.abc import Iterator

from analysis.text.masking_spans import Kind, Span

_UPPER = "A-ZÅÄÖÉÜ"
_LETTER = r"[^\W\d_]"
_SAFE_ENDING = "gatan|vägen|gränd(?:en)?|stigen|torget|allén|esplanaden|slingan|leden|kajen|platsen"
_PROPER_ENDING = (
    f"{_SAFE_ENDING}|gata|väg|stig|torg|allé|backen?|plan|plats|ringen|kroken|liden|svängen|stråket|gången"
    "|brink(?:en)?|promenaden|höjden|esplanad"
)
_COMMON_PLANS = (
    r"(?:vård|genomförande|handlings|behandlings|kris|rehab\w*|utvecklings|vånings|omvårdnads)plan"
)
_FIRST_WORD = (
    r"(?:Sankta?|S:ta?|St|Västra|Östra|Norra|Södra|Stora|Lilla|Gamla|Nya|Övre|Nedre|Yttre|Inre|Mellersta"
    r"|Doktor|Dr)"
)
_STREET = re.compile(
    rf"(?<![\w-])(?:(?:{_FIRST_WORD}\s){{0,2}}(?!{_COMMON_PLANS}\b)[{_UPPER}][\w:'-]{{1,40}}?(?i:{_PROPER_ENDING})"
    rf"|(?:{_FIRST_WORD}\s)(?i:{_PROPER_ENDING})"
    rf"|(?:[{_UPPER}]{_LETTER}{{1,20}}\s){{1,3}}(?:{_PROPER_ENDING})"
    rf"|[{_UPPER}](?:orget|splanaden)"
    rf"|{_LETTER}[\w-]{{1,40}}?(?:{_SAFE_ENDING}))(?=,?\s{{1,3}}(?:nr\.?\s?)?\d)"
)
_STREET_CUE = re.compile(rf"(?:{_PROPER_ENDING}),?\s{{1,3}}(?:nr\.?\s?)?\d", re.IGNORECASE)
_NOT_A_HOUSE = (
    r"(?!\s?(?:timm|tim\b|gång|ggr|min\b|minut|dag|dygn|veck|mån|år|km|mil\b|m\b|meter|kr\b|kron|sek|procent|%|st\b"
    r"|person|pers\b|jan|feb|mars\b|apr|maj\b|jun|jul|aug|sep|okt|nov|dec|olika|av\b))"
)
_HOUSE = re.compile(
    rf",?\s{{1,3}}(?:nr\.?\s?)?(?!(?:19|20)\d\d(?!\d))\d{{1,4}}(?:\s?-\s?\d{{1,3}})?(?!\d|[:./]\d){_NOT_A_HOUSE}"
    r"(?:[A-Za-z]\b|\s[A-HJ-Z]\b|\s[a-h]\b)?"
)
_HOUSE_DETAILS = re.compile(
    r"(?:,?\s{1,2}(?:(?:lgh|lägenhet|läg|lght)\.?\s{0,2}(?:nr\.?\s)?\d{1,4}\b"
    r"|\d{1,2}\s?(?:tr\b(?:\.(?=,|\s(?-i:[a-zåäö])))?|trappor\b)(?:\s(?:upp|ned)\b)?"
    r"|(?:nb|bv)\b|(?:vån|våning|uppgång|port)\.?\s(?:\d{1,2}|[A-Z])\b)){1,3}",
    re.IGNORECASE,
)
_BOX = re.compile(r"\b(?:post)?box\s{1,2}(?:nr\.?\s)?(?:\d{1,5}|\d{1,2}\s\d{3})(?!\d|[.:,]\d)", re.IGNORECASE)
_AFTER_STREET = re.compile(
    r"\s{0,2},?\s{1,3}(?:SE?-\s?)?[1-9]\d{2}\s?\d{2}(?!\d)(?:,?\s{1,2}[^\W\d_][\w:-]+(?:\s[A-ZÅÄÖ][\w:-]+)?)?"
)
_NOT_A_TOWN = r"(?!(?:kr|kronor|sek|personer|patienter|minuter|timmar|gånger|mg|kg|euro)\b)"
_POSTCODE_AND_TOWN = re.compile(
    rf"(?<![\d+])(?<!\d[-.,:/ ])(?:\bSE?-\s?)?(?:[1-9]\d{{2}}\s\d{{2}}|[1-9]\d(?!000)\d{{3}})\s{{1,2}}"
    rf"(?i:{_NOT_A_TOWN})[{_UPPER}]{_LETTER}[\w:-]*(?:\s[{_UPPER}][\w:-]+)?"
)


def find_addresses(text: str) -> Iterator[Span]:
    """Spans of street addresses and boxes in a folded text, floor, flat, postcode and town included."""
    end = 0
    for start, stop in sorted([*_find_streets(text), *(found.span() for found in _BOX.finditer(text))]):
        if start >= end:
            postcode = _AFTER_STREET.match(text, stop)
            end = postcode.end() if postcode else stop
            yield Span(start, end, Kind.ADDRESS)


def find_postal_addresses(text: str) -> Iterator[Span]:
    """Spans of postcode with town that stand without a street in a folded text: sorted, apart."""
    for found in _POSTCODE_AND_TOWN.finditer(text):
        yield Span(*found.span(), Kind.POSTAL_ADDRESS)


def _find_streets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each street with its house number, floor and flat, without postcode."""
    if not _STREET_CUE.search(text):
        return
    for street in _STREET.finditer(text):
        if house := _HOUSE.match(text, street.end()):
            details = _HOUSE_DETAILS.match(text, house.end())
            yield street.start(), (details or house).end()
