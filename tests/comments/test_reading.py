"""Is every stored comment read once with the lists as they are, and does masking only ever add?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.answering.erase import erase_answers
from survey.comments import reading
from survey.comments.reading import find_reader, read_comments
from survey.installation import Installation
from survey.store import audits
from tests.comments.written import VAXJO, Writer, list_texts, make_writers, write
from tests.processes import run_together
from tests.walks import Calendar, opened

LONG = "Det är svårt att komma fram på telefon och maten är kall."


def test_what_is_new_is_read_and_what_is_read_is_left_alone(installation: Installation) -> None:
    write(installation, make_writers(VAXJO, 3, LONG))
    assert [chain for _, chain in list_texts(installation)] == ["", "", ""]
    assert read_comments(installation).comments == 3
    assert {chain for _, chain in list_texts(installation)} == {find_reader(installation)[0]}
    assert read_comments(installation).comments == 0


def test_all_are_read_again_when_a_list_gets_better(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(on_sqlite, make_writers(VAXJO, 3, LONG))
    read_comments(on_sqlite)
    monkeypatch.setattr(reading, "find_chain_version", lambda _folder: "2027-1-00000000")
    assert read_comments(on_sqlite).comments == 3
    assert {chain for _, chain in list_texts(on_sqlite)} == {"2027-1-00000000/lexicon"}


@pytest.mark.parametrize(
    ("stored", "kept", "masked"),
    [
        ("Ring mig på 070-174 06 05.", "Ring mig på [telefon].", 1),
        ("Ring mig på [telefon].", "Ring mig på [telefon].", 0),
        ("[namn] ringde från 070-174 06 05.", "[namn] ringde från [telefon].", 1),
        (LONG, LONG, 0),
    ],
)
def test_what_is_masked_stays_masked_and_more_can_come(
    on_sqlite: Installation, stored: str, kept: str, masked: int
) -> None:
    write(on_sqlite, [Writer(VAXJO, text=stored)])
    assert read_comments(on_sqlite).masked == masked
    assert [text for text, _ in list_texts(on_sqlite)] == [kept]
    with on_sqlite.database.read() as connection:
        assert audits.count_events(connection, "comments masked again") == masked


def test_a_reading_that_was_interrupted_goes_on_where_it_was(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(installation, make_writers(VAXJO, 7, LONG))
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_comments(installation, tell=tell)
    assert sorted(chain != "" for _, chain in list_texts(installation)) == [False] + [True] * 6
    assert told == [(3, 7), (6, 7)]
    assert read_comments(installation).comments == 1


def test_what_was_taken_back_while_it_was_read_stays_away(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Writer(VAXJO, text=LONG)
    write(installation, [gone, *make_writers(VAXJO, 2, LONG)])
    keep = reading.keep_heard

    def erase_first(*given: object) -> None:
        erase_answers(installation, gone.receipt)
        keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "keep_heard", erase_first)
    assert read_comments(installation).comments == 3
    assert len(list_texts(installation)) == 2


def test_two_processes_that_read_at_once_do_no_harm(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var", DEMO=True) as installation:
        write(installation, make_writers(VAXJO, 40, LONG))

    def read() -> int:
        with opened(database_url, tmp_path / "var", Calendar(), DEMO=True) as found:
            return read_comments(found).comments

    outcomes = run_together(read, read)
    assert [one.error for one in outcomes] == ["", ""]
    with opened(database_url, tmp_path / "var", DEMO=True) as installation:
        assert {chain for _, chain in list_texts(installation)} == {find_reader(installation)[0]}
