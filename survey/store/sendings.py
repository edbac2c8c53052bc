"""What is written when a draft is kept, and when it is sent: each in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey.errors import SurveyError
from survey.store import drafts, installations, rounds, submissions
from survey.store.submissions import Sealed


@dataclass(frozen=True)
class Sending:
    """Everything that is written when one person sends. `code` is the keyed hash of a letter code."""

    submission_id: bytes
    sealed: Sealed
    code: bytes | None
    round_id: str
    survey: str
    version: str
    draft_id: bytes
    stub: bytes
    expires: date


def keep_sending(connection: Connection, sending: Sending) -> bool:
    """Delete the code, put the sealed answer in the inbox, and leave the receipt's stub for the draft.

    False when it was sent already: nothing is written then. Raises SurveyError period_closed when the
    period was closed meanwhile, and code_unknown when the code has been used; the transaction must then
    be undone.
    """
    if not installations.stay_in_period(connection, sending.sealed.period):
        raise SurveyError("period_closed", period=sending.sealed.period)
    if not submissions.add_submission(connection, sending.submission_id, sending.sealed.period):
        return False
    if sending.code is not None and not submissions.use_code(connection, sending.code, sending.round_id):
        raise SurveyError("code_unknown")
    submissions.add_sealed(connection, [sending.sealed])
    rounds.freeze_definition(connection, sending.survey, sending.version)
    drafts.save_draft(
        connection,
        draft_id=sending.draft_id,
        round_id=sending.round_id,
        sealed=sending.stub,
        expires=sending.expires,
    )
    return True


def keep_unsent(
    connection: Connection,
    submission_id: bytes,
    *,
    draft_id: bytes,
    round_id: str,
    sealed: bytes,
    expires: date,
) -> None:
    """Keep a draft in place of the one that was there.

    Raises SurveyError already_sent when it was sent from another tab; the work must then be undone. Looked
    for after the draft is written, because that waits for somebody who is sending it at this moment.
    """
    drafts.save_draft(connection, draft_id=draft_id, round_id=round_id, sealed=sealed, expires=expires)
    if submissions.has_submission(connection, submission_id):
        raise SurveyError("already_sent")
