"""How does a person walk through a survey in a test, from the first part to the receipt?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from survey.answering.answers import Asked, Value
from survey.answering.drafts import begin_draft, find_survey, keep_draft
from survey.answering.journey import Survey, find_step, give_answers
from survey.answering.submit import send_answers
from survey.installation import Installation, open_installation
from survey.rounds import NewRound, open_round
from survey.settings import Settings
from survey.store.rounds import Round
from tests.migrated import lay_migrated

SURVEYS = Path(__file__).parent.parent / "surveys"
SURVEY, VERSION = "invanarupplevelse", "2026-1"
A_DAY = date(2026, 9, 10)
ITS_MONTH = "2026-09"


@dataclass
class Calendar:
    """The day it is, until a test says another."""

    day: date = A_DAY

    def __call__(self) -> date:
        return self.day

    def turn_to(self, year: int, month: int, day: int = 1) -> None:
        self.day = date(year, month, day)


@dataclass(frozen=True)
class Walked:
    """What a person has afterwards: the secret of their draft, their letter code and their receipt."""

    secret: bytes = field(repr=False)
    code: str | None = None
    receipt: str = ""


def make_settings(url: str, folder: Path, **changes: Any) -> Settings:
    """Settings of an installation whose every file lies in `folder`."""
    return Settings(**{"DATABASE_URL": url, "VAR_DIR": folder, "SURVEYS_DIR": SURVEYS, **changes})


@contextmanager
def opened(
    url: str, folder: Path, calendar: Calendar | None = None, **changes: Any
) -> Iterator[Installation]:
    """An installation, closed when the block ends."""
    settings = make_settings(url, folder, **changes)
    lay_migrated(settings.database)
    installation = open_installation(settings, today=calendar or Calendar())
    try:
        yield installation
    finally:
        installation.database.close()


def open_a_round(installation: Installation, name: str = "runda", *, door: str = "open") -> Round:
    """A round of residents' survey that is open the whole of 2026."""
    year = (date(2026, 1, 1), date(2026, 12, 31))
    return open_round(installation, NewRound(name, SURVEY, VERSION, "Runda", *year, door=door), by="test")


def fill_in(
    survey: Survey, *, municipality: str, comment: str = "", chance: random.Random
) -> dict[str, Value]:
    """Plausible answers to every step; nine of ten questions are answered."""
    answers: dict[str, Value] = {}
    number = 1
    while (step := find_step(survey, answers, number)) is not None:
        raw = {one.id: choose(one, municipality, comment, chance) for one in step.asked}
        answers, _ = give_answers(survey, answers, step, raw)
        number += 1
    return answers


def choose(asked: Asked, municipality: str, comment: str, chance: random.Random) -> list[str]:
    """What a form would send for one question."""
    if asked.question.kind == "text":
        return [comment] if comment else []
    if asked.question.key == "municipality":
        return [municipality]
    return [chance.choice(sorted(asked.codes))] if chance.random() < 0.9 else []


def begin_answering(
    installation: Installation,
    round_: Round,
    *,
    municipality: str = "0780",
    code: str | None = None,
    comment: str = "",
    chance: random.Random | None = None,
) -> Walked:
    """Everything filled in and kept, and nothing sent."""
    secret, draft = begin_draft(installation, round_, form="full", language="sv", code=code)
    survey = find_survey(installation, round_, draft.form)
    answers = fill_in(survey, municipality=municipality, comment=comment, chance=chance or random.Random(1))
    keep_draft(installation, round_, secret, replace(draft, answers=answers))
    return Walked(secret, code)


def answer_survey(installation: Installation, round_: Round, **how: Any) -> Walked:
    """The whole walk; `how` as begin_answering takes it."""
    walked = begin_answering(installation, round_, **how)
    return replace(walked, receipt=send_answers(installation, round_, walked.secret).receipt)
