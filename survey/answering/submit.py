"""How answers are sent: in one transaction, once."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from survey.answering.drafts import (
    SENT_DAYS,
    Draft,
    check_round_open,
    find_draft,
    find_lock,
    find_survey,
    seal_draft,
)
from survey.answering.journey import Survey, complete_answers, find_troubles, list_comments, may_panel_read
from survey.answering.reached import SENT, count_reached, find_new
from survey.answering.receipt import hash_receipt, show_receipt
from survey.answering.seal import Payload, make_row_id, seal_payload
from survey.errors import SurveyError
from survey.installation import Installation, ensure_period_key, find_answering_month
from survey.metrics.counted import counted
from survey.store import submissions
from survey.store.rounds import Round
from survey.store.sendings import Sending, keep_sending

KEY_SECONDS = 5.0  # how old what is known of a period's key may be
ELSEWHERE = "elsewhere"  # the area of people who live outside the installation or did not say


@dataclass(frozen=True)
class Sent:
    """What a person is told: the receipt's words, and whether it had been sent before."""

    receipt: str
    again: bool


def send_answers(installation: Installation, round_: Round, secret: bytes) -> Sent:
    """Send the draft of a secret. Sending it again, from anywhere, counts once and gives the same receipt.

    Raises SurveyError: already_sent when it was sent too long ago for the receipt to be shown again,
    nothing_to_send without a draft, answers_need_mending (with the step's number) when something must be
    mended first, round_not_open, code_unknown when the code was used elsewhere, period_closed when
    months are closed as fast as they are tried, key_* and database_*.
    When it raises nothing was sent, and the draft is as it was.
    """
    draft = find_draft(installation, round_, secret)
    lock = find_lock(installation, round_.id)
    if draft is None:
        raise SurveyError(
            "already_sent" if was_sent(installation, lock.find_submission(secret)) else "nothing_to_send"
        )
    if draft.sent:
        return Sent(show_receipt(draft.receipt), again=True)
    check_round_open(installation, round_)
    survey = find_survey(installation, round_, draft.form)
    troubles = find_troubles(survey, draft.answers)
    if troubles:
        raise SurveyError("answers_need_mending", step=troubles[0][0])
    try:
        is_new = write_submission(installation, round_, survey, draft, secret)
    except SurveyError as wrong:
        if wrong.code != "period_closed":
            raise
        find_public_key.cache_clear()  # the month was closed since its key was looked for
        is_new = write_submission(installation, round_, survey, draft, secret)
    if is_new:
        counted.note_sent()
        count_reached(installation, round_.id, draft.form, find_new(survey, draft.counted, SENT)[0])
    return Sent(show_receipt(draft.receipt), again=not is_new)


def was_sent(installation: Installation, submission_id: bytes) -> bool:
    with installation.database.read(newest=True) as connection:
        return submissions.has_submission(connection, submission_id)


def write_submission(
    installation: Installation, round_: Round, survey: Survey, draft: Draft, secret: bytes
) -> bool:
    """The one transaction; False when another tab or try was first."""
    lock = find_lock(installation, round_.id)
    period, public_key = find_public_key(
        installation, installation.today(), int(time.monotonic() / KEY_SECONDS)
    )
    payload = make_payload(round_, survey, draft, period)
    sealed = submissions.Sealed(make_row_id(), period, seal_payload(payload, public_key))
    stub = replace(draft, answers={}, code=None, area="", sent=True, counted=0)
    sending = Sending(
        submission_id=lock.find_submission(secret),
        sealed=sealed,
        code=draft.code,
        round_id=round_.id,
        survey=round_.survey,
        version=round_.version,
        draft_id=lock.find_id(secret),
        stub=seal_draft(stub, lock.find_key(secret)),
        expires=installation.today() + timedelta(days=SENT_DAYS),
    )
    return installation.database.write_together(lambda c: keep_sending(c, sending), refusable=True)


@lru_cache(maxsize=16)
def find_public_key(installation: Installation, _today: date, _now: int) -> tuple[str, bytes]:
    """The month answers count in, and the key they are sealed to. Looked for anew every five seconds."""
    period = find_answering_month(installation)
    return period, ensure_period_key(installation, period)


def make_payload(round_: Round, survey: Survey, draft: Draft, period: str) -> Payload:
    """What is sealed of a draft: nothing of when, by which device or with which code."""
    return Payload(
        survey=round_.survey,
        version=round_.version,
        round_id=round_.id,
        month=period,
        area=find_area(survey, draft),
        channel=draft.channel,
        language=draft.language,
        answers=complete_answers(survey, draft.answers),
        comments=list_comments(survey, draft.answers),
        for_panel=may_panel_read(survey, draft.answers),
        response_hash=hash_receipt(draft.receipt, "response"),
        comment_hash=hash_receipt(draft.receipt, "comment"),
    )


def find_area(survey: Survey, draft: Draft) -> str:
    """The municipality the answers are about: as answered, else as the invitation said, else elsewhere."""
    asked = survey.definition.find_key("municipality")
    given = draft.answers.get(asked.id) if asked is not None else None
    if isinstance(given, str) and given in survey.municipalities:
        return given
    if given is None and draft.area in survey.municipalities:
        return draft.area
    return ELSEWHERE
