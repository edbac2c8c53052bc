"""Does nothing of a resident leak: into addresses, logs, cookies, other people's pages, or as HTML?"""

from __future__ import annotations

import logging
import re

import pytest

from survey.installation import Installation
from survey.rounds import make_codes
from survey.store.rounds import Round
from tests.light.kept import find_kept, read_receipt
from tests.light.plain_phone import PlainPhone, read_form, read_page, read_words

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}
ADDRESSES = [
    *("/e", "/e/", "/e/alla", "/e/alla/om", "/e/alla/1", "/e/alla/granska", "/e/alla/tack", "/e/alla/99"),
    *("/e/kod", "/e/kvitto", "/e/finns-inte", "/e/a/b/c", "/e/fil/finns-inte", "/_stcore/metrics"),
]
RAW = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "</textarea><b>x</b>",
    "&lt;b&gt; &amp; &#x41;",
    "${7*7} #{x}",
    "\u202eomvänt\u202c",
]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_strict_headers(
    address: str, method: str, phone: PlainPhone, open_round: Round
) -> None:
    phone.begin("alla")
    headers = phone.ask(method, address).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = dict(one.strip().split(" ", 1) for one in headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("address", ["/e", "/e/alla", "/e/alla/1", "/e/alla/granska", "/e/kod", "/e/kvitto"])
def test_no_page_has_anything_that_the_policy_would_stop(
    address: str, phone: PlainPhone, open_round: Round
) -> None:
    phone.begin("alla")
    phone.open(address)
    elements = read_page(phone.page).elements
    assert [
        tag for tag, given in elements if "style" in given or any(n.startswith("on") for n in given)
    ] == []
    assert [tag for tag, given in elements if tag == "script" and "src" not in given] == []
    assert [tag for tag, _ in elements if tag in ("style", "iframe", "object", "embed", "base")] == []
    links = [given.get("src") or given.get("href") or "" for _, given in elements]
    assert [link for link in links if link and not link.startswith(("/", "#"))] == []


def test_a_cookie_is_for_us_and_the_browser_only(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    (given,) = phone.cookies_given
    assert re.fullmatch(r'svar="?[\w-]{22}(==)?"?; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax', given), (
        "another form of cookie"
    )


class TestOverHttps:
    @pytest.fixture
    def changes(self) -> dict[str, object]:
        return {"PUBLIC_ADDRESS": "https://svara.example.se", "DEMO": True}

    def test_every_cookie_is_secure(self, phone: PlainPhone, open_round: Round) -> None:
        phone.begin("alla")
        for _ in range(6):
            phone.press()
        phone.send(phone.fill_in())
        phone.ask("GET", "/roll/manager")
        phone.ask("GET", "/sprak/en")
        assert len(phone.cookies_given) == 4
        for cookie in phone.cookies_given:
            assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= set(cookie.split("; ")), cookie

    def test_the_browser_is_told_to_come_back_over_https(self, phone: PlainPhone, open_round: Round) -> None:
        assert phone.open("/e/alla").headers["strict-transport-security"] == "max-age=31536000"


def test_over_http_nothing_is_said_of_https(phone: PlainPhone, open_round: Round) -> None:
    assert "strict-transport-security" not in phone.open("/e/alla").headers


@pytest.mark.parametrize("written", RAW)
def test_what_a_resident_writes_is_shown_as_it_was_written_and_is_never_html(
    written: str, phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.open("/e/alla/4")
    phone.press(ft1=written)
    assert find_kept(installation, open_round, phone).answers["ft1"] == written
    phone.open("/e/alla/4")
    assert read_form(phone.page).fields["ft1"] == [written]
    phone.open("/e/alla/granska")
    assert " ".join(written.split()) in read_words(phone.page)
    tags = {tag for tag, _ in read_page(phone.page).elements}
    assert not tags & {"script", "img", "b"}


@pytest.mark.parametrize("written", RAW)
@pytest.mark.parametrize(("address", "name"), [("/e/kod", "kod"), ("/e/kvitto", "kvitto")])
def test_a_code_or_a_receipt_that_is_no_such_thing_is_never_html(
    address: str, name: str, written: str, phone: PlainPhone, installation: Installation
) -> None:
    phone.open(address)
    phone.send(phone.fill_in(**{name: written}))
    assert read_form(phone.page).fields[name] == [written]
    assert not {tag for tag, _ in read_page(phone.page).elements} & {"img", "b"}


@pytest.mark.parametrize("written", ["<script>x</script>", '"><img src=x>', "{{7*7}}"])
def test_nothing_in_an_address_becomes_html(written: str, phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    for address in (f"/e/{written}", f"/e/alla/{written}", f"/e/alla?sprak={written}", f"/e?sprak={written}"):
        phone.ask("GET", address)
        assert (
            "<script>x" not in phone.page.text
            and "<img" not in phone.page.text
            and "49" not in read_words(phone.page)
        )


def test_no_answer_code_or_receipt_is_in_an_address_a_log_or_a_cookie(
    phone: PlainPhone, coded_round: Round, installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    phone.open("/e/kod")
    phone.send(phone.fill_in(kod=code))
    phone.follow()
    phone.press(b1="carer", b2="0780", b6="forged-value")
    phone.press(b1="carer", b2="0780")
    for _ in range(2):
        phone.press()
    phone.press(ft1="Ett hemligt ord: blåklocka")
    phone.press()
    phone.press()
    receipt = read_receipt(phone)
    phone.open("/e/kvitto")
    phone.send(phone.fill_in(kvitto="fel-ord"))
    phone.send(phone.fill_in(kvitto=receipt))
    secret = next(iter(phone.client.cookies.values())).strip('"')

    said = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    told = "\n".join([*phone.addresses, *phone.cookies_given])
    for hidden in (code, receipt, "carer", "0780", "forged-value", "blåklocka", "fel-ord"):
        assert hidden not in told and hidden not in said
    assert secret not in "\n".join(phone.addresses) and secret not in said


def test_a_fault_of_ours_tells_a_reference_and_nothing_else(
    phone: PlainPhone,
    open_round: Round,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail_with_an_answer_in_the_message(*_: object, **_named: object) -> None:
        raise KeyError("carer")

    phone.begin("alla")
    monkeypatch.setattr("survey.light.parts.keep_draft", fail_with_an_answer_in_the_message)
    phone.press(b1="carer")
    assert phone.page.status_code == 503
    assert "KeyError" not in phone.page.text
    (record,) = [one for one in caplog.records if one.name == "survey.light.guard"]
    told = re.fullmatch(r"the plain form failed \(([0-9a-f]{8})\): KeyError at (.+)", record.getMessage())
    assert told is not None and f"referens {told[1]}" in read_words(phone.page)
    assert "parts.py:" in told[2]
    assert "carer" not in caplog.text
