"""Does what a resident writes come back to the residents as something done?

One story, from a comment to the page that tells, in three moments: a day in September when it is written, one
in October when the panel, a coordinator and a manager work with it, one in November when that is published.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from survey.answering.drafts import begin_draft, find_survey, keep_draft
from survey.answering.submit import send_answers
from survey.demo import find_history
from survey.demo.county import County
from survey.demo.filling import fill_months, list_missing_months
from survey.installation import Installation
from survey.panel_rounds.answer import Page as Sheet
from survey.panel_rounds.answer import find_walk, keep_sheet, send_own
from survey.panel_rounds.find import list_panel_rounds
from survey.people.roles import Person, Role
from survey.rounds import NewRound, list_rounds, open_round
from tests.browser.running_app import run_app
from tests.browser.test_manager import pick
from tests.browser.watched_page import wait_until_drawn
from tests.walks import SURVEY, VERSION, Calendar, fill_in, opened

LJUNGBY = "0781"
COUNTY = County(months=9, per_thousand=1.5, municipalities=frozenset({LJUNGBY, "0780"}))
WRITTEN_ON, WORKED_ON, TOLD_ON = date(2026, 9, 24), date(2026, 10, 5), date(2026, 11, 3)
NEIGHBOURS = 14  # who answer in Ljungby in a month beside the resident of the story
THEIRS = ("Jag fick vänta länge i telefon.", "Maten är kall när den kommer.", "Alla är så snälla.")
COMMENT = "Det kommer en ny person varje dag och jag får berätta allt om igen."
TITLE = "Högst fem olika personer hos var och en"
TEXT = "Planera hemtjänsten så att samma personer kommer. Då slipper man berätta om igen."
ACTIVITY = "Små arbetslag i hemtjänsten"
ROUND = "Höstens förslag"
MEMBERS = ("anka", "bo", "cia", "dan", "eva")  # the first two use the browser
SECONDS_TO_PUBLISH = 60
PUBLIC = f"/vad-hande-sen/{LJUNGBY}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is written, with nine months of answers in which nobody wrote anything."""
    path = tmp_path_factory.mktemp("loop")
    with pytest.MonkeyPatch.context() as patch, at(path, WRITTEN_ON) as installation:
        patch.setattr("survey.demo.comments.WRITING_SHARE", 0)
        history = find_history(installation, COUNTY)
        assert history is not None
        months = list_missing_months(installation, history)
        for _ in fill_months(installation, history, COUNTY, months, letters=history):
            pass
        year = (WRITTEN_ON.replace(day=1), date(2027, 8, 31))
        open_round(installation, NewRound("var-vard", SURVEY, VERSION, "Vår vård", *year), by="test")
        answer_as_neighbours(installation, THEIRS)
    return path


@contextmanager
def at(folder: Path, day: date) -> Iterator[Installation]:
    """The story's installation on a day, beside the browser."""
    with opened(f"sqlite:///{folder / 'demonstration.db'}", folder, Calendar(day), DEMO=True) as found:
        yield found


def app_at(folder: Path, day: date) -> AbstractContextManager[str]:
    """The address of the product, running on a day."""
    return run_app(folder, command=(sys.executable, "-m", "tests.browser.app_at_a_day", day.isoformat()))


def answer_as_neighbours(installation: Installation, comments: tuple[str, ...] = ()) -> None:
    """Others in Ljungby answer; some write, and let the panel read it."""
    round_ = next(one for one in list_rounds(installation) if one.id == "var-vard")
    chance = random.Random(installation.today().toordinal())
    for number in range(NEIGHBOURS):
        secret, draft = begin_draft(installation, round_, form="full", language="sv")
        asked = find_survey(installation, round_, draft.form)
        comment = comments[number] if number < len(comments) else ""
        answers = fill_in(asked, municipality=LJUNGBY, comment=comment, chance=chance)
        consent = next(one for one in asked.definition.questions if one.consent == "panel")
        assert consent.consent_code is not None
        answers[consent.id] = consent.consent_code
        keep_draft(installation, round_, secret, replace(draft, answers=answers))
        send_answers(installation, round_, secret)


def rate_as_others(installation: Installation) -> None:
    """Three more members find the proposal as important as the two in the browser do, and send."""
    round_id = list_panel_rounds(installation, viewer=Person(Role.COORDINATOR))[0].id
    for member in MEMBERS[2:]:
        by = Person(Role.PANEL_MEMBER, member)
        walk = find_walk(installation, round_id, by=by)
        for sheet in walk.sheets:
            raw = {one.id: ["4"] for one in sheet.asked if one.id in ("b01", "b02")}
            page = Sheet(walk.wave, sheet.key, walk.own.find(sheet.key).revision)
            keep_sheet(installation, round_id, page, raw, language="sv", by=by)
        send_own(installation, round_id, wave=walk.wave, by=by)


