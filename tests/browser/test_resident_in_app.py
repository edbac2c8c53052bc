"""Can a resident answer in the app on a small phone, lose nothing, see what is kept, and take it back?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.watched_page import wait_until_drawn, wait_until_still

WRITTEN = "Sköterskan ringde från 070-123 45 67. ![bild](https://example.org/x.png)"
KEPT = "Sköterskan ringde från [telefon]. ![bild]"

# Something changes on the page ten times in the time that the focus waits for.
KEEP_CHANGING = """() => { window.changing = setInterval(() =>
  document.body.setAttribute("aria-label", String(performance.now())), 10) }"""


def turn_to(page: Page, heading: str) -> None:
    """Wait until a step is drawn: its heading stands there and nothing moves."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    wait_until_drawn(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("radiogroup", name=question).get_by_text(answer, exact=True).click()


def begin(page: Page, server: str) -> None:
    page.goto(server)
    turn_to(page, "Berätta hur vården och omsorgen fungerar")
    open_round = page.locator('[class*="st-key-round-var-vard"]')
    open_round.get_by_role("link", name="Svara i appen i stället").click()
    turn_to(page, "Invånarupplevelse nära vård")
    page.get_by_role("link", name="Börja, cirka 8 minuter").click()
    turn_to(page, "Vem svaren handlar om")


def test_a_resident_answers_in_the_app_and_takes_the_answers_back(
    server: str, phone: Page, axe: Callable[..., None]
) -> None:
    page = phone
    begin(page, server)
    axe(page)

    # The language is changed with a question half-way answered.
    choose(page, "Vem handlar svaren om?", "Mig själv")
    press(page, "English")
    turn_to(page, "Who the answers are about")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("radio", name="Myself", exact=True)).to_be_checked()
    press(page, "Svenska")
    turn_to(page, "Vem svaren handlar om")

    # Two answers that exclude each other are told of, where the focus is, and kept.
    care = page.get_by_role("group", name="Vilken vård och omsorg")
    care.get_by_text("Vårdcentral", exact=True).click()
    care.get_by_text("Ingen kontakt de senaste 6 månaderna", exact=True).click()
    press(page, "Nästa")
    problem = page.locator(".st-key-problem")
    expect(problem).to_contain_text("Du har valt ”Ingen kontakt de senaste 6 månaderna” och något mer")
    expect(problem).to_be_focused()
    care.get_by_text("Ingen kontakt de senaste 6 månaderna", exact=True).click()
    press(page, "Nästa")
    turn_to(page, "Hur du blir bemött och vem du möter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    # Back keeps what was filled in; so does loading the page again.
    recognise = "När jag behöver hjälp möter jag personal som jag känner igen."
    choose(page, recognise, "Oftast")
    press(page, "Tillbaka")
    turn_to(page, "Vem svaren handlar om")
    expect(page.get_by_role("radio", name="Mig själv", exact=True)).to_be_checked()
    press(page, "Nästa")
    turn_to(page, "Hur du blir bemött och vem du möter")
    page.reload()
    turn_to(page, "Hur du blir bemött och vem du möter")
    asked = page.get_by_role("radiogroup", name=recognise)
    expect(asked.get_by_role("radio", name="Oftast")).to_be_checked()

    # A text is masked before it is kept; a picture in it is not fetched (the watch would see it).
    press(page, "Nästa")
    turn_to(page, "Samordning, trygghet och delaktighet")
    press(page, "Nästa")
    turn_to(page, "Kontakt, hälsa och helhet")
    page.get_by_label("Berätta om en gång när vården").fill(WRITTEN)
    press(page, "Nästa")
    turn_to(page, "Till sist några frågor om den som svaren handlar om")
    press(page, "Nästa")
    turn_to(page, "Titta igenom dina svar")
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_text("070-123 45 67")).to_have_count(0)
    expect(page.locator("main img, section img")).to_have_count(0)
    axe(page)

    # Pressed twice it is sent once; the receipt can be seen again.
    page.get_by_role("button", name="Skicka svaren").dblclick()
    turn_to(page, "Tack. Dina svar är skickade.")
    receipt = page.locator(".st-key-receipt").inner_text().strip()
    assert re.fullmatch(r"[a-z]{5}(-[a-z]{5}){4}", receipt)
    page.reload()
    expect(page.locator(".st-key-receipt")).to_have_text(receipt)
    press(page, "English")
    turn_to(page, "Thank you. Your answers have been sent.")
    expect(page.locator(".st-key-receipt")).to_have_text(receipt)
    press(page, "Svenska")
    turn_to(page, "Tack. Dina svar är skickade.")
    axe(page)

    # With the receipt the answers are erased, once.
    page.get_by_role("link", name="Ta tillbaka svar").last.click()
    turn_to(page, "Ta tillbaka svar")
    page.get_by_label("Kvittots fem ord").fill(receipt.replace("-", " ").upper())
    press(page, "Radera mina svar")
    expect(page.get_by_text("Dina svar är raderade.")).to_be_visible()
    page.reload()
    turn_to(page, "Ta tillbaka svar")
    page.get_by_label("Kvittots fem ord").fill(receipt)
    press(page, "Radera mina svar")
    expect(page.get_by_text("Det finns inga svar med det kvittot.")).to_be_visible()


