"""Does the organisation's sign-in let people in as their groups say, and nobody by a wrong answer?"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey

from survey.entry.passage import find_person
from survey.installation import Installation
from survey.language import speak
from survey.people.ending import close_account
from survey.people.people import list_people
from survey.people.provider import _known
from survey.people.roles import VISITOR, Role
from tests.entry.conftest import HOST, Visitor
from tests.entry.providers import CLIENT, RULES, Liar, find_asked, run_liar, run_provider, say_yes
from tests.people.newcomers import SOMEBODY, Newcomer, find_top, let_in
from tests.postgres_server import find_free_port

SAY = speak("sv").say
START, BACK = "/logga-in/leverantor?to=/trends", "/logga-in/svar"
MIA = {
    "sub": "mia-1",
    "name": "Mia Prov",
    "email": "mia@exempel.se",
    "email_verified": True,
    "groups": ["chefer"],
}
OLA = {"sub": "ola-1", "name": "Ola Prov", "groups": ["nagot annat"]}
ADA = {"sub": "ada-1", "email": "mia@exempel.se", "email_verified": False, "groups": ["chefer", "strategi"]}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_provider(MIA, OLA, ADA) as found:
        yield found


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "grupper.yaml"
    file.write_text(RULES, encoding="utf-8")
    return file


@pytest.fixture
def changes(issuer: str, rules: Path) -> dict[str, object]:
    _known.clear()
    return make_changes(issuer, rules)


def make_changes(issuer: str, rules: Path) -> dict[str, object]:
    return {
        "PUBLIC_ADDRESS": f"https://{HOST}",
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": "delad hemlighet",
        "OIDC_ROLES_FILE": rules,
    }


def come_back(visitor: Visitor, subject: str) -> str:
    """Go to the provider and come back from it; where the browser was sent back to."""
    sent = visitor.get(START).headers["location"]
    back = urlsplit(say_yes(sent, subject))
    assert (back.netloc, back.path) == (HOST, BACK)
    visitor.get(f"{back.path}?{back.query}")
    return f"{back.path}?{back.query}"


def find_role(installation: Installation, visitor: Visitor) -> Role:
    return find_person(installation, {"__Host-session": visitor.session})[0].role


def test_somebody_is_let_in_with_the_role_of_their_group(
    visitor: Visitor, installation: Installation
) -> None:
    find_top(installation)
    asked = find_asked(visitor.get(START).headers["location"])
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == (
        "code",
        CLIENT,
        "S256",
    )
    assert min(len(asked[one]) for one in ("state", "nonce", "code_challenge")) >= 43
    come_back(visitor, "mia-1")
    assert (visitor.last.status_code, visitor.last.headers["location"]) == (303, "/trends")  # type: ignore[union-attr]
    assert find_role(installation, visitor) is Role.MANAGER
    seen = list_people(installation, viewer=SOMEBODY)
    assert [(one.holder.name, one.holder.address) for one in seen] == [("Mia Prov", "mia@exempel.se")]


def test_the_same_person_comes_back_to_the_same_account(
    make_visitor: Callable[[], Visitor], installation: Installation
) -> None:
    find_top(installation)
    for _ in range(2):
        come_back(make_visitor(), "mia-1")
    assert len(list_people(installation, viewer=SOMEBODY)) == 1


def test_a_group_that_somebody_leaves_takes_its_role_and_no_other(
    make_visitor: Callable[[], Visitor], installation: Installation, rules: Path
) -> None:
    find_top(installation)
    come_back(make_visitor(), "ada-1")
    rules.write_text(RULES.partition("- group: strategi")[0], encoding="utf-8")
    again = make_visitor()
    come_back(again, "ada-1")
    _, found = find_person(installation, {"__Host-session": again.session})
    assert found is not None and [one.role for one in found.assignments] == ["manager"]


def test_an_invited_person_is_the_one_whose_address_the_provider_vouches_for(
    make_visitor: Callable[[], Visitor], installation: Installation
) -> None:
    local = let_in(installation, "mia@exempel.se", Role.COORDINATOR, at=time.time())
    vouched, unvouched = make_visitor(), make_visitor()
    come_back(unvouched, "ada-1")
    come_back(vouched, "mia-1")
    mine, others = (
        find_person(installation, {"__Host-session": one.session})[1] for one in (vouched, unvouched)
    )
    assert mine is not None and others is not None
    assert mine.account.id == local.id != others.account.id
    assert [one.role for one in mine.assignments] == ["coordinator", "manager"]


def test_who_has_no_role_and_whose_account_is_closed_are_told(
    make_visitor: Callable[[], Visitor], installation: Installation
) -> None:
    find_top(installation)
    ola, mia = make_visitor(), make_visitor()
    come_back(ola, "ola-1")
    assert SAY("error.provider_no_role") in ola.text and ola.session == ""
    come_back(mia, "mia-1")
    seen = list_people(installation, viewer=SOMEBODY)[0].account
    close_account(installation, seen.id, based_on=seen.version, by=SOMEBODY)
    come_back(mia, "mia-1")
    assert SAY("error.provider_closed") in mia.text
    assert find_role(installation, mia) is Role.RESIDENT


def test_an_answer_works_once_and_for_the_browser_that_asked(
    make_visitor: Callable[[], Visitor], installation: Installation
) -> None:
    find_top(installation)
    mine, other = make_visitor(), make_visitor()
    back = come_back(mine, "mia-1")
    mine.get(back)
    assert SAY("error.provider_again") in mine.text
    sent = mine.get(START).headers["location"]
    answer = urlsplit(say_yes(sent, "mia-1"))
    other.get(START)
    other.get(f"{answer.path}?{answer.query}")
    assert SAY("error.provider_again") in other.text and other.session == ""


@pytest.mark.parametrize(
    "query", ["", "state=x&code=y", "error=access_denied&error_description=%3Cb%3E", "code=%00"]
)
def test_an_answer_to_no_question_lets_nobody_in(
    query: str, visitor: Visitor, installation: Installation
) -> None:
    visitor.get(START)
    answer = visitor.get(f"{BACK}?{query}")
    assert answer.status_code == 422 and visitor.session == ""
    assert "<b>" not in answer.text


def test_a_code_that_was_used_elsewhere_is_refused(visitor: Visitor, installation: Installation) -> None:
    find_top(installation)
    sent = visitor.get(START).headers["location"]
    code = find_asked(say_yes(sent, "mia-1"))["code"] + "x"
    visitor.get(f"{BACK}?state={find_asked(sent)['state']}&code={code}")
    assert SAY("error.provider_refused") in visitor.text


def test_signing_out_leads_by_the_provider(visitor: Visitor, installation: Installation, issuer: str) -> None:
    find_top(installation)
    come_back(visitor, "mia-1")
    stolen = visitor.session
    policy = visitor.get("/logga-ut").headers["content-security-policy"]
    assert f"form-action 'self' {issuer};" in policy
    way = visitor.post("/logga-ut").headers["location"]
    asked = find_asked(way)
    assert way.startswith(f"{issuer}/oauth2/end_session?") and asked["id_token_hint"].count(".") == 2
    assert asked["post_logout_redirect_uri"] == f"https://{HOST}/logga-in?ut=1"
    assert find_person(installation, {"__Host-session": stolen}) == (VISITOR, None)


@pytest.fixture
def liar() -> Iterator[Liar]:
    with run_liar() as found:
        yield found


def name_case(value: object) -> str:
    """What a case is called: the same in every process, whatever the time and the key."""
    return re.sub(r" object at 0x[0-9a-f]+|\d{6,}", "", str(value))


class TestLies:
    """A provider that answers what is not right."""

    @pytest.fixture
    def changes(self, liar: Liar, rules: Path) -> dict[str, object]:
        _known.clear()
        return make_changes(liar.issuer, rules)

    def ask(self, visitor: Visitor, installation: Installation, liar: Liar) -> None:
        find_top(installation)
        sent = visitor.get(START)
        if sent.status_code == 303:
            asked = find_asked(sent.headers["location"])
            liar.nonce = liar.nonce or asked["nonce"]
            visitor.get(f"{BACK}?state={asked['state']}&code=x")

    def test_what_is_right_is_believed(
        self, visitor: Visitor, installation: Installation, liar: Liar
    ) -> None:
        liar.claims = {"groups": "chefer", "aud": ["another", CLIENT], "azp": CLIENT}
        self.ask(visitor, installation, liar)
        assert find_role(installation, visitor) is Role.MANAGER

    @pytest.mark.parametrize(
        ("lie", "code"),
        [
            ({"claims": {"iss": "http://127.0.0.1:1"}}, "provider_lies"),
            ({"claims": {"aud": "another"}}, "provider_lies"),
            ({"claims": {"aud": [CLIENT, "another"], "azp": "another"}}, "provider_lies"),
            ({"claims": {"nonce": None}}, "provider_lies"),
            ({"nonce": "of another time"}, "provider_lies"),
            ({"claims": {"sub": None}}, "provider_lies"),
            ({"claims": {"exp": None}}, "provider_lies"),
            ({"claims": {"exp": 1, "iat": 1}}, "provider_lies"),
            ({"ahead": 600}, "provider_clock"),
            ({"ahead": -600}, "provider_clock"),
            ({"signs_with": RSAKey.generate_key(2048, {"kid": "1"})}, "provider_lies"),
            ({"token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtaWEifQ."}, "provider_lies"),
            ({"token": "x"}, "provider_lies"),
            ({"said": {"issuer": "http://127.0.0.1:1"}}, "provider_lies"),
            ({"said": {"token_endpoint": "http://evil.example/token"}}, "provider_lies"),
            ({"said": {"jwks_uri": None}}, "provider_lies"),
        ],
        ids=name_case,
    )
    def test_a_lie_lets_nobody_in_and_is_in_the_log_without_who_it_is_about(
        self,
        lie: dict[str, object],
        code: str,
        visitor: Visitor,
        installation: Installation,
        liar: Liar,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        if isinstance(ahead := lie.get("ahead"), int):  # seconds, from when the test is run
            now = int(time.time()) + ahead
            lie = {"claims": {"iat": now, "exp": now + 300}}
        for name, value in lie.items():
            setattr(liar, name, value)
        with caplog.at_level(logging.INFO):
            self.ask(visitor, installation, liar)
        assert SAY(f"error.{code}") in visitor.text
        assert visitor.session == ""
        assert "identity provider cannot be used" in caplog.text
        assert "mia" not in caplog.text

    def test_new_keys_are_read_when_they_are_needed(
        self, visitor: Visitor, installation: Installation, liar: Liar
    ) -> None:
        visitor.get(START)
        liar.key = RSAKey.generate_key(2048, {"kid": "2"})
        liar.header = {"alg": "RS256", "kid": "2"}
        liar.claims = {"groups": ["chefer"]}
        self.ask(visitor, installation, liar)
        assert find_role(installation, visitor) is Role.MANAGER


class TestDown:
    """A provider that does not answer."""

    @pytest.fixture
    def changes(self, rules: Path) -> dict[str, object]:
        _known.clear()
        return make_changes(f"http://127.0.0.1:{find_free_port()}", rules)

    def test_a_sentence_says_so_and_a_password_still_works(
        self, visitor: Visitor, installation: Installation
    ) -> None:
        mia: Newcomer = let_in(installation, at=time.time())
        visitor.get(START)
        assert SAY("error.provider_down") in visitor.text
        assert (
            visitor.post("/logga-in", adress=mia.address, losenord="rymdfärja på spåret 9").status_code == 303
        )
