"""Is nothing lost or counted twice when pages are old, tabs are two, cookies are gone or texts too long?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.installation import Installation
from survey.language import LANGUAGES, speak
from survey.store.rounds import Round
from tests.light.conftest import MakePhone
from tests.light.kept import count_sealed, find_kept, go_to_look_over, read_receipt
from tests.light.plain_phone import PlainPhone, read_form, read_words
from tests.walks import Calendar

STALE = speak("sv").say("answer.stale")


def test_without_a_cookie_the_answers_come_back_and_pressing_again_works(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla", language="en")
    phone.open("/e/alla/4")
    typed = phone.fill_in(ft1="Ring 070-123 45 67", a22="4")
    phone.client.cookies.clear()
    phone.send(typed)
    assert phone.page.status_code == 403
    assert speak("en").say("answer.stale") in read_words(phone.page)
    fields = read_form(phone.page).fields
    assert (fields["ft1"], fields["a22"]) == (["Ring 070-123 45 67"], ["4"])
    assert find_kept(installation, open_round, phone).answers == {}
    phone.press()
    assert phone.addresses[-1] == "/e/alla/5"
    assert find_kept(installation, open_round, phone).answers == {"ft1": "Ring [phone]", "a22": "4"}


def test_without_a_cookie_the_form_that_was_chosen_is_kept(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla", form="short")
    typed = phone.fill_in(b1="self")
    phone.client.cookies.clear()
    phone.send(typed)
    assert 'name="b5"' not in phone.page.text and read_form(phone.page).fields["form"] == ["short"]


@pytest.mark.parametrize("token", [[], [""], ["0" * 32], ["åäö"], ["x" * 10_000]])
def test_a_token_that_is_wrong_loses_nothing_and_keeps_nothing(
    token: list[str], phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="carer")
    phone.send(phone.fill_in(a01="5", token=token))
    assert (phone.page.status_code, STALE in read_words(phone.page)) == (403, True)
    assert read_form(phone.page).fields["a01"] == ["5"]
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer"}
    phone.press()
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer", "a01": "5"}


def test_the_token_of_another_phone_is_wrong(make_phone: MakePhone, open_round: Round) -> None:
    mine, other = make_phone(), make_phone()
    other.begin("alla")
    mine.begin("alla")
    mine.send(mine.fill_in(token=read_form(other.page).fields["token"]))
    assert mine.page.status_code == 403


def test_an_old_look_over_page_sends_nothing_and_says_so(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    go_to_look_over(phone)
    phone.send(phone.fill_in(token="old"))
    assert phone.page.status_code == 403
    assert speak("sv").say("answer.stale_send") in read_words(phone.page)
    assert count_sealed(installation) == 0
    phone.press()
    assert count_sealed(installation) == 1


def test_a_reloaded_page_shows_what_was_kept(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    phone.press(b1="carer", b5=["sabo", "rehab"], b2="0780")
    phone.open("/e/alla/1")
    fields = read_form(phone.page).fields
    assert (fields["b1"], sorted(fields["b5"]), fields["b2"]) == (["carer"], ["rehab", "sabo"], ["0780"])


def test_two_tabs_on_different_parts_keep_both_answers(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    first = phone.fill_in(b1="carer")
    phone.open("/e/alla/2")
    second = phone.fill_in(a01="5")
    phone.send(first, address="/e/alla/1")
    phone.send(second, address="/e/alla/2")
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer", "a01": "5"}


def test_sending_twice_counts_once_and_shows_the_same_receipt(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    go_to_look_over(phone)
    fields = phone.fill_in()
    phone.send(fields)
    phone.follow()
    first = read_receipt(phone)
    phone.send(fields, address="/e/alla/granska")
    phone.follow()
    assert read_receipt(phone) == first
    assert count_sealed(installation) == 1


def test_a_tab_that_was_left_open_cannot_change_what_was_sent(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    left_open = phone.fill_in(b1="carer")
    for _ in range(6):
        phone.press()
    receipt = read_receipt(phone)
    phone.send(left_open, address="/e/alla/1")
    phone.follow()
    assert read_receipt(phone) == receipt
    assert count_sealed(installation) == 1


@pytest.mark.parametrize("address", ["/e/alla/1", "/e/alla/3", "/e/alla/granska"])
def test_going_back_after_sending_shows_the_receipt(
    address: str, phone: PlainPhone, open_round: Round
) -> None:
    go_to_look_over(phone)
    phone.press()
    receipt = read_receipt(phone)
    phone.open(address)
    assert read_receipt(phone) == receipt


def test_a_reloaded_receipt_shows_the_same_words(phone: PlainPhone, open_round: Round) -> None:
    go_to_look_over(phone)
    phone.press()
    receipt = read_receipt(phone)
    phone.open("/e/alla/tack")
    assert read_receipt(phone) == receipt
    phone.open("/e/alla/tack?sprak=en")
    assert read_receipt(phone) == receipt and "Your receipt" in read_words(phone.page)


def test_after_done_nothing_is_left_in_the_browser(phone: PlainPhone, open_round: Round) -> None:
    go_to_look_over(phone)
    phone.press()
    receipt = read_receipt(phone)
    phone.send(phone.fill_in())
    assert "Klart." in read_words(phone.page)
    assert dict(phone.client.cookies) == {}
    phone.open("/e/alla/tack")
    assert receipt not in phone.page.text and phone.addresses[-1] == "/e/alla"


@pytest.mark.parametrize("token", ["right", "wrong"])
def test_done_before_sending_takes_nothing_away(
    token: str, phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="carer")
    phone.send(phone.fill_in(**({} if token == "right" else {"token": "x"})), address="/e/alla/tack")
    phone.follow()
    assert phone.addresses[-1] == "/e/alla"
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer"}


def test_done_from_another_page_leaves_the_receipt(phone: PlainPhone, open_round: Round) -> None:
    go_to_look_over(phone)
    phone.press()
    receipt = read_receipt(phone)
    phone.send({"token": ["x"]}, address="/e/alla/tack")
    phone.follow()
    assert read_receipt(phone) == receipt


def test_a_comment_of_100000_characters_is_kept_as_far_as_it_can_be(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="carer")
    phone.open("/e/alla/4")
    phone.press(ft1="å" * 100_000, a22="4")
    assert phone.page.status_code == 422
    assert "100 000 tecken" in read_words(phone.page).replace("\N{NO-BREAK SPACE}", " ")
    assert read_form(phone.page).fields["ft1"] == ["å" * 20_000]
    kept = find_kept(installation, open_round, phone).answers
    assert (kept["b1"], kept["a22"], kept["ft1"]) == ("carer", "4", "å" * 20_000)
    phone.open("/e/alla/granska")
    phone.press()
    assert phone.addresses[-1] == "/e/alla/4" and count_sealed(installation) == 0
    phone.press(ft1="å" * 1500)
    phone.press()
    phone.press()
    assert count_sealed(installation) == 1


@pytest.mark.parametrize(("length", "status"), [(1500, 303), (1501, 422)])
def test_a_comment_may_have_1500_characters(
    length: int, status: int, phone: PlainPhone, open_round: Round
) -> None:
    phone.begin("alla")
    phone.open("/e/alla/4")
    assert phone.send(phone.fill_in(ft1="å" * length)).status_code == status


def test_line_breaks_of_a_text_area_count_once(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    phone.open("/e/alla/4")
    assert phone.send(phone.fill_in(ft1="\r\n".join("å" * 750))).status_code == 303


def test_a_draft_of_yesterday_is_still_there(
    phone: PlainPhone, open_round: Round, installation: Installation, calendar: Calendar
) -> None:
    phone.begin("alla")
    phone.press(b1="carer")
    calendar.turn_to(2026, 9, 11)
    phone.open("/e/alla/1")
    assert read_form(phone.page).fields["b1"] == ["carer"]


def test_a_round_that_closed_while_a_person_answered_is_told_of(
    phone: PlainPhone, open_round: Round, installation: Installation, calendar: Calendar
) -> None:
    go_to_look_over(phone)
    calendar.day = date(2027, 1, 1)
    phone.press()
    assert phone.page.status_code == 403
    assert "2026-12-31" in read_words(phone.page) and count_sealed(installation) == 0


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
def test_changing_language_keeps_what_was_typed(
    page: int, language: str, phone: PlainPhone, open_round: Round
) -> None:
    typed = {1: {"b1": "carer"}, 2: {"a01": "na"}, 3: {"a10": "1"}, 4: {"ft1": "Bra."}, 5: {"b8": ["alone"]}}[
        page
    ]
    phone.begin("alla", language="en" if language == "sv" else "sv")
    phone.open(f"/e/alla/{page}")
    phone.press(f"sprak:{language}", **typed)  # type: ignore[arg-type]
    assert phone.addresses[-1] == f"/e/alla/{page}"
    assert f'<html lang="{language}"' in phone.page.text
    for name, value in typed.items():
        assert read_form(phone.page).fields[name] == ([value] if isinstance(value, str) else value)


def test_changing_language_on_the_look_over_page_keeps_the_answers_and_sends_nothing(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="carer")
    phone.open("/e/alla/granska")
    phone.press("sprak:en")
    assert "Look over your answers" in read_words(phone.page)
    draft = find_kept(installation, open_round, phone)
    assert (draft.answers, draft.language, draft.sent) == ({"b1": "carer"}, "en", False)
    assert count_sealed(installation) == 0


@pytest.mark.parametrize(("address", "name"), [("/e/kod", "kod"), ("/e/kvitto", "kvitto")])
def test_changing_language_keeps_a_code_or_a_receipt_that_was_typed(
    address: str, name: str, phone: PlainPhone, open_round: Round
) -> None:
    phone.open(address)
    phone.press("sprak:en", **{name: "half typed"})
    assert (phone.page.status_code, read_form(phone.page).fields[name]) == (200, ["half typed"])
    assert '<html lang="en"' in phone.page.text


@pytest.mark.parametrize("language", ["tlh", "", "sv\x00", "../x"])
def test_a_language_that_is_not_there_is_passed_over(
    language: str, phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(f"sprak:{language}", b1="carer")
    assert find_kept(installation, open_round, phone).answers == {"b1": "carer"}
    assert '<html lang="sv"' in phone.page.text


def test_answering_for_another_person_after_sending_is_a_new_answer(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    go_to_look_over(phone)
    phone.press()
    first = read_receipt(phone)
    go_to_look_over(phone)
    phone.press()
    assert read_receipt(phone) != first
    assert count_sealed(installation) == 2
