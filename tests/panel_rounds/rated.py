"""How do members rate in a test, and what goes wrong?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.answer import Page, find_walk, keep_sheet, send_own
from survey.panel_rounds.close import close_round, open_second
from survey.panel_rounds.find import find_panel_round
from survey.panel_rounds.open import NewPanelRound, open_panel_round
from survey.panel_rounds.subjects import NewSubject
from survey.people.roles import Person, Role
from survey.store.panel_rounds import PanelRound

COORDINATOR = Person(Role.COORDINATOR)
ANNA, BO = Person(Role.PANEL_MEMBER, "anna"), Person(Role.PANEL_MEMBER, "bo")
EVENING = NewSubject(
    "proposal", "kvall", "Telefontid på kvällen", "Öppet till klockan 20 två dagar i veckan."
)
CONTACT = NewSubject("proposal", "kontakt", "Fast vårdkontakt till alla över 80")
ACCESS = NewSubject("theme", "access", "Att komma fram i tid")
FOOD = NewSubject("theme", "food", "Mat")
THEMES = (ACCESS, FOOD, NewSubject("theme", "digital", "Digitalt"), NewSubject("theme", "transport", "Resor"))
NEW = NewPanelRound("Höstens förslag", date(2026, 10, 1), (EVENING, CONTACT))
SPREAD = ("5", "4", "4", "3", "2")  # answers of five members

Raw = Mapping[str, Sequence[str]]


def open_a_round(installation: Installation, *subjects: NewSubject) -> PanelRound:
    new = NewPanelRound(NEW.title, NEW.answer_by, subjects or NEW.subjects)
    return open_panel_round(installation, new, by=COORDINATOR)


def rate_page(installation: Installation, round_id: str, key: str, raw: Raw, *, by: Person) -> None:
    """Answer one page as a member who has just read it."""
    walk = find_walk(installation, round_id, by=by)
    page = Page(walk.wave, key, walk.own.find(key).revision)
    keep_sheet(installation, round_id, page, raw, language="sv", by=by)


def send(installation: Installation, round_id: str, *, by: Person) -> None:
    wave = find_walk(installation, round_id, by=by).wave
    send_own(installation, round_id, wave=wave, by=by)


def rate_as(installation: Installation, round_id: str, member: str, pages: Mapping[str, Raw]) -> None:
    """A member answers some pages and sends."""
    by = Person(Role.PANEL_MEMBER, member)
    for key, raw in pages.items():
        rate_page(installation, round_id, key, raw, by=by)
    send(installation, round_id, by=by)


def rate_together(
    installation: Installation,
    round_id: str,
    answers: Sequence[str],
    *,
    question: str = "b01",
    key: str = "1",
) -> None:
    """As many members as there are answers give one each to a question, and send; an empty one skips."""
    for number, answer in enumerate(answers):
        raw = {question: [answer] if answer else []}
        rate_as(installation, round_id, f"m{number}", {key: raw})


def close(installation: Installation, found: PanelRound) -> PanelRound:
    seen = find_panel_round(installation, found.id, viewer=COORDINATOR).state
    return close_round(installation, found.id, seen=seen, by=COORDINATOR)


def open_again(installation: Installation, found: PanelRound) -> PanelRound:
    return open_second(installation, found.id, seen="first_closed", by=COORDINATOR)


def find_code(deed: Callable[..., object], *given: Any, **named: Any) -> str:
    """The code of what is wrong."""
    with pytest.raises(SurveyError) as wrong:
        deed(*given, **named)
    return wrong.value.code
