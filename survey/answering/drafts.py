"""How unsent answers are kept so that only the person who gave them can open them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

import orjson
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, Kind, mask_text
from survey.answering.answers import Value
from survey.answering.journey import Survey, make_survey
from survey.answering.keys import derive_key, hash_keyed
from survey.answering.masked import list_masked
from survey.answering.reached import count_reached, find_new, list_places
from survey.answering.receipt import make_receipt
from survey.answering.seal import pad_document, read_value, unpad_document
from survey.definition.load import seal_definition
from survey.definition.model import Form
from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers, find_definition
from survey.store import drafts as stored
from survey.store import rounds, submissions
from survey.store.rounds import Round
from survey.store.sendings import keep_unsent
from survey.translating.current import find_newest, translate_survey

SECRET_BYTES = 16
AREA_BYTES = 20  # as long as an area's code may be
DRAFT_DAYS = 30  # how long an unsent draft is kept after it was last touched
ROUND_SECONDS = 5.0  # how old what is known of a round may be
SENT_DAYS = 1  # how long the receipt of what was sent can be shown again in the same browser


@dataclass(frozen=True)
class Draft:
    """What a person has answered so far. `code` is the keyed hash of the letter code, if there was one.

    `counted` are the places of the form that they have been counted in: survey/answering/reached.py.
    """

    form: Form
    language: str
    channel: str
    receipt: bytes = field(repr=False)
    answers: Mapping[str, Value] = field(default_factory=dict[str, Value], repr=False)
    code: bytes | None = field(default=None, repr=False)
    area: str = ""
    sent: bool = False
    counted: int = 0


def begin_draft(
    installation: Installation, round_: Round, *, form: Form, language: str, code: str | None = None
) -> tuple[bytes, Draft]:
    """A new draft, or the one that a code already has, with the secret that opens it.

    Raises SurveyError: code_unknown for a code that is not there (never existed, or was used: the same
    words), round_not_open, key_missing or key_differs when answers would not be safe.
    """
    check_round_open(installation, round_)
    check_lately(installation, int(time.monotonic() / ROUND_SECONDS))
    if code is None:
        channel = round_.door if round_.door in ("panel", "kiosk") else "open"
        draft = Draft(form=form, language=language, channel=channel, receipt=make_receipt())
        return keep_new(installation, round_, secrets.token_bytes(SECRET_BYTES), draft)
    secret = hash_keyed(installation.pepper, "draft of code", code.encode())[:SECRET_BYTES]
    known = find_draft(installation, round_, secret)
    code_hash = hash_code(installation, code)
    with installation.database.read(newest=True) as connection:
        found = submissions.find_code(connection, code_hash)
    if found is None or found[0] != round_.id or round_.door != "coded":  # else a number of a paper form
        raise SurveyError("code_unknown")
    if known is not None:
        return secret, known
    area = open_area(installation, code, found[1])
    draft = Draft(form, language, "invited", make_receipt(), code=code_hash, area=area)
    return keep_new(installation, round_, secret, draft)


@lru_cache(maxsize=8)
def check_lately(installation: Installation, _now: int) -> None:
    """check_may_take_answers, at most once in five seconds: an error is not remembered."""
    check_may_take_answers(installation)


def keep_new(installation: Installation, round_: Round, secret: bytes, draft: Draft) -> tuple[bytes, Draft]:
    first = list_places(find_survey(installation, round_, draft.form))[0]
    return secret, keep_draft(installation, round_, secret, draft, place=first)


def hash_code(installation: Installation, code: str) -> bytes:
    """What is kept of a letter code."""
    return hash_keyed(installation.pepper, "code", code.encode())


def seal_area(installation: Installation, code: str, area: str) -> bytes:
    """The municipality of a code, which only the code opens: all of one length."""
    key = hash_keyed(installation.pepper, "area of code", code.encode())
    return bytes(SecretBox(key).encrypt(area.encode().ljust(AREA_BYTES)))


def open_area(installation: Installation, code: str, sealed: bytes) -> str:
    key = hash_keyed(installation.pepper, "area of code", code.encode())
    return SecretBox(key).decrypt(sealed).decode().rstrip()


def check_round_open(installation: Installation, round_: Round) -> None:
    """Raises SurveyError round_not_open with the days it is open."""
    if not round_.is_open(installation.today()):
        raise SurveyError("round_not_open", opens=round_.opens.isoformat(), closes=round_.closes.isoformat())


def find_round(installation: Installation, round_id: str) -> Round:
    """The round of an address, as it was at most five seconds ago. Raises SurveyError round_unknown."""
    found = read_round(installation, round_id, int(time.monotonic() / ROUND_SECONDS))
    if found is None:
        raise SurveyError("round_unknown")
    return found


@lru_cache(maxsize=256)
def read_round(installation: Installation, round_id: str, _now: int) -> Round | None:
    """Every page asks for its round, and a round hardly ever changes: read anew every five seconds."""
    with installation.database.read(newest=True) as connection:
        return rounds.find_round(connection, round_id)


def find_survey(installation: Installation, round_: Round, form: Form) -> Survey:
    """The survey of a round in one of its forms, with its texts in residents' languages."""
    asked = (round_.survey, round_.version, round_.checksum, form, round_.left_out)
    return prepare_survey(installation, *asked, find_newest(installation))


