"""How does somebody key a form in a test, and what was stored of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from survey.answering.answers import Value
from survey.answering.journey import Survey
from survey.answering.seal import Payload, open_payload
from survey.installation import Installation
from survey.keying.finishing import Finished, finish_form
from survey.keying.opening import Opened, Wish, keep_typed, open_form
from survey.paper.boxes import Row, list_rows
from survey.people.roles import Person, Role
from survey.rounds import make_codes
from survey.store import submissions
from survey.store.rounds import Round
from tests.walks import ITS_MONTH

ANNA, BO, LEADER = Person(Role.KEYER, "a1"), Person(Role.KEYER, "b2"), Person(Role.COORDINATOR, "c3")
FULL = Wish()


def make_code(installation: Installation, round_: Round, area: str = "0780") -> str:
    return make_codes(installation, round_, area=area, number=1, by="test")[0]


def write_keys(survey: Survey, answers: Mapping[str, Value]) -> dict[str, str]:
    """The keys that somebody presses who has a paper with these answers in hand."""
    return {row.id: write_key(row, answers.get(row.id)) for row in list_rows(survey)}


def write_key(row: Row, value: Value | None) -> str:
    if row.kind == "text":
        return str(value or "")
    if value is None:
        return "-"
    codes = (value,) if isinstance(value, str) else value
    return "".join(box.key for box in row.boxes if box.code in codes)


def open_paper(
    installation: Installation, round_: Round, code: str, *, by: Person = ANNA, wish: Wish = FULL
) -> Opened:
    return open_form(installation, round_, code, wish, by=by)


def key_form(
    installation: Installation, round_: Round, code: str, keys: Mapping[str, str], *, by: Person = ANNA
) -> Finished:
    """A whole form from its code to being finished."""
    opened = keep_typed(installation, open_paper(installation, round_, code, by=by), keys)
    return finish_form(installation, opened, by=by)


def list_payloads(installation: Installation) -> list[Payload]:
    """The sealed answers that wait in the inbox, opened."""
    with installation.database.read(newest=True) as connection:
        waiting = submissions.list_sealed(connection, ITS_MONTH)
    key = installation.keys.read_period_key(ITS_MONTH)
    return [open_payload(sealed, key) for _, sealed in waiting]


def forget_secrets(payload: Payload) -> Payload:
    """A payload without what chance gave it."""
    return replace(payload, response_hash=b"", comment_hash=b"")
