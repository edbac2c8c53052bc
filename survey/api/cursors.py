"""Where does the next page begin?

A cursor names the edition that the first page was of, so that all pages are of one state however much is
published meanwhile. It is bound by a keyed hash to what was asked for, and nobody can write one.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import cast

import orjson

from survey.answering.keys import hash_keyed
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store.published_pages import Place

PROOF_BYTES = 16
Cursor = tuple[int, Place]


def write_cursor(installation: Installation, asked: bytes, edition: int, place: Place) -> str:
    """The cursor behind a place; `asked` is everything that decides which rows there are."""
    told = orjson.dumps([edition, *place])
    return base64.urlsafe_b64encode(prove(installation, asked, told) + told).decode().rstrip("=")


def read_cursor(installation: Installation, asked: bytes, cursor: str, *, newest: int) -> Cursor:
    """The edition and the place of a cursor.

    Raises SurveyError cursor_wrong for one that is not ours or was of another question, and cursor_gone for
    an edition that is not here any more, as after a backup was restored.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SurveyError("cursor_wrong") from None
    proof, told = raw[:PROOF_BYTES], raw[PROOF_BYTES:]
    if not hmac.compare_digest(proof, prove(installation, asked, told)):
        raise SurveyError("cursor_wrong")
    edition, *place = orjson.loads(told)
    if edition > newest:
        raise SurveyError("cursor_gone")
    return edition, cast(Place, tuple(place))


def prove(installation: Installation, asked: bytes, told: bytes) -> bytes:
    return hash_keyed(installation.pepper, "cursor", asked, told)[:PROOF_BYTES]