@lru_cache(maxsize=64)
def prepare_survey(
    installation: Installation,
    survey: str,
    version: str,
    checksum: str,
    form: Form,
    left_out: tuple[str, ...],
    _newest: int,
) -> Survey:
    """A survey ready to ask, made once for each text of a definition and each choice of what is left out."""
    definition = find_definition(installation, survey, version)
    if seal_definition(definition) != checksum:
        raise SurveyError("definition_unknown", survey=survey, version=version)
    shown, drafts = translate_survey(installation, definition)
    return make_survey(shown, form, installation.areas, left_out=frozenset(left_out), drafts=drafts)


def find_draft(installation: Installation, round_: Round, secret: bytes) -> Draft | None:
    """The draft that a secret opens in a round, None when there is none."""
    lock = find_lock(installation, round_.id)
    sealed = stored.find_draft(installation.database, lock.find_id(secret))
    return open_draft(sealed, lock.find_key(secret)) if sealed is not None else None


def keep_draft(
    installation: Installation, round_: Round, secret: bytes, draft: Draft, *, place: str = ""
) -> Draft:
    """Keep a draft, its texts masked before they are written. Returns it as it was kept.

    `place` is the part, or looking over, that the person comes to by it; they are counted there once.
    Raises SurveyError already_sent when it was sent from another tab meanwhile: what was sent stands.
    """
    survey = find_survey(installation, round_, draft.form)
    new, counted = find_new(survey, draft.counted, place) if place else ((), draft.counted)
    masked = replace(mask_draft(survey, draft), counted=counted)
    lock = find_lock(installation, round_.id)
    draft_id, sealed = lock.find_id(secret), seal_draft(masked, lock.find_key(secret))
    expires = installation.today() + timedelta(days=SENT_DAYS if draft.sent else DRAFT_DAYS)
    submission_id = lock.find_submission(secret)
    installation.database.write_together(
        lambda connection: keep_unsent(
            connection,
            submission_id,
            draft_id=draft_id,
            round_id=round_.id,
            sealed=sealed,
            expires=expires,
        )
    )
    if new:
        count_reached(installation, round_.id, draft.form, new)
    return masked


def forget_draft(installation: Installation, round_: Round, secret: bytes) -> None:
    """Remove a draft, as when a person says that they are done with a shared computer."""
    draft_id = find_lock(installation, round_.id).find_id(secret)
    installation.database.write_together(lambda connection: stored.delete_draft(connection, draft_id))


def mask_draft(survey: Survey, draft: Draft) -> Draft:
    """The draft with what may identify somebody taken out of its texts."""
    texts = [q.id for q in survey.definition.questions if q.kind == "text" and q.id in draft.answers]
    if not texts:
        return draft
    tokens = ENGLISH_TOKENS if draft.language == "en" else SWEDISH_TOKENS
    masked = {one: mask_text(str(draft.answers[one]), tokens=tokens).text for one in texts}
    return replace(draft, answers={**draft.answers, **masked})


def find_masked(draft: Draft) -> tuple[Kind, ...]:
    """What kinds of personal data were taken out of the texts of a draft."""
    return list_masked(text for text in draft.answers.values() if isinstance(text, str))


@dataclass(frozen=True)
class Lock:
    """How a person's secret becomes a draft's id, its key and its submission id in one round."""

    round_key: bytes = field(repr=False)

    def find_id(self, secret: bytes) -> bytes:
        return derive_key(self.round_key, "draft", secret)

    def find_key(self, secret: bytes) -> bytes:
        return derive_key(self.round_key, "draft key", secret)

    def find_submission(self, secret: bytes) -> bytes:
        return derive_key(self.round_key, "submission", secret)


@lru_cache(maxsize=256)
def read_lock(installation: Installation, round_id: str) -> Lock:
    return Lock(installation.keys.read_round_key(round_id))


def find_lock(installation: Installation, round_id: str) -> Lock:
    """The lock of a round that has begun. Raises SurveyError key_missing."""
    return read_lock(installation, round_id)


def seal_draft(draft: Draft, key: bytes) -> bytes:
    """A draft that only its key opens."""
    return bytes(SecretBox(key).encrypt(pad_document(orjson.dumps(write_draft(draft)))))


def open_draft(sealed: bytes, key: bytes) -> Draft | None:
    """The draft in a sealed one; None when the key does not fit."""
    try:
        found = orjson.loads(unpad_document(SecretBox(key).decrypt(sealed)))
    except CryptoError:
        return None
    return read_draft(found)


def read_draft(found: dict[str, Any]) -> Draft:
    """The draft in a document of write_draft."""
    given = {question: read_value(stored) for question, stored in found["answers"].items()}
    answers = {question: value for question, value in given.items() if value is not None}
    return Draft(
        form=found["form"],
        language=found["language"],
        channel=found["channel"],
        receipt=bytes.fromhex(found["receipt"]),
        answers=answers,
        code=bytes.fromhex(found["code"]) if found["code"] else None,
        area=found["area"],
        sent=found["sent"],
        counted=found.get("counted", 0),
    )


def write_draft(draft: Draft) -> dict[str, object]:
    return {
        "form": draft.form,
        "language": draft.language,
        "channel": draft.channel,
        "receipt": draft.receipt.hex(),
        "answers": draft.answers,
        "code": draft.code.hex() if draft.code else None,
        "area": draft.area,
        "sent": draft.sent,
        "counted": draft.counted,
    }
