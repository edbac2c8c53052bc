"""Is a list handed out once and whole, and are its letters what their reader needs?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from survey.answering.codes import read_code
from survey.answering.drafts import hash_code
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import WHOLE_LANGUAGES, speak
from survey.letters.fetching import CLAIM, MOST_TRIES, fetch_order
from survey.letters.files import USUAL, Wish
from survey.letters.keys import read_link_key
from survey.letters.orders import LIFETIME, find_order, tend_orders
from survey.letters.printing import PIECE, SIZES, WINDOWS, Style
from survey.store import audits
from survey.store.tables import invitation_code, invited
from tests.letters.conftest import ADDRESS, COORDINATOR, MANAGER, make_order, open_letters
from tests.walks import Calendar, answer_survey, opened

MERGE = Wish(shape="merge")


def fetch(installation: Installation, order_id: str, wish: Wish = MERGE) -> bytes:
    return b"".join(fetch_order(installation, order_id, wish, by=COORDINATOR))


def read_table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_pages(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """The text of each page, and the addresses of its QR codes as a camera sees them."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage().get_text_range().replace("\r\n", " ")
        picture = page.render(scale=2).to_pil()
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        yield text, [one.text for one in found]


# Once


def test_a_list_is_handed_out_once_and_then_only_hashes_are_left(installation: Installation) -> None:
    order = make_order(installation, open_letters(installation), a0780=3)
    rows = read_table(fetch(installation, order.id))
    codes = [read_code(row["Kod"], demo=False) for row in rows]
    with installation.database.read() as connection:
        assert set(connection.scalars(select(invitation_code.c.hash))) == {
            hash_code(installation, code) for code in codes
        }
        assert [tuple(row) for row in connection.execute(select(invited))] == [("brev", "0780", 3)]
        actions = [event.action for event in audits.list_events(connection)]
    assert installation.keys.list_order_keys() == ()
    assert {"codes fetch begun", "codes fetched"} <= set(actions)
    with pytest.raises(SurveyError, match="order_gone"):
        fetch(installation, order.id)


def test_a_second_place_that_is_away_keeps_nobody_from_the_list_and_gets_rid_of_the_key_when_it_is_back(
    tmp_path: Path,
) -> None:
    copies = tmp_path / "elsewhere"
    with opened("", tmp_path / "var", Calendar(), PUBLIC_ADDRESS=ADDRESS, KEYS_COPY_DIR=copies) as found:
        order = make_order(found, open_letters(found), a0780=2)
        key = copies / "keys" / f"order-{order.id}.key"
        assert key.exists()
        away = copies.rename(tmp_path / "unmounted")
        assert len(read_table(fetch(found, order.id))) == 2
        assert found.keys.list_order_keys() == (order.id,)
        away.rename(copies)
        tend_orders(found)
        assert (found.keys.list_order_keys(), key.exists()) == ((), False)


def test_two_who_fetch_at_once_do_not_both_get_it(installation: Installation) -> None:
    order = make_order(installation, open_letters(installation), a0780=3)
    first = fetch_order(installation, order.id, MERGE, by=COORDINATOR)
    with pytest.raises(SurveyError, match="order_fetching"):
        fetch_order(installation, order.id, MERGE, by=COORDINATOR)
    assert len(read_table(b"".join(first))) == 3


def test_a_line_that_breaks_leaves_the_list_to_be_fetched_again(installation: Installation) -> None:
    order = make_order(installation, open_letters(installation), a0780=1_200)
    broken = fetch_order(installation, order.id, MERGE, by=COORDINATOR)
    next(broken)
    assert find_order(installation, order.id).state == "fetching"
    broken.close()  # type: ignore[attr-defined]
    again = find_order(installation, order.id)
    assert (again.state, again.tries) == ("ready", 1)
    assert len(read_table(fetch(installation, order.id))) == 1_200


def test_a_download_whose_process_was_killed_can_be_claimed_after_half_an_hour(
    installation: Installation,
) -> None:
    order = make_order(installation, open_letters(installation), a0780=3)
    now = datetime.now(UTC)
    held = fetch_order(installation, order.id, MERGE, by=COORDINATOR, at=now)  # never taken
    with pytest.raises(SurveyError, match="order_fetching"):
        fetch_order(installation, order.id, MERGE, by=COORDINATOR, at=now + CLAIM)
    later = now + CLAIM + timedelta(seconds=1)
    taken = fetch_order(installation, order.id, MERGE, by=COORDINATOR, at=later)
    assert len(read_table(b"".join(taken))) == 3
    del held


def test_a_download_that_was_killed_and_never_taken_up_is_thrown_away_in_the_end(quick: Installation) -> None:
    order = make_order(quick, open_letters(quick), a0780=3)
    begun = order.expires - timedelta(hours=1)
    held = fetch_order(quick, order.id, MERGE, by=COORDINATOR, at=begun)  # never taken
    tend_orders(quick, at=order.expires + timedelta(minutes=1))
    assert find_order(quick, order.id).state == "fetching"
    tend_orders(quick, at=begun + LIFETIME + timedelta(minutes=1))
    tend_orders(quick, at=begun + LIFETIME + timedelta(minutes=2))
    assert find_order(quick, order.id).state == "gone"
    assert quick.keys.list_order_keys() == ()
    del held


