"""Where does a text hold an e-mail address or a web address, also one spelled out in words?"""

import re
from collections.abc import Iterator

from analysis.text.masking_spans import BARRIER, Kind, Span

_LONGEST_LOCAL_PART = 64
"""Characters before the @ (RFC 5321, 4.5.3.1.1)."""

_LOCAL_PART_BACKWARDS = re.compile(r"(?:\s{0,2}(?=[\w.+'-]*\w))?[\w.%+'&-]+")
_MAIL_DOMAIN = re.compile(r"\s{0,2}[\w-]{1,63}(?:\s?\.[\w-]{1,63}|\.\s[a-z]{2,4}\b){0,5}")
_SPELLED_AT = r"(?:\s{0,2}[(\[{<]\s?(?:at|a|snabel-?\s?a)\s?[)\]}>]\s{0,2}|\s{1,2}snabel-?\s?a\s{1,2})"
_SPELLED_DOT = r"(?:\.|\s{0,2}[(\[{]\s?(?:punkt|dot)\s?[)\]}]\s{0,2}|\s{1,2}(?:punkt|dot)\s{1,2})"
_WORD_DOT = r"(?:\s{0,2}[(\[{]\s?(?:punkt|dot)\s?[)\]}]\s{0,2}|\s{1,2}(?:punkt|dot)\s{1,2})"
_LOCAL_PART = rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_WORD_DOT}[\w+-]{{1,64}}){{0,3}}"
_SPELLED_MAIL = re.compile(
    rf"{_LOCAL_PART}{_SPELLED_AT}[\w-]{{1,63}}(?:{_SPELLED_DOT}[\w-]{{1,63}}){{1,4}}"
    rf"|{_LOCAL_PART}\s{{1,2}}at\s{{1,2}}[\w-]{{1,63}}(?:{_WORD_DOT}[\w-]{{1,63}}){{1,4}}"
    r"|(?<![\w.+-])[\w+-]{1,40}[.\d][\w.+-]{0,40}\s{1,2}at\s{1,2}[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_SPELLED_CUE = re.compile(r"\bat\b|snabel|[(\[{<]\s?a\s?[)\]}>]", re.IGNORECASE)

_PATH = rf"[^\s<>\"{BARRIER}]"
_MARKED_URL = re.compile(rf"(?:\b(?:https?|ftp)\s?:\s?//|(?<![\w.])www\s?\.\s?){_PATH}+", re.IGNORECASE)
_TOP_LEVEL = r"com|net|org|eu|info|io|biz|no|dk|fi|uk|app|online|site|blog"
_BARE_DOMAIN = re.compile(
    r"(?<![\w.@/-])(?:[\w-]{1,63}\.){1,4}"
    rf"(?:(?:{_TOP_LEVEL})(?![\w-]|\.\w)|se(?![\w-]|\.\w|\s(?:till|över|efter|upp|ut|hur|att|om|de[nt]?|här|på)\b)"
    rf"|nu(?![\w-]|\.\w|\s[a-zåäö]))(?:[:/]{_PATH}*)?"
)
_BARE_CUE = re.compile(rf"\.(?:{_TOP_LEVEL}|se|nu)\b")
_TRAILING = ".,;:!?)]}'\"”’»…"
_PUBLIC_SITE = re.compile(r"(?:https?://)?(?:www\.)?1177\.se/?", re.IGNORECASE)


def find_emails(text: str) -> Iterator[Span]:
    """Spans of e-mail addresses in a folded text, also "namn at firma punkt se": sorted, apart."""
    spans = [span for at in re.finditer("@", text) if (span := _email_around(text, at.start()))]
    if _SPELLED_CUE.search(text):
        spans += [found.span() for found in _SPELLED_MAIL.finditer(text)]
    end = 0
    for start, stop in sorted(spans):
        if start >= end:
            end = stop
            yield Span(start, stop, Kind.EMAIL)


def find_urls(text: str) -> Iterator[Span]:
    """Spans of web addresses in a folded text: sorted, apart. 1177.se without a path is left as it is."""
    spans: list[tuple[int, int]] = []
    if "://" in text or "www" in text.lower():
        spans += [found.span() for found in _MARKED_URL.finditer(text)]
    if _BARE_CUE.search(text):
        spans += [found.span() for found in _BARE_DOMAIN.finditer(text)]
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        written = text[start:stop].rstrip(_TRAILING)
        if start >= end and written:
            end = start + len(written)
            if not _PUBLIC_SITE.fullmatch(written):
                yield Span(start, end, Kind.URL)


def _email_around(text: str, at: int) -> tuple[int, int] | None:
    """Start and end of the address whose @ stands at `at`; None if it is none."""
    before = _LOCAL_PART_BACKWARDS.match(text[max(0, at - _LONGEST_LOCAL_PART) : at][::-1])
    after = _MAIL_DOMAIN.match(text, at + 1)
    if before is None or after is None or not re.search(r"[^\W\d_]", after[0]):
        return None
    if (before[0][0].isspace() or after[0][0].isspace()) and "." not in after[0]:
        return None  # "följ @anna" is no address
    return at - len(before[0].rstrip(".'")), after.end()
