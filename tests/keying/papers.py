"""How do tests fill a form on paper, keep it and read what was refused?"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from survey.answering.drafts import find_survey
from survey.errors import SurveyError
from survey.installation import Installation
from survey.keying.keeping import keep_all_last
from survey.keying.sampling import set_share
from survey.people.roles import Person
from survey.store.rounds import Round
from tests.keying.keyed import ANNA, LEADER, write_keys
from tests.walks import fill_in

Keys = dict[str, str]


def fill_paper(installation: Installation, round_: Round, *, seed: int = 1, comment: str = "") -> Keys:
    survey = find_survey(installation, round_, "full")
    return write_keys(
        survey, fill_in(survey, municipality="0780", comment=comment, chance=random.Random(seed))
    )


def share(installation: Installation, round_: Round, percent: int) -> None:
    set_share(installation, round_.id, percent, by=LEADER)


def refuse(deed: Callable[[], object]) -> str:
    with pytest.raises(SurveyError) as wrong:
        deed()
    return wrong.value.code


def keep(installation: Installation, round_: Round, by: Person = ANNA) -> int:
    return keep_all_last(installation, round_.id, by=by.id)