def test_a_press_is_heard_though_the_page_would_have_moved_to_its_top_meanwhile(
    server: str, phone: Page
) -> None:
    """The focus waits until nothing changes; whoever has pressed by then is left where they are."""
    begin(phone, server)
    phone.evaluate(KEEP_CHANGING)
    press(phone, "Nästa")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hur du blir bemött och vem du möter")
    wait_until_still(phone)
    phone.get_by_role("button", name="Nästa", exact=True).hover()
    phone.mouse.down()
    phone.evaluate("() => clearInterval(window.changing)")
    phone.wait_for_timeout(600)  # the focus would move after 100 milliseconds
    phone.mouse.up()
    turn_to(phone, "Samordning, trygghet och delaktighet")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()


def test_a_key_that_is_held_down_leads_to_the_heading_too(server: str, phone: Page) -> None:
    begin(phone, server)
    phone.get_by_role("button", name="Nästa", exact=True).focus()
    for _ in range(40):
        phone.keyboard.down("Enter")  # all but the first are repeats
        phone.wait_for_timeout(40)
    phone.keyboard.up("Enter")
    turn_to(phone, "Hur du blir bemött och vem du möter")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()


def test_a_press_draws_the_part_and_neither_menu_nor_frame(server: str, phone: Page) -> None:
    told: list[ForwardMsg] = []
    phone.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: told.append(ForwardMsg.FromString(data))),
    )
    begin(phone, server)
    assert count_navigations(told) > 0
    told.clear()
    press(phone, "Nästa")
    turn_to(phone, "Hur du blir bemött och vem du möter")
    assert phone.title() == "Hur du blir bemött och vem du möter – Invånarrösten"
    assert count_navigations(told) == 0
    assert {bool(one.delta.fragment_id) for one in told if one.WhichOneof("type") == "delta"} == {True}


def count_navigations(told: list[ForwardMsg]) -> int:
    """How often the menu was drawn."""
    return sum(one.WhichOneof("type") == "navigation" for one in told)


def test_a_part_handed_in_after_another_tab_changed_the_language_is_kept_and_all_is_drawn_in_it(
    server: str, phone: Page
) -> None:
    begin(phone, server)
    other = phone.context.new_page()
    other.goto(phone.url)
    turn_to(other, "Vem svaren handlar om")
    press(other, "English")
    turn_to(other, "Who the answers are about")

    choose(phone, "Vem handlar svaren om?", "Mig själv")
    press(phone, "Nästa")
    turn_to(phone, "How you are met, and by whom")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_text("Demonstration. The answers are made up")).to_be_visible()
    press(phone, "Back")
    turn_to(phone, "Who the answers are about")
    expect(phone.get_by_role("radio", name="Myself", exact=True)).to_be_checked()


def test_a_page_that_is_not_for_residents_says_so(server: str, phone: Page) -> None:
    phone.goto(f"{server}/rounds")
    turn_to(phone, "Omgångar")
    expect(phone.get_by_text("Du har inte behörighet till det här.")).to_be_visible()
    expect(phone.get_by_role("button", name="Öppna omgången")).to_have_count(0)
