"""Is what residents are told whole in Swedish and easy-to-read Swedish, and never written over unread?"""

from __future__ import annotations

from copy import deepcopy

import pytest

from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.faults import list_feedback_faults
from survey.proposals.feedback import find_told, tell_residents
from survey.proposals.states import State
from tests.following.written import broken_log, find_codes
from tests.proposals.written import MANAGER, TEXTS, list_deeds, make

ENGLISH = {"heard": "Many start over.", "decided": "A contact is named.", "done": "All have one."}


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DECLINED])
def test_what_is_told_is_there(installation: Installation, state: State) -> None:
    one = make(installation, state)
    told = tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    assert find_told(installation, [one]) == {one.id: told}
    assert told.texts == TEXTS
    assert list_deeds(installation)[0] == ("residents told", "manager")


def test_it_is_told_anew_but_not_over_somebody_elses(installation: Installation) -> None:
    one = make(installation, State.ACCEPTED)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    known = {"based_on": 0, "by": MANAGER}
    assert find_codes(tell_residents, installation, one.id, TEXTS, **known) == ["proposal_changed_meanwhile"]
    new = TEXTS | {"en": ENGLISH}
    told = tell_residents(installation, one.id, new, based_on=1, by=MANAGER)
    assert (told.version, find_told(installation, [one])[one.id].texts["en"]) == (2, ENGLISH)


def test_nothing_is_told_without_its_audit_event(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(installation, State.ACCEPTED)
    with broken_log(monkeypatch):
        tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    assert find_told(installation, [one]) == {}


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED, State.WITHDRAWN])
def test_nothing_is_told_of_what_was_not_decided(on_sqlite: Installation, state: State) -> None:
    one = make(on_sqlite, state)
    known = {"based_on": 0, "by": MANAGER}
    assert find_codes(tell_residents, on_sqlite, one.id, TEXTS, **known) == ["proposal_not_now"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_tell(on_sqlite: Installation, role: Role) -> None:
    one = make(on_sqlite, State.ACCEPTED)
    known = {"based_on": 0, "by": Person(role)}
    assert find_codes(tell_residents, on_sqlite, one.id, TEXTS, **known) == ["not_allowed"]


# (language, part, text): what is changed in whole texts, and what is wrong then.
WRONG = [
    ("sv", "done", "Alla har en.", []),
    ("sv", "heard", " ", ["proposal_heard_sv_missing"]),
    ("sv", "decided", "", ["proposal_decided_sv_missing"]),
    ("sv-x-lattlast", "heard", "", ["proposal_heard_sv_x_lattlast_missing"]),
    ("sv-x-lattlast", "done", "", ["proposal_done_sv_x_lattlast_missing"]),
    ("sv", "done", "", ["proposal_done_sv_missing"]),
    ("en", "heard", "Many start over.", ["proposal_decided_en_missing", "proposal_done_en_missing"]),
    ("sv", "heard", "b" * 600, []),
    ("sv", "heard", "b" * 601, ["proposal_heard_sv_long"]),
    ("sv", "heard", "b " * 50_000, ["proposal_heard_sv_long"]),
    ("sv", "heard", "Anna, 19121212-1212", ["follow_personal"]),
    ("sv", "heard", "<b>Hej</b>", []),
]


@pytest.mark.parametrize(("language", "part", "said", "codes"), WRONG)
def test_what_is_missing_in_a_language_is_told(language: str, part: str, said: str, codes: list[str]) -> None:
    texts = deepcopy(TEXTS)
    texts.setdefault(language, {})[part] = said
    assert [one.code for one in list_feedback_faults(texts)] == codes


def test_nothing_done_may_be_left_out_in_every_language() -> None:
    texts = {language: {**said, "done": ""} for language, said in TEXTS.items()}
    assert list(list_feedback_faults(texts)) == []
