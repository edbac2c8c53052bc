"""Can a coordinator order codes, follow them, remind and open a new wave, and is what is wrong told?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.answering.drafts import find_survey
from survey.answering.journey import list_steps
from survey.answering.throttle import GUESSED
from survey.installation import Installation
from survey.language import speak
from survey.letters.fetching import fetch_order
from survey.letters.files import Wish
from survey.letters.orders import list_orders, make_ordered
from survey.rounds import list_rounds, list_sensitive, open_round
from survey.store import audits
from tests.letters.conftest import COORDINATOR, LETTERS, make_order, open_letters
from tests.walks import SURVEY, VERSION

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say
Draw = Callable[..., AppTest]


@pytest.fixture
def draw(quick: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws the page for a coordinator, at an address."""

    def draw_page(**asked: str) -> AppTest:
        frame = Frame(quick, COORDINATOR, "sv")
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", "rounds")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        return run(page)

    return draw_page


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    told = (*page.markdown, *page.caption, *page.error, *page.warning, *page.success, *page.header)
    return "\n".join(str(one.value) for one in told).replace("\\", "")


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    return run(page)


def type_numbers(page: AppTest, text: str) -> AppTest:
    page.text_area(key="order-form-brev-numbers").input(text)
    return press(page, SAY("codes.order"))


def test_codes_are_ordered_and_stand_there_until_they_are_fetched(quick: Installation, draw: Draw) -> None:
    open_letters(quick)
    type_numbers(draw(), "Växjö 3\nLjungby 2")
    (order,) = list_orders(quick)
    make_ordered(quick, order.id)
    assert order.areas == (("0780", 3), ("0781", 2))
    assert SAY("codes.ready") in read(draw())
    b"".join(fetch_order(quick, order.id, Wish(shape="merge"), by=COORDINATOR))
    assert SAY("codes.ready") not in read(draw())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", SAY("error.codes_none")),
        ("Narnia 3", SAY("error.codes_line_wrong", line="1")),
        ("Växjö 3\nVäxjö 4", SAY("error.codes_line_twice", line="2")),
    ],
)
def test_numbers_that_cannot_be_read_are_told(quick: Installation, draw: Draw, typed: str, told: str) -> None:
    open_letters(quick)
    assert told in read(type_numbers(draw(), typed))
    assert list_orders(quick) == ()


def test_an_order_is_thrown_away(quick: Installation, draw: Draw) -> None:
    make_order(quick, open_letters(quick), a0780=2)
    press(draw(), SAY("codes.throw"))
    assert [one.state for one in list_orders(quick)] == ["gone"]


def test_a_confidential_round_lists_what_is_unused_and_an_anonymous_one_cannot(
    quick: Installation, draw
) -> None:
    open_letters(quick)
    assert SAY("codes.list_unused") not in [one.label for one in draw().button]
    open_letters(quick, mode="confidential", name="brev-k")
    page = draw()
    assert SAY("codes.remind_anonymous") in read(page) and SAY("codes.remind_confidential") in read(page)
    press(page, SAY("codes.list_unused"))
    assert SAY("codes.list_unused") not in [one.label for one in draw().button]


def test_a_new_wave_is_opened_by_one_press(quick: Installation, draw: Draw) -> None:
    open_letters(quick, mode="confidential", name="brev-2026")
    press(draw(like="brev-2026"), SAY("rounds.open"))
    found = {one.id: one for one in list_rounds(quick)}
    new, old = found["brev-2027"], found["brev-2026"]
    assert (new.door, new.mode, new.version, new.forms) == (old.door, old.mode, old.version, old.forms)
    assert new.opens > old.closes


def test_sensitive_questions_are_switched_off_for_a_round(quick: Installation, draw: Draw) -> None:
    whole = open_round(quick, replace(LETTERS, id="hel", door="open"), by="test")
    (sensitive, *_) = list_sensitive(find_survey(quick, whole, "full").definition)
    page = draw()
    page.text_input(key="new-1-title").input("Utan")
    page.text_input(key="new-1-name").input("utan")
    page.multiselect(key="new-1-left-out").select(sensitive.id)
    press(page, SAY("rounds.open"))
    without = next(one for one in list_rounds(quick) if one.id == "utan")
    assert without.left_out == (sensitive.id,)
    for form in ("full", "short"):
        asked = [
            {one.id for step in list_steps(find_survey(quick, one, form), {}) for one in step.asked}
            for one in (whole, without)
        ]
        assert asked[0] - asked[1] <= {sensitive.id}
        assert sensitive.id not in asked[1]
    all_of_it = {one.id for _, part in find_survey(quick, whole, "full").parts for one in part}
    assert sensitive.id in all_of_it


def test_an_alarm_stands_on_the_page(quick: Installation, draw: Draw) -> None:
    assert "gissa koder" not in read(draw())
    with quick.database.write() as connection:
        audits.add_event(connection, GUESSED, "service", by="system", number=1000)
    assert "gissa koder" in read(draw())


def test_the_definition_in_force_is_named(quick: Installation, draw: Draw) -> None:
    assert f"({SURVEY} {VERSION}):** {SAY('rounds.in_force')}" in read(draw())
