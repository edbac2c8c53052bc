"""Does the page of municipalities say first who differs, never in an order, and what is hidden as hidden?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from pages.shared.municipality_sentences import MunicipalityTeller
from survey.insight.compared_choice import ComparedChoice
from survey.insight.municipalities import compare_municipalities
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.store.publications import Cell
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
KRONOBERG = ("0764", "0761", "0781", "0767", "0763", "0760", "0780", "0765")  # in the order of the alphabet
NAMES = ["Alvesta", "Lessebo", "Ljungby", "Markaryd", "Tingsryd", "Uppvidinge", "Växjö", "Älmhult"]
BY_MONTH = {"by": "month", "measure": "helhet"}
PICTURES = ("table-beside", "tiles-open", "map-open", "lines-open")
NO_BREAK = "\N{NO-BREAK SPACE}"
Draw = Callable[..., AppTest]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var") as found:
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """The page as it is drawn for a role at an address, with some of its folds open."""
    monkeypatch.setattr(menu_table, "HOME", "municipalities")

    def draw_page(
        role: Role = Role.MANAGER, language: str = "sv", folds: tuple[str, ...] = (), **asked: str
    ) -> AppTest:
        monkeypatch.setattr(menu_table, "open_frame", lambda: Frame(installation, Person(role), language))
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in (BY_MONTH | asked).items():
            page.query_params[name] = value
        for fold in folds:
            page.session_state[fold] = True
        page.run()
        assert not page.exception
        return page

    return draw_page


def make_cell(area: str, share: float = 0.6, n: int = 200, **more: Any) -> Cell:
    return replace(CELL, area=area, n=n, n_effective=float(n), positive=share, **more)


def publish(installation: Installation, *cells: Cell) -> None:
    add_publication(installation)
    add_cells(installation, *cells, make_cell("07", 0.62, 1600))


def publish_one_outside(installation: Installation, share: float) -> None:
    publish(installation, make_cell("0765", share), *(make_cell(area) for area in KRONOBERG[:-1]))


def read_news(page: AppTest) -> list[str]:
    """The sentences at the top."""
    told = next(one.value for one in page.markdown if one.value.startswith("* "))
    plain = told.replace("\\", "").replace(NO_BREAK, " ")
    return [line.removeprefix("* ") for line in plain.split("\n")]


def tell(installation: Installation) -> MunicipalityTeller:
    choice = ComparedChoice(SURVEY, "07", "helhet", "month", "2026-10")
    compared = compare_municipalities(installation, choice, viewer=Person(Role.MANAGER))
    return MunicipalityTeller(speak("sv"), compared, where="Kronobergs län")


@pytest.mark.parametrize(("share", "word"), [(0.95, "fler"), (0.2, "färre")])
def test_one_that_differs_is_named_first_then_the_others_and_the_county(
    installation: Installation, draw: Draw, share: float, word: str
) -> None:
    publish_one_outside(installation, share)
    first, others, county = read_news(draw())
    assert first.endswith(
        f"oktober 2026: Älmhult har {word} höga svar än de andra kommunerna, mer än slumpen och vanliga "
        "skillnader förklarar."
    )
    assert others == "De 7 andra kommuner som kunde bedömas ligger inom gränserna."
    assert county == "Hela Kronobergs län: 62 % höga svar (1 600 svar)."


def test_when_all_are_alike_that_is_said(installation: Installation, draw: Draw) -> None:
    publish(installation, *(make_cell(area) for area in KRONOBERG))
    assert (
        "de 8 kommuner i Kronobergs län som kunde bedömas skiljer sig inte mer åt än slumpen"
        in read_news(draw())[0]
    )


def test_too_few_hidden_and_no_answers_are_three_sentences(installation: Installation, draw: Draw) -> None:
    publish(
        installation,
        *(make_cell(area) for area in KRONOBERG[:5]),
        make_cell("0760", n=20),
        replace(CELL, area="0780", **HIDDEN_FROM_ALL),
    )
    assert read_news(draw())[1:4] == [
        "1 kommun visas men bedöms inte: färre än 30 svar efter vägning.",
        "1 kommun är dold: för få svar (färre än 5) eller risk att avslöja en liten grupp.",
        "1 kommun har inga svar.",
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([], "inga svar i kommunerna i Kronobergs län"),
        ([replace(CELL, **HIDDEN_FROM_ALL)], "för få svar i varje kommun i Kronobergs län för att visa"),
        ([make_cell("0780")], "det går inte att säga om kommunerna i Kronobergs län skiljer sig åt"),
    ],
)
def test_when_nothing_can_be_said_the_reason_is(
    installation: Installation, draw: Draw, cells: list[Cell], told: str
) -> None:
    publish(installation, *cells)
    assert told in read_news(draw())[0]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.MANAGER])
@pytest.mark.parametrize("language", ["sv", "sv-x-lattlast", "en"])
def test_everybody_may_open_everything_in_every_language(
    installation: Installation, draw: Draw, role: Role, language: str
) -> None:
    publish_one_outside(installation, 0.95)
    page = draw(role, language, folds=PICTURES)
    assert len(page.get("plotly_chart")) == 7  # the funnel, the tiles, the map and four pairs of lines
    assert [one.value for one in page.error] == []


def test_pictures_are_drawn_only_when_they_are_opened(installation: Installation, draw: Draw) -> None:
    publish_one_outside(installation, 0.95)
    assert len(draw().get("plotly_chart")) == 1
    assert len(draw(folds=("map-open",)).get("plotly_chart")) == 2


def test_the_table_has_everybody_in_the_order_of_the_alphabet_and_the_county_last(
    installation: Installation,
) -> None:
    publish(
        installation,
        make_cell("0765", 0.95),
        make_cell("0764", n=20),
        *(make_cell(area) for area in KRONOBERG[2:6]),
        replace(CELL, area="0780", **HIDDEN_FROM_ALL),
    )
    rows = [[cell.replace(NO_BREAK, " ") for cell in row] for row in tell(installation).make_rows()]
    assert [row[0] for row in rows[1:]] == [*NAMES, "Kronobergs län"]
    assert {len(row) for row in rows} == {7}
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Alvesta"] == ["○ För få att bedöma (färre än 30)", "60 %", "", "", "20", "20"]
    assert by_name["Lessebo"] == ["– Inga svar", "Inga svar", "", "", "", ""]
    assert by_name["Växjö"] == ["× För få svar för att visa (färre än 5)", "Dolt", "", "", "", ""]
    assert by_name["Kronobergs län"] == ["Hela länet, bedöms inte", "62 %", "", "", "1 600", "1 600"]
    place, share, low, high, *_ = by_name["Ljungby"]
    assert (share, place) == ("60 %", "● Inom gränserna")
    assert low.endswith(" %") and high.endswith(" %")


def test_names_outside_are_in_the_order_of_the_alphabet_and_counted_when_many(
    installation: Installation,
) -> None:
    add_publication(installation)
    teller = tell(installation)
    some = list(teller.compared.standings)
    assert teller.list_names(some[:1]) == "Alvesta"
    assert teller.list_names(some[:3]) == "Alvesta, Lessebo och Ljungby"
    assert teller.list_names([*some, *some[:2]]).endswith("Växjö, Älmhult och 2 kommuner till")


def test_an_address_that_makes_no_sense_is_explained(installation: Installation, draw: Draw) -> None:
    publish_one_outside(installation, 0.95)
    page = draw(measure="nonsens", period="2031-01")
    (told,) = [one.value for one in page.error]
    assert "nonsens" in told and "2031" in told and "vanliga urvalet" in told


def test_before_anything_is_published_that_is_said(installation: Installation, draw: Draw) -> None:
    told = [one.value for one in draw().markdown]
    assert speak("sv").say("error.nothing_published") in told
