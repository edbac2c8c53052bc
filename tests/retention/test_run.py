"""Does what is old go, by decision only, with a line in the log, and what is young stay?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from survey.audit.chain import check_chain, seal_events
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.retention.rules import LEAST_DAYS
from survey.retention.run import count_due, list_removals, remove_due, remove_due_quietly
from survey.store import audits
from survey.store.tables import audit, comment, comment_coding, panel_round, panel_text, response
from tests.walks import Calendar

OFFICER = Person(Role.DATA_PROTECTION_OFFICER, "d1")
DECISION = "Regionarkivet 2026-03-01"


def decide(installation: Installation, folder: Path, *decided: str, days: int = 500) -> Installation:
    """The installation with rules of so many days, some of them decided."""
    lines = [
        f"  {kind}: {{days: {days}, decision: '{DECISION if kind in decided else ''}'}}"
        for kind in LEAST_DAYS
    ]
    file = folder / f"regler-{'-'.join(decided)}.yaml"
    file.write_text("\n".join(["kinds:", *lines]), encoding="utf-8")
    return replace(installation, settings=installation.settings.model_copy(update={"retention_file": file}))


def add_written(installation: Installation, *months: str) -> None:
    """A response and a comment that was coded, for each month."""
    with installation.database.write() as connection:
        for number, month in enumerate(months):
            key = bytes([number]) * 16
            texts = {"answers": "{}", "scores": "{}", "groups": "{}", "receipt": key * 2}
            where = {"survey": "s", "version": "2026-1", "round_id": "r", "area": "0781", "month": month}
            connection.execute(insert(response).values(id=key, channel="open", unit="", **where, **texts))
            values = {one.name: find_blank(one) for one in comment.columns if not one.nullable}
            connection.execute(insert(comment).values(values | {"id": key, "month": month, "survey": "s"}))
            coding = {"comment_id": key, "coder": "panel_member m", "themes": "", "made": date(2024, 1, 1)}
            connection.execute(insert(comment_coding).values(**coding))


def find_blank(column) -> object:  # type: ignore[no-untyped-def]
    """Something that a column can hold."""
    kind = column.type.python_type
    return b"\0" * 32 if kind is bytes else date(2024, 1, 1) if kind is date else kind()


def count(installation: Installation, table) -> int:  # type: ignore[no-untyped-def]
    with installation.database.read(newest=True) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2026, 9, 10), 2),  # 500 days before lies in April 2025: April itself stays
        (date(2026, 9, 13), 1),  # the first of May 2025: April goes
    ],
)
def test_a_month_goes_when_it_has_been_over_for_so_many_days(
    installation: Installation, calendar: Calendar, tmp_path: Path, day: date, left: int
) -> None:
    add_written(installation, "2025-04", "2025-05")
    calendar.day = day
    ruled = decide(installation, tmp_path, "comments", "responses")
    removed = remove_due(ruled)
    assert (count(ruled, comment), count(ruled, response), count(ruled, comment_coding)) == (left,) * 3
    assert [(one.kind, one.number, one.decision) for one in removed] == (
        [] if left == 2 else [("comments", 1, DECISION), ("responses", 1, DECISION)]
    )
    assert remove_due(ruled) == ()


def test_nothing_goes_without_a_decision_and_what_is_due_is_told(
    installation: Installation, tmp_path: Path
) -> None:
    add_written(installation, "2024-01", "2024-02")
    ruled = decide(installation, tmp_path)
    assert remove_due(ruled) == ()
    assert {one.rule.kind: one.number for one in count_due(ruled)} == {
        "comments": 2,
        "responses": 2,
        "audit": 0,
        "missions": 0,
        "panel_texts": 0,
    }


def test_what_went_stands_in_the_log_of_removals_and_in_the_audit_log(
    installation: Installation, tmp_path: Path
) -> None:
    add_written(installation, "2024-01")
    ruled = decide(installation, tmp_path, "comments")
    remove_due(ruled)
    (line,) = list_removals(ruled, viewer=OFFICER)
    assert (line.kind, line.number, line.day, line.decision) == ("comments", 1, ruled.today(), DECISION)
    with ruled.database.read(newest=True) as connection:
        events = [one for one in audits.list_events(connection) if one.action == "removed because of age"]
    assert [(one.subject, one.facts["number"]) for one in events] == [("comments", 1)]


def test_old_events_go_from_the_beginning_and_the_chain_stays_whole(
    installation: Installation, tmp_path: Path
) -> None:
    with installation.database.write() as connection:
        for number in range(4):
            audits.add_event(connection, "thing done", str(number), by="manager")
        connection.execute(
            update(audit).where(audit.c.subject.in_(["0", "1"])).values(at=datetime(2024, 1, 1, tzinfo=UTC))
        )
    seal_events(installation)
    ruled = decide(installation, tmp_path, "audit")
    (removed,) = remove_due(ruled)
    assert removed.number == 2
    assert check_chain(ruled).is_whole
    with ruled.database.read(newest=True) as connection:
        subjects = {one.subject for one in audits.list_events(connection) if one.action == "thing done"}
    assert subjects == {"2", "3"}
    seal_events(ruled)
    assert check_chain(ruled).is_whole


@pytest.mark.parametrize(("state", "left"), [("finished", 0), ("second_closed", 1)])
def test_texts_go_from_rounds_that_are_finished_only(
    installation: Installation, tmp_path: Path, state: str, left: int
) -> None:
    day = date(2024, 1, 1)
    with installation.database.write() as connection:
        about = {"title": "t", "survey": "resursgrupp", "version": "2026-1"}
        days = {"answer_by": day, "opened": day, "changed": day}
        connection.execute(insert(panel_round).values(id="r", state=state, **about, **days))
        text = {"round_id": "r", "wave": 1, "subject": 1, "question": "b06", "text": "x"}
        connection.execute(insert(panel_text).values(id=b"x" * 16, **text))
    ruled = decide(installation, tmp_path, "panel_texts")
    remove_due(ruled)
    assert count(ruled, panel_text) == left


def test_rules_that_are_wrong_stop_nothing_else_and_remove_nothing(
    on_sqlite: Installation, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add_written(on_sqlite, "2020-01")
    file = tmp_path / "fel.yaml"
    file.write_text("kinds: {}", encoding="utf-8")
    wrong = replace(on_sqlite, settings=on_sqlite.settings.model_copy(update={"retention_file": file}))
    remove_due_quietly(wrong)
    assert count(wrong, comment) == 1
    assert "retention_wrong" in caplog.text


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.MANAGER, Role.COORDINATOR, Role.PANEL_MEMBER])
def test_only_data_protection_officers_see_it(on_sqlite: Installation, role: Role) -> None:
    with pytest.raises(SurveyError) as refused:
        list_removals(on_sqlite, viewer=Person(role, "x"))
    assert refused.value.code == "not_allowed"
