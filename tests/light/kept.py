"""What is kept of what a phone was given, as a test may look at it."""

from __future__ import annotations

import re

from survey.answering.drafts import Draft, find_draft
from survey.installation import Installation
from survey.light.cookies import read_secret
from survey.store import submissions
from survey.store.rounds import Round
from tests.light.plain_phone import PlainPhone
from tests.walks import ITS_MONTH

RECEIPT = re.compile(r"\b[a-z]{5}(?:-[a-z]{5}){4}\b")


def find_kept(installation: Installation, round_: Round, phone: PlainPhone) -> Draft:
    """The draft of a phone, which must have one."""
    secret = read_secret({name: value.strip('"') for name, value in phone.client.cookies.items()})
    assert secret is not None
    draft = find_draft(installation, round_, secret)
    assert draft is not None
    return draft


def count_sealed(installation: Installation) -> int:
    """How many sent answers wait in the inbox."""
    with installation.database.read() as connection:
        return len(submissions.list_sealed(connection, ITS_MONTH))


def go_to_look_over(phone: PlainPhone, round_id: str = "alla") -> None:
    """Begin, and skip everything up to the look-over page."""
    phone.begin(round_id)
    for _ in range(5):
        phone.press()


def read_receipt(phone: PlainPhone) -> str:
    """The receipt on the page."""
    (receipt,) = set(RECEIPT.findall(phone.page.text))
    return receipt
