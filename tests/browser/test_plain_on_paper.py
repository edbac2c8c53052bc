"""Does the plain form print on A4 so that it can be read, without what only a screen can do?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

A4 = (595, 842)  # points
BUTTONS = ("Nästa", "Tillbaka", "Skicka svaren", "Ändra", "Klar")
WHITE, BLACK = 250, 60  # of 255, at least and at most
COLOURS = """() => [...document.querySelectorAll('body, body *')].filter(one => one.checkVisibility())
    .flatMap(one => { const style = getComputedStyle(one); return [style.color, style.backgroundColor]; })"""
ON_PAPER = {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, page_at: Callable[..., Page]) -> Page:
    """A phone whose screen is light, or dark."""
    return page_at(*PHONE, color_scheme=request.param)


def go(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def print_page(page: Page) -> list[str]:
    """The text of each sheet, which must be A4 with something black on white on it, and no button."""
    page.emulate_media(media="print")
    assert set(page.evaluate(COLOURS)) <= ON_PAPER
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    texts = []
    for sheet in document:
        assert tuple(round(side) for side in sheet.get_size()) == A4
        grey = sheet.render(scale=1).to_pil().convert("L")
        assert grey.getpixel((2, 2)) >= WHITE and grey.getextrema()[0] <= BLACK
        texts.append(sheet.get_textpage().get_text_bounded().replace("\r\n", "\n"))
    page.emulate_media(media="screen")
    lines = set(chain.from_iterable(text.splitlines() for text in texts))
    assert lines & set(BUTTONS) == set()
    return texts


def test_a_part_the_answers_and_the_receipt_can_be_printed(survey: str, page: Page) -> None:
    page.goto(survey)
    go(page, "button[value=full]")
    page.locator("input[name=b1][value=carer]").check()
    part = " ".join(print_page(page))
    assert "Vem handlar svaren om?" in part and "Mina egna erfarenheter som närstående" in part
    for _ in range(5):
        go(page, "main button[value=next]")
    answers = " ".join(print_page(page))
    assert "Titta igenom dina svar" in answers and "Mina egna erfarenheter som närstående" in answers
    go(page, "main button")
    (sheet,) = print_page(page)
    assert page.locator(".receipt").inner_text() in sheet and "112" in sheet
