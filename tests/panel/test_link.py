"""Does a letter's link answer with one press, and change nothing when it is only opened or is over?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey.installation import Installation
from survey.panel.contacts import make_link_token, read_link_token
from survey.panel.decisions import cancel_mission
from survey.running import set_installation
from survey.store.missions import Mission
from tests.digest.test_pages import Browser
from tests.light.plain_phone import read_form, read_words
from tests.panel.made import MANAGER, accept, find_asked, get_replies, invite
from tests.panel.test_moving import move
from tests.walks import Calendar


@pytest.fixture
def browser(on_sqlite: Installation) -> Iterator[Browser]:
    set_installation(on_sqlite)
    yield Browser()
    set_installation(None)


@pytest.fixture
def asked(on_sqlite: Installation) -> Mission:
    return invite(on_sqlite, accept(on_sqlite), "a", "b")


def get_path(installation: Installation, mission: Mission, who: str = "a") -> str:
    token = make_link_token(installation, find_asked(installation, mission, who).id)
    return f"/e/u/uppdrag/{token}"


def press(browser: Browser, path: str, answer: str) -> str:
    page = browser.post(path, data={"svar": answer})
    return f"{page.status_code} {read_words(page)}"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_that_opens_every_link_changes_nothing(
    on_sqlite: Installation, browser: Browser, asked: Mission, method: str
) -> None:
    for _ in range(2):
        assert browser.request(method, get_path(on_sqlite, asked)).status_code == 200
    assert get_replies(on_sqlite, asked) == {"a": "waiting", "b": "waiting"}


def test_the_page_says_what_it_is_about_and_asks_for_no_reason(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    page = browser.get(get_path(on_sqlite, asked))
    said = read_words(page)
    for part in (
        "Vill du vara med i ett uppdrag?",
        "Hemtjänsten i Ljungby",
        "Vad behöver man veta den första dagen hemma?",
        "2026-10-06 kl. 13:30, cirka 2 timmar",
        "Svara senast 2026-09-17. Du behöver inte säga varför du tackar nej.",
    ):
        assert part in said
    assert read_form(page).fields == {}  # no field to fill in, only two buttons
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize(
    ("answer", "reply", "told"), [("ja", "yes", "tackat ja"), ("nej", "no", "tackat nej")]
)
def test_one_press_answers(
    on_sqlite: Installation, browser: Browser, asked: Mission, answer: str, reply: str, told: str
) -> None:
    path = get_path(on_sqlite, asked)
    assert press(browser, path, answer).startswith("200")
    assert get_replies(on_sqlite, asked)["a"] == reply
    assert told in read_words(browser.get(path))


def test_a_link_used_twice_changes_nothing_the_second_time(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    path = get_path(on_sqlite, asked)
    press(browser, path, "nej")
    before = get_replies(on_sqlite, asked)
    assert "tackat nej" in press(browser, path, "ja")
    assert get_replies(on_sqlite, asked) == before == {"a": "no", "b": "waiting", "c": "waiting"}


def test_a_link_of_an_old_invitation_says_that_it_is_over(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    old = get_path(on_sqlite, asked)
    press(browser, old, "ja")
    move(on_sqlite, asked)
    for said in (press(browser, old, "ja"), press(browser, old, "nej")):
        assert said.startswith("410")
        assert "Frågan gäller inte längre" in said
    assert get_replies(on_sqlite, asked) == {"a": "waiting", "b": "waiting"}
    assert press(browser, get_path(on_sqlite, asked), "ja").startswith("200")


def test_a_link_of_a_called_off_mission_says_that_it_is_over(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    cancel_mission(on_sqlite, asked.id, reason="Nej", based_on=asked.version, by=MANAGER)
    assert press(browser, get_path(on_sqlite, asked), "ja").startswith("410")


@pytest.mark.parametrize(("day", "status"), [(17, "200"), (18, "410")])
def test_a_link_ends_with_its_last_day(
    on_sqlite: Installation, browser: Browser, asked: Mission, calendar: Calendar, day: int, status: str
) -> None:
    calendar.turn_to(2026, 9, day)
    assert press(browser, get_path(on_sqlite, asked), "ja").startswith(status)
    assert get_replies(on_sqlite, asked)["a"] == ("yes" if day == 17 else "waiting")


def test_a_link_that_is_none_of_ours_opens_nothing(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    found = find_asked(on_sqlite, asked, "a").id
    right = make_link_token(on_sqlite, found)
    for token in (
        "x",
        f"{found}-",
        f"{found}-{'0' * 32}",
        f"{found[:-1]}{'1' if found.endswith('0') else '0'}-{right[-32:]}",
        right[:-1],
        "-",
        "å-å",
    ):
        assert read_link_token(on_sqlite, token) is None
        for page in (browser.get(f"/e/u/uppdrag/{token}"), browser.post(f"/e/u/uppdrag/{token}")):
            assert page.status_code == 410
            assert "Hemtjänsten" not in page.text
    assert get_replies(on_sqlite, asked)["a"] == "waiting"


@pytest.mark.parametrize("answer", ["", "kanske"])
def test_a_press_that_says_neither_is_asked_again(
    on_sqlite: Installation, browser: Browser, asked: Mission, answer: str
) -> None:
    assert "Ja, jag kommer" in press(browser, get_path(on_sqlite, asked), answer)
    assert get_replies(on_sqlite, asked)["a"] == "waiting"


def test_another_sites_form_answers_nothing(
    on_sqlite: Installation, browser: Browser, asked: Mission
) -> None:
    page = browser.post(
        get_path(on_sqlite, asked), data={"svar": "ja"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert page.status_code == 403
    assert get_replies(on_sqlite, asked)["a"] == "waiting"


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Would you take part in a mission?"), ("sv-x-lattlast", "Vill du vara med?")],
)
def test_the_page_speaks_the_readers_language(
    on_sqlite: Installation, browser: Browser, asked: Mission, language: str, told: str
) -> None:
    page = browser.get(f"{get_path(on_sqlite, asked)}?sprak={language}")
    assert told in read_words(page)
    assert f'<html lang="{language}"' in page.text
