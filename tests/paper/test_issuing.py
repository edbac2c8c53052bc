"""Does a printed form open at the desk with the code on its pages, and is what cannot be told?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from typer.testing import CliRunner

from survey.commands import app
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.keying.opening import Wish, open_form, read_paper_code
from survey.language import speak
from survey.letters.addresses import Addressee
from survey.letters.fetching import fetch_order
from survey.letters.files import Wish as ListWish
from survey.letters.keys import read_link_key
from survey.letters.orders import make_ordered, order_codes
from survey.paper.issuing import MOST_CONTACT, PaperWish, find_last_day, print_numbered, print_specimen
from survey.paper.marks import Mark, read_mark
from survey.paper.printing import PIECE
from survey.people.roles import Person, Role
from survey.store.rounds import Round
from tests.walks import SURVEY, SURVEYS, VERSION, open_a_round, opened

COORDINATOR, KEYER = Person(Role.COORDINATOR, "c3"), Person(Role.KEYER, "a1")
SHORT = PaperWish(form="short", size=14)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened("", tmp_path / "var", PUBLIC_ADDRESS="https://svara.exempel.se") as found:
        yield found


@pytest.fixture
def letters(installation: Installation) -> Round:
    return open_a_round(installation, "brev", door="coded")


@pytest.fixture
def everybody(installation: Installation) -> Round:
    return open_a_round(installation, "alla")


def read_squares(content: bytes, pages: slice) -> list[list[str]]:
    document = pypdfium2.PdfDocument(content)
    formats = zxingcpp.BarcodeFormat.QRCode
    chosen = list(range(len(document)))[pages]
    pictures = [document[at].render(scale=2).to_pil() for at in chosen]
    return [[one.text for one in zxingcpp.read_barcodes(picture, formats=formats)] for picture in pictures]


def find_marks(squares: list[list[str]]) -> list[Mark]:
    return [mark for found in squares for text in found if (mark := read_mark(text)) is not None]


def test_forms_of_an_order_have_its_codes_on_every_page_and_a_way_to_the_web(
    installation: Installation, letters: Round
) -> None:
    order = make_ordered(installation, order_codes(installation, letters.id, {"0780": 2}, by=COORDINATOR).id)
    to = Addressee({"name": "Åsa Öberg", "street": "Storgatan 1", "code": "352 30", "town": "Växjö"}, "0780")
    wish = ListWish("forms", addressees=(to, to), paper=SHORT)
    made = b"".join(fetch_order(installation, order.id, wish, by=COORDINATOR))
    squares = read_squares(made, slice(None))
    marks = find_marks(squares)
    of = len(squares) // 2
    assert [mark.page for mark in marks] == [*range(1, of + 1)] * 2
    codes = {mark.code for mark in marks}
    assert len(codes) == 2
    links = [text.rpartition("#")[2] for found in squares for text in found if "#" in text]
    assert {read_link_key(installation, one) for one in links} == codes
    assert "Storgatan 1" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    for text in (one for found in squares for one in found if read_mark(one)):
        code, asked = read_paper_code(installation, letters, text, Wish())
        assert asked.form == "short"
        assert open_form(installation, letters, code, asked, by=KEYER).draft.area == "0780"


def test_more_forms_than_are_set_at_once_are_one_file_with_a_number_each(
    installation: Installation, everybody: Round
) -> None:
    made = b"".join(print_numbered(installation, everybody.id, SHORT, PIECE + 1, by=COORDINATOR))
    pages = len(pypdfium2.PdfDocument(made))
    assert pages % (PIECE + 1) == 0
    of = pages // (PIECE + 1)
    first = find_marks(read_squares(made, slice(0, 1)))
    before, last = find_marks(read_squares(made, slice(pages - of - 1, pages - of + 1)))
    assert (before.page, last.page) == (of, 1)
    assert len({first[0].code, before.code, last.code}) == 3


def test_a_specimen_says_so_and_has_no_code(installation: Installation) -> None:
    definition = find_definition(installation, SURVEY, VERSION)
    made = b"".join(print_specimen(installation, definition, SHORT))
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert "PROV" in text and "Provtryck" in text
    assert {mark.code for mark in find_marks(read_squares(made, slice(None)))} == {"PROV"}


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (replace(SHORT, size=13), "paper_size_wrong"),
        (replace(SHORT, language="nb"), "paper_language_wrong"),
        (replace(SHORT, contact="x" * (MOST_CONTACT + 1)), "paper_contact_long"),
    ],
)
def test_what_cannot_be_printed_is_told_and_no_number_is_made(
    installation: Installation, everybody: Round, wish: PaperWish, code: str
) -> None:
    with pytest.raises(SurveyError) as wrong:
        print_numbered(installation, everybody.id, wish, 1, by=COORDINATOR)
    assert wrong.value.code == code
    with installation.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invitation_code").scalar() == 0


@pytest.mark.parametrize(
    ("opens", "closes", "printed"),
    [
        ("2026-01-01", "2026-12-31", "2026-12-24"),
        ("2026-12-20", "2026-12-24", "2026-12-20"),
    ],
)
def test_the_day_that_is_printed_is_a_week_before_the_last(
    everybody: Round, opens: str, closes: str, printed: str
) -> None:
    days = {"opens": date.fromisoformat(opens), "closes": date.fromisoformat(closes)}
    assert find_last_day(replace(everybody, **days)) == date.fromisoformat(printed)


def test_the_command_writes_a_form_or_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SURVEYS_DIR", str(SURVEYS))
    out = tmp_path / "blankett.pdf"
    asked = ["paper", "form", SURVEY, VERSION, "--out", str(out), "--short", "--size", "18"]
    done = CliRunner().invoke(app, asked)
    assert (done.exit_code, out.read_bytes()[:5]) == (0, b"%PDF-")
    wrong = CliRunner().invoke(app, [*asked, "--language", "de"])
    assert wrong.exit_code == 2
    assert speak("sv").say("error.paper_language_wrong", languages="sv, sv-x-lattlast, en") in wrong.output
