"""How does a keyed form become a sealed answer for good, in the same transaction as its code goes?"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from survey.answering.drafts import Draft, find_lock, find_survey
from survey.answering.seal import make_row_id, seal_payload
from survey.answering.submit import make_payload
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation, ensure_period_key, find_answering_month
from survey.keying.alike import count_alike
from survey.keying.reading import read_sheet
from survey.keying.sealing import Entry, open_entry, read_round_key
from survey.keying.states import State
from survey.rounds import find_round_now, list_rounds
from survey.store import audits, drafts, keyed, submissions
from survey.store.keyed import KeyedForm
from survey.store.rounds import Round
from survey.store.sendings import Sending, keep_sending

log = logging.getLogger(__name__)
UNDO_FOR = timedelta(minutes=10)  # how long the last form can be undone when nobody keys another


def keep_for_good(installation: Installation, round_: Round, row: KeyedForm) -> bool:
    """Seal a form's answers into the inbox and forget the form; False when its code was used on the web.

    Code, inbox, submission and the form's row are one transaction, as when somebody sends. Whose answers came
    first count: those that were sent on the web while the form lay here. Raises SurveyError key_* and
    database_*; then the form is as it was.
    """
    round_key = read_round_key(installation, round_.id)
    entry = open_entry(round_key, row.id, row.sealed)
    sending = make_sending(installation, round_, entry)
    try:
        with installation.database.write() as connection:
            if not keyed.take_form(connection, row.id, state=row.state):
                return True  # another process kept it
            keep_sending(connection, sending)
            drafts.delete_draft(connection, sending.draft_id)  # nobody comes back for a receipt
            keyed.add_alike(connection, round_.id, count_alike(installation, round_, row, entry))
            audits.add_event(connection, "paper form kept", round_.id, by=SYSTEM)
    except SurveyError as wrong:
        if wrong.code != "code_unknown":
            raise
        with installation.database.write() as connection:
            keyed.take_form(connection, row.id, state=row.state)
            audits.add_event(connection, "paper form dropped", round_.id, by=SYSTEM, reason="code used")
        return False
    return True


def make_sending(installation: Installation, round_: Round, entry: Entry) -> Sending:
    """What is written when a form is kept: the same as of a survey that is sent, but for the channel."""
    lock = find_lock(installation, round_.id)
    period = find_answering_month(installation)
    survey = find_survey(installation, round_, entry.first.form)
    typed = {name: value for name, value in entry.list_typed().items() if isinstance(value, str)}
    draft: Draft = replace(entry.first, answers=read_sheet(survey, typed).answers)
    payload = make_payload(round_, survey, draft, period)
    sealed = seal_payload(payload, ensure_period_key(installation, period))
    return Sending(
        submission_id=lock.find_submission(entry.secret),
        sealed=submissions.Sealed(make_row_id(), period, sealed),
        code=draft.code,
        round_id=round_.id,
        survey=round_.survey,
        version=round_.version,
        draft_id=lock.find_id(entry.secret),
        stub=b"",
        expires=installation.today(),
    )


def keep_all_last(installation: Installation, round_id: str, *, by: str) -> int:
    """Keep what somebody finished last in a round; how many were dropped because of their codes."""
    with installation.database.read(newest=True) as connection:
        rows = keyed.list_forms(connection, states=[State.LAST.value], round_id=round_id, by=by)
    return keep_rows(installation, rows)


def keep_rows(installation: Installation, rows: Iterable[KeyedForm]) -> int:
    """Keep forms; how many were dropped because their codes had been used on the web."""
    kept = [keep_for_good(installation, find_round_now(installation, row.round_id), row) for row in rows]
    return kept.count(False)


def tend_keyed(installation: Installation, *, at: datetime | None = None) -> None:
    """Keep what was finished ten minutes ago, and everything of rounds whose last day has passed. Idempotent.

    What waits for a second entry then counts as it was keyed first: nothing is lost because nobody had time.
    """
    now = at or datetime.now(UTC)
    over = [one.id for one in list_rounds(installation) if one.closes < installation.today()]
    with installation.database.read(newest=True) as connection:
        rows = list(keyed.list_forms(connection, states=[State.LAST.value], before=now - UNDO_FOR))
        for round_id in over:
            rows += keyed.list_forms(connection, states=UNKEPT, round_id=round_id)
    keep_rows(installation, {row.id: row for row in rows}.values())


UNKEPT = (State.WAITING.value, State.DIFFERING.value, State.LAST.value)
