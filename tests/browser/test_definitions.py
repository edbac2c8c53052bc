"""Can a coordinator take a survey out, hear what is wrong with a form from elsewhere, and mend it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

from tests.browser.watched_page import wait_until_drawn
from tests.definition.interchange.forms import SURVEY, write_form


def test_a_form_is_tried_told_what_is_wrong_with_mended_and_taken_as_yaml(
    server: str, phone: Page, axe: Callable[..., None], tmp_path: Path
) -> None:
    page = phone
    page.goto(f"{server}/roll/coordinator?to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{server}/definitions")
    wait_until_drawn(page)

    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(write_form(survey=[*SURVEY, ("geopoint", "where", "Var?", "Where?", "")]))
    right.write_bytes(write_form())
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_text("survey, rad 5: Typen geopoint frågar efter en plats")).to_be_visible()
    expect(page.get_by_text("Inget av den har kommit in")).to_be_visible()
    wait_until_drawn(page)
    axe(page)

    page.locator("input[type=file]").set_input_files(right)
    expect(page.get_by_text("Filen blir enkäten Kontakt med 2 delar och 2 frågor")).to_be_visible()
    wait_until_drawn(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Hämta som YAML").click()
    definition = yaml.safe_load(taken.value.path().read_text(encoding="utf-8"))
    assert [part["questions"][0]["id"] for part in definition["parts"]] == ["contact", "what"]

    # A survey of the installation's own, in another format.
    page.get_by_text("Invånarupplevelse nära vård (invanarupplevelse 2026-1)").click()
    button = page.get_by_role("button", name="Hämta som XLSForm")
    expect(button).to_be_visible(timeout=20_000)
    wait_until_drawn(page)
    with page.expect_download() as taken:
        button.click()
    assert taken.value.path().read_bytes().startswith(b"PK")
