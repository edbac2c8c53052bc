"""What has an attacker seen of a coded round, from its first answer until everything was mixed?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nacl.public import SealedBox
from sqlalchemy import Table, select

from survey.answering.drafts import hash_code
from survey.answering.mixer import mix_period
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import open_payload, unpad_document
from survey.installation import Installation
from survey.rounds import make_codes
from survey.store.database import Database
from survey.store.rounds import Round
from survey.store.tables import audit, draft, inbox, metadata, response
from tests.store.linking import Group, LogArchive, copy_file, watched
from tests.walks import ITS_MONTH, Walked, answer_survey, begin_answering, open_a_round, opened

STRATA = ("0760", "0761", "0763", "0780", "0880")  # three counties' worth of places, each with enough answers
CROWD = 20  # answers of a municipality in each mixing
WAVES = 3
CODES = CROWD * WAVES * len(STRATA)
COMMENT = "Distriktssköterskan ringde tillbaka samma kväll"


@dataclass
class AttackedRound:
    """Everything seen, and the truth that the attacker looks for."""

    installation: Installation
    round: Round
    log: LogArchive | None
    first_log_file: str
    walked: list[Walked] = field(default_factory=list)
    unsent: list[Walked] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    truth: dict[bytes, bytes] = field(default_factory=dict)
    sealed_sizes: dict[bytes, int] = field(default_factory=dict)
    unpadded_sizes: dict[bytes, int] = field(default_factory=dict)
    draft_sizes: set[int] = field(default_factory=set)
    events: list[int] = field(default_factory=list)
    before_mixing: dict[str, bytes] = field(default_factory=dict)
    tables_before: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def name_code(self, walked: Walked) -> bytes:
        return hash_code(self.installation, str(walked.code))


@contextmanager
def hold_attacked_round(url: str, folder: Path) -> Iterator[AttackedRound]:
    """300 codes answer in three waves; after each wave every municipality has enough to be mixed."""
    with opened(url, folder / "var") as installation:
        round_ = open_a_round(installation, "brev", door="coded")
        log = LogArchive(folder / "invanarrosten.db") if installation.database.is_sqlite else None
        seen = AttackedRound(installation, round_, log, find_log_file(installation.database))
        codes = {
            one: list(make_codes(installation, round_, area=one, number=CODES // len(STRATA) + 1, by="test"))
            for one in STRATA
        }
        if log is not None:
            log.begin()
        with watched(installation.database, log.look if log is not None else lambda: None):
            for wave in range(WAVES):
                hold_wave(seen, codes, random.Random(wave))
        yield seen


def hold_wave(seen: AttackedRound, codes: dict[str, list[str]], chance: random.Random) -> None:
    """One wave of answers, what is seen before they are mixed, and the mixing."""
    coming = [(stratum, codes[stratum].pop()) for stratum in STRATA for _ in range(CROWD)]
    chance.shuffle(coming)
    groups: dict[str, list[bytes]] = {stratum: [] for stratum in STRATA}
    receipts: dict[bytes, bytes] = {}
    seen.events.append(len(read_table(seen.installation.database, audit)))
    for stratum, code in coming:
        comment = COMMENT if chance.random() < 0.3 else ""
        how = {"municipality": stratum, "code": code, "comment": comment, "chance": chance}
        walked = answer_survey(seen.installation, seen.round, **how)
        groups[stratum].append(seen.name_code(walked))
        receipts[hash_receipt(read_receipt(walked.receipt), "response")] = seen.name_code(walked)
        seen.walked.append(walked)
    seen.events.append(len(read_table(seen.installation.database, audit)))
    if not seen.unsent:
        look_before_mixing(seen, codes)
    look_at_sizes(seen, receipts)
    with seen.installation.database.write() as connection:
        connection.exec_driver_sql("ANALYZE")  # as the server does by itself when it likes
    mix_period(seen.installation, ITS_MONTH)
    if seen.log is not None:
        seen.log.begin()
    for row in read_table(seen.installation.database, response):
        if row.receipt in receipts:
            seen.truth[receipts[row.receipt]] = row.id
    seen.groups += [Group(group, frozenset(seen.truth[c] for c in group)) for group in groups.values()]


def look_before_mixing(seen: AttackedRound, codes: dict[str, list[str]]) -> None:
    """Copy everything while the first wave lies sealed and some have not sent."""
    for stratum in STRATA:
        how = {"municipality": stratum, "code": codes[stratum][0], "comment": COMMENT}
        seen.unsent.append(begin_answering(seen.installation, seen.round, **how))
    seen.before_mixing = copy_files(seen.installation.database, seen.first_log_file)
    seen.tables_before = {
        table.name: [tuple(row) for row in read_table(seen.installation.database, table)]
        for table in metadata.tables.values()
    }


def look_at_sizes(seen: AttackedRound, receipts: dict[bytes, bytes]) -> None:
    """How long each sealed answer is, padded and not; the code that went with it is in its transaction."""
    private_key = seen.installation.keys.read_period_key(ITS_MONTH)
    for row in read_table(seen.installation.database, inbox):
        code = receipts[open_payload(row.sealed, private_key).response_hash]
        seen.sealed_sizes[code] = len(row.sealed)
        seen.unpadded_sizes[code] = len(unpad_document(SealedBox(private_key).decrypt(row.sealed)))
    seen.draft_sizes |= {len(row.sealed) for row in read_table(seen.installation.database, draft)}


def read_table(database: Database, table: Table):  # type: ignore[no-untyped-def]
    with database.read() as connection:
        return connection.execute(select(table)).all()


def copy_files(database: Database, first: str) -> dict[str, bytes]:
    """The bytes of every file that holds anything of the database, its log from `first` among them."""
    if database.is_sqlite:
        path = Path(str(database.url.database))
        return {one.name: copy_file(one) for one in path.parent.glob(f"{path.name}*") if one.is_file()}
    last = find_log_file(database)
    with database.read() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        number = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    log = [one for one in (folder / "pg_wal").iterdir() if first <= one.name <= last]
    files = [*(folder / "base" / str(number)).iterdir(), *log]
    return {str(one.relative_to(folder)): one.read_bytes().rstrip(b"\0") for one in files if one.is_file()}


def find_log_file(database: Database) -> str:
    """The name of a new part of PostgreSQL's log, which holds nothing of earlier tests; none on SQLite."""
    if database.is_sqlite:
        return ""
    with database.read() as connection:
        connection.exec_driver_sql("SELECT pg_switch_wal()")
        connection.exec_driver_sql("SELECT txid_current()")
        return connection.exec_driver_sql("SELECT pg_walfile_name(pg_current_wal_lsn())").scalar_one()