def open_as(page: Page, server: str, role: str, address: str, person: str = "") -> None:
    page.goto(f"{server}/roll/{role}?person={person}&to=/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(server + address)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    wait_until_drawn(page)


def unfold(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()
    wait_until_drawn(page)


def find_field(page: Page, label: str) -> Locator:
    return page.get_by_label(re.compile(f"^{label}")).first


def step_on(page: Page, name: str = "Nästa") -> None:
    """Press a button of the plain form and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def write_as_resident(page: Page, server: str) -> None:
    """A resident answers on a phone, and lets the panel read what they wrote."""
    page.goto(f"{server}/e")
    with page.expect_navigation():
        page.locator(".rounds a").first.click()
    with page.expect_navigation():
        page.locator("button[value=full]").click()
    page.get_by_label("I vilken kommun bor").select_option("Ljungby")
    for _ in range(3):
        step_on(page)
    page.get_by_label("Vad skulle kunna bli bättre").or_(page.locator("textarea").nth(1)).first.fill(COMMENT)
    step_on(page)
    consent = page.get_by_role("group", name="Får resursgruppen för vårderfarenhet läsa")
    consent.get_by_label("Ja", exact=True).check()
    step_on(page)
    expect(page.get_by_text(COMMENT, exact=True)).to_be_visible()
    step_on(page, "Skicka svaren")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Dina svar är skickade.")


def code_as(page: Page, server: str, member: str) -> None:
    """A member reads until the resident's comment comes, and says what it is about."""
    open_as(page, server, "panel_member", "/coding", member)
    shown = page.locator(".st-key-to-code blockquote")
    for _ in range(len(THEIRS)):
        if COMMENT in shown.inner_text():
            break
        before = shown.inner_text()
        press(page, "Hoppa över")
        expect(shown).not_to_contain_text(before.strip().splitlines()[-1])
    expect(shown).to_contain_text(COMMENT)
    page.get_by_text("Kontinuitet", exact=True).click()
    page.get_by_text("Den här kommentaren får citeras").click()
    press(page, "Spara och ta nästa")
    expect(page.get_by_text("Sparat.", exact=True)).to_be_visible()


def propose_as(page: Page, server: str, member: str) -> str:
    """A member writes a proposal about it and puts it forward; its address."""
    open_as(page, server, "panel_member", f"/proposals?area={LJUNGBY}", member)
    unfold(page, "Skriv ett nytt förslag")
    find_field(page, "Rubrik").fill(TITLE)
    find_field(page, "Vad föreslår ni").fill(TEXT)
    pick(page, "Vad ska bli bättre?", "Kontinuitet")
    pick(page, "Tema i kommentarerna", "Kontinuitet")
    press(page, "Spara utkastet")
    expect(page.get_by_text("Utkastet är sparat")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    wait_until_drawn(page)
    unfold(page, "Lämna förslaget")
    press(page, "Lämna förslaget")
    expect(page.get_by_text("Förslaget är lämnat.")).to_be_visible()
    return page.url.removeprefix(server)


def open_round_as_coordinator(page: Page, server: str) -> None:
    open_as(page, server, "coordinator", "/panel-rounds")
    unfold(page, "Öppna en ny omgång")
    page.get_by_label("Vad omgången heter").or_(page.get_by_role("textbox").first).first.fill(ROUND)
    page.get_by_text(TITLE, exact=True).click()
    press(page, "Öppna omgången")
    expect(page.get_by_text("Omgången är öppen.")).to_be_visible()


def open_the_round(page: Page, server: str, role: str, member: str = "") -> None:
    open_as(page, server, role, "/panel-rounds", member)
    page.locator("[class*=st-key-panel-round-]", has_text=ROUND).get_by_role("button").click()
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(ROUND)


def rate_as(page: Page, server: str, member: str) -> None:
    """A member finds it important, answers nothing else, and sends."""
    open_the_round(page, server, "panel_member", member)
    press(page, "Börja")
    pages = int(page.get_by_text(re.compile(r"^Sida 1 av \d")).inner_text().split(".")[0].split()[-1])
    page.get_by_role("radiogroup").first.get_by_text("Mycket viktigt", exact=True).click()
    for number in range(2, pages + 1):
        press(page, "Spara och gå vidare")
        expect(page.get_by_text(f"Sida {number} av {pages}.")).to_be_visible()
    press(page, "Spara och gå vidare")
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta igenom och skicka")
    press(page, "Skicka mina svar")
    expect(page.get_by_text("Dina svar är skickade utan ditt namn.")).to_be_visible()


def take_step(page: Page, server: str, step: str) -> None:
    """The coordinator takes a step of the round."""
    open_the_round(page, server, "coordinator")
    unfold(page, step)
    press(page, step)
    expect(page.locator("summary", has_text=step)).to_have_count(0)


def accept_and_plan(page: Page, server: str, proposal: str) -> None:
    """The manager reads what the panel thought, accepts with a reason, and plans what starts now."""
    open_as(page, server, "manager", proposal)
    expect(page.get_by_text(f"{ROUND}", exact=False).first).to_be_visible()
    unfold(page, "Svara ja")
    find_field(page, "Skäl som alla kan läsa").fill("Det ryms i budgeten och provas redan.")
    press(page, "Svara ja")
    expect(page.get_by_text("Svaret är sparat och offentligt.")).to_be_visible()
    open_as(page, server, "manager", f"/action-plan?area={LJUNGBY}")
    unfold(page, "Planera en aktivitet")
    find_field(page, "Kort rubrik").fill(ACTIVITY)
    pick(page, "Läge", "pågår")
    find_field(page, "Vilken funktion ansvarar").fill("områdeschef hemtjänst")
    press(page, "Spara")
    expect(page.get_by_text("Aktiviteten är sparad")).to_be_visible()


def tell_residents(page: Page, server: str, proposal: str) -> None:
    open_as(page, server, "manager", proposal)
    unfold(page, "Skriv återkoppling till invånarna")
    for part, said in (
        ("Vad vi hörde, på svenska", "Många får berätta om igen för nya personer."),
        ("Vad som beslutades, och varför, på svenska", "Hemtjänsten delas i små arbetslag."),
        ("Vad vi hörde, på lättläst svenska", "Du får berätta om igen."),
        ("Vad som beslutades, och varför, på lättläst svenska", "Samma personer ska komma till dig."),
    ):
        find_field(page, part).fill(said)
    press(page, "Publicera återkopplingen")
    expect(page.locator(".st-key-problem [data-testid=stAlert]")).to_be_visible()


def test_what_a_resident_writes_comes_back_as_something_done(
    folder: Path, phone: Page, desktop: Page
) -> None:
    with app_at(folder, WRITTEN_ON) as server:
        write_as_resident(phone, server)

    with app_at(folder, WORKED_ON) as server:
        page = desktop
        waiting = page.locator(".st-key-to-code blockquote")
        wait_until_shown(page, server, "panel_member", "/coding", waiting)
        for member in MEMBERS[:2]:
            code_as(page, server, member)
        open_as(page, server, "panel_member", "/agreement", MEMBERS[0])
        proposal = propose_as(page, server, MEMBERS[0])

        open_round_as_coordinator(page, server)
        for then in ("Stäng omgången", "Öppna andra gången"), ("Stäng omgången", "Avsluta omgången"):
            for member in MEMBERS[:2]:
                rate_as(page, server, member)
            with at(folder, WORKED_ON) as installation:
                rate_as_others(installation)
            for step in then:
                take_step(page, server, step)
        accept_and_plan(page, server, proposal)
        page.goto(server + PUBLIC)
        expect(page.locator("article", has_text=TITLE)).to_contain_text("Ja, det ska göras.")

    with at(folder, date(2026, 10, 20)) as installation:
        answer_as_neighbours(installation)

    with app_at(folder, TOLD_ON) as server:
        published = page.get_by_text("oktober 2026")
        wait_until_shown(page, server, "coordinator", "/publications", published)
        open_as(page, server, "manager", f"/trends?area={LJUNGBY}")
        continuity = page.locator("[class*=st-key-figure-]", has_text="Kontinuitet")
        expect(continuity.get_by_text(re.compile(f"1.*{ACTIVITY}")).first).to_be_visible()
        expect(continuity.locator(".annotation-text", has_text=re.compile("^1$")).first).to_be_visible()
        tell_residents(page, server, proposal)
        phone.goto(server + PUBLIC)
        story = phone.locator("article", has_text=TITLE)
        for told in ("Många får berätta om igen för nya personer.", ACTIVITY, "Pågår"):
            expect(story).to_contain_text(told)


def wait_until_shown(page: Page, server: str, role: str, address: str, shown: Locator) -> None:
    """What has ended is closed, read and published by the service itself, soon after it has started."""
    open_as(page, server, role, address, MEMBERS[0] if role == "panel_member" else "")
    for _ in range(SECONDS_TO_PUBLISH):
        if shown.count():
            return
        page.wait_for_timeout(1_000)
        page.reload()
        wait_until_drawn(page)
    expect(shown.first).to_be_visible()
