"""Does the page show what others measured as theirs, and can a coordinator alone load it and lose nothing?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.demo.indicators import load_made_up
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.indicators.files import Desk, write_file
from tests.walks import opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
RESIDENT, COORDINATOR = Person(), Person(Role.COORDINATOR)
SWEDISH = speak("sv")
MARK = f"**{SWEDISH.say('indicators.mark')}**"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "var") as found:
        yield found


class PageOpener:
    """Opens the page as somebody, in a language, for an area."""

    def __init__(self, installation: Installation, patch: pytest.MonkeyPatch) -> None:
        self.installation = installation
        self.patch = patch

    def __call__(self, person: Person = RESIDENT, language: str = "sv", **asked: str) -> AppTest:
        frame = Frame(self.installation, person, language)
        self.patch.setattr(menu_table, "open_frame", lambda: frame)
        self.patch.setattr(menu_table, "HOME", "indicators")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page


@pytest.fixture
def open_page(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> PageOpener:
    return PageOpener(installation, monkeypatch)


def read(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.header, *page.markdown, *page.caption))


def test_without_indicators_the_page_says_what_to_do(open_page: PageOpener) -> None:
    told = read(open_page())
    assert SWEDISH.say("indicators.empty") in told
    assert MARK not in told


@pytest.mark.parametrize("language", ["sv", "sv-x-lattlast", "en"])
@pytest.mark.parametrize("area", ["07", "0780"])
def test_an_indicator_is_marked_as_not_the_surveys_own(
    open_page: PageOpener, installation: Installation, language: str, area: str
) -> None:
    load_made_up(installation, 2025)
    page = open_page(language=language, area=area)
    assert read(page).count(speak(language).say("indicators.mark")) == 1
    assert not page.error


def test_the_sentence_tells_the_last_value_and_the_one_before_it(
    open_page: PageOpener, installation: Installation
) -> None:
    rows = [("2022", "0,50"), ("2023", ".."), ("2024", "0,75")]
    Desk(installation).load(write_file(*({"period": p, "value": v} for p, v in rows)))
    told = read(open_page(area="0780"))
    assert "Växjö: 0,75 (index), 2024. Det är 0,25 mer än 2022. Högre är bättre." in told


def test_a_missing_value_is_a_word_in_the_table_and_zero_is_zero(
    open_page: PageOpener, installation: Installation
) -> None:
    Desk(installation).load(write_file({"value": "0"}, {"period": "2025", "value": ".."}))
    (table,) = open_page(area="0780").table
    assert list(table.value.iloc[:, 1]) == ["saknas", "0"]


def test_a_revised_value_says_so(open_page: PageOpener, installation: Installation) -> None:
    Desk(installation).load(write_file({}))
    Desk(installation).load(write_file({"value": "0,6"}))
    (table,) = open_page(area="0780").table
    assert list(table.value.iloc[:, 1]) == ["0,6 (ändrat)"]


def test_a_county_without_a_value_of_its_own_shows_its_municipalities(
    open_page: PageOpener, installation: Installation
) -> None:
    Desk(installation).load(write_file({}, {"area": "0781", "value": "0,7"}))
    page = open_page(area="07")
    assert "Det finns inget värde för Kronobergs län som helhet. Linjerna är kommunerna." in read(page)
    (table,) = page.table
    assert table.value.to_numpy().tolist() == [["Ljungby", "0,7"], ["Växjö", "0,5"]]


def test_an_area_that_there_is_not_becomes_the_county_with_a_sentence(open_page: PageOpener) -> None:
    page = open_page(area="9999")
    assert SWEDISH.say("indicators.usual") in page.error[0].value


@pytest.mark.parametrize("role", list(Role))
def test_only_a_coordinator_is_offered_to_load(open_page: PageOpener, role: Role) -> None:
    offered = [one.label for one in open_page(Person(role)).expander]
    assert (SWEDISH.say("indicators.upload") in offered) == (role is Role.COORDINATOR)


def test_a_file_is_previewed_before_it_is_loaded(open_page: PageOpener, installation: Installation) -> None:
    desk, page = Desk(installation), open_page(COORDINATOR, area="0780")
    page.file_uploader[0].set_value(("a.csv", write_file({}).encode(), "text/csv")).run()
    assert SWEDISH.say("indicators.load") in [one.label for one in page.button]
    assert desk.list_values() == {}
    page.button(key="indicators-load").click().run()
    assert desk.list_values() == {("k1", "0780", "2024"): 0.5}
    assert "är inläst" in page.success[0].value


def test_everything_wrong_in_a_file_is_told_and_there_is_nothing_to_press(
    open_page: PageOpener, installation: Installation
) -> None:
    page = open_page(COORDINATOR)
    wrong = write_file({"value": "mycket"}, {"area": "780"}).encode()
    page.file_uploader[0].set_value(("a.csv", wrong, "text/csv")).run()
    assert "mycket" in read(page)
    assert "780" in read(page)
    assert not page.button
    assert Desk(installation).list_values() == {}
