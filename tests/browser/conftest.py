"""What a browser test may ask for: the running product, pages of known widths, the accessibility check."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.accessibility import check_accessibility
from tests.browser.demonstration import copy_demonstration, find_shared_folder
from tests.browser.running_app import run_app
from tests.browser.watched_page import Watch, open_watched_page
from tests.killable_server import find_address, make_environment, open_for_everybody, running

PHONE = (360, 740)  # CSS pixels: a small, common phone
DESKTOP = (1280, 900)
ROUND = "alla"
MILLISECONDS_TO_SEE = 30_000  # of what is expected on a page; it costs nothing where it comes at once

# No sandbox, because build servers run as root; no calls to the maker; no name but our own is looked up.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


expect.set_options(timeout=MILLISECONDS_TO_SEE)


def find_chromium() -> str:
    """The path of the machine's Chromium; CHROMIUM names another. RuntimeError says what to install."""
    name = os.environ.get("CHROMIUM", "chromium")
    path = shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} was not found. On Debian: apt-get install chromium")
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product with demonstration data that no other file of tests has changed."""
    folder = tmp_path_factory.mktemp("server") / "var"
    copy_demonstration(find_shared_folder(tmp_path_factory), folder)
    with run_app(folder) as address:
        yield address
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The first page of a survey that anybody may answer, in an installation without anything else."""
    environment = make_environment(tmp_path_factory.mktemp("small"))
    open_for_everybody(environment, ROUND)
    with running(environment):
        yield f"{find_address(environment)}/e/{ROUND}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did that no page may; a test that means to do so empties it."""
    return Watch()


@pytest.fixture
def page_at(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a page of a width (and height) in CSS pixels; the test fails if a page did what none may."""
    with ExitStack() as pages:

        def open_page(width: int, height: int = 900, **how: object) -> Page:
            size = {"width": width, "height": height}
            return pages.enter_context(open_watched_page(browser, watch, viewport=size, **how))

        yield open_page
    if watch.faults:
        pytest.fail("No page may do this:\n" + "\n".join(watch.faults), pytrace=False)


@pytest.fixture
def phone(page_at: Callable[..., Page]) -> Page:
    """A page as wide as a phone, with touch."""
    return page_at(*PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desktop(page_at: Callable[..., Page]) -> Page:
    """A page as wide as an office screen."""
    return page_at(*DESKTOP)


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` raises with a list where axe-core finds something serious or critical."""
    return check_accessibility