def test_a_download_is_not_begun_without_end(quick: Installation) -> None:
    order = make_order(quick, open_letters(quick), a0780=1_200)
    for _ in range(MOST_TRIES):
        broken = fetch_order(quick, order.id, MERGE, by=COORDINATOR)
        next(broken)
        broken.close()  # type: ignore[attr-defined]
    with pytest.raises(SurveyError, match="order_tries"):
        fetch(quick, order.id)


def test_only_a_coordinator_fetches(quick: Installation) -> None:
    order = make_order(quick, open_letters(quick), a0780=1)
    with pytest.raises(SurveyError, match="not_allowed"):
        fetch_order(quick, order.id, MERGE, by=MANAGER)


def test_a_round_that_closed_gives_no_list(quick: Installation, calendar: Calendar) -> None:
    order = make_order(quick, open_letters(quick), a0780=1)
    calendar.turn_to(2027, 1)
    with pytest.raises(SurveyError, match="round_over"):
        fetch(quick, order.id)


def test_a_code_of_a_list_is_used_up_when_its_reader_sends(installation: Installation) -> None:
    round_ = open_letters(installation)
    order = make_order(installation, round_, a0780=2)
    rows = read_table(fetch(installation, order.id))
    code = read_code(rows[0]["Kod"], demo=False)
    answer_survey(installation, round_, code=code)
    with installation.database.read() as connection:
        assert set(connection.scalars(select(invitation_code.c.hash))) == {
            hash_code(installation, read_code(rows[1]["Kod"], demo=False))
        }


# Letters


def test_a_letter_has_its_code_its_address_and_a_square_that_leads_to_the_same_code(
    quick: Installation,
) -> None:
    order = make_order(quick, open_letters(quick), a0780=2)
    for text, links in read_pages(fetch(quick, order.id, Wish())):
        (link,) = links
        before, _, key = link.partition("#")
        assert before == f"{ADDRESS}/k"  # what a server or a proxy sees of it
        code = read_link_key(quick, key)
        assert code is not None
        assert f"{code[:4]} {code[4:8]} {code[8:]}" in text
        assert "svara.exempel.se/k" in text


def test_a_list_of_several_pieces_is_one_tagged_pdf_with_a_page_for_each_code(quick: Installation) -> None:
    number = 2 * PIECE + 1
    order = make_order(quick, open_letters(quick), a0780=number)
    made = fetch(quick, order.id, Wish())
    document = pypdfium2.PdfDocument(made)
    assert (len(document), document.is_tagged()) == (number, True)
    assert b"/Lang(sv)" in made
    shown = [document[place].get_textpage().get_text_range() for place in (0, PIECE, number - 1)]
    assert len(set(shown)) == 3


@pytest.mark.parametrize("mode", ["anonymous", "confidential"])
@pytest.mark.parametrize("language", list(WHOLE_LANGUAGES))
@pytest.mark.parametrize("size", SIZES)
def test_a_letter_fits_on_a_page_in_every_language_size_and_mode(
    quick: Installation, language: str, size: int, mode: str
) -> None:
    order = make_order(quick, open_letters(quick, mode=mode), a0780=1)
    pages = list(read_pages(fetch(quick, order.id, Wish(language=language, style=Style(size)))))
    assert len(pages) == 1
    asked = "" if language == "sv" else f"?sprak={language}"
    assert pages[0][1][0].startswith(f"{ADDRESS}/k{asked}#")


@pytest.mark.parametrize(
    ("mode", "says", "never"),
    [("anonymous", "anonyma", "konfidentiella"), ("confidential", "konfidentiella", "anonym")],
)
def test_anonymous_and_confidential_letters_never_say_what_the_other_says(
    quick: Installation, mode: str, says: str, never: str
) -> None:
    order = make_order(quick, open_letters(quick, mode=mode), a0780=1)
    ((text, _),) = read_pages(fetch(quick, order.id, Wish()))
    assert says in text
    assert never not in text.lower()
    assert ("Brevets nummer: 1" in text) is (mode == "confidential")


@pytest.mark.parametrize(
    "mode", ["letter.promise_confidential", "letter.mode_confidential", "answer.about_confidential"]
)
@pytest.mark.parametrize("language", list(WHOLE_LANGUAGES))
def test_nothing_that_is_said_in_confidential_mode_says_anonymous(mode: str, language: str) -> None:
    assert "anonym" not in speak(language).say(mode).lower()


def test_the_window_is_where_it_was_chosen() -> None:
    assert [Style(window=one).window_left for one in WINDOWS] == [105, 22]
    assert Wish().style == USUAL
