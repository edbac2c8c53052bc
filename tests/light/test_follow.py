"""Can anybody follow what happens from a cheap phone, and is nobody told who does?"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from survey.answering.throttle import Throttle
from survey.digest.send import send_links
from survey.installation import Installation
from survey.language import speak
from survey.light import follow
from survey.proposals.states import State
from tests.digest.readers import ADDRESS, OTHER, SECONDS, find_token, make_mail_settings
from tests.light.conftest import HOST
from tests.light.plain_phone import PlainPhone, read_form, read_page, read_words
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.proposals.written import LJUNGBY, make

PLACE = f"/vad-hande-sen/{LJUNGBY}"
LANGUAGES = ("sv", "sv-x-lattlast", "en")
ASKS = {"sv": "Vill du veta när något nytt händer här?", "en": "Do you want to know when something new"}
ASKS["sv-x-lattlast"] = ASKS["sv"]


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with run_mail_server() as found:
        yield found


@pytest.fixture
def changes(box: Mailbox) -> dict[str, object]:
    return make_mail_settings(box.port)


def wait_for(said: Callable[[], bool]) -> None:
    """Wait for what is done beside the request."""
    until = time.monotonic() + 10
    while not said():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


def ask(phone: PlainPhone, address: str, place: str = PLACE) -> str:
    """Open the page, write an address and press; the words of what follows."""
    phone.open(place)
    phone.send(phone.fill_in(epost=address))
    return read_words(phone.follow())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", [LJUNGBY, "07"])
def test_the_form_stands_on_each_areas_page_in_each_language(
    phone: PlainPhone, area: str, language: str
) -> None:
    page = phone.open(f"/vad-hande-sen/{area}?sprak={language}")
    assert ASKS[language] in read_words(page)
    assert read_form(page).action == f"/vad-hande-sen/{area}?sprak={language}#folj"
    labels = [given for tag, given in read_page(page).elements if tag == "label"]
    (field,) = [given for tag, given in read_page(page).elements if tag == "input"]
    assert labels == [{"for": field["id"]}]
    assert (field["autocomplete"], field["inputmode"], field["autocapitalize"]) == ("email", "email", "none")


def test_from_the_form_to_the_letter_and_the_button(
    phone: PlainPhone, installation: Installation, box: Mailbox
) -> None:
    make(installation, State.ACCEPTED)
    said = ask(phone, f" {ADDRESS} ")
    assert phone.page.status_code == 200
    assert "Titta i din e-post" in said
    assert "inom 7 dagar" in said
    wait_for(lambda: box.to == [ADDRESS])
    page = phone.open(f"/e/u/folj/{find_token(box.letters[0])}?sprak=sv")
    assert "Ja, skicka mig mejl" in read_words(page)
    phone.send({})
    assert "Klart" in read_words(phone.page)
    phone.open(f"/e/u/folj/{find_token(box.letters[0])}?sprak=sv")
    phone.send({})
    assert phone.page.status_code == 410  # used twice
    assert "Länken gäller inte längre" in read_words(phone.page)


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(
    phone: PlainPhone, installation: Installation, box: Mailbox
) -> None:
    ask(phone, ADDRESS)
    wait_for(lambda: box.to == [ADDRESS])
    phone.open(f"/e/u/folj/{find_token(box.letters[0])}?sprak=sv")
    phone.send({})
    answers: set[tuple[int, str, str]] = set()
    for address in (ADDRESS, OTHER, ADDRESS, ADDRESS, ADDRESS):  # the last is sent no letter
        phone.open(PLACE)
        first = phone.send(phone.fill_in(epost=address))
        answers.add((first.status_code, first.headers["location"], phone.follow().text))
    assert len(answers) == 1
    assert not any(ADDRESS in address for address in phone.addresses)
    assert phone.cookies_given == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["", "anna", "anna@", "anna@exempel", '"><script>alert(1)</script>@a.se'])
def test_what_is_no_address_is_told_kindly_at_its_field_and_kept(
    phone: PlainPhone, typed: str, language: str
) -> None:
    phone.open(f"{PLACE}?sprak={language}")
    page = phone.send(phone.fill_in(epost=typed))
    assert page.status_code == 422
    assert page.text.count('role="alert"') == 1
    (field,) = [given for tag, given in read_page(page).elements if tag == "input"]
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    ids = {given.get("id") for _, given in read_page(page).elements}
    assert set(field["aria-describedby"].split()) == {"epost-hjalp", "epost-fel"} <= ids
    assert "@" in read_words(page)
    told = {one: speak(language).say(f"light.follow.address_{one}") for one in ("missing", "wrong")}
    assert {one for one, said in told.items() if said in read_words(page)} == (
        {"wrong"} if typed else {"missing"}
    )
    assert {tag for tag, _ in read_page(page).elements} & {"script"} == set()


@pytest.mark.parametrize("typed", ["a" * 10_000, "a" * 10_000 + "@exempel.se", "å@" + "ä." * 5_000 + "se"])
def test_an_address_of_ten_thousand_characters_is_refused_and_not_sent_back(
    phone: PlainPhone, typed: str
) -> None:
    ask(phone, typed)
    assert phone.page.status_code == 422
    assert read_form(phone.page).fields == {"epost": [typed[: follow.MOST_KEPT]]}


@pytest.mark.parametrize("code", ["9999", "ljungby", "%3Cscript%3E"])
def test_an_area_that_is_not_there_is_told_of(phone: PlainPhone, box: Mailbox, code: str) -> None:
    page = phone.ask("POST", f"/vad-hande-sen/{code}", data={"epost": ADDRESS})
    assert page.status_code == 404
    assert "Det finns inget län och ingen kommun här med koden" in read_words(page)
    assert phone.open(f"/vad-hande-sen/{code}/tack").status_code == 404
    assert box.to == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_another_sites_form_is_refused(
    phone: PlainPhone, installation: Installation, box: Mailbox, headers: dict[str, str]
) -> None:
    page = phone.ask("POST", PLACE, data={"epost": ADDRESS}, headers=headers)
    assert page.status_code == 403
    assert send_links(installation, seconds=SECONDS) == {}
    own = phone.ask("POST", PLACE, data={"epost": ADDRESS}, headers={"Origin": f"https://{HOST}"})
    assert own.status_code == 303
    wait_for(lambda: box.to == [ADDRESS])


def test_the_whole_service_takes_so_many_a_minute_and_keeps_what_was_typed(
    phone: PlainPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(follow, "asked_lately", Throttle(most=2, now=lambda: clock[0]))
    for address in ("anna", ADDRESS, OTHER):  # what is no address sends no letter and counts for none
        ask(phone, address)
    said = ask(phone, "cia@exempel.se")
    assert phone.page.status_code == 429
    assert "Vänta en minut" in said
    assert "koder" not in said
    assert read_form(phone.page).fields == {"epost": ["cia@exempel.se"]}
    clock[0] = 61.0
    assert "Titta i din e-post" in ask(phone, "cia@exempel.se")


def test_a_mail_server_that_is_down_is_nothing_the_reader_need_know(
    phone: PlainPhone, installation: Installation, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    box.recipient_replies = [f"451 <{ADDRESS}> later"]
    assert "Titta i din e-post" in ask(phone, ADDRESS)
    wait_for(lambda: box.recipient_replies == [])
    wait_for(lambda: "1 put_off" in caplog.text)
    assert send_links(installation, seconds=SECONDS) == {"sent": 1}
    ours = " ".join(one.getMessage() for one in caplog.records if one.name != "mail.log")
    assert ADDRESS not in ours


class TestWithoutAMailServer:
    """Where none is set."""

    @pytest.fixture
    def changes(self) -> dict[str, object]:
        return {}

    @pytest.mark.parametrize(
        ("language", "said"),
        [("sv", "bokmärke"), ("sv-x-lattlast", "Spara den här sidan"), ("en", "Bookmark")],
    )
    def test_there_is_no_form_but_another_way(self, phone: PlainPhone, language: str, said: str) -> None:
        page = phone.open(f"{PLACE}?sprak={language}")
        assert read_page(page).forms == []
        assert said in read_words(page)
        posted = phone.ask("POST", f"{PLACE}?sprak={language}", data={"epost": ADDRESS})
        assert posted.text == page.text
