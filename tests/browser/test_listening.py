"""Are the questions read aloud in order, in their language, by a voice of the device, until somebody stops?

Chromium without a screen has no voices: a speech of ours stands in for it, and notes what it is told.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from survey.language import speak
from tests.browser.conftest import PHONE
from tests.browser.plain_pages import begin, go_by

PageAt = Callable[..., Page]
ON_THE_DEVICE = [["sv-SE", True], ["ar-SA", True], ["en-GB", False]]
VOICES = """(() => {
  const voices = %s.map(([lang, localService]) => ({ lang, localService }));
  window.said = [];
  window.cancelled = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = {
    getVoices: () => voices,
    cancel: () => { window.cancelled += 1; },
    speak: (one) => {
      window.said.push([one.text, one.lang, one.voice.lang]);
      if (window.said.length < %d) setTimeout(() => one.onend(), 0);
    },
    addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
})()"""
MANY = 1_000
SWEDISH = speak("sv")
BUTTON = "#lyssna button"


def make_page(page_at: PageAt, voices: list[list[object]], *, ends_after: int = MANY) -> Page:
    """A phone with these voices, [language, whether it is on the device]; each text ends but the last."""
    page = page_at(*PHONE)
    page.add_init_script(VOICES % (str(voices).replace("True", "true").replace("False", "false"), ends_after))
    return page


def list_texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def button_of(page: Page) -> Locator:
    return page.locator(BUTTON)


@pytest.mark.parametrize(
    ("language", "voice"), [("sv", "sv-SE"), ("sv-x-lattlast", "sv-SE"), ("ar", "ar-SA")]
)
def test_a_part_is_read_question_by_question_with_its_options(
    server: str, page_at: PageAt, axe: Callable[..., None], language: str, voice: str
) -> None:
    page = make_page(page_at, ON_THE_DEVICE)
    begin(page, server, language=language)
    go_by(page, "main button[value=next]")
    axe(page)
    button_of(page).click()
    expect(button_of(page)).to_have_text(speak(language).say("answer.listen"))  # it came to the end
    said = page.evaluate("window.said")
    assert [text for text, _, _ in said] == list_texts(page, "h1, #del legend, #del .option span")
    assert {(lang, by) for _, lang, by in said} == {(language, voice)}
    expect(page.locator(".read")).to_have_count(0)


def test_it_stops_when_asked_and_begins_from_the_start_again(server: str, page_at: PageAt) -> None:
    page = make_page(page_at, ON_THE_DEVICE, ends_after=3)
    begin(page, server)
    button_of(page).focus()
    page.keyboard.press("Enter")
    expect(button_of(page)).to_have_text(SWEDISH.say("answer.listen_stop"))
    expect(button_of(page)).to_be_focused()
    expect(page.locator("fieldset.read legend")).to_have_text("Vem handlar svaren om?")
    before = page.evaluate("window.cancelled")
    page.keyboard.press("Enter")
    expect(button_of(page)).to_have_text(SWEDISH.say("answer.listen"))
    expect(page.locator(".read")).to_have_count(0)
    assert page.evaluate("window.cancelled") == before + 1
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1).inner_text()
    assert (
        page.evaluate("window.said.filter(([text]) => text === document.querySelector('h1').innerText)")
        == [[heading, "sv", "sv-SE"]] * 2
    )


def test_what_somebody_wrote_is_never_read(server: str, page_at: PageAt) -> None:
    page = make_page(page_at, ON_THE_DEVICE)
    begin(page, server)
    for _ in range(3):
        go_by(page, "main button[value=next]")
    page.locator("#ft1").fill("Hemligt")
    button_of(page).click()
    expect(button_of(page)).to_have_text(SWEDISH.say("answer.listen"))
    said = page.evaluate("window.said.map(([text]) => text)")
    assert page.locator("label[for=ft1]").inner_text() in said
    assert "Hemligt" not in " ".join(said)


@pytest.mark.parametrize(
    ("voices", "is_offered"),
    [([], False), ([["en-GB", True]], False), ([["sv-SE", False]], False), ([["sv_SE", True]], True)],
)
def test_the_button_is_there_only_with_a_voice_of_the_language_on_the_device(
    server: str, page_at: PageAt, voices: list[list[object]], is_offered: bool
) -> None:
    page = make_page(page_at, voices)
    begin(page, server)
    expect(page.locator("main button[value=next]")).to_be_visible()
    expect(button_of(page)).to_be_visible(visible=is_offered)


def test_without_scripts_or_speech_there_is_no_button(server: str, page_at: PageAt) -> None:
    plain = page_at(*PHONE, java_script_enabled=False)
    begin(plain, server)
    expect(button_of(plain)).to_be_hidden()
    deaf = page_at(*PHONE)
    deaf.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    begin(deaf, server)
    expect(button_of(deaf)).to_be_hidden()
