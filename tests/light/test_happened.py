"""Vad hände sen? Does everybody read what was decided, and nothing else, safely and in their language?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from survey.installation import Installation
from survey.proposals.activities import add_activity
from survey.proposals.faults import NewProposal
from survey.proposals.feedback import tell_residents
from survey.proposals.states import DECIDED, State
from survey.proposals.writing import take_down
from survey.store.tables import comment
from tests.following.written import ACTION
from tests.light.plain_phone import PlainPhone, read_page, read_words
from tests.proposals.written import (
    COORDINATOR,
    COUNTY,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    NEW,
    REASON,
    TEXTS,
    add_comment,
    make,
    show_themes,
)

PLACE = f"/vad-hande-sen/{LJUNGBY}"
EASY, ENGLISH = "sv-x-lattlast", "en"
HOSTILE = '<script src="//x.example"></script><img src=x onerror=alert(1)>&amp;'


def read(phone: PlainPhone, address: str = PLACE) -> str:
    page = phone.open(address)
    assert page.status_code == 200
    return read_words(page)


def test_every_county_and_municipality_has_its_page(phone: PlainPhone, installation: Installation) -> None:
    phone.open("/vad-hande-sen")
    links = {
        given.get("href", "").partition("?")[0] for tag, given in read_page(phone.page).elements if tag == "a"
    }
    assert {f"/vad-hande-sen/{area.code}" for area in installation.areas} <= links
    for code in (COUNTY, LJUNGBY):
        assert "Inget har beslutats" in read(phone, f"/vad-hande-sen/{code}")


@pytest.mark.parametrize("state", State)
def test_only_what_was_decided_is_public(phone: PlainPhone, installation: Installation, state: State) -> None:
    make(installation, state)
    assert (NEW.title in read(phone)) is (state in DECIDED)


def test_a_no_stands_there_with_its_reason_and_day(phone: PlainPhone, installation: Installation) -> None:
    make(installation, State.DECLINED)
    said = read(phone)
    for part in (NEW.title, NEW.text, "Nej, det görs inte. Beslutat 2026-09-10.", f"Skäl: {REASON}"):
        assert part in said


def test_heard_decided_and_done_are_told_with_their_day(
    phone: PlainPhone, installation: Installation
) -> None:
    one = make(installation, State.ACCEPTED)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    new = replace(ACTION, starts="2026-09", state="ongoing")
    add_activity(installation, one, new, organisation="both", by=MANAGER)
    said = read(phone)
    for part in (*TEXTS["sv"].values(), "Ja, det ska göras", REASON, "Texten skrevs 2026-09-10."):
        assert part in said
    assert "Fast vårdkontakt införs Pågår. Ansvarar: regionen och kommunen, områdeschef hemtjänst." in said
    assert "Kontinuitet: för få svar för att säga något." in said
    assert NEW.text not in said


def test_a_reader_of_easy_swedish_gets_what_was_written_for_them(
    phone: PlainPhone, installation: Installation
) -> None:
    one = make(installation, State.ACCEPTED)
    asked = f"{PLACE}?sprak={EASY}"
    assert "finns inte på lättläst svenska än" in read(phone, asked)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    said = read(phone, asked)
    assert all(part in said for part in TEXTS[EASY].values())
    assert "finns inte på lättläst" not in said
    assert TEXTS["sv"]["heard"] not in said


def test_a_reader_of_english_is_told_what_is_in_swedish(
    phone: PlainPhone, installation: Installation
) -> None:
    one = make(installation, State.ACCEPTED)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    said = read(phone, f"{PLACE}?sprak={ENGLISH}")
    assert "in Swedish only" in said
    swedish = [
        given for tag, given in read_page(phone.page).elements if given.get("lang") == "sv" and tag == "p"
    ]
    assert len(swedish) == 3
    english = {"heard": "Many start over.", "decided": "A contact is named.", "done": "All have one."}
    tell_residents(installation, one.id, TEXTS | {"en": english}, based_on=1, by=MANAGER)
    said = read(phone, f"{PLACE}?sprak={ENGLISH}")
    assert "in Swedish only" not in said
    assert all(part in said for part in english.values())


def test_a_municipality_has_its_countys_after_its_own(phone: PlainPhone, installation: Installation) -> None:
    make(installation, State.ACCEPTED)
    make(installation, State.ACCEPTED, replace(NEW, title="Hela länet"), area=COUNTY)
    make(installation, State.ACCEPTED, replace(NEW, title="Grannen"), area=MARKARYD)
    said = read(phone)
    assert said.index(NEW.title) < said.index("Hela länet Gäller hela Kronobergs län.")
    assert "Grannen" not in said
    assert NEW.title not in read(phone, f"/vad-hande-sen/{COUNTY}")


def test_a_quote_is_gone_with_the_next_view(phone: PlainPhone, installation: Installation) -> None:
    show_themes(installation)
    words = "Jag får börja om varje gång."
    make(installation, State.ACCEPTED, replace(NEW, quotes=(add_comment(installation, words),)))
    assert words in read(phone)
    with installation.database.write() as connection:
        connection.execute(update(comment).values(quotable=False))
    assert words not in read(phone)


def test_what_was_taken_down_is_gone_with_the_next_view(
    phone: PlainPhone, installation: Installation
) -> None:
    one = make(installation, State.ACCEPTED)
    assert NEW.title in read(phone)
    take_down(installation, one.id, reason="Ett namn", based_on=3, by=COORDINATOR)
    assert NEW.title not in read(phone)


def test_nothing_typed_becomes_html(phone: PlainPhone, installation: Installation) -> None:
    show_themes(installation)
    said = add_comment(installation, HOSTILE)
    new = NewProposal(HOSTILE[:80], HOSTILE, "kontinuitet", quotes=(said,))
    one = make(installation, State.ACCEPTED, new)
    texts = {language: dict.fromkeys(parts, HOSTILE) for language, parts in TEXTS.items()}
    tell_residents(installation, one.id, texts, based_on=0, by=MANAGER)
    assert read(phone).count(HOSTILE) == 5  # title, heard, quote, decided, done
    assert {tag for tag, _ in read_page(phone.page).elements} & {"script", "img"} == set()


@pytest.mark.parametrize("code", ["9999", "0", "ljungby", "%3Cscript%3E", "b" * 2_000])
def test_an_unknown_code_is_told_of_and_the_list_shown(phone: PlainPhone, code: str) -> None:
    page = phone.open(f"/vad-hande-sen/{code}")
    said = read_words(page)
    assert page.status_code == 404
    assert "Det finns inget län och ingen kommun här med koden" in said
    assert "Ljungby" in said
    assert "b" * 21 not in said
    assert {tag for tag, _ in read_page(page).elements} & {"script"} == set()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/vad-hande-sen/", 200),
        (f"{PLACE}/", 200),
        (f"{PLACE}/mer", 404),
        ("/vad-hande-senare", 404),
    ],
)
def test_addresses_beside_it(phone: PlainPhone, address: str, status: int) -> None:
    assert phone.open(address).status_code == status


def test_the_page_has_strict_headers_no_script_no_cookie_and_nothing_from_elsewhere(
    phone: PlainPhone, installation: Installation
) -> None:
    make(installation, State.ACCEPTED)
    page = phone.open(PLACE)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert phone.cookies_given == []
    elements = read_page(page).elements
    assert [tag for tag, _ in elements if tag in ("script", "iframe", "form")] == []
    assert [given for _, given in elements if "//" in given.get("src", "") + given.get("href", "")] == []
