"""Which pages does the service have beside the app, and how does a test come to each of them?"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from survey.people.roles import Role

WRITTEN = "Hon kom alltid i tid. Ring mig på 070-123 45 67."

# What anybody may read, at its own address; %s is where a language is asked for.
READ_BY_ANYBODY = (
    "/vad-hande-sen%s",
    "/vad-hande-sen/0781%s",
    "/vad-hande-sen/9999%s",
    "/arsberattelse%s",
    "/arsberattelse/0781/2025%s",
    "/tillganglighet%s",
    "/e/var-vard/v/finns-inte%s",
)
# What is there in the languages of the whole service only.
READ_AT_WORK = (
    (Role.RESIDENT, "/api%s"),
    (Role.RESIDENT, "/logga-in%s"),
    (Role.RESIDENT, "/logga-in/glomt%s"),
    (Role.RESIDENT, "/konto/lank/finns-inte%s"),
    (Role.MANAGER, "/logga-ut%s"),
    (Role.COORDINATOR, "/blankett/var-vard%s"),
    (Role.COORDINATOR, "/forhandsvisning/invanarupplevelse/2026-1/full%s"),
    (Role.KEYER, "/inmatning%s"),
)


def begin(page: Page, server: str, *, language: str = "sv") -> str:
    """From the list of surveys to the first part of the open one; the survey's address."""
    page.goto(f"{server}/e?sprak={language}")
    go_by(page, ".rounds a")
    address = page.url.partition("?")[0]
    go_by(page, "button[value=full]")
    return address


def go_by(page: Page, selector: str) -> None:
    """Press a link or a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def visit_pages(page: Page, server: str, language: str) -> Iterator[str]:
    """Every kind of page of the plain form, one after the other; what it is."""
    page.goto(f"{server}/e?sprak={language}")
    yield "list"
    page.goto(f"{server}/e/kod?sprak={language}")
    page.locator("#kod").fill("ABCD")
    yield "code"
    go_by(page, "main .button")
    yield "code that is wrong"
    page.goto(f"{server}/e/kvitto?sprak={language}")
    yield "receipt"
    go_by(page, "main .button")
    yield "receipt that is wrong"
    page.goto(f"{server}/e/finns-inte?sprak={language}")
    yield "page that is not there"
    address = begin(page, server, language=language)
    yield from visit_parts(page)
    page.goto(f"{address}?sprak={language}")
    yield "first page with a draft"
    page.goto(f"{address}/om?sprak={language}")
    yield "about"
    page.goto(f"{address}/granska")
    yield "look over"
    go_by(page, "main .walk button")
    yield "sent"
    page.goto(f"{address}?sprak={language}")
    yield "first page after sending"


def visit_parts(page: Page) -> Iterator[str]:
    """The parts of the survey from the first, which is mended on the way."""
    page.locator("#b5 input[value=none]").check()
    page.locator("#b5 input[value=sabo]").check()
    yield "part 1"
    go_by(page, "main button[value=next]")
    yield "part 1 with something to mend"
    page.locator("#b5 input[value=none]").uncheck()
    for number in range(2, 6):
        go_by(page, "main button[value=next]")
        if page.locator("#ft1").count():
            page.locator("#ft1").fill(WRITTEN)
        yield f"part {number}"
