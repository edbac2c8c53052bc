"""Is a file that cannot be brought in as a whole refused before anything of it is?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.importing.run import import_file
from tests.survey.bringing_in import GOOD, HEADER, Desk, find_error, write_csv
from tests.walks import open_a_round


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_file_empty"),
        (b"\r\n\n", "import_file_empty"),
        (write_csv([HEADER, GOOD], "cp1252"), "import_encoding_wrong"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"never closed', "import_file_broken"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"closed"badly', "import_file_broken"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"' + b"x" * 140_000, "import_file_broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(quick_desk: Desk, content: bytes, code: str) -> None:
    before = len(quick_desk.read_table("response"))
    assert find_error(quick_desk, content, source="broken").code == code
    assert len(quick_desk.read_table("response")) == before


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_line(quick_desk: Desk) -> None:
    wrong = find_error(quick_desk, write_csv([HEADER, GOOD, GOOD]) + b'\r\n2,"never closed\n\n')
    assert wrong.facts["line"] == 4


def test_utf_8_is_never_read_as_something_else(quick_desk: Desk) -> None:
    content = write_csv([HEADER, GOOD])
    assert find_error(quick_desk, content, encoding="cp1252").code == "import_encoding_wrong"


def test_a_missing_file_is_told(quick_desk: Desk) -> None:
    quick_desk.bring_in([])
    (quick_desk.folder / "answers.csv").unlink()
    with pytest.raises(SurveyError) as wrong:
        quick_desk.bring_in_written()
    assert wrong.value.code == "import_file_unreadable"


def test_a_file_with_a_header_only_has_no_rows(quick_desk: Desk) -> None:
    report = quick_desk.bring_in([])
    assert (report.rows, report.imported, quick_desk.list_rejects()) == (0, 0, [])


def test_a_list_that_cannot_be_written_stops_the_import_before_it_begins(quick_desk: Desk) -> None:
    quick_desk.bring_in([GOOD], source="unwritten", dry_run=True)
    responses = len(quick_desk.read_table("response"))
    file, mapping = quick_desk.folder / "answers.csv", quick_desk.folder / "mapping.yaml"
    before = file.read_bytes()
    for rejects in (file, mapping, quick_desk.folder, quick_desk.folder / "nowhere" / "list.csv"):
        with pytest.raises(SurveyError) as wrong:
            import_file(quick_desk.installation, file, mapping, "papper", rejects=rejects, by="tester")
        assert wrong.value.code == "import_rejects_unwritable"
    assert file.read_bytes() == before
    assert len(quick_desk.read_table("response")) == responses


def test_an_import_needs_a_round_of_its_own_kind(quick_desk: Desk) -> None:
    open_a_round(quick_desk.installation, "alla")
    place = quick_desk.folder / "answers.csv"
    for name, code in (("alla", "round_not_for_import"), ("okand", "round_unknown")):
        with pytest.raises(SurveyError) as wrong:
            import_file(quick_desk.installation, place, place, name, rejects=quick_desk.rejects, by="tester")
        assert wrong.value.code == code
