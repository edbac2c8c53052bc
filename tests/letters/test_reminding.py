"""Are all reminded where nobody knows who has answered, and unused numbers told without a time elsewhere?"""

from __future__ import annotations

import csv
import io

import pypdfium2
import pytest

from survey.answering.codes import read_code
from survey.errors import SurveyError
from survey.installation import Installation
from survey.letters.fetching import fetch_order
from survey.letters.files import Wish, write_csv
from survey.letters.reminding import BETWEEN, find_next_list, list_unused, remind_everybody
from survey.store.rounds import Round
from tests.letters.conftest import COORDINATOR, MANAGER, make_order, open_letters
from tests.letters.test_fetching import read_table
from tests.walks import Calendar, answer_survey

GOOD = "namn;adress;postnummer;ort\nÅsa Öberg;Storgatan 1;352 30;Växjö\n".encode()


def hand_out(installation: Installation, round_: Round, number: int) -> dict[str, str]:
    """Codes by the number of their letter, of one order that was fetched."""
    order = make_order(installation, round_, a0780=number)
    content = b"".join(fetch_order(installation, order.id, Wish(shape="merge"), by=COORDINATOR))
    return {row["Brevets nummer"]: read_code(row["Kod"], demo=False) for row in read_table(content)}


def read_reminders(installation: Installation, round_: Round, listed: bytes = b"") -> pypdfium2.PdfDocument:
    made = remind_everybody(installation, round_.id, Wish(), listed, by=COORDINATOR)
    return pypdfium2.PdfDocument(b"".join(made))


def test_the_unused_numbers_are_those_whose_codes_are_left_and_nothing_else(
    installation: Installation,
) -> None:
    round_ = open_letters(installation, mode="confidential")
    codes = hand_out(installation, round_, 5)
    make_order(installation, round_, a0781=3)  # not handed out: nobody has these
    for number in ("4", "2"):
        answer_survey(installation, round_, code=codes[number])
    content = list_unused(installation, round_.id, by=COORDINATOR)
    assert content.decode("utf-8-sig").splitlines() == ["Brevets nummer", "1", "3", "5"]


def test_a_second_list_waits_a_week(installation: Installation, calendar: Calendar) -> None:
    round_ = open_letters(installation, mode="confidential")
    hand_out(installation, round_, 2)
    list_unused(installation, round_.id, by=COORDINATOR)
    with pytest.raises(SurveyError, match="reminder_soon"):
        list_unused(installation, round_.id, by=COORDINATOR)
    assert find_next_list(installation, round_.id) == calendar.day + BETWEEN
    calendar.day += BETWEEN
    assert find_next_list(installation, round_.id) is None
    list_unused(installation, round_.id, by=COORDINATOR)


def test_an_anonymous_round_has_no_list_and_a_confidential_one_no_letter_to_everybody(
    quick: Installation,
) -> None:
    anonymous, confidential = open_letters(quick), open_letters(quick, mode="confidential", name="brev-k")
    with pytest.raises(SurveyError, match="reminder_anonymous"):
        list_unused(quick, anonymous.id, by=COORDINATOR)
    with pytest.raises(SurveyError, match="reminder_confidential"):
        remind_everybody(quick, confidential.id, Wish(), b"", by=COORDINATOR)


def test_everybody_is_reminded_without_a_code(quick: Installation) -> None:
    round_ = open_letters(quick)
    order = make_order(quick, round_, a0780=3)
    with pytest.raises(SurveyError, match="reminder_none"):
        remind_everybody(quick, round_.id, Wish(), b"", by=COORDINATOR)
    b"".join(fetch_order(quick, order.id, Wish(shape="merge"), by=COORDINATOR))
    document = read_reminders(quick, round_, b"")
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(set(texts)) == 1 and len(texts) == 3
    assert "Har du redan svarat? Tack." in texts[0]


def test_a_reminder_goes_to_a_list_of_any_length(quick: Installation) -> None:
    round_ = open_letters(quick)
    order = make_order(quick, round_, a0780=3)
    b"".join(fetch_order(quick, order.id, Wish(shape="merge"), by=COORDINATOR))
    document = read_reminders(quick, round_, GOOD)
    assert ["Åsa Öberg" in page.get_textpage().get_text_range() for page in document] == [True]


def test_only_a_coordinator_reminds(quick: Installation) -> None:
    round_ = open_letters(quick)
    with pytest.raises(SurveyError, match="not_allowed"):
        remind_everybody(quick, round_.id, Wish(), b"", by=MANAGER)
    with pytest.raises(SurveyError, match="not_allowed"):
        list_unused(quick, round_.id, by=MANAGER)


@pytest.mark.parametrize("cell", ["=1+1", "@x", "+x", "-x", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_no_cell_of_a_file_is_a_formula(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(b"".join(write_csv([[cell]])).decode("utf-8-sig"), newline=""))
    assert row == [f"'{cell}"]
