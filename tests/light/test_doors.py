"""Do a code and a receipt open what they should, and tell nothing to somebody who guesses?"""

from __future__ import annotations

import pytest

from survey.answering.codes import make_code, show_code
from survey.answering.throttle import MOST_WRONG
from survey.installation import Installation
from survey.language import LANGUAGES, speak
from survey.light import doors
from survey.rounds import make_codes
from survey.store.rounds import Round
from tests.light.conftest import MakePhone
from tests.light.kept import count_sealed, find_kept
from tests.light.plain_phone import PlainPhone, read_form, read_words
from tests.walks import Calendar


def make_one_code(installation: Installation, round_: Round) -> str:
    (code,) = make_codes(installation, round_, area="0780", number=1, by="test")
    return code


def try_code(phone: PlainPhone, typed: str, *, language: str = "sv") -> str:
    """What is said about a code."""
    phone.open(f"/e/kod?sprak={language}")
    phone.send(phone.fill_in(kod=typed))
    phone.follow()
    return read_words(phone.page)


def say_error(code: str, language: str = "sv") -> str:
    return speak(language).say(f"error.{code}")


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_code_opens_its_round_in_the_language_of_the_page(
    language: str, phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    try_code(phone, show_code(make_one_code(installation, coded_round)).lower(), language=language)
    assert phone.addresses[-1] == "/e/brev/1"
    draft = find_kept(installation, coded_round, phone)
    assert (draft.language, draft.channel, draft.area) == (language, "invited", "0780")


def test_a_code_opens_the_same_draft_on_another_phone(
    make_phone: MakePhone, coded_round: Round, installation: Installation
) -> None:
    code = make_one_code(installation, coded_round)
    mine, hers = make_phone(), make_phone()
    try_code(mine, code)
    mine.press(b1="carer")
    try_code(hers, code)
    assert read_form(hers.page).fields["b1"] == ["carer"]


def test_a_code_sends_once_and_says_afterwards_what_an_unknown_code_says(
    make_phone: MakePhone, coded_round: Round, installation: Installation, calendar: Calendar
) -> None:
    code = make_one_code(installation, coded_round)
    phone, later = make_phone(), make_phone()
    try_code(phone, code)
    for _ in range(6):
        phone.press()
    phone.press()
    assert count_sealed(installation) == 1
    used = try_code(later, code)
    assert count_sealed(installation) == 1
    assert later.addresses[-1] == "/e/brev/tack" or say_error("code_unknown") in used


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_code_that_was_used_and_done_with_is_as_unknown_as_one_that_never_was(
    language: str, make_phone: MakePhone, coded_round: Round, installation: Installation
) -> None:
    code = make_one_code(installation, coded_round)
    phone = make_phone()
    try_code(phone, code)
    for _ in range(6):
        phone.press()
    phone.send(phone.fill_in())
    answers = []
    for typed in (code, make_code(demo=False)):
        other = make_phone()
        said = try_code(other, typed, language=language)
        answers.append((other.page.status_code, said))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422 and say_error("code_unknown", language) in answers[0][1]


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD EFGH 234", "åäö", "0" * 11, "x" * 100_000, "<b>"])
def test_what_cannot_be_a_code_is_mistyped(
    typed: str, phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    assert say_error("code_mistyped") in try_code(phone, typed)
    assert phone.page.status_code == 422
    assert read_form(phone.page).fields["kod"] == [typed[:40]]


def test_a_code_of_a_demonstration_is_told_so(
    phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    assert say_error("code_of_demonstration") in try_code(phone, make_code(demo=True))


def test_a_code_of_a_closed_round_is_as_unknown_as_any(
    phone: PlainPhone, coded_round: Round, installation: Installation, calendar: Calendar
) -> None:
    code = make_one_code(installation, coded_round)
    calendar.turn_to(2027, 1)
    assert say_error("code_unknown") in try_code(phone, code)


class TestDemonstration:
    @pytest.fixture
    def changes(self) -> dict[str, object]:
        return {"DEMO": True}

    def test_a_real_code_is_told_that_it_is_not_used_up(
        self, phone: PlainPhone, coded_round: Round, installation: Installation
    ) -> None:
        assert say_error("code_of_real_installation") in try_code(phone, make_code(demo=False))

    def test_every_page_says_that_it_is_a_demonstration(self, phone: PlainPhone, open_round: Round) -> None:
        phone.begin("alla")
        assert speak("sv").say("answer.demo") in read_words(phone.page)

    @pytest.mark.parametrize("address", ["/roll/manager", "/sprak/en"])
    @pytest.mark.parametrize(
        "to",
        [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "\\\\evil.example",
            "/%09/evil.example",
            "%2F%2Fevil.example",
            "/a%5C..%5C%5Cevil.example",
            "javascript:alert(1)",
            "evil.example",
            "",
            "/a%0D%0ASet-Cookie:x=y",
        ],
    )
    def test_a_door_never_leads_to_another_site(
        self, address: str, to: str, phone: PlainPhone, installation: Installation
    ) -> None:
        phone.ask("GET", f"{address}?to={to}")
        assert (phone.page.status_code, phone.page.headers["location"]) == (303, "/")

    @pytest.mark.parametrize("to", ["/", "/trends?area=07&by=month", "/e/alla"])
    def test_a_door_leads_back_to_where_one_was(
        self, to: str, phone: PlainPhone, installation: Installation
    ) -> None:
        phone.ask("GET", "/sprak/en", params={"to": to})
        assert phone.page.headers["location"] == to

    def test_a_role_that_is_not_there_is_told_of(self, phone: PlainPhone, installation: Installation) -> None:
        assert phone.ask("GET", "/roll/emperor").status_code == 404
        assert phone.cookies_given == []


def test_a_real_installation_gives_no_role(phone: PlainPhone, installation: Installation) -> None:
    assert phone.ask("GET", "/roll/coordinator").status_code == 404
    assert phone.cookies_given == []


@pytest.mark.parametrize("code", ["tlh", "sv%00", "SV", "en;x=y"])
def test_a_language_that_is_not_there_is_no_page(
    code: str, phone: PlainPhone, installation: Installation
) -> None:
    assert phone.ask("GET", f"/sprak/{code}").status_code == 404
    assert phone.cookies_given == []


def test_a_language_that_was_chosen_is_kept(phone: PlainPhone, open_round: Round) -> None:
    phone.ask("GET", "/sprak/en?to=/e/alla")
    phone.follow()
    assert '<html lang="en"' in phone.page.text


# Receipts


@pytest.mark.parametrize("typed", ["", "lusab", "lusab-babad-gutih-tugad", "1 2 3 4 5", "x" * 100_000])
def test_what_cannot_be_a_receipt_is_told_so(
    typed: str, phone: PlainPhone, installation: Installation
) -> None:
    phone.open("/e/kvitto")
    phone.send(phone.fill_in(kvitto=typed))
    assert phone.page.status_code == 422
    assert say_error("receipt_mistyped") in read_words(phone.page)
    assert read_form(phone.page).fields["kvitto"] == [typed[:80]]


def test_a_receipt_that_nothing_hangs_on_is_told_so(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.open("/e/kvitto")
    phone.send(phone.fill_in(kvitto="lusab-babad-gutih-tugad-mudof"))
    assert phone.page.status_code == 422
    assert say_error("receipt_unknown") in read_words(phone.page)


# Guessing


@pytest.mark.parametrize(("address", "name"), [("/e/kod", "kod"), ("/e/kvitto", "kvitto")])
def test_guessing_is_stopped_for_a_minute_for_codes_and_receipts_alike(
    address: str, name: str, phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    code = make_one_code(installation, coded_round)
    for _ in range(MOST_WRONG - 1):
        doors.wrong_codes.note()
    phone.open(address)
    assert phone.send(phone.fill_in(**{name: "x"})).status_code == 422
    assert phone.send(phone.fill_in(**{name: "x"})).status_code == 429
    assert say_error("too_many_tries") in read_words(phone.page)
    try_code(phone, code)
    assert phone.page.status_code == 429


def test_a_right_code_does_not_count_as_a_guess(
    make_phone: MakePhone, coded_round: Round, installation: Installation
) -> None:
    for _ in range(MOST_WRONG - 1):
        doors.wrong_codes.note()
    for code in make_codes(installation, coded_round, area="0780", number=3, by="test"):
        phone = make_phone()
        try_code(phone, code)
        assert phone.addresses[-1] == "/e/brev/1"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_who_may_see_the_answers_later_is_told_before_anybody_answers(
    language: str, phone: PlainPhone, coded_round: Round
) -> None:
    phone.open(f"/e/{coded_round.id}/om?sprak={language}")
    told = read_words(phone.page)
    for key in ("answer.about_research", "answer.about_quotes", "answer.about_paper"):
        assert " ".join(speak(language).say(key).split()) in " ".join(told.split())  # keys: answer.about_*
