"""Is a report made once, gone on with when its process is killed, and kept as long as is said?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey.diagrams import draw_states
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.reports import making
from survey.reports.making import (
    MOST_TRIES,
    SILENCE,
    TakenOverError,
    list_left,
    make_report,
    note,
    start_making,
    take,
    tend_reports,
    wake,
)
from survey.reports.orders import (
    KEPT,
    MOST_UNDER_WAY,
    ask_for_report,
    fetch_report,
    list_own_reports,
    remove_report,
)
from survey.reports.states import STEPS, Event, State, find_next, list_drawn_steps, list_origins
from survey.reports.wish import Asked
from survey.store import audits
from survey.store.reports import Report
from tests.insight.monthly import publish_line
from tests.processes import run_together
from tests.reports.conftest import MANAGER, VAXJO
from tests.walks import opened

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
LATER = NOW + SILENCE + timedelta(seconds=1)
OTHER = Person(Role.MANAGER, "b0b0")
WISH = Asked(areas=(VAXJO,))
FILE = b"%PDF-1.7 ..."
Compose = Callable[..., tuple[bytes, str]]


@pytest.fixture
def on_each(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """On each engine, something published, and a press that takes no time."""
    publish_line(installation, [60.0] * 3)
    monkeypatch.setattr(making, "compose", compose_at_once)
    return installation


@pytest.fixture
def quick(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """The same on one engine, for rules that no engine has a say in."""
    publish_line(on_sqlite, [60.0] * 3)
    monkeypatch.setattr(making, "compose", compose_at_once)
    return on_sqlite


def compose_at_once(_installation: Installation, _wish: object, *, role: str, tell: Callable[..., None]):
    tell(1, 2)
    assert role == "manager"
    return FILE, "namndsida.pdf"


def ask(installation: Installation, *, by: Person = MANAGER, at: datetime = NOW) -> Report:
    return ask_for_report(installation, WISH, by=by, at=at)


def find(installation: Installation, report: Report) -> Report:
    found = making.find(installation, report.id)
    assert found is not None
    return found


def list_actions(installation: Installation) -> list[str]:
    with installation.database.read(newest=True) as connection:
        return [event.action for event in audits.list_events(connection) if event.action.startswith("report")]


def test_a_report_is_asked_for_made_fetched_and_logged(on_each: Installation) -> None:
    report = ask(on_each)
    assert (report.state, find(on_each, report).state) == ("waiting", "waiting")
    with pytest.raises(SurveyError, match="report_not_ready"):
        fetch_report(on_each, report.id, by=MANAGER)
    make_report(on_each, report.id)
    made = find(on_each, report)
    assert (made.state, made.name, made.worker, made.tries) == ("ready", "namndsida.pdf", "", 1)
    assert fetch_report(on_each, report.id, by=MANAGER) == FILE
    assert sorted(list_actions(on_each)) == ["report asked for", "report made"]


def test_another_person_neither_sees_fetches_nor_removes_it(quick: Installation) -> None:
    report = ask(quick)
    make_report(quick, report.id)
    assert [one.id for one in list_own_reports(quick, by=MANAGER)] == [report.id]
    assert list_own_reports(quick, by=OTHER) == ()
    for deed in (fetch_report, remove_report):
        with pytest.raises(SurveyError, match="report_unknown"):
            deed(quick, report.id, by=OTHER)
    assert find(quick, report).state == "ready"


def test_what_goes_wrong_is_kept_with_the_report_and_tells_nothing_inside(
    quick: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SurveyError("report_span_empty", first="2024-01", last="2026-10")

    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    for compose, fault in (
        (refuse, {"code": "report_span_empty", "first": "2024-01", "last": "2026-10"}),
        (fall, {"code": "report_failed"}),
    ):
        monkeypatch.setattr(making, "compose", compose)
        report = ask(quick)
        make_report(quick, report.id)
        broken = find(quick, report)
        assert (broken.state, broken.fault) == ("broken", fault)


def test_one_that_is_being_made_is_not_taken_until_nothing_has_been_heard_for_a_while(
    on_each: Installation,
) -> None:
    report = ask(on_each)
    assert take(on_each, report.id, "first", NOW) is not None
    assert take(on_each, report.id, "second", NOW + SILENCE) is None
    assert take(on_each, report.id, "second", LATER) is not None
    assert (find(on_each, report).worker, find(on_each, report).tries) == ("second", 2)


def test_whoever_was_taken_over_stops_at_the_next_step_and_keeps_nothing(on_each: Installation) -> None:
    report = ask(on_each)
    take(on_each, report.id, "slow", NOW)
    take(on_each, report.id, "quick", LATER)
    with pytest.raises(TakenOverError):
        note(on_each, report.id, "slow", 1, 2)
    making.end(on_each, report, "slow", file=b"old", name="old.pdf")
    assert find(on_each, report).state == "making"
    making.end(on_each, report, "quick", file=FILE, name="ny.pdf")
    assert (find(on_each, report).name, fetch_report(on_each, report.id, by=MANAGER)) == ("ny.pdf", FILE)


def test_one_that_was_left_half_made_is_gone_on_with_by_the_chores(on_each: Installation) -> None:
    report = ask(on_each)
    take(on_each, report.id, "killed", NOW)
    note(on_each, report.id, "killed", 1, 2, at=NOW + timedelta(seconds=30))
    tend_reports(on_each, at=LATER)
    assert (find(on_each, report).state, find(on_each, report).done) == ("making", 1)
    tend_reports(on_each, at=LATER + timedelta(seconds=30))
    assert (find(on_each, report).state, find(on_each, report).tries) == ("ready", 2)


def test_one_that_three_processes_have_stopped_over_is_said_to_be_broken(quick: Installation) -> None:
    report, at = ask(quick), NOW
    for number in range(MOST_TRIES):
        assert take(quick, report.id, f"killed {number}", at) is not None
        at += SILENCE + timedelta(seconds=1)
    assert make_report(quick, report.id, at=at) is None
    assert (find(quick, report).state, find(quick, report).fault) == ("broken", {"code": "report_stopped"})


def test_looking_at_one_that_was_left_goes_on_with_it(
    quick: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(making, "start_making", lambda _installation, one: started.append(one))
    report = ask(quick)
    wake(quick, find(quick, report), at=NOW + SILENCE)
    take(quick, report.id, "killed", NOW)
    wake(quick, find(quick, report), at=NOW + SILENCE)
    assert started == []
    wake(quick, find(quick, report), at=LATER)
    assert started == [report.id]


def test_it_is_made_beside_everything_else(quick: Installation) -> None:
    report = ask(quick)
    start_making(quick, report.id).join(timeout=30)
    assert find(quick, report).state == "ready"


def test_one_that_was_removed_meanwhile_leaves_nothing(quick: Installation) -> None:
    report = ask(quick)
    take(quick, report.id, "first", NOW)
    remove_report(quick, report.id, by=MANAGER)
    with pytest.raises(TakenOverError):
        note(quick, report.id, "first", 1, 2)
    making.end(quick, report, "first", file=FILE, name="x.pdf")
    assert making.find(quick, report.id) is None


def test_a_report_is_removed_when_it_has_been_kept_as_long_as_is_said(on_each: Installation) -> None:
    report = ask(on_each)
    make_report(on_each, report.id)
    tend_reports(on_each, at=NOW + KEPT)
    assert find(on_each, report).state == "ready"
    tend_reports(on_each, at=NOW + KEPT + timedelta(seconds=1))
    assert making.find(on_each, report.id) is None
    assert "report removed" in list_actions(on_each)


def test_nobody_has_more_under_way_than_may(quick: Installation) -> None:
    for _ in range(MOST_UNDER_WAY):
        ask(quick)
    with pytest.raises(SurveyError, match="report_many"):
        ask(quick)
    ask(quick, by=OTHER)
    assert len(list_left(quick)) == MOST_UNDER_WAY + 1


def test_processes_that_make_one_report_at_once_make_it_once(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "compose", compose_at_once)
    with opened(database_url, tmp_path / "var", DEMO=True) as installation:
        publish_line(installation, [60.0] * 3)
        report = ask(installation)

    def make() -> bool:
        with opened(database_url, tmp_path / "var", DEMO=True) as own:
            return make_report(own, report.id) is not None

    outcomes = run_together(make, make)
    assert [one.error for one in outcomes] == ["", ""]
    assert sorted(one.value for one in outcomes) == [False, True]


def test_the_table_of_states_says_what_can_happen() -> None:
    assert find_next(State.WAITING, Event.TAKE) is State.MAKING
    assert find_next(State.READY, Event.TAKE) is None
    assert set(list_origins(Event.REMOVE)) == set(State) - {State.GONE}
    reached = {to for _, _, to, _ in STEPS} | {State.WAITING}
    assert reached == set(State)


def test_the_page_about_reports_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    assert draw_states(list_drawn_steps()) in page
    assert all(f"| {who} |" in page for _, _, _, who in STEPS)
