"""Does the door open for who should come in, stay shut for everybody else, and say nothing to either?"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from pyotp import TOTP

from survey.entry.cookies import SESSION_COOKIE
from survey.entry.passage import find_person
from survey.installation import Installation
from survey.language import speak
from survey.people.accounts import Invitation, invite
from survey.people.assignments import NewAssignment, assign_role
from survey.people.roles import VISITOR, Role
from survey.people.second_step import begin_second_step, offer_second_step
from survey.people.tries import FREE_TRIES
from tests.entry.conftest import Visitor
from tests.people.newcomers import GOOD, OTHER, SOMEBODY, Newcomer, find_top, let_in, look

SAY = speak("sv").say
MakeVisitor = Callable[[], Visitor]
WRONG = "fel lösenord är det"


@pytest.fixture
def mia(installation: Installation) -> Newcomer:
    return let_in(installation, at=time.time())


def enter(visitor: Visitor, who: Newcomer, password: str = GOOD, to: str = "/trends"):  # type: ignore[no-untyped-def]
    return visitor.post("/logga-in", adress=who.address, losenord=password, to=to)


def test_who_signs_in_goes_where_they_were_going(visitor: Visitor, mia: Newcomer) -> None:
    assert visitor.get("/logga-in?to=/trends").status_code == 200
    assert visitor.hidden == {"to": "/trends"}
    answer = enter(visitor, mia)
    assert (answer.status_code, answer.headers["location"]) == (303, "/trends")


def test_the_cookie_is_the_browsers_alone(visitor: Visitor, mia: Newcomer) -> None:
    answer = enter(visitor, mia)
    cookies = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        cookies.load(line)
    session = cookies[f"__Host-{SESSION_COOKIE}"]
    assert (session["path"], session["samesite"], session["httponly"], session["secure"]) == (
        "/",
        "lax",
        True,
        True,
    )
    assert (session["domain"], session["max-age"]) == ("", "")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("changes", [{}])
def test_without_https_the_cookie_has_no_prefix(visitor: Visitor, installation: Installation) -> None:
    enter(visitor, let_in(installation, at=time.time()))
    assert [one.name for one in visitor.client.cookies.jar] == ["session", "dator"]


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "/\n//evil",
        " //evil.example",
        "evil.example",
        "",
    ],
)
def test_the_way_back_never_leads_to_another_site(to: str, visitor: Visitor, mia: Newcomer) -> None:
    visitor.get("/logga-in")
    assert enter(visitor, mia, to=to).headers["location"] == "/"
    assert visitor.post("/konto/roll", roll="x", to=to).status_code == 422


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(
    make_visitor: MakeVisitor, mia: Newcomer
) -> None:
    known, unknown = make_visitor(), make_visitor()
    one = enter(known, mia, WRONG)
    other = unknown.post("/logga-in", adress="ola@exempel.se", losenord=WRONG, to="/trends")
    assert one.status_code == other.status_code == 422
    assert one.text.replace(mia.address, "") == other.text.replace("ola@exempel.se", "")
    assert SAY("error.sign_in_wrong") in known.text
    assert WRONG not in one.text
    assert known.session == ""


def test_what_is_typed_is_never_read_as_markup(visitor: Visitor) -> None:
    answer = visitor.post("/logga-in", adress='"><script>alert(1)</script>', losenord="x", to='/"><b>')
    assert "<script>" not in answer.text and "<b>" not in answer.text


def test_after_many_wrong_ones_a_known_browser_still_comes_in(
    make_visitor: MakeVisitor, mia: Newcomer
) -> None:
    known, stranger = make_visitor(), make_visitor()
    enter(known, mia)
    known.post("/logga-ut")
    for _ in range(FREE_TRIES):
        enter(stranger, mia, WRONG)
    assert enter(stranger, mia).status_code == 429
    assert enter(known, mia).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
@pytest.mark.parametrize(
    "path", ["/logga-in", "/logga-ut", "/konto/roll", "/konto/losenord", "/konto/tvasteg", "/konto/lank/x"]
)
def test_a_form_from_elsewhere_does_nothing(
    headers: dict[str, str], path: str, visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    enter(visitor, mia)
    before = visitor.session
    assert visitor.post(path, headers, adress=mia.address, losenord=GOOD).status_code == 403
    assert SAY("error.posted_elsewhere") in visitor.text
    assert visitor.session == before
    assert look(installation, before, time.time()).is_full


def test_opening_addresses_changes_nothing(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    enter(visitor, mia)
    before = visitor.session
    for path in ("/logga-ut", "/konto/roll", "/konto/losenord", "/konto/tvasteg"):
        assert visitor.get(path).status_code == 200
    assert look(installation, before, time.time()).is_full


def test_a_secret_that_somebody_planted_is_not_the_one_that_is_signed_in(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    planted = "x" * 43
    visitor.client.cookies.set("__Host-session", planted, domain="svara.example.se", path="/")
    enter(visitor, mia)
    assert visitor.session != planted
    assert find_person(installation, {"__Host-session": planted}) == (VISITOR, None)
    assert find_person(installation, {"__Host-session": visitor.session})[0].role is Role.MANAGER


def test_whoever_signs_in_in_the_same_browser_ends_the_session_before(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    enter(visitor, mia)
    first = visitor.session
    enter(visitor, let_in(installation, "ola@exempel.se", at=time.time()))
    assert find_person(installation, {"__Host-session": first}) == (VISITOR, None)


@pytest.mark.parametrize("where", ["", "overallt"])
def test_a_stolen_cookie_opens_nothing_after_signing_out(
    where: str, visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    enter(visitor, mia)
    stolen = visitor.session
    answer = visitor.post("/logga-ut", var=where)
    assert answer.headers["location"] == "/logga-in?ut=1"
    assert visitor.session == ""
    assert find_person(installation, {"__Host-session": stolen}) == (VISITOR, None)
    assert SAY("entry.signed_out") in (visitor.get("/logga-in?ut=1") and visitor.text)


def test_the_second_step_stands_before_everything(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    found = look(installation, mia.token, time.time())
    offer = offer_second_step(installation, found)
    app = TOTP(offer.secret)
    begin_second_step(installation, found, offer, app.at(int(time.time()) - 30))
    assert enter(visitor, mia).headers["location"] == "/logga-in/kod?to=%2Ftrends"
    assert find_person(installation, {"__Host-session": visitor.session})[0] is VISITOR
    for path in ("/konto/losenord", "/konto/tvasteg", "/konto/roll"):
        assert visitor.get(path).headers["location"].startswith("/logga-in/kod")
        assert visitor.post(path, nuvarande=GOOD, nytt=OTHER).headers["location"].startswith("/logga-in/kod")
    half = visitor.session
    assert visitor.post("/logga-in/kod", kod="000000", to="/trends").status_code == 422
    answer = visitor.post("/logga-in/kod", kod=app.now(), to="/trends")
    assert answer.headers["location"] == "/trends"
    assert visitor.session != half
    assert find_person(installation, {"__Host-session": visitor.session})[0].role is Role.MANAGER


def test_a_link_is_opened_by_pressing_and_not_by_looking(
    visitor: Visitor, installation: Installation
) -> None:
    first = NewAssignment(Role.MANAGER, find_top(installation))
    token = invite(installation, Invitation("mia@exempel.se", "Mia", first), by=SOMEBODY).token
    for _ in range(3):  # a scanner of mail
        assert visitor.get(f"/konto/lank/{token}").status_code == 200
    assert visitor.post(f"/konto/lank/{token}", nytt="kort").status_code == 422
    assert visitor.post(f"/konto/lank/{token}", nytt=GOOD).headers["location"] == "/"
    assert find_person(installation, {"__Host-session": visitor.session})[0].role is Role.MANAGER
    for answer in (visitor.get(f"/konto/lank/{token}"), visitor.post(f"/konto/lank/{token}", nytt=OTHER)):
        assert answer.status_code == 410
    assert SAY("error.link_old") in visitor.text


@pytest.mark.parametrize("token", ["x", "%00", "å", "x" * 3000, "%2e%2e"])
def test_a_link_that_is_none_says_so(token: str, visitor: Visitor) -> None:
    assert visitor.get(f"/konto/lank/{token}").status_code == 410


def test_a_role_is_changed_by_pressing_and_comes_back(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    made = assign_role(
        installation, mia.id, NewAssignment(Role.COORDINATOR, find_top(installation)), by=SOMEBODY
    )
    enter(visitor, mia)
    visitor.get("/konto/roll?to=/rounds")
    assert SAY("role.coordinator") in visitor.text
    before = visitor.session
    assert visitor.post("/konto/roll", roll=made.id, to="/rounds").headers["location"] == "/rounds"
    assert find_person(installation, {"__Host-session": visitor.session})[0].role is Role.COORDINATOR
    assert find_person(installation, {"__Host-session": before})[0] is VISITOR


def test_the_password_is_changed_here_and_nowhere_else(
    visitor: Visitor, installation: Installation, mia: Newcomer
) -> None:
    enter(visitor, mia)
    assert visitor.post("/konto/losenord", nuvarande=WRONG, nytt=OTHER).status_code == 422
    assert visitor.post("/konto/losenord", nuvarande=GOOD, nytt=OTHER).status_code == 200
    assert find_person(installation, {"__Host-session": visitor.session})[0].role is Role.MANAGER
    assert find_person(installation, {"__Host-session": mia.token})[0] is VISITOR


@pytest.mark.parametrize("address", ["mia@exempel.se", "ingen@exempel.se", "x"])
def test_without_letters_the_forgotten_page_says_whom_to_ask(
    address: str, visitor: Visitor, mia: Newcomer
) -> None:
    visitor.get("/logga-in/glomt")
    assert SAY("entry.forgotten_no_mail") in visitor.text
    visitor.post("/logga-in/glomt", adress=address)
    assert SAY("entry.forgotten_told") in visitor.text


@pytest.mark.parametrize("changes", [{"DEMO": True}])
@pytest.mark.parametrize("path", ["/logga-in", "/konto/roll", "/konto/lank/x", "/logga-ut"])
def test_a_demonstration_has_no_door(path: str, visitor: Visitor) -> None:
    assert visitor.get(path).status_code == 404
    assert SAY("error.not_for_demonstration") in visitor.text


def test_every_page_says_that_it_runs_nothing_and_is_framed_by_nobody(visitor: Visitor) -> None:
    said = visitor.get("/logga-in").headers
    assert "script-src 'self'" in said["content-security-policy"]
    assert "frame-ancestors 'none'" in said["content-security-policy"]
    assert said["referrer-policy"] == "same-origin"
