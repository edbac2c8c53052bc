"""Is a report asked for on the page, followed and removed, and is what is wrong told in place?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table, report_form
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person
from survey.reports import making
from survey.reports.making import make_report
from survey.reports.orders import list_own_reports, read_wish_of
from tests.insight.monthly import publish_line
from tests.reports.conftest import MANAGER, RESIDENT, VAXJO

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say
Draw = Callable[..., AppTest]


@pytest.fixture
def draw(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws the page for somebody; reports wait until the test makes them."""
    monkeypatch.setattr(report_form, "start_making", lambda *_: None)

    def draw_page(by: Person = MANAGER, **asked: str) -> AppTest:
        frame = Frame(on_sqlite, by, "sv")
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", "reports")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=60)
        for name, value in asked.items():
            page.query_params[name] = value
        return run(page)

    return draw_page


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    told = (*page.markdown, *page.caption, *page.error, *page.header)
    return "\n".join(str(one.value) for one in told).replace("\\", "")


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    return run(page)


def test_before_anything_is_published_the_page_says_so(draw: Draw) -> None:
    assert SAY("error.nothing_published") in read(draw())


def test_a_visitor_is_told_no(on_sqlite: Installation, draw: Draw) -> None:
    publish_line(on_sqlite, [60.0] * 3)
    page = draw(RESIDENT)
    assert SAY("error.not_allowed") in read(page)
    assert not [one for one in page.button if one.label == SAY("reports.make")]


def test_a_page_of_the_area_at_hand_is_asked_for_made_and_removed(
    on_sqlite: Installation, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_line(on_sqlite, [60.0] * 3)
    page = draw(area=VAXJO)
    assert SAY("reports.none") in read(page)
    press(page, SAY("reports.make"))
    (report,) = list_own_reports(on_sqlite, by=MANAGER)
    wish = read_wish_of(report)
    assert (wish.areas, wish.first, wish.last, wish.readers) == ((VAXJO,), "2026-08", "2026-10", "public")
    assert SAY("reports.waiting") in read(draw())

    def compose(*_: Any, **__: Any) -> tuple[bytes, str]:
        return b"%PDF", "x.pdf"

    monkeypatch.setattr(making, "compose", compose)
    make_report(on_sqlite, report.id)
    page = draw()
    assert "Nämndsida: Växjö" in read(page)
    press(page, SAY("reports.remove"))
    assert list_own_reports(on_sqlite, by=MANAGER) == ()


def test_a_programme_without_areas_is_told_in_place(on_sqlite: Installation, draw: Draw) -> None:
    publish_line(on_sqlite, [60.0] * 3)
    page = draw()
    page.radio(key="report-kind").set_value("programme")
    press(run(page), SAY("reports.make"))
    assert SAY("error.report_areas_none") in read(page)
    assert list_own_reports(on_sqlite, by=MANAGER) == ()


def test_a_span_that_is_turned_round_is_told_in_place(on_sqlite: Installation, draw: Draw) -> None:
    publish_line(on_sqlite, [60.0] * 3)
    page = draw()
    page.selectbox(key="report-form-committee-from").set_value("2026-10")
    page.selectbox(key="report-form-committee-to").set_value("2026-08")
    press(page, SAY("reports.make"))
    assert "Byt plats på månaderna" in read(page)


def test_what_went_wrong_stands_with_the_report(
    on_sqlite: Installation, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_line(on_sqlite, [60.0] * 3)
    press(draw(), SAY("reports.make"))
    (report,) = list_own_reports(on_sqlite, by=MANAGER)

    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(making, "compose", fall)
    make_report(on_sqlite, report.id)
    assert SAY("error.report_failed") in read(draw())
