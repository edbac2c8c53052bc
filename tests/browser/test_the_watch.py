"""Are the faults that every browser test looks for really seen?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.watched_page import Watch

GOOD = "<!doctype html><html lang=sv><title>Prov</title><main><h1>Prov</h1><p>Text</p></main>"


def show(page: Page, body: str) -> None:
    page.route(
        "http://127.0.0.1/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")
    )
    page.goto("http://127.0.0.1/")
    page.wait_for_load_state("networkidle")


def take_faults(watch: Watch) -> str:
    told = "\n".join(watch.faults)
    watch.faults.clear()
    return told


def test_a_page_that_keeps_to_itself_has_no_fault(
    phone: Page, watch: Watch, axe: Callable[..., None]
) -> None:
    show(phone, GOOD + "<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    axe(phone)
    assert take_faults(watch) == ""


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            GOOD + "<img alt='' src='http://example.org/x.png'>",
            "asked another host: http://example.org/x.png",
        ),
        (GOOD + "<link rel=stylesheet href='//fonts.example.org/a.css'>", "asked another host"),
        (
            GOOD + "<script>new WebSocket('ws://example.org/')</script>",
            "asked another host: ws://example.org/",
        ),
        (GOOD + "<script>nothing.at.all()</script>", "failed in a script"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"
            + GOOD
            + "<script>1</script>",
            "broke the policy",
        ),
    ],
)
def test_what_no_page_may_do_is_seen(desktop: Page, watch: Watch, body: str, fault: str) -> None:
    show(desktop, body)
    assert fault in take_faults(watch)


def test_a_picture_without_a_text_is_reported_with_its_place(desktop: Page, axe: Callable[..., None]) -> None:
    show(desktop, GOOD + "<img id=bare src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    with pytest.raises(AssertionError, match=r"critical image-alt.*\n.*#bare"):
        axe(desktop)
