"""Does the plain form answer whatever is asked of it with the right status and a kind sentence?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.answering.drafts import check_lately
from survey.installation import Installation
from survey.language import LANGUAGES, speak
from survey.light.headers import PLAIN_PATHS
from survey.rounds import NewRound, open_round
from survey.store.rounds import Round
from tests.light.kept import count_sealed, find_kept, go_to_look_over
from tests.light.plain_phone import PlainPhone, read_words
from tests.light.told import tells
from tests.walks import SURVEY, VERSION, Calendar, open_a_round

LANGUAGE_CODES = list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_round_that_is_not_there_is_told_of(
    language: str, phone: PlainPhone, installation: Installation
) -> None:
    assert phone.ask("GET", f"/e/finns-inte?sprak={language}").status_code == 404
    assert tells(phone, "round_unknown", language)


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "/1",
        "/1234",
        pytest.param(f"/{'1' * 4301}", id="more digits than Python reads"),
        "/granska",
        "/tack",
        "/om",
        "/app",
    ],
)
def test_no_page_of_a_round_that_is_not_there_is_there(
    rest: str, phone: PlainPhone, installation: Installation
) -> None:
    assert phone.ask("GET", f"/e/finns-inte{rest}").status_code == 404


@pytest.mark.parametrize("path", [one for one in PLAIN_PATHS if one != "/api"])  # programs get JSON
def test_an_address_that_leads_nowhere_is_told_of_in_words(
    path: str, phone: PlainPhone, installation: Installation
) -> None:
    for rest in ("/finns/inte/har/alls", "/..%2f..%2fetc%2fpasswd/x/y"):
        assert phone.ask("GET", f"{path}{rest}").status_code == 404
        assert "Sidan finns inte" in read_words(phone.page)


@pytest.mark.parametrize("name", ["%00", "a%00b", "..%2f..%2fetc", "%F0%9F%91%B5", "a" * 5000, "'--"])
def test_a_strange_name_is_a_round_that_is_not_there(
    name: str, phone: PlainPhone, installation: Installation
) -> None:
    assert phone.ask("GET", f"/e/{name}").status_code == 404


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 12, 31), 403),
        (date(2026, 1, 1), 200),
        (date(2026, 12, 31), 200),
        (date(2027, 1, 1), 403),
    ],
)
def test_a_round_is_open_from_its_first_day_to_its_last(
    day: date, status: int, phone: PlainPhone, open_round: Round, calendar: Calendar
) -> None:
    calendar.day = day
    assert phone.ask("GET", "/e/alla").status_code == status
    assert (status == 200) or tells(phone, "round_not_open", opens="2026-01-01", closes="2026-12-31")


def test_a_round_that_is_closed_takes_no_answers(
    phone: PlainPhone, open_round: Round, calendar: Calendar
) -> None:
    phone.open("/e/alla")
    calendar.turn_to(2027, 1)
    phone.send({"form": ["full"]}, address="/e/alla")
    assert phone.page.status_code == 403 and phone.cookies_given == []


@pytest.mark.parametrize("door", ["coded", "panel", "import"])
def test_only_an_open_round_can_be_begun_without_more(
    door: str, phone: PlainPhone, installation: Installation
) -> None:
    open_a_round(installation, "annan", door=door)
    phone.send({"form": ["full"]}, address="/e/annan")
    assert phone.page.status_code == 403 and phone.cookies_given == []
    assert tells(phone, "door_needs_code" if door == "coded" else "door_not_here")


def test_the_list_has_the_open_rounds_only(phone: PlainPhone, installation: Installation) -> None:
    for name, door, year in (("oppen", "open", 2026), ("brev", "coded", 2026), ("gammal", "open", 2025)):
        days = (date(year, 1, 1), date(year, 12, 31))
        open_round(
            installation, NewRound(name, SURVEY, VERSION, f"Runda {name}", *days, door=door), by="test"
        )
    said = read_words(phone.open("/e"))
    assert "Runda oppen" in said and "Runda brev" not in said and "Runda gammal" not in said


def test_a_list_of_nothing_says_so(phone: PlainPhone, installation: Installation) -> None:
    assert speak("sv").say("answer.no_surveys") in read_words(phone.open("/e"))


@pytest.mark.parametrize(
    ("forms", "asked", "form"),
    [
        ("choose", "short", "short"),
        ("choose", "x", "full"),
        ("full", "short", "full"),
        ("short", "full", "short"),
    ],
)
def test_the_form_is_what_the_round_lets_one_choose(
    forms: str, asked: str, form: str, phone: PlainPhone, installation: Installation
) -> None:
    days = (date(2026, 1, 1), date(2026, 12, 31))
    round_ = open_round(installation, NewRound("val", SURVEY, VERSION, "Val", *days, forms=forms), by="test")
    phone.begin("val", form=asked)
    assert find_kept(installation, round_, phone).form == form


@pytest.mark.parametrize(
    "step", ["0", "6", "99", "-1", "abc", "1.5", "١", "9" * 400, "1/2", "granska/1", "%00"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_step_that_is_not_there_is_no_page(
    step: str, method: str, phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    assert phone.ask(method, f"/e/alla/{step}").status_code == 404
    assert "Sidan finns inte" in read_words(phone.page)
    assert find_kept(installation, open_round, phone).answers == {}


@pytest.mark.parametrize("rest", ["1", "5", "99", "granska", "tack"])
def test_without_a_draft_one_comes_to_the_first_page(rest: str, phone: PlainPhone, open_round: Round) -> None:
    phone.open(f"/e/alla/{rest}")
    assert (phone.page.status_code, phone.addresses[-1]) == (200, "/e/alla")


def test_nothing_can_be_sent_without_a_draft(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.send({}, address="/e/alla/granska")
    assert phone.page.status_code == 409 and tells(phone, "nothing_to_send")
    assert count_sealed(installation) == 0


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "åäö", "A" * 5000, "AAAAAAAAAAAAAAAAAAAAAA=="])
def test_a_cookie_that_opens_nothing_is_no_draft(cookie: str, phone: PlainPhone, open_round: Round) -> None:
    phone.ask("GET", "/e/alla/1", headers={"cookie": f"svar={cookie}".encode()})
    assert (phone.page.status_code, phone.page.headers["location"]) == (303, "/e/alla")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("PUT", "/e/alla/1", 405),
        ("DELETE", "/e/alla", 405),
        ("PATCH", "/e/alla/granska", 405),
        ("OPTIONS", "/e/kod", 405),
        ("POST", "/e", 405),
        ("TRACE", "/e/alla", 405),
    ],
)
def test_a_method_that_a_page_does_not_have_is_refused(
    method: str, address: str, status: int, phone: PlainPhone, open_round: Round
) -> None:
    assert phone.ask(method, address).status_code == status


@pytest.mark.parametrize("address", ["/e", "/e/alla", "/e/kod", "/e/kvitto", "/e/alla/om", "/e/alla/1"])
def test_head_answers_as_get_without_the_page(address: str, phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    got = phone.ask("GET", address)
    head = phone.ask("HEAD", address)
    assert (head.status_code, head.headers["content-type"]) == (got.status_code, got.headers["content-type"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/e/", "/e"),
        ("/e/alla/", "/e/alla"),
        ("/e/alla//", "/e/alla"),
        ("/e/kod/?sprak=en", "/e/kod?sprak=en"),
        ("/e//evil.example/", "/e//evil.example"),
    ],
)
def test_a_slash_at_the_end_of_an_address_does_no_harm(
    typed: str, meant: str, phone: PlainPhone, installation: Installation
) -> None:
    phone.ask("GET", typed)
    assert (phone.page.status_code, phone.page.headers["location"]) == (308, meant)


@pytest.mark.parametrize("name", ["form.css", "kod.js", "ikon.svg"])
def test_files_are_served_and_may_be_kept(name: str, phone: PlainPhone, installation: Installation) -> None:
    assert phone.ask("GET", f"/e/fil/{name}").status_code == 200
    assert "immutable" in phone.page.headers["cache-control"]


@pytest.mark.parametrize("name", ["annan.css", "..%2fdraw.py", "%2e%2e%2fdraw.py", "form.css%00"])
def test_no_other_file_is_served(name: str, phone: PlainPhone, installation: Installation) -> None:
    assert phone.ask("GET", f"/e/fil/{name}").status_code == 404


def test_the_service_is_ready(phone: PlainPhone, open_round: Round) -> None:
    assert phone.ask("GET", "/readyz").status_code == 200
    assert phone.page.json() == {"status": "ready"}


def test_without_the_periods_key_no_answers_are_taken_and_that_is_said_kindly(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    go_to_look_over(phone)
    file = installation.keys.find_period_file("2026-09")
    away = file.rename(file.with_suffix(".away"))
    assert phone.ask("GET", "/readyz").status_code == 503
    assert phone.page.json() == {"status": "not ready", "code": "key_missing"}
    phone.open("/e/alla/granska")
    phone.press()
    assert phone.page.status_code == 503
    said = read_words(phone.page)
    assert speak("sv").say("answer.trouble_service_about") in said
    assert "key" not in said and "nyckel" not in said.lower()
    check_lately.cache_clear()  # a beginning asks at most every five seconds
    phone.send({"form": ["full"]}, address="/e/alla")
    assert phone.page.status_code == 503
    away.rename(file)
    assert phone.ask("GET", "/readyz").status_code == 200
    phone.open("/e/alla/granska")
    phone.press()
    assert "Tack. Dina svar är skickade." in read_words(phone.page)
    assert count_sealed(installation) == 1
