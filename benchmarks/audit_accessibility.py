"""Is anybody kept out of any page? `python -m benchmarks.audit_accessibility` looks at all of them.

Every page, in each of its languages, light and dark, on every screen: what axe-core finds serious or critical
and what scrolls sideways is written to survey/accessibility/results.json, which the accessibility statement
tells from. It takes about half an hour on two cores; `--only WORD …` looks anew at the pages whose name
has one of the words, and puts what it finds in the place of what was found there.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from survey.accessibility.results import RESULTS, Audit, Fault, join_faults, read_audit
from survey.people.roles import Role
from survey.version import VERSION
from tests.browser.accessibility import RULES, find_grave, wait_until_settled
from tests.browser.app_pages import QUICK, AppPage, be, list_app_pages, open_in_app, speak_in, unfold
from tests.browser.conftest import FLAGS
from tests.browser.plain_pages import READ_AT_WORK, READ_BY_ANYBODY, visit_pages
from tests.browser.running_app import run_app
from tests.browser.screens import OFFICE, SCHEMES, SCREENS, Screen, find_outside, show_on

AT_WORK, FOR_RESIDENTS = ("sv", "en"), ("sv", "en", "ar")
REAL = (sys.executable, "-m", "survey", "run")
SET_UP = re.compile(r"http://127\.0\.0\.1:\d+/set-up\?key=\S+")
SIDEWAYS = "scrolls-sideways"
AXE_VERSION = "() => axe.version"
Job = tuple[str, str, tuple[AppPage, ...]]  # language, kind, pages of the app


def look(page: Page, name: str, language: str) -> Iterator[Fault]:
    """What is found on an open page, light and dark, on every screen."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for screen in SCREENS:
            show_on(page, screen)
            wait_until_settled(page)
            seen = (f"{language}, {scheme}, {screen.name}",)
            for one in find_grave(page):
                yield Fault(name, one["id"], one["help"], one["nodes"][0]["html"][:200], seen)
            for one in find_outside(page)[:1]:
                yield Fault(name, SIDEWAYS, one, " ".join(find_outside(page)[1:]), seen)
    page.emulate_media(color_scheme="light")
    show_on(page, Screen("as before", *OFFICE))


def look_in_app(
    page: Page, server: str, language: str, pages: Iterable[AppPage]
) -> Iterator[tuple[str, list]]:
    """Pages of the app that one person sees."""
    for at, one in enumerate(pages):
        if at == 0:
            be(page, server, one.role, one.person)
            speak_in(page, server, language)
        open_in_app(page, server + one.address)
        unfold(page)
        yield one.name, list(look(page, one.name, language))


def look_beside(page: Page, server: str, language: str) -> Iterator[tuple[str, list]]:
    """The plain pages: those of residents in every language, the others in those of the whole service."""
    for name in visit_pages(page, server, language):
        yield f"/e: {name}", list(look(page, f"/e: {name}", language))
    read = [(Role.RESIDENT, one) for one in READ_BY_ANYBODY]
    for role, address in [*read, *(READ_AT_WORK if language in AT_WORK else ())]:
        page.goto(f"{server}/roll/{role}?to={QUICK}")
        page.goto(server + address % f"?sprak={language}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield address % "", list(look(page, address % "", language))


def look_at_first_start(page: Page, language: str) -> Iterator[tuple[str, list]]:
    """What an installation shows that nobody has taken into use."""
    with tempfile.TemporaryDirectory() as folder, run_app(Path(folder), command=REAL) as server:
        found = SET_UP.search((Path(folder) / "server.log").read_text())
        assert found is not None
        page.goto(f"{server}/sprak/{language}?to=/")
        for address in (found[0], f"{server}/", f"{server}/trends", f"{server}/publications"):
            name = address.replace(server, "").partition("?")[0] + " (new)"
            open_in_app(page, address)
            yield name, list(look(page, name, language))


def do_job(server: str, job: Job) -> tuple[list[str], list[Fault], str, str]:
    """The names of the pages that were looked at, what was found, and the versions of browser and axe."""
    language, kind, pages = job
    names: list[str] = []
    found: list[Fault] = []
    with sync_playwright() as playwright, ExitStack() as open_:
        path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        open_.callback(browser.close)
        page = open_page(browser, language)
        looked = {
            "app": lambda: look_in_app(page, server, language, pages),
            "beside": lambda: look_beside(page, server, language),
            "new": lambda: look_at_first_start(page, language),
        }[kind]()
        for name, findings in looked:
            names.append(name)
            found += findings
            print(f"{language} {name}: {len(findings)}", flush=True)
        return names, found, browser.version, page.evaluate(AXE_VERSION)


def open_page(browser: Browser, language: str) -> Page:
    size = {"width": OFFICE[0], "height": OFFICE[1]}
    return browser.new_context(locale=language, timezone_id="Europe/Stockholm", viewport=size).new_page()  # type: ignore[arg-type]


def list_jobs(only: Sequence[str]) -> list[Job]:
    """Everything that is to be looked at, in pieces that can be done beside each other."""
    pages = [one for one in list_app_pages() if not only or any(word in one.name for word in only)]
    people = [tuple(group) for _, group in groupby(pages, key=lambda one: (one.role, one.person))]
    jobs: list[Job] = [(language, "app", one) for language in AT_WORK for one in people]
    if not only or "beside" in only:
        jobs += [(language, "beside", ()) for language in FOR_RESIDENTS]
    if not only or "new" in only:
        jobs += [(language, "new", ()) for language in AT_WORK]
    return jobs


def audit(server: str, jobs: int, only: Sequence[str]) -> Audit:
    """Look at everything, `jobs` pieces at a time."""
    pages: dict[str, list[str]] = {}
    found: list[Fault] = []
    browser = axe = ""
    with ProcessPoolExecutor(jobs) as workers:
        waiting = {workers.submit(do_job, server, job): job[0] for job in list_jobs(only)}
        for done in as_completed(waiting):
            names, faults, browser, axe = done.result()
            found += faults
            for name in names:
                pages.setdefault(name, []).append(waiting[done])
    return Audit(
        version=VERSION,
        day=datetime.now(tz=UTC).date(),
        tools=(f"axe-core {axe}", f"Chromium {browser}"),
        rules=tuple(RULES),
        schemes=SCHEMES,
        screens=tuple(one.name for one in SCREENS),
        pages={name: tuple(sorted(set(pages[name]), key=FOR_RESIDENTS.index)) for name in sorted(pages)},
        faults=join_faults(found),
    )


def main() -> int:
    """0 when nothing was found, 1 otherwise."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--address", default="", help="of a demonstration that runs; else one is started")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument(
        "--only", nargs="*", default=[], help="words of addresses; 'beside' and 'new' are pieces too"
    )
    given = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        server = given.address or running.enter_context(run_app(Path(folder)))
        found = audit(server, given.jobs, given.only)
    for one in found.faults:
        print(f"{one.page}: {one.rule}: {one.help}\n    {one.element}\n    {'; '.join(one.seen)}")
    print(f"{found.looks} looks, {len(found.faults)} faults, {time.monotonic() - began:.0f} s")
    (read_audit(RESULTS).renew(found) if given.only else found).write(RESULTS)
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
