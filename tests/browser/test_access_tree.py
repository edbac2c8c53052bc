"""Does the browser tell a screen reader of a page in order, by name, with questions, groups and faults?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from survey.people.roles import Role
from tests.browser.access_tree import (
    find_lone_choices,
    find_nameless,
    find_skipped_levels,
    list_headings,
    read_tree,
)
from tests.browser.app_pages import be, open_in_app, unfold
from tests.browser.conftest import DESKTOP
from tests.browser.plain_pages import begin, go_by

PageAt = Callable[..., Page]
CARE = "Vilken vård och omsorg har du haft kontakt med de senaste 6 månaderna? Välj alla som passar."
FAULT = "Du har valt ”Ingen kontakt de senaste 6 månaderna” och något mer. Ta bort det ena."


def check_tree(page: Page) -> None:
    tree = read_tree(page)
    assert find_nameless(tree) == []
    assert find_lone_choices(tree) == []
    assert find_skipped_levels(tree) == []


def test_a_part_of_the_form_is_told_in_order_with_its_fault_tied_to_its_question(
    server: str, page_at: PageAt
) -> None:
    page = page_at(*DESKTOP)
    begin(page, server)
    page.locator("#b5 input[value=none]").check()
    page.locator("#b5 input[value=sabo]").check()
    go_by(page, "main button[value=next]")
    check_tree(page)
    tree = read_tree(page)
    assert list_headings(tree) == [(1, "Vem svaren handlar om"), (2, "Något behöver ändras")]
    asked = [one for one in tree if one.role == "group"]
    assert [one.name for one in asked][-3:] == [
        "Vem handlar svaren om?",
        CARE,
        "Hur många olika verksamheter har du kontakt med?",
    ]
    assert FAULT in next(one.description for one in asked if one.name == CARE)
    boxes = [one for one in tree if one.role == "checkbox"]
    assert all(one.is_invalid and ("group", CARE) in one.within for one in boxes)
    last = [one.name for one in tree if one.role == "button"][-2:]
    assert last == ["Tillbaka", "Nästa"]


def test_the_trend_page_is_told_in_order_with_each_chart_in_words(server: str, page_at: PageAt) -> None:
    page = page_at(*DESKTOP)
    be(page, server, Role.MANAGER)
    open_in_app(page, f"{server}/trends?area=0781")
    check_tree(page)
    tree = read_tree(page)
    assert list_headings(tree)[:4] == [
        (1, "Resultat för Ljungby"),
        (2, "Personcentrering"),
        (2, "Kontinuitet"),
        (2, "Nöjdhet som helhet"),
    ]
    figures = [one.name for one in tree if one.role == "figure"]
    assert [name.partition(".")[0] for name in figures] == [
        "Personcentrering",
        "Kontinuitet",
        "Nöjdhet som helhet",
    ]
    files = [one.name for one in tree if one.role == "button" and one.name.startswith("Hämta")]
    assert files == ["Hämta CSV: Personcentrering", "Hämta CSV: Kontinuitet", "Hämta CSV: Nöjdhet som helhet"]


def test_what_the_panel_reads_is_told_in_order_with_its_themes_as_a_group(
    server: str, page_at: PageAt
) -> None:
    page = page_at(*DESKTOP)
    be(page, server, Role.PANEL_MEMBER, "e5")
    open_in_app(page, f"{server}/coding")
    unfold(page)
    check_tree(page)
    themes = [one for one in read_tree(page) if one.role == "checkbox"]
    grouped = [one.name for one in themes if ("group", "Vilka teman handlar den om?") in one.within]
    assert "Kontinuitet" in grouped
    assert [one.name for one in themes if one.name not in grouped] == ["Den här kommentaren får citeras"]


@pytest.mark.parametrize(
    ("html", "nameless", "lone", "skipped"),
    [
        ("<h1>A</h1><h2>B</h2><button>C</button>", 0, 0, 0),
        ("<h1>A</h1><h3>B</h3>", 0, 0, 1),
        ("<h1>A</h1><h1>B</h1>", 0, 0, 1),
        ("<button></button><input>", 2, 0, 0),
        ("<label><input type=radio>A</label>", 0, 1, 0),
        ("<fieldset><legend>Q</legend><label><input type=radio>A</label></fieldset>", 0, 0, 0),
    ],
)
def test_a_tree_with_something_wrong_is_seen(
    page_at: PageAt, html: str, nameless: int, lone: int, skipped: int
) -> None:
    page = page_at(*DESKTOP)
    page.set_content(f"<main>{html}</main>")
    tree = read_tree(page)
    found = (len(find_nameless(tree)), len(find_lone_choices(tree)), len(find_skipped_levels(tree)))
    assert found == (nameless, lone, skipped)
