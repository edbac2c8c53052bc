"""What was sent in a form, and whether it came from our own page."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request

from survey.answering.keys import derive_key
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import LANGUAGES

MOST_BYTES = 2_000_000  # of a posted form: a comment of 100,000 signs, percent-encoded, with room
MOST_FIELDS = 2_000
Fields = Mapping[str, list[str]]


async def read_form(request: Request) -> Fields:
    """The fields of a posted form.

    Raises SurveyError form_elsewhere (another site posted it), form_too_large and form_unreadable.
    """
    if is_from_elsewhere(request):
        raise SurveyError("form_elsewhere")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise SurveyError("form_too_large")
    try:
        return parse_qs(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except (UnicodeDecodeError, ValueError):
        raise SurveyError("form_unreadable") from None


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a form comes from another site; one that says nothing does not."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and find_host(origin) != request.headers.get("host", "")


def find_host(address: str) -> str:
    """The host and port of an address; empty where it is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def make_token(installation: Installation, secret: bytes) -> str:
    """What a form carries to show that it was drawn for this browser."""
    return derive_key(installation.pepper, "form", secret).hex()[:32]


def is_token_right(installation: Installation, secret: bytes, fields: Fields) -> bool:
    given = fields.get("token", [""])[0]
    return hmac.compare_digest(given.encode(), make_token(installation, secret).encode())


def find_field(fields: Fields, name: str) -> str:
    """The first value of a field, empty when it was not sent."""
    return fields.get(name, [""])[0]


def find_switch(fields: Fields) -> str | None:
    """The language a person pressed, if that is what they pressed."""
    do, _, language = find_field(fields, "do").partition(":")
    return language if do == "sprak" and language in LANGUAGES else None
