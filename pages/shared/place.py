"""Where a person is in a survey: the round, the begun answers, and the step that the address says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from survey.answering.drafts import Draft, check_round_open, find_draft, find_survey
from survey.answering.journey import Survey
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import WHOLE_LANGUAGES
from survey.light.cookies import read_secret
from survey.rounds import Round

ROUND = "round"
PART = "part"
MEND = "mend"
LANGUAGE = "language"
START = "start"


@dataclass(frozen=True)
class Place:
    """A person's begun answers in a round, and the secret that opens them."""

    installation: Installation
    round: Round
    survey: Survey
    secret: bytes
    draft: Draft


def find_place(installation: Installation, round_: Round) -> Place | None:
    """What this browser has begun in a round, None when it has not."""
    secret = read_secret(st.context.cookies.to_dict())
    if secret is None:
        return None
    try:
        draft = find_draft(installation, round_, secret)
    except SurveyError as wrong:
        if wrong.code == "key_missing":
            check_round_open(installation, round_)  # over: its key is gone for good, and on purpose
        raise
    if draft is None:
        return None
    return Place(installation, round_, find_survey(installation, round_, draft.form), secret, draft)


def show_address(place: Place, part: str | int, *, mend: int = 0) -> None:
    """Put a step in the address. `mend` counts how often it came back to be mended."""
    asked = {ROUND: place.round.id, PART: str(part)}
    st.query_params.from_dict(asked | ({MEND: str(mend)} if mend else {}))


def go_to(place: Place, part: str | int, *, mend: int = 0) -> NoReturn:
    """Put a step in the address and draw the page anew."""
    show_address(place, part, mend=mend)
    st.rerun()


def read_number(name: str) -> int:
    """A number in the address, 0 when it is none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def list_other_languages(place: Place, language: str) -> list[str]:
    """The languages that the survey can be read in, but the one it is read in."""
    return [
        code for code in place.survey.definition.languages if code in WHOLE_LANGUAGES and code != language
    ]
