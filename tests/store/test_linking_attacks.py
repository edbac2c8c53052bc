"""Can anybody who has the database, its log and its backups join a code to an answer (privacy.md 1)?

Each attack is first shown to work on an ordinary schema.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from survey.answering.codes import show_code
from survey.answering.drafts import find_lock, open_draft
from survey.answering.receipt import read_receipt
from survey.store.database import Database
from survey.store.tables import audit, comment, draft, metadata, response, submission
from tests.postgres_server import PostgresServer
from tests.store.attacked_round import (
    CODES,
    COMMENT,
    CROWD,
    STRATA,
    WAVES,
    AttackedRound,
    copy_files,
    hold_attacked_round,
    read_table,
)
from tests.store.linking import (
    Group,
    LogArchive,
    count_right,
    list_orders,
    most_by_chance,
    pair_by_size,
    watched,
)
from tests.store.naive_schema import hold_naive_round

NAIVE_CODES = 300
NEARLY_ALL = 0.9
BY_CHANCE = most_by_chance(CODES, crowd=CROWD)
SQLITE_ORDERS = {"as they lie", "pages of the file", "pages of a backup", "frames of the log"}
POSTGRES_ORDERS = {"ctid", "xmin", "as dumped"} | {
    f"{one} after freezing" for one in ("ctid", "xmin", "as dumped")
}

AREA_SEALED = 20 + 40  # a municipality's code made 20 long, and what SecretBox adds


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AttackedRound]:
    """A coded round on each engine, held once for all the attacks, which change nothing in it."""
    folder = tmp_path_factory.mktemp("attacked")
    if request.param == "sqlite":
        with hold_attacked_round(f"sqlite:///{folder / 'invanarrosten.db'}", folder) as seen:
            yield seen
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url, hold_attacked_round(url, folder) as seen:
        yield seen


def test_the_attacks_on_order_pair_nearly_every_code_of_an_ordinary_schema(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    log = LogArchive(tmp_path / "invanarrosten.db") if database.is_sqlite else None
    with watched(database, log.look if log else lambda: None):
        held = hold_naive_round(database, NAIVE_CODES, begin=log.begin if log else lambda: None)
    orders = list_orders(database, "naive_answer", "document", log=log, folder=tmp_path)
    whole = [Group(held.codes, frozenset(held.truth.values()))]
    right = {name: count_right(whole, order, held.truth) for name, order in orders.items()}
    assert set(right) == (SQLITE_ORDERS if log else POSTGRES_ORDERS)
    assert {name: n for name, n in right.items() if n <= NEARLY_ALL * NAIVE_CODES} == {}
    database.close()


def test_no_order_of_the_answers_pairs_more_codes_than_chance(
    attacked: AttackedRound, tmp_path: Path
) -> None:
    assert len(attacked.truth) == CODES == 300
    orders = list_orders(attacked.installation.database, "response", "id", log=attacked.log, folder=tmp_path)
    right = {name: count_right(attacked.groups, order, attacked.truth) for name, order in orders.items()}
    assert set(right) == (SQLITE_ORDERS if attacked.log else POSTGRES_ORDERS)
    assert {name: n for name, n in right.items() if n > BY_CHANCE} == {}


def test_the_log_of_an_ordinary_schema_tells_which_answer_came_with_which_code(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'naive.db'}")
    log = LogArchive(tmp_path / "naive.db")
    with watched(database, log.look):
        held = hold_naive_round(database, NAIVE_CODES, begin=log.begin)
    seen = pair_in_log(
        log, tmp_path, "SELECT hash FROM naive_code WHERE NOT used", "SELECT document FROM naive_answer"
    )
    assert sum(held.truth[code] == one for code, one in seen.items()) == NAIVE_CODES
    database.close()


def test_the_log_tells_in_which_order_codes_went_but_no_answer_that_came_with_one(
    attacked: AttackedRound, tmp_path: Path
) -> None:
    if attacked.log is None:
        with attacked.installation.database.read() as connection:
            mixed_in = connection.exec_driver_sql("SELECT xmin::text FROM response").scalars().all()
            sent_in = connection.exec_driver_sql("SELECT xmin::text FROM submission").scalars().all()
        assert min(Counter(mixed_in).values()) >= CROWD
        assert len(set(sent_in)) == CODES
        assert set(mixed_in) & set(sent_in) == set()
        return
    codes, rows = "SELECT hash FROM invitation_code", "SELECT id FROM response"
    went = [gone for gone, _ in list_commits(attacked.log, tmp_path, codes, rows) if gone]
    assert went == [{attacked.name_code(one)} for one in attacked.walked]
    assert pair_in_log(attacked.log, tmp_path, codes, rows) == {}


def list_commits(
    log: LogArchive, folder: Path, codes: str, rows: str
) -> Iterator[tuple[set[bytes], set[bytes]]]:
    """Per commit: the codes that went and the rows that came."""
    before: tuple[set[bytes], set[bytes]] | None = None
    for connection in log.replay(folder):
        now = ({row[0] for row in connection.execute(codes)}, {row[0] for row in connection.execute(rows)})
        if before is not None:
            yield before[0] - now[0], now[1] - before[1]
        before = now


def pair_in_log(log: LogArchive, folder: Path, codes: str, rows: str) -> dict[bytes, bytes]:
    """Each code that went with the row that came in the same commit."""
    both = [(gone, come) for gone, come in list_commits(log, folder, codes, rows) if gone and come]
    return {code: row for gone, come in both for code, row in zip(sorted(gone), sorted(come), strict=False)}


def test_every_sealed_answer_and_every_draft_is_as_long_as_any_other(attacked: AttackedRound) -> None:
    assert len(set(attacked.sealed_sizes.values())) == 1
    assert len(attacked.draft_sizes) == 1


def test_the_length_of_an_answer_would_link_it_were_it_not_padded(attacked: AttackedRound) -> None:
    lengths = {row.id: len(row.answers) for row in read_table(attacked.installation.database, response)}
    extra = min(size - lengths[attacked.truth[code]] for code, size in attacked.unpadded_sizes.items())
    unpadded = pair_by_size(attacked.unpadded_sizes, attacked.groups, lengths, extra=extra)
    assert sum(attacked.truth[code] == one for code, one in unpadded.items()) > 2 * BY_CHANCE

    own = attacked.groups[0].codes[0]
    extra = attacked.sealed_sizes[own] - lengths[attacked.truth[own]]
    padded = pair_by_size(attacked.sealed_sizes, attacked.groups, lengths, extra=extra)
    assert sum(attacked.truth[code] == one for code, one in padded.items()) <= BY_CHANCE


def test_a_backup_before_and_one_after_tell_only_which_twenty_came_of_which_twenty(
    attacked: AttackedRound,
) -> None:
    assert [len(group.codes) for group in attacked.groups] == [CROWD] * WAVES * len(STRATA)
    assert {frozenset(attacked.truth[c] for c in group.codes) for group in attacked.groups} == {
        group.answers for group in attacked.groups
    }
    in_key_order = sorted(attacked.truth.values())
    in_code_order = [replace(group, codes=sorted(group.codes)) for group in attacked.groups]
    assert count_right(in_code_order, in_key_order, attacked.truth) <= BY_CHANCE


def test_nothing_a_person_gave_is_in_clear_in_any_file_before_it_is_mixed(attacked: AttackedRound) -> None:
    content = b"".join(attacked.before_mixing.values())
    some = attacked.walked[: CROWD * len(STRATA) : 10] + attacked.unsent
    secrets = {COMMENT.encode(), b'"b1":"', b'"b2":"0763"', b'"b3":"'}
    for walked in some:
        code = str(walked.code)
        secrets |= {code.encode(), show_code(code).encode(), walked.secret, walked.secret.hex().encode()}
        if walked.receipt:
            receipt = read_receipt(walked.receipt)
            secrets |= {walked.receipt.encode(), receipt, receipt.hex().encode()}
    assert [secret for secret in secrets if clears(content, secret)] == []


def clears(content: bytes, secret: bytes) -> bool:
    """Whether a secret can be read in some bytes, in small or capital letters or as UTF-16."""
    forms = {secret, secret.lower(), secret.upper()}
    if secret.isascii():
        forms.add(secret.decode().encode("utf-16-le"))
    return any(form in content for form in forms)


def test_the_search_finds_what_is_there_in_clear(attacked: AttackedRound) -> None:
    content = b"".join(attacked.before_mixing.values())
    assert clears(content, attacked.name_code(attacked.unsent[0]))
    assert clears(content, b"0763")
    mixed = b"".join(copy_files(attacked.installation.database, attacked.first_log_file).values())
    assert clears(mixed, COMMENT.encode())


def test_a_used_code_and_what_was_sealed_are_in_no_file_when_all_is_mixed(attacked: AttackedRound) -> None:
    after = copy_files(attacked.installation.database, attacked.first_log_file)
    content = b"".join(one for name, one in after.items() if not name.startswith("pg_wal"))
    before = b"".join(attacked.before_mixing.values())
    gone = [attacked.name_code(one) for one in attacked.walked]
    gone += [bytes(row[2])[:64] for row in attacked.tables_before["inbox"]]  # type: ignore[call-overload]
    kept = [attacked.name_code(one) for one in attacked.unsent]
    assert [one for one in gone[-CROWD:] if one not in before] == []
    assert [one for one in gone if one in content] == []
    assert [one for one in kept if one not in content] == []


def test_of_a_sealed_answer_only_its_month_can_be_read(attacked: AttackedRound) -> None:
    rows = attacked.tables_before["inbox"]
    assert len(rows) == CROWD * len(STRATA)
    assert {(len(one), period, len(sealed)) for one, period, sealed in rows} == {(16, "2026-09", 8192 + 48)}


def test_of_a_code_neither_its_municipality_nor_the_length_of_it_can_be_read(attacked: AttackedRound) -> None:
    rows = attacked.tables_before["invitation_code"]
    seen = {(len(code), round_id, len(area), reference) for code, round_id, area, reference in rows}
    assert seen == {(32, "brev", AREA_SEALED, None)}
    assert len({area for _, _, area, _ in rows}) == len(rows) > 0


def test_a_draft_opens_with_its_own_secret_and_with_nothing_else(attacked: AttackedRound) -> None:
    lock = find_lock(attacked.installation, attacked.round.id)
    rows = {row[0]: row[2] for row in attacked.tables_before["draft"]}
    files = [path.read_bytes() for path in attacked.installation.keys.folder.iterdir()]
    for one in attacked.unsent:
        sealed = rows[lock.find_id(one.secret)]
        others = [other.secret for other in (*attacked.walked, *attacked.unsent) if other is not one]
        tried = [*files, *rows, lock.round_key, attacked.installation.pepper, attacked.name_code(one)]
        keys = [key for key in tried if len(key) == 32] + [lock.find_key(key) for key in (*tried, *others)]
        assert [key for key in keys if open_draft(sealed, key) is not None] == []
        opened = open_draft(sealed, lock.find_key(one.secret))
        assert opened is not None
        assert COMMENT in opened.answers.values()


def test_no_two_columns_join_a_code_to_an_answer(attacked: AttackedRound) -> None:
    database = attacked.installation.database
    after = {
        table.name: [tuple(row) for row in read_table(database, table)] for table in metadata.tables.values()
    }
    answers = {name: after.pop(name) for name in (response.name, comment.name)}
    others = {f"{name} before": rows for name, rows in attacked.tables_before.items()} | after
    joined = {
        (left, right): shared
        for (left, theirs), (right, ours) in product(columns(others).items(), columns(answers).items())
        if (
            shared := [
                value for value, n in (Counter(theirs) & Counter(ours)).items() if rare(value, ours, n)
            ]
        )
    }
    assert joined == {}


def columns(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[object]]:
    """Every column with its values, JSON documents also cut into theirs."""
    found: dict[str, list[object]] = {}
    for name, rows in tables.items():
        for number, values in enumerate(zip(*rows, strict=True)):
            found[f"{name}.{number}"] = list(values)
    return found


def rare(value: object, column: list[object], _shared: int) -> bool:
    """Whether a value is shared by fewer people than a crowd."""
    return value not in (None, "", 0) and column.count(value) < CROWD


def test_no_two_columns_join_a_response_to_its_comments(attacked: AttackedRound) -> None:
    database = attacked.installation.database
    ours = columns({"response": [tuple(row) for row in read_table(database, response)]})
    theirs = columns({"comment": [tuple(row) for row in read_table(database, comment)]})
    shared = {value for a in ours.values() for b in theirs.values() for value in set(a) & set(b)}
    assert shared == {"", "2026-09", "invanarupplevelse", *STRATA}


def test_nothing_is_written_of_a_person_who_sends_but_what_is_sealed_or_keyed(
    attacked: AttackedRound,
) -> None:
    database = attacked.installation.database
    before_and_after_each_wave = attacked.events
    assert before_and_after_each_wave[1::2] == [
        n + (1 if number == 0 else 0) for number, n in enumerate(before_and_after_each_wave[0::2])
    ]
    events = [json.loads(row.facts) for row in read_table(database, audit) if row.action == "answers mixed"]
    assert events == [{"number": CROWD}] * WAVES * len(STRATA)
    assert {row.period for row in read_table(database, submission)} == {"2026-09"}
    assert {len(row.id) for row in read_table(database, submission)} == {32}
    assert len({row.expires for row in read_table(database, draft)}) == 2
