"""Does a scanned letter open its survey, and is a list fetched once from its page, whatever is uploaded?"""

from __future__ import annotations

import time

import pytest

from survey.answering.codes import make_code
from survey.answering.throttle import ALARM_WRONG, GUESSED, MOST_IN_SPACE, MOST_WRONG, Throttle, find_alarm
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.letters.keys import make_link_key
from survey.letters.orders import make_ordered, order_codes
from survey.light import doors
from survey.people.roles import Person, Role
from survey.people.sign_in import make_demo_ticket
from survey.rounds import make_codes
from survey.store import audits
from survey.store.letter_orders import Order
from survey.store.rounds import Round
from tests.light.conftest import HOST, MakePhone
from tests.light.plain_phone import PlainPhone, read_words

BOUNDARY = "xyz"
ADDRESSES = "namn;adress;postnummer;ort\nÅsa Öberg;Storgatan 1;352 30;Växjö\n"


def post_key(phone: PlainPhone, key: str) -> str:
    """What the script of the page /k does with what stands after # in the address."""
    phone.ask("POST", "/k", data={"nyckel": key})
    phone.follow()
    return read_words(phone.page)


def say(code: str) -> str:
    return speak("sv").say(f"error.{code}")


def test_a_scanned_key_opens_the_round_of_its_code(
    phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    post_key(phone, make_link_key(installation, code))
    assert phone.addresses[-1] == "/e/brev/1"


def test_a_thousand_copies_of_a_square_are_one_draft_and_one_answer(
    make_phone: MakePhone, coded_round: Round, installation: Installation
) -> None:
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    key = make_link_key(installation, code)
    phone = make_phone()
    post_key(phone, key)
    secrets = set()
    for _ in range(1_000):
        page = phone.ask("POST", "/k", data={"nyckel": key})
        assert page.status_code == 303
        secrets.add(page.headers["set-cookie"].split(";")[0])
    assert len(secrets) == 1


def test_a_wrong_key_says_what_a_used_code_says(
    phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    assert say("code_unknown") in post_key(phone, "A" * 26)
    assert phone.page.status_code == 422


def test_who_scans_gets_in_while_printed_codes_are_guessed(
    phone: PlainPhone, coded_round: Round, installation: Installation
) -> None:
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    for _ in range(MOST_WRONG):
        doors.wrong_codes.note(doors.LETTER_CODES)
    phone.ask("POST", "/e/kod", data={"kod": code})
    assert phone.page.status_code == 429
    post_key(phone, make_link_key(installation, code))
    assert phone.addresses[-1] == "/e/brev/1"


def test_ten_thousand_guesses_are_slowed_down_told_and_open_nothing(
    phone: PlainPhone, coded_round: Round, installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    clock = [0.0]
    throttle = Throttle(now=lambda: clock[0])
    doors.wrong_codes = throttle  # the fixture of the phone puts the right one back
    stopped = 0
    for number in range(10_000):
        clock[0] = number * 0.06  # 1,000 a minute for ten minutes
        try:
            throttle.check(doors.LETTER_CODES)
        except SurveyError:
            stopped += 1
        else:
            doors.note_guess(installation, throttle, doors.LETTER_CODES)
    assert 10_000 - stopped <= 11 * MOST_IN_SPACE
    with installation.database.read() as connection:
        assert audits.count_events(connection, GUESSED) == 1
    assert find_alarm(installation) is not None
    assert f"{ALARM_WRONG} wrong codes" in caplog.text


def test_guessed_receipts_do_not_stop_letters(installation: Installation) -> None:
    throttle = Throttle()
    for _ in range(MOST_IN_SPACE):
        throttle.note("receipts")
    throttle.check("letter codes")
    with pytest.raises(SurveyError, match="too_many_tries"):
        throttle.check("receipts")


def test_an_unknown_and_a_used_code_take_the_same_time(
    make_phone: MakePhone, coded_round: Round, installation: Installation
) -> None:
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    phone = make_phone()
    phone.ask("POST", "/e/kod", data={"kod": code})
    phone.follow()
    for _ in range(7):
        phone.press()
    doors.wrong_codes = Throttle(most=10_000_000)
    took: dict[str, list[float]] = {"used": [], "unknown": []}
    for _ in range(60):
        for name, typed in (("used", code), ("unknown", make_code(demo=False))):
            began = time.perf_counter()
            page = phone.ask("POST", "/e/kod", data={"kod": typed})
            took[name].append(time.perf_counter() - began)
            assert page.status_code == 422
    # The quickest of sixty: whatever else the machine does only makes some slower.
    assert abs(min(took["used"]) - min(took["unknown"])) < 0.001


# Lists


class TestLists:
    @pytest.fixture
    def changes(self) -> dict[str, object]:
        return {"DEMO": True}

    @pytest.fixture
    def order(self, installation: Installation, coded_round: Round) -> Order:
        found = order_codes(installation, coded_round.id, {"0780": 1}, by=Person(Role.COORDINATOR))
        return make_ordered(installation, found.id)

    def ask(
        self,
        phone: PlainPhone,
        installation: Installation,
        path: str,
        *,
        role: str = "coordinator",
        **fields: str,
    ) -> int:
        """POST a form with an uploaded list, as a browser does."""
        listed = fields.pop("lista", "")
        name_of_file = 'name="lista"; filename="l.csv"'
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name_of_file}\r\n\r\n{listed}\r\n")
        headers = {
            "content-type": f"multipart/form-data; boundary={BOUNDARY}",
            "cookie": f"roll={make_demo_ticket(installation, role)}",
            "origin": f"http://{HOST}",
        }
        body = "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
        return phone.ask("POST", path, content=body, headers=headers).status_code

    def test_a_list_is_fetched_once_and_the_second_time_refused_with_words(
        self, phone: PlainPhone, installation: Installation, order: Order
    ) -> None:
        assert self.ask(phone, installation, f"/brev/{order.id}", shape="letters", lista=ADDRESSES) == 200
        assert phone.page.content.startswith(b"%PDF-1.7")
        assert phone.page.headers["content-disposition"].startswith('attachment; filename="brev-brev-')
        assert phone.page.headers["cache-control"] == "no-store"
        assert self.ask(phone, installation, f"/brev/{order.id}", shape="letters") == 410
        assert say("order_gone") in read_words(phone.page)

    @pytest.mark.parametrize(
        ("shape", "listed", "status"),
        [
            ("letters", ADDRESSES + "Bo;Gatan 2;35231;Växjö\n", 422),
            ("letters", "namn\nÅsa\n", 422),
            ("letters", "namn;adress;postnummer;ort\n;;;Växjö\n", 422),
            ("email", "", 422),
            ("fax", "", 400),
            ("letters", "x" * 5_200_000, 413),
        ],
    )
    def test_a_list_that_will_not_do_leaves_the_codes_where_they_are(
        self,
        phone: PlainPhone,
        installation: Installation,
        order: Order,
        shape: str,
        listed: str,
        status: int,
    ) -> None:
        path = f"/brev/{order.id}"
        assert self.ask(phone, installation, path, shape=shape, lista=listed) == status
        assert self.ask(phone, installation, path, shape="merge") == 200

    def test_fifty_megabytes_are_refused_before_they_are_read(
        self, phone: PlainPhone, installation: Installation, order: Order
    ) -> None:
        assert (
            self.ask(phone, installation, f"/brev/{order.id}", shape="merge", lista="x" * 50_000_000) == 413
        )

    @pytest.mark.parametrize("role", ["resident", "panel_member", "manager", "strategy_owner"])
    def test_nobody_but_a_coordinator_gets_a_list(
        self, phone: PlainPhone, installation: Installation, order: Order, role: str
    ) -> None:
        assert self.ask(phone, installation, f"/brev/{order.id}", role=role, shape="merge") == 403
        assert self.ask(phone, installation, "/brev/paminnelse/brev", role=role) == 403

    def test_a_message_for_an_sms_gateway_has_its_number_and_link(
        self, phone: PlainPhone, installation: Installation, order: Order
    ) -> None:
        listed = "telefon\n070-174 06 05\n"
        assert self.ask(phone, installation, f"/brev/{order.id}", shape="sms", lista=listed) == 200
        head, row = phone.page.content.decode("utf-8-sig").splitlines()
        assert head == "Mottagare;Text"
        assert row.startswith("+46701740605;") and "/k#" in row

    def test_the_preview_is_for_coordinators_and_keeps_nothing(
        self, phone: PlainPhone, installation: Installation
    ) -> None:
        path = "/forhandsvisning/invanarupplevelse/2026-1/full"
        assert phone.ask("GET", path).status_code == 403
        ticket = {"cookie": f"roll={make_demo_ticket(installation, 'coordinator')}"}
        shown = phone.ask("GET", path, headers=ticket)
        without = phone.ask("GET", f"{path}?utan=1", headers=ticket)
        assert shown.status_code == without.status_code == 200
        assert 'name="b_' in shown.text or 'name="b' in shown.text
        assert len(without.text) < len(shown.text)
        assert phone.cookies_given == []
