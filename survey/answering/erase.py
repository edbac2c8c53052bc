"""How a person takes back what they sent."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.answering.mixer import MIXING
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import Payload, open_payload
from survey.backup.erasures import Kind
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.publication import PUBLISHING
from survey.publication.forget import forget_person
from survey.store import audits, installations, responses, submissions
from survey.store.database import Connection, claim_job


@dataclass(frozen=True)
class Erased:
    """How many responses (always 1) and comments were erased."""

    responses: int
    comments: int


def erase_answers(installation: Installation, typed: str) -> Erased:
    """Erase the answers and comments of a receipt at once. Published figures stay as they are.

    In the sums of a closed month nothing is left that tells the person apart: survey/publication/forget.py.

    An answer that still lies sealed is looked for by opening the inbox: its receipt is inside the seal.
    Raises SurveyError receipt_mistyped when it is not a receipt, and receipt_unknown when nothing hangs
    on it (a wrong word, or already erased).
    """
    receipt = read_receipt(typed)
    response_hash, comment_hash = hash_receipt(receipt, "response"), hash_receipt(receipt, "comment")
    with installation.database.write() as connection:
        found = erase_hashes(installation, connection, response_hash, comment_hash)
        installation.erasures.note((Kind.RESPONSE, response_hash), (Kind.COMMENT, comment_hash))
        audits.add_event(connection, audits.ERASED, "receipt", by=SYSTEM)
    installation.database.overwrite_erased()
    return found


def erase_hashes(
    installation: Installation, connection: Connection, response_hash: bytes, comment_hash: bytes
) -> Erased:
    """Erase what hangs on the hashes of a receipt, in a transaction. Raises SurveyError receipt_unknown."""
    claim_job(connection, PUBLISHING)  # else a month could be closed with and without the person
    claim_job(connection, MIXING)  # else the answer could become a response between the two looks
    known = responses.find_response(connection, response_hash)
    if known is not None:
        forget_person(connection, installation, known.survey, known.month, known.counted)
    found = responses.erase_response(connection, response_hash=response_hash, comment_hash=comment_hash)
    if not any(found):
        living = installations.list_living_periods(connection)
        waiting = {period: submissions.list_sealed(connection, period) for period in living}
        row_id, payload = find_sealed(installation, waiting, response_hash)
        submissions.delete_sealed(connection, row_id)
        found = (1, len(payload.comments))
    return Erased(*found)


def find_sealed(
    installation: Installation, waiting: Mapping[str, Sequence[tuple[bytes, bytes]]], response_hash: bytes
) -> tuple[bytes, Payload]:
    """The sealed answer of a receipt, among those that wait in each period, with the id of its row.

    Raises SurveyError receipt_unknown when it is in none.
    """
    for period, rows in waiting.items():
        private_key = installation.keys.read_period_key(period)
        for row_id, sealed in rows:
            payload = open_payload(sealed, private_key)
            if hmac.compare_digest(payload.response_hash, response_hash):
                return row_id, payload
    raise SurveyError("receipt_unknown")
