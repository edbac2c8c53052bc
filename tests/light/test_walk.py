"""Can a person walk through the plain form without scripts, and is what they answered what is stored?"""

from __future__ import annotations

import orjson
import pytest

from survey.answering.seal import Payload, open_payload
from survey.installation import Installation
from survey.store import submissions
from survey.store.rounds import Round
from tests.light.kept import count_sealed, find_kept, read_receipt
from tests.light.plain_phone import PlainPhone, read_form, read_page, read_words
from tests.walks import ITS_MONTH

PARTS = [
    {"b1": "carer", "b2": "0780", "b5": ["sabo", "rehab"], "b6": "n2_3"},
    {"a01": "5", "a02": "na", "a07": "1"},
    {"a10": "4", "a12": "3"},
    {"a22": "2", "ft1": "Hon kom alltid. Ring 070-123 45 67."},
    {"c1": "yes_panel", "b3": "a80p", "b4": "woman", "b7": "most", "b8": ["alone"]},
]


@pytest.fixture
def url(database_url: str) -> str:
    """The walk is taken on each engine."""
    return database_url


def open_sealed(installation: Installation) -> Payload:
    """The one answer that was sent, as only the period's key can read it."""
    with installation.database.read() as connection:
        ((_, sealed),) = submissions.list_sealed(connection, ITS_MONTH)
    return open_payload(sealed, installation.keys.read_period_key(ITS_MONTH))


def test_a_whole_walk_without_scripts(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    for answers in PARTS:
        phone.press(**answers)
    assert "[telefon]" in read_words(phone.page) and "070-123" not in phone.page.text
    assert "Du har svarat på 16 av 33 frågor." in read_words(phone.page)
    phone.press()
    assert "Tack. Dina svar är skickade." in read_words(phone.page)
    assert read_receipt(phone)

    sent = open_sealed(installation)
    assert {q: a for q, a in sent.answers.items() if a is not None} == {
        "b1": "carer",
        "b2": "0780",
        "b5": ("sabo", "rehab"),
        "b6": "n2_3",
        "a01": "5",
        "a02": "na",
        "a07": "1",
        "a10": "4",
        "a12": "3",
        "a22": "2",
        "c1": "yes_panel",
        "b3": "a80p",
        "b4": "woman",
        "b7": "most",
        "b8": ("alone",),
    }
    assert sent.answers["a03"] is None
    assert sent.comments == {"ft1": "Hon kom alltid. Ring [telefon]."}
    assert (sent.area, sent.month, sent.channel, sent.for_panel) == ("0780", ITS_MONTH, "open", True)


def test_the_short_form_asks_less(phone: PlainPhone, open_round: Round, installation: Installation) -> None:
    phone.begin("alla", form="short")
    while not phone.addresses[-1].endswith("/granska"):
        phone.press()
    assert "Du har svarat på 0 av 15 frågor." in read_words(phone.page)
    phone.press()
    assert "a02" not in open_sealed(installation).answers


def test_a_receipt_takes_back_what_was_sent(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    for answers in PARTS:
        phone.press(**answers)
    phone.press()
    receipt = read_receipt(phone)
    assert count_sealed(installation) == 1
    phone.open("/e/kvitto")
    phone.send(phone.fill_in(kvitto=receipt.upper().replace("-", "  ")))
    assert "Dina svar är raderade." in read_words(phone.page)
    assert count_sealed(installation) == 0
    phone.send(phone.fill_in(kvitto=receipt))
    assert (phone.page.status_code, "redan raderade" in read_words(phone.page)) == (422, True)


def test_going_back_and_changing_an_answer_keeps_the_rest(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b1="self", b6="n1")
    phone.press("back", a01="5")
    phone.press(b1="proxy")
    assert find_kept(installation, open_round, phone).answers == {"b1": "proxy", "b6": "n1", "a01": "5"}
    assert read_form(phone.page).fields["a01"] == ["5"]


def test_back_from_the_first_part_is_the_first_page_which_offers_to_go_on(
    phone: PlainPhone, open_round: Round
) -> None:
    phone.begin("alla")
    phone.press("back", b1="carer")
    assert phone.addresses[-1] == "/e/alla"
    assert "Fortsätt där du var" in read_words(phone.page)
    phone.open("/e/alla/1")
    assert read_form(phone.page).fields["b1"] == ["carer"]


def test_an_answer_can_be_taken_away_again(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla")
    phone.press(b5=["sabo"])
    phone.press("back")
    phone.press(b5=[])
    assert find_kept(installation, open_round, phone).answers == {}


def test_every_page_says_where_to_turn_when_it_is_urgent(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    for _ in range(6):
        assert "112" in read_words(phone.page) and "1177" in read_words(phone.page)
        phone.press()
    assert "112" in read_words(phone.page)


def test_a_page_is_light_enough_for_a_slow_line(phone: PlainPhone, open_round: Round) -> None:
    sizes = [len(phone.begin("alla").content)]
    sizes += [len(phone.press(ft1="å" * 1500).content) for _ in range(5)]
    assert max(sizes) < 100_000


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
def test_every_group_of_buttons_is_a_fieldset_with_a_legend(
    page: int, phone: PlainPhone, open_round: Round
) -> None:
    phone.begin("alla")
    phone.open(f"/e/alla/{page}")
    tags = [tag for tag, _ in read_page(phone.page).elements]
    assert tags.count("fieldset") == tags.count("legend") > 0


def test_what_is_stored_does_not_hang_on_the_language(
    phone: PlainPhone, open_round: Round, installation: Installation
) -> None:
    phone.begin("alla", language="sv-x-lattlast")
    for answers in PARTS:
        phone.press(**answers)
    phone.press()
    sent = open_sealed(installation)
    assert (sent.answers["a02"], sent.language) == ("na", "sv-x-lattlast")
    assert orjson.loads(orjson.dumps(sent.answers["b5"])) == ["sabo", "rehab"]
