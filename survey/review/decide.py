"""What somebody decides of a comment beside its themes: that it is masked more, withheld, or needs an answer.

Each is one transaction with its audit event. What was masked is kept nowhere, also not in the audit log.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

from analysis.text.masking import mask_text
from survey.backup.erasures import Kind
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.states import Deed
from survey.review.where_it_stands import check_can_now
from survey.store import audits, comments, reviews
from survey.store.database import Connection
from survey.store.reviews import Flag, Remark

TAKEN_OUT = "[borttaget]"  # stands for words that a reader says identify somebody
ANSWER_NOW, WITHHELD = "answer_now", "withheld"
ID_BYTES = 16
MOST_CHARS = 1_500


def mask_words(installation: Installation, comment_id: bytes, words: str, *, by: Person) -> str:
    """Take words that identify somebody out of a comment, at once and everywhere; the text as it is then.

    Every place where they stand is masked, in capitals or not. Raises SurveyError: not_allowed,
    words_missing, words_not_found, comment_gone, comment_state, comment_changed when another masked at once.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    wanted = " ".join(words.split())
    if not wanted:
        raise SurveyError("words_missing")
    with installation.database.write() as connection:
        row = comments.find_readable(connection, comment_id)
        if row is None:
            raise SurveyError("comment_gone")
        check_can_now(connection, comment_id, Deed.MASK)
        after = take_out(row.text, wanted)
        if after == row.text:
            raise SurveyError("words_not_found")
        if not reviews.replace_text(connection, comment_id, before=row.text, after=after):
            raise SurveyError("comment_changed")
        comments.set_quotable(connection, comment_id, quotable=False)
        installation.erasures.note((Kind.MASKED, comment_id))
        audits.add_event(connection, "words masked in a comment", comment_id.hex(), by=by.name)
    installation.database.overwrite_erased()
    return after


def take_out(text: str, words: str) -> str:
    """The text with a token for the words wherever they stand as whole words, whatever spaces are between."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.sub(rf"(?<!\w){pattern}(?!\w)", TAKEN_OUT, text, flags=re.IGNORECASE)


def withhold(installation: Installation, comment_id: bytes, reason: str, *, by: Person) -> None:
    """Let a comment appear nowhere, with a reason. Raises SurveyError: not_allowed, text_missing,
    comment_gone, comment_state when it is withheld already."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    told = clean(reason)
    with installation.database.write() as connection:
        check_can_now(connection, comment_id, Deed.WITHHOLD)
        if not reviews.set_withheld(connection, comment_id, withheld=True):
            raise SurveyError("comment_state")
        reviews.give_back(connection, comment_id, by.name)
        reviews.add_flag(connection, make_flag(comment_id, WITHHELD, told, by))
        audits.add_event(connection, "comment withheld", comment_id.hex(), by=by.name)


def release(installation: Installation, flag_id: bytes, reason: str, *, by: Person) -> None:
    """Let a withheld comment be read again, with a reason. Raises SurveyError: not_allowed, text_missing,
    flag_handled when another was first."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    told = clean(reason)
    with installation.database.write() as connection:
        flag = handle(connection, flag_id, WITHHELD, told, by)
        check_can_now(connection, flag.comment_id, Deed.RELEASE)
        reviews.set_withheld(connection, flag.comment_id, withheld=False)
        audits.add_event(connection, "comment released", flag.comment_id.hex(), by=by.name)


def ask_for_answer(installation: Installation, comment_id: bytes, note: str, *, by: Person) -> None:
    """Tell the coordinator that a comment needs an answer now, and why. Raises SurveyError: not_allowed,
    text_missing, comment_gone, comment_state."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    told = clean(note)
    with installation.database.write() as connection:
        check_can_now(connection, comment_id, Deed.ASK_FOR_ANSWER)
        reviews.add_flag(connection, make_flag(comment_id, ANSWER_NOW, told, by))
        audits.add_event(connection, "answer asked for", comment_id.hex(), by=by.name)


def answer_flag(installation: Installation, flag_id: bytes, answer: str, *, by: Person) -> None:
    """Write what was done about a comment that needed an answer. Raises SurveyError: not_allowed,
    text_missing, flag_handled when another was first."""
    check_can_do(Permission.HANDLE_COMMENTS, by=by)
    told = clean(answer)
    with installation.database.write() as connection:
        flag = handle(connection, flag_id, ANSWER_NOW, told, by)
        audits.add_event(connection, "answer given", flag.comment_id.hex(), by=by.name)


def handle(connection: Connection, flag_id: bytes, kind: str, answer: str, by: Person) -> Flag:
    """Mark a flag as handled; which it was. Raises SurveyError flag_handled."""
    waiting = {flag.id: flag for flag, _ in reviews.list_all_flags(connection, kind, waiting=True)}
    flag = waiting.get(flag_id)
    done = flag is not None and reviews.handle_flag(
        connection, flag_id, answer=answer, by=by.name, at=datetime.now(UTC)
    )
    if flag is None or not done:
        raise SurveyError("flag_handled")
    return flag


def add_remark(installation: Installation, comment_id: bytes, text: str, *, by: Person) -> None:
    """Say something to the other reader of a comment that is coded in two ways. Raises SurveyError:
    not_allowed, text_missing, comment_gone, comment_state."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    told = clean(text)
    with installation.database.write() as connection:
        check_can_now(connection, comment_id, Deed.REMARK)
        remark = Remark(secrets.token_bytes(ID_BYTES), comment_id, told, datetime.now(UTC), by.name)
        reviews.add_remark(connection, remark)
        audits.add_event(connection, "comment remarked on", comment_id.hex(), by=by.name)


def clean(text: str) -> str:
    """A text, masked as residents' texts are. Raises SurveyError text_missing, text_too_long."""
    told = text.strip()
    if not told:
        raise SurveyError("text_missing")
    if len(told) > MOST_CHARS:
        raise SurveyError("text_too_long", most=MOST_CHARS)
    return mask_text(told).text


def make_flag(comment_id: bytes, kind: str, note: str, by: Person) -> Flag:
    return Flag(secrets.token_bytes(ID_BYTES), comment_id, kind, note, datetime.now(UTC), by.name)
