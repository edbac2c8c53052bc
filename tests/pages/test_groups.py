"""Does the page about groups say first what its charts show, and what is hidden, to whoever looks?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import add_cells, add_publication
from tests.insight.published_groups import (
    HALF_YEARS,
    HIDDEN_FROM_PUBLIC,
    make_group_cell,
    publish_gap,
    publish_half_years,
    publish_roles,
)
from tests.walks import opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
NOW = HALF_YEARS[-1]
Draw = Callable[..., AppTest]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var") as found:
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """The page as it is drawn for a role at an address."""
    monkeypatch.setattr(menu_table, "HOME", "groups")

    def draw_page(role: Role = Role.RESIDENT, language: str = "sv", **asked: str) -> AppTest:
        monkeypatch.setattr(menu_table, "open_frame", lambda: Frame(installation, Person(role), language))
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return draw_page


def read_texts(page: AppTest) -> str:
    """The sentences and captions, without the signs that keep them from being orders."""
    told: list[Any] = [*page.markdown, *page.caption]
    return "\n".join(one.value for one in told).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def list_headers(page: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in page.header]


def test_what_changed_comes_first_and_each_chart_has_its_sentence(
    installation: Installation, draw: Draw
) -> None:
    publish_half_years(installation)
    publish_gap(installation, -2.0, -2.0, -18.0)
    publish_gap(installation, -12.0, group="risk_of_ill_health")
    publish_roles(installation)
    page = draw()
    news = page.markdown[0].value.replace("\\", "").splitlines()
    assert news == [
        "* Komplexa behov: skillnaden mot övriga har ökat. Personcentrering är 18 lägre än bland "
        "övriga (halvår 1 2026), mot 2 lägre än bland övriga (halvår 1 2025). Skillnaden ligger nu "
        "troligen mellan 22 lägre och 14 lägre.",
        "* Risk för ohälsa: tydlig skillnad mot övriga. Personcentrering är 12 lägre än bland övriga "
        "(halvår 1 2026). Det finns inget att jämföra med än. Skillnaden ligger nu troligen mellan 16 lägre "
        "och 8 lägre.",
        "* Vem som svarade: tydlig skillnad i Personcentrering (halvår 1 2026). Jämfört med Själv, som är "
        "störst: Anhörig för egen del 12 lägre.",
    ]
    assert list_headers(page) == [
        "Komplexa behov: skillnad mot övriga",
        "Risk för ohälsa: skillnad mot övriga",
        "Vem som svarade",
        "Språk i enkäten",
        "Ålder",
    ]
    assert len(page.get("plotly_chart")) == len(page.get("download_button")) == len(page.expander) == 5


def test_the_signed_in_read_a_decimal_and_the_public_none(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    publish_gap(installation, -12.34)
    assert "Personcentrering är 12,3 lägre" in read_texts(draw(Role.MANAGER))
    assert "Personcentrering är 12 lägre" in read_texts(draw())


def test_nothing_clear_is_said_with_how_much_was_tested(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    publish_gap(installation, -1.0, -1.0)
    told = read_texts(draw())
    assert "ingen tydlig skillnad mellan grupper för Personcentrering. 2 skillnader har prövats." in told


def test_what_is_hidden_is_said_with_what_one_can_do(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    for period in HALF_YEARS:
        few = make_group_cell(period, "complex_needs", "yes", 60.0, 33, **HIDDEN_FROM_PUBLIC)
        others = make_group_cell(period, "complex_needs", "no", 70.0, 300)
        add_cells(installation, few, others)
    told = read_texts(draw())
    assert "Kronobergs län: det går inte att säga om grupper skiljer sig för Personcentrering." in told
    assert (
        "Komplexa behov: det går inte att säga om det finns en skillnad. Visas inte: för få svar (färre än "
        "30), eller för att skydda en liten grupp. Det visas när fler har svarat."
    ) in told
    assert "Inga svar finns att jämföra." in told


def test_a_gap_that_chance_may_give_among_many_is_said_to_be_one(
    installation: Installation, draw: Draw
) -> None:
    publish_half_years(installation)
    publish_gap(installation, -3.7)
    publish_roles(installation)
    ages = ("a15_29", "a30_44", "a45_64", "a65_79", "a80p")
    add_cells(installation, *(make_group_cell(NOW, "age_band", age, 66.0) for age in ages))
    told = read_texts(draw(Role.MANAGER))
    assert (
        "Skillnaden ligger nu troligen mellan 6,9 lägre och 0,5 lägre. "
        "Bland 8 prövade skillnader kan slumpen ge en sådan." in told
    )


def test_how_a_gap_was_made_is_told_when_it_is_opened(
    installation: Installation, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_half_years(installation)
    publish_gap(installation, -2.0, -2.0, -18.0)
    publish_roles(installation)
    opened_figures = {"table-complex_needs", "table-who_answered"}
    draw_closed = st.expander

    def expand(label: str, **how: Any) -> Any:
        return draw_closed(label, expanded=how["key"] in opened_figures, **how)

    monkeypatch.setattr(st, "expander", expand)
    page = draw()
    told = read_texts(page)
    assert "Komplexa behov: 200 svar i halvår 1 2026, avrundat till närmaste femtal." in told
    assert "Talet visas för att minst 30 personer har svarat" in told
    assert (
        "Skillnaden halvår 1 2026 minus skillnaden halvår 1 2025 är −16, troligen mellan −21 och −11." in told
    )
    assert "Själv: 700 svar i halvår 1 2026" in told
    assert "5 skillnader har prövats på sidan." in told
    assert [next(iter(table.value.columns)) for table in page.table] == ["Period", "Vem som svarade"]


def test_a_part_of_the_address_that_makes_no_sense_is_told(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    publish_gap(installation, -12.0)
    page = draw(area="9999", dimension="nonsens")
    assert [one.value.replace("\\", "") for one in page.error] == [
        "Det finns inget län och ingen kommun med koden 9999 här. Välj ett område i listan. Det finns inget "
        "mått som heter nonsens i enkäten. Välj ett mått i listan. Här visas det vanliga urvalet i stället."
    ]
    assert "12 lägre" in read_texts(page)


def test_the_address_decides_what_is_shown(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    publish_gap(installation, -12.0)
    page = draw(area="0780", dimension="trygghet")
    chosen = [box.value for box in page.selectbox]
    assert chosen == ["0780", "trygghet"]
    assert "12 lägre" not in read_texts(page)
    assert not page.error
    page.selectbox[0].select("07").run()
    assert page.query_params["area"] in ("07", ["07"])


def test_before_anything_is_published_the_page_says_so(installation: Installation, draw: Draw) -> None:
    assert "Inget har publicerats än." in read_texts(draw())
    add_publication(installation, "2026-02")
    assert "Grupper visas per halvår." in read_texts(draw())


def test_the_page_speaks_english_too(installation: Installation, draw: Draw) -> None:
    publish_half_years(installation)
    publish_gap(installation, -12.0)
    publish_roles(installation)
    told = read_texts(draw(language="en"))
    assert "Complex needs: a clear gap to the others." in told
    assert "Carer, own experience 12 lower" in told
