"""Which reports are asked for, who makes each, and where is its file?"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from survey.store.tables import report
from survey.store.times import restore_zone

WITHOUT_FILE = [column for column in report.c if column.name != "file"]


@dataclass(frozen=True)
class Report:
    """A report without its file. `heard` is when it last came further; `fault` what went wrong, by name."""

    id: str
    wish: Mapping[str, object]
    state: str
    owner: str
    role: str
    asked: datetime
    done: int = 0
    steps: int = 0
    tries: int = 0
    worker: str = ""
    heard: datetime | None = None
    fault: Mapping[str, object] = field(default_factory=dict[str, object])
    name: str = ""


def read_report(row: Row[Any]) -> Report:
    fields = row._asdict()
    heard = restore_zone(fields["heard"]) if fields["heard"] else None
    read = {
        "wish": json.loads(fields["wish"]),
        "fault": json.loads(fields["fault"]) if fields["fault"] else {},
        "asked": restore_zone(fields["asked"]),
        "heard": heard,
    }
    return Report(**{**fields, **read})


def add_report(connection: Connection, found: Report) -> None:
    values = {**vars(found), "wish": json.dumps(found.wish), "fault": ""}
    connection.execute(insert(report).values(**values))


def find_report(connection: Connection, report_id: str) -> Report | None:
    row = connection.execute(select(*WITHOUT_FILE).where(report.c.id == report_id)).first()
    return read_report(row) if row else None


def list_reports(
    connection: Connection, *, owner: str | None = None, states: Collection[str] = ()
) -> tuple[Report, ...]:
    """The reports of an owner or of all, in some states or in all, the newest first."""
    query = select(*WITHOUT_FILE).order_by(report.c.asked.desc(), report.c.id)
    if owner is not None:
        query = query.where(report.c.owner == owner)
    if states:
        query = query.where(report.c.state.in_(states))
    return tuple(read_report(row) for row in connection.execute(query))


def find_file(connection: Connection, report_id: str) -> bytes | None:
    return connection.execute(select(report.c.file).where(report.c.id == report_id)).scalar()


def take_report(
    connection: Connection,
    report_id: str,
    *,
    was: Collection[str],
    state: str,
    worker: str,
    now: datetime,
    silent_since: datetime | None = None,
) -> bool:
    """Make a report one worker's; False when it is another's. One that is silent was heard before a time."""
    c = report.c
    chosen = update(report).where(c.id == report_id, c.state.in_(was))
    if silent_since is not None:
        chosen = chosen.where(c.heard < silent_since)
    values = {"state": state, "worker": worker, "heard": now, "done": 0, "tries": c.tries + 1}
    return connection.execute(chosen.values(**values)).rowcount == 1


def note_progress(
    connection: Connection, report_id: str, *, worker: str, done: int, steps: int, now: datetime
) -> bool:
    """Note how far a worker has come; False when the report is its no more."""
    c = report.c
    mine = update(report).where(c.id == report_id, c.worker == worker)
    return connection.execute(mine.values(done=done, steps=steps, heard=now)).rowcount == 1


def finish_report(
    connection: Connection,
    report_id: str,
    *,
    was: Collection[str],
    worker: str,
    state: str,
    file: bytes | None = None,
    name: str = "",
    fault: Mapping[str, object] | None = None,
) -> bool:
    """Keep a report's file, or why there is none; False when it is another's or gone."""
    c = report.c
    mine = update(report).where(c.id == report_id, c.worker == worker, c.state.in_(was))
    told = "" if fault is None else json.dumps(fault)
    values = {"state": state, "worker": "", "file": file, "name": name, "fault": told, "done": c.steps}
    return connection.execute(mine.values(**values)).rowcount == 1


def delete_report(connection: Connection, report_id: str, *, was: Collection[str]) -> bool:
    chosen = delete(report).where(report.c.id == report_id, report.c.state.in_(was))
    return connection.execute(chosen).rowcount == 1


def count_reports(connection: Connection, *, owner: str, states: Collection[str]) -> int:
    """How many reports of an owner are in some states."""
    query = select(func.count()).select_from(report)
    return connection.execute(query.where(report.c.owner == owner, report.c.state.in_(states))).scalar_one()
