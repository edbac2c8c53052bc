"""Does the overview tell how keying goes, and may only who leads say how many are keyed twice?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.keying.finishing import choose_between
from survey.keying.keeping import keep_all_last
from survey.keying.sampling import find_share, set_share
from survey.language import speak
from survey.paper.boxes import list_rows
from survey.people.roles import Person
from survey.store.rounds import Round
from tests.keying.keyed import ANNA, BO, LEADER, key_form, make_code, open_paper

SAY = speak("sv").say
MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
Draw = Callable[[Person], AppTest]


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    def draw_for(viewer: Person) -> AppTest:
        monkeypatch.setattr(menu_table, "open_frame", lambda: Frame(installation, viewer, "sv"))
        monkeypatch.setattr(menu_table, "HOME", "keying")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=60).run()
        assert not page.exception
        return page

    return draw_for


def read(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.markdown, *page.warning, *page.success))


def key_twice(installation: Installation, round_: Round, *, forms: int, differing: int) -> None:
    """Some forms keyed by two, the first of them with as many fields different as is said."""
    set_share(installation, round_.id, 100, by=LEADER)
    for number in range(forms):
        code = make_code(installation, round_)
        survey = open_paper(installation, round_, code).survey
        rows = [row for row in list_rows(survey) if row.asked.question.kind == "scale"]
        keys = {row.id: "-" for row in list_rows(survey) if row.kind != "text"}
        other = keys | {row.id: "1" for row in rows[: differing if number == 0 else 0]}
        key_form(installation, round_, code, keys)
        key_form(installation, round_, code, other, by=BO)
        if other != keys:
            opened = open_paper(installation, round_, code, by=BO)
            choose_between(installation, opened, dict.fromkeys(other, "first"), by=BO)
    keep_all_last(installation, round_.id, by=BO.id)


def test_agreement_is_told_with_a_warning_and_without_names(
    installation: Installation, letters: Round, draw: Draw
) -> None:
    key_twice(installation, letters, forms=4, differing=3)
    page = draw(LEADER)
    assert SAY("keying.alike_warning", limit="99") in read(page)
    assert "97,6 procent av 124 fält är lika" in read(page)
    keyers = page.table[1].value.iloc[:, 0].tolist()
    assert keyers == ["A", "B"]
    own = read(draw(BO))
    assert SAY("keying.alike_own", told="").strip() in own
    assert not draw(BO).table


def test_too_few_fields_say_nothing(installation: Installation, letters: Round, draw: Draw) -> None:
    key_twice(installation, letters, forms=1, differing=1)
    assert SAY("keying.alike_few", least="100") in read(draw(LEADER))


def test_the_share_is_set_by_who_leads_and_offered_to_nobody_else(
    installation: Installation, letters: Round, draw: Draw
) -> None:
    page = draw(LEADER)
    page.number_input[0].set_value(25)
    (button,) = [one for one in page.button if one.label == SAY("keying.set_share")]
    button.click().run()
    assert find_share(installation, letters.id) == 25
    assert not draw(ANNA).number_input
