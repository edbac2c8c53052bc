"""Does what a reader chooses stay chosen from page to page, and is what makes no sense mended and told?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.area_kept import KEPT
from pages.shared.frame import PAGE_BEFORE, Frame
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, add_cells, add_publication
from tests.insight.monthly import list_months
from tests.walks import Calendar, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
Draw = Callable[..., AppTest]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    calendar = Calendar(date(2026, 11, 16))
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        for month in list_months(6):
            add_publication(found, month)
            add_cells(found, replace(CELL, period=month), replace(CELL, area="0781", period=month))
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """A page at an address; `came` is the page before and `kept` the area that was chosen there."""

    def draw_page(address: str, *, came: str = "", kept: str = "", **asked: str) -> AppTest:
        frame = Frame(installation, Person(Role.MANAGER), "sv")
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", address)
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name.rstrip("_")] = value
        if came:
            page.session_state[PAGE_BEFORE] = came
        if kept:
            page.session_state[KEPT] = kept
        page.run()
        assert not page.exception
        return page

    return draw_page


def read_area(page: AppTest) -> str:
    return str(page.selectbox(key="filter-area").value)


@pytest.mark.parametrize("address", ["trends", "groups", "follow-up", "indicators"])
def test_an_area_stays_chosen_on_the_next_page_and_stands_in_its_address(draw: Draw, address: str) -> None:
    page = draw(address, came="start", kept="0781")
    assert read_area(page) == "0781"
    assert page.query_params["area"] in ("0781", ["0781"])


def test_the_area_of_the_address_is_the_one_that_is_remembered(draw: Draw) -> None:
    page = draw("trends", came="groups", kept="0781", area="0780")
    assert (read_area(page), page.session_state[KEPT]) == ("0780", "0780")


def test_the_way_back_to_an_address_without_an_area_shows_what_that_address_shows(draw: Draw) -> None:
    page = draw("trends", came="trends", kept="0781")
    assert read_area(page) == "07"
    assert KEPT not in page.session_state


def test_beside_each_other_stand_the_municipalities_of_the_chosen_areas_county(draw: Draw) -> None:
    page = draw("municipalities", came="trends", kept="0881")
    assert page.selectbox(key="filter-county").value == "08"


@pytest.mark.parametrize(
    ("name", "chosen", "kept"), [("to", "2026-06", "from"), ("from", "2026-10", "to")], ids=["to", "from"]
)
def test_an_end_that_is_chosen_beyond_the_other_gives_that_up_and_says_so(
    draw: Draw, name: str, chosen: str, kept: str
) -> None:
    page = draw("trends", from_="2026-08", to="2026-09")
    page.selectbox(key=f"filter-{name}").set_value(chosen).run()
    assert not page.exception
    assert not page.error
    assert page.selectbox(key=f"filter-{name}").value == chosen
    assert kept not in page.query_params
    assert any("är åter det vanliga" in str(one.value) for one in page.caption)
    page.run()
    assert not any("är åter det vanliga" in str(one.value) for one in page.caption)


@pytest.mark.parametrize("span", [("2027-01", "2028-01"), ("2010-01", "2010-12")], ids=["later", "earlier"])
def test_of_a_time_without_figures_it_is_said_when_there_are_some(draw: Draw, span: tuple[str, str]) -> None:
    page = draw("trends", area="0781", from_=span[0], to=span[1])
    (told,) = [str(one.value) for one in page.error]
    assert told.endswith("Siffror finns från maj 2026 till oktober 2026.")
    assert not page.get("plotly_chart")
    assert "Resultat för Ljungby" in "".join(str(one.proto.body) for one in page.get("html"))
    (link,) = [one.proto for one in page.get("page_link") if "from=2026-05" in one.proto.query_string]
    assert "area=0781" in link.query_string and "to=2026-10" in link.query_string
