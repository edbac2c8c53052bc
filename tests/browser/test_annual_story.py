"""Can the annual story be read on a phone held either way, in the dark, enlarged and on paper?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_followers import serve
from tests.postgres_server import find_free_port
from tests.story.full_year import publish_full_year
from tests.walks import opened

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the plain pages of a county with a full year."""
    folder, port = tmp_path_factory.mktemp("story"), find_free_port()
    with opened(f"sqlite:///{folder / 'prov.db'}", folder / "var", DEMO=True) as installation:
        publish_full_year(installation)
        with serve(installation, port):
            yield f"http://127.0.0.1:{port}"


def read_newest(page: Page, told: str) -> None:
    """From the list to Ljungby's newest year."""
    page.goto(f"{told}/arsberattelse")
    page.get_by_role("link", name="i Ljungby").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("i Ljungby")


def check_page(page: Page, axe: Callable[..., None]) -> None:
    """It keeps nobody out and never scrolls sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate(WIDTH) <= width
    axe(page)


def test_a_resident_reads_a_year_on_a_phone(told: str, phone: Page, axe: Callable[..., None]) -> None:
    phone.goto(f"{told}/arsberattelse")
    check_page(phone, axe)
    read_newest(phone, told)
    check_page(phone, axe)

    # The contents go along and lead to a chapter that they do not cover.
    contents = phone.get_by_role("navigation", name="Innehåll")
    contents.get_by_role("link", name="Kontinuitet", exact=True).click()
    heading = phone.get_by_role("heading", name="Kontinuitet", exact=True)
    expect(heading).to_be_in_viewport()
    below = contents.bounding_box()
    at = heading.bounding_box()
    assert below
    assert at
    assert at["y"] >= below["y"] + below["height"]

    # The number is explained where it stands.
    chapter = phone.get_by_role("region", name="Kontinuitet", exact=True)
    expect(chapter.get_by_text("Talet är medelvärdet")).to_be_hidden()
    chapter.get_by_text("Vad betyder siffran?").click()
    expect(chapter.get_by_text("Talet är medelvärdet")).to_be_visible()
    chapter.get_by_text("Så mättes det").click()
    expect(chapter.get_by_text("Enkätens version")).to_be_visible()
    chapter.get_by_text("Talen i en tabell").click()
    expect(chapter.get_by_role("table")).to_be_visible()
    check_page(phone, axe)

    for language, title in (("Lättläst svenska", "Innehåll"), ("English", "Contents")):
        phone.locator("summary", has_text="Språk / Language").click()
        phone.get_by_role("link", name=language).click()
        expect(phone.get_by_role("navigation", name=title)).to_be_visible()
        check_page(phone, axe)


@pytest.mark.parametrize(
    ("width", "height", "how"),
    [
        (740, 360, {"is_mobile": True, "has_touch": True}),
        (740, 360, {"is_mobile": True, "has_touch": True, "color_scheme": "dark"}),
        (360, 740, {"color_scheme": "dark"}),
        (1280, 900, {"color_scheme": "dark"}),
        (320, 225, {}),  # 1280 by 900 at 400 %
    ],
)
def test_it_is_read_either_way_up_in_the_dark_and_enlarged(
    told: str,
    page_at: Callable[..., Page],
    axe: Callable[..., None],
    width: int,
    height: int,
    how: dict[str, object],
) -> None:
    page = page_at(width, height, **how)
    read_newest(page, told)
    check_page(page, axe)
    page.get_by_role("heading", name="Nöjdhet som helhet", exact=True).scroll_into_view_if_needed()
    stays = page.evaluate("getComputedStyle(document.querySelector('.contents')).position")
    assert stays == ("static" if height < 400 else "sticky")
    for picture in page.locator("figure.line svg").all():
        box = picture.bounding_box()
        assert box
        assert box["width"] <= width


def test_on_paper_everything_is_open(told: str, desktop: Page) -> None:
    read_newest(desktop, told)
    paper = pypdfium2.PdfDocument(desktop.pdf(prefer_css_page_size=True))
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)  # A4 in points
    said = "".join(page.get_textpage().get_text_range() for page in paper)
    chapters = desktop.locator("section.chapter p.number").count()
    assert said.count("Enkätens version") == chapters > 0
    assert "Till innehållet" not in said
