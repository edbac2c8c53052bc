"""Is everything that is wrong on a page told in one box, whatever and how much it is?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.insight.hand_made import add_cells, add_publication
from tests.walks import Calendar, open_a_round, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
Draw = Callable[..., AppTest]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    calendar = Calendar(date(2026, 11, 16))
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    def draw_page(address: str, role: Role, *opened_forms: str, **asked: str) -> AppTest:
        frame = Frame(installation, Person(role), "sv")
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", address)
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        for name in opened_forms:
            page.session_state[name] = True
        page.run()
        assert not page.exception
        return page

    return draw_page


def read_errors(page: AppTest) -> list[str]:
    return [str(one.value) for one in page.error]


def test_two_parts_of_an_address_may_be_wrong(installation: Installation, draw: Draw) -> None:
    open_a_round(installation)
    page = draw("monitoring", Role.COORDINATOR, round="zzz", area="99")
    say = speak("sv").say
    assert read_errors(page) == [
        say("error.round_not_followed", round="zzz"),
        say("error.area_unknown", area="99"),
    ]


def test_a_form_that_is_refused_under_an_address_that_is_wrong_is_told_too(draw: Draw) -> None:
    page = draw("follow-up", Role.MANAGER, "goal-add-07-0", area="99")
    page.button(key="goal-add-07-0-save").click().run()
    assert not page.exception
    first, second = read_errors(page)
    assert speak("sv").say("error.area_unknown", area="99") in first
    assert second not in ("", first) and "referens" not in second


def test_what_is_wrong_with_the_span_is_told_beside_what_is_wrong_with_the_area(
    installation: Installation, draw: Draw
) -> None:
    add_publication(installation, "2026-10")
    add_cells(installation)
    page = draw("trends", Role.MANAGER, area="9999", **{"from": "2010-01", "to": "2010-02"})
    assert "9999" in read_errors(page)[0]
    assert "referens" not in " ".join(read_errors(page))


def test_a_fault_of_ours_after_something_wrong_still_gives_its_reference(
    installation: Installation, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    open_a_round(installation)
    monkeypatch.setattr("pages.monitoring.find_monitoring", fail)
    told, fault = read_errors(draw("monitoring", Role.COORDINATOR, round="zzz"))
    assert told == speak("sv").say("error.round_not_followed", round="zzz")
    assert fault.startswith("Något gick fel hos oss (referens ")
