"""Is a form from elsewhere, too large, forged or of rubbish refused with a kind sentence and nothing lost?"""

from __future__ import annotations

import pytest

from survey.installation import Installation
from survey.language import speak
from survey.store.rounds import Round
from tests.light.conftest import HOST
from tests.light.kept import find_kept
from tests.light.plain_phone import PlainPhone, read_form, read_words
from tests.light.told import tells


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"origin": f"http://{HOST}.evil.example"},
        {"origin": f"http://{HOST}:8443"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"},
    ],
)
def test_a_form_from_another_site_is_refused(
    headers: dict[str, str], phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.send(phone.fill_in(b1="carer"), headers=headers)
    assert phone.page.status_code == 403 and tells(phone, "form_elsewhere")
    assert find_kept(installation, open_round, phone).answers == {}


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": f"http://{HOST}"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_a_form_from_our_own_page_is_taken(
    headers: dict[str, str], phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.send(phone.fill_in(b1="carer"), headers=headers)
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer"}


def test_another_site_cannot_begin_a_draft(phone: PlainPhone, open_round: Round) -> None:
    phone.send({"form": ["full"]}, address="/e/alla", headers={"origin": "https://evil.example"})
    assert phone.page.status_code == 403 and phone.cookies_given == []


def test_fields_that_are_not_asked_for_are_passed_over(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="carer", a22="5", c1="yes_panel", sent="1", code="x", stratum="0780")
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer"}


def test_a_forged_answer_is_told_of_and_the_others_are_kept(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="emperor", b2="0780")
    assert phone.page.status_code == 422
    assert speak("sv").say("answer.trouble.unknown_choice") in read_words(phone.page)
    assert 'aria-invalid="true"' in phone.page.text and "emperor" not in phone.page.text
    assert find_kept(installation, open_round, phone).answers == {"b2": "0780"}


def test_a_fault_is_tied_to_its_question_and_summed_up(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    phone.press(b5=["none", "sabo"])
    assert phone.page.status_code == 422
    assert 'href="#b5"' in phone.page.text and 'id="b5-fel"' in phone.page.text
    assert "Fel: Vem svaren handlar om" in phone.page.text
    assert read_form(phone.page).fields["b5"] == ["sabo", "none"]


def test_one_can_go_back_from_a_part_with_something_to_mend(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    phone.press()
    phone.press("back", a01="forged")
    assert phone.addresses[-1] == "/e/alla/1"


@pytest.mark.parametrize("size", [2_000_001, 5_000_000])
def test_a_form_beyond_two_megabytes_is_refused(size: int, phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    phone.ask("POST", "/e/alla/1", content=b"b1=carer&x=" + b"a" * (size - 11))
    assert phone.page.status_code == 413 and tells(phone, "form_too_large")


def test_a_form_of_two_megabytes_is_read(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    assert phone.ask("POST", "/e/alla/1", content=b"x=" + b"a" * 1_999_998).status_code == 403


@pytest.mark.parametrize(
    "body", [b"ft1=\xff\xfe", b"ft1=%FF", "ft1=åäö".encode("latin-1"), b"&".join([b"a=1"] * 2001)]
)
def test_what_cannot_be_read_is_refused(body: bytes, phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    assert phone.ask("POST", "/e/alla/4", content=body).status_code == 400
    assert tells(phone, "form_unreadable")


@pytest.mark.parametrize("body", [b"", b"&&&", b"=", b"%", b"token", b"do=next;do=back", b"\x00=\x00"])
def test_a_form_of_rubbish_is_an_old_form(body: bytes, phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    assert phone.ask("POST", "/e/alla/4", content=body).status_code == 403
