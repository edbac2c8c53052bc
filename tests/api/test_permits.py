"""Who is let in with a permit, what is told to who is not, and what is kept of a token?"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from survey.api import answering
from survey.api.buckets import Buckets, Limit, name_address
from survey.api.permits import NewPermit, end_permit, list_permits, make_permit
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.faults import PeopleError
from survey.store import audits
from survey.store.tables import permit
from tests.api.programs import ADMINISTRATOR, ROOT, Program, bear, give_permit, read_pages, serving
from tests.insight.hand_made import CELL, add_cells, add_publication
from tests.walks import SURVEY, Calendar, opened

CELLS = f"{ROOT}/surveys/{SURVEY}/cells"
MEASURES = ("helhet", "kontinuitet")
UNKNOWN = "invr_" + "A" * 43


THE_DAY = Calendar()


@pytest.fixture
def calendar() -> Calendar:
    """The calendar of the installation, at 10 September 2026 when a test begins."""
    THE_DAY.day = Calendar().day
    return THE_DAY


NOT_PUBLIC = replace(CELL, hidden_public="too_few")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all, with a single cell that signed-in people alone see."""
    folder = tmp_path_factory.mktemp("permits")
    with opened(f"sqlite:///{folder / 'one.db'}", folder / "var", THE_DAY) as found:
        add_publication(found)
        add_cells(found, NOT_PUBLIC)
        yield found


@pytest.fixture
def installation(one: Installation, calendar: Calendar) -> Installation:
    """It, without any permit."""
    for known in list_permits(one, viewer=ADMINISTRATOR):
        end_permit(one, known.id, by=ADMINISTRATOR)
    return one


@pytest.fixture
def program(installation: Installation) -> Iterator[Program]:
    with serving(installation) as found:
        yield found


def read_status(program: Program, token: str | None) -> tuple[int, list[str]]:
    """The status, and of each row whether it is shown."""
    answer = program.get(f"{CELLS}?measure=helhet", headers=bear(token) if token else {})
    return answer.status_code, [row["status"] for row in answer.json().get("rows", [])]


def test_a_permit_for_signed_in_figures_shows_them_and_nobody_else_sees_them(
    installation: Installation, program: Program
) -> None:
    assert read_status(program, give_permit(installation)) == (200, ["shown", "shown"])
    assert read_status(program, give_permit(installation, "public")) == (200, ["hidden", "hidden"])
    assert read_status(program, None) == (200, ["hidden", "hidden"])


def test_on_each_engine_a_permit_is_found_noted_and_read_with_page_by_page(
    database_url: str, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path / "each") as installation:
        number = add_publication(installation)
        cells = [replace(NOT_PUBLIC, measure=one, unit=unit) for one in MEASURES for unit in ("", "å", "b")]
        add_cells(installation, *cells, publication_id=number)
        add_publication(installation, revision=2)
        late = replace(CELL, measure="helhet", revision=2, mean=11.0)
        add_cells(installation, late, publication_id=number + 1)
        token = give_permit(installation)
        with serving(installation) as program:
            rows = read_pages(program, f"{CELLS}?limit=1", headers=bear(token))
            units = program.get(f"{ROOT}/areas").json()["areas"]
        found = [(row["area"], row["measure"], row["value"]) for row in rows if ":" not in row["measure"]]
        assert sorted(found) == sorted(
            (area, one, 11.0 if (area, one) == ("0780", "helhet") else 61.3)
            for one in MEASURES
            for area in ("0780", "0780/å", "0780/b")
        )
        assert {one["code"] for one in units if one["kind"] == "unit"} == {"0780/å", "0780/b"}
        assert list_permits(installation, viewer=ADMINISTRATOR)[0].last_month == "2026-09"


def test_a_permit_holds_through_its_last_day_and_not_longer(
    installation: Installation, program: Program, calendar: Calendar
) -> None:
    token = give_permit(installation, days=90)  # from 10 September
    calendar.day = date(2026, 12, 9)
    assert read_status(program, token)[0] == 200
    calendar.day = date(2026, 12, 10)
    assert read_status(program, token)[0] == 401


def test_a_permit_that_ends_among_pages_is_refused_and_says_so(
    installation: Installation, program: Program, calendar: Calendar
) -> None:
    add_cells(installation, replace(CELL, area="0781", measure="kontinuitet"))
    token = give_permit(installation)
    following = program.get(f"{CELLS}?limit=1", headers=bear(token)).json()["next"]
    calendar.day = date(2027, 1, 1)
    answer = program.get(following, headers=bear(token))
    assert (answer.status_code, answer.json()["code"]) == (401, "permit_refused")
    assert "har gått ut" in answer.json()["detail"]
    assert program.get(following).json()["code"] == "cursor_wrong"  # it was of another audience's rows


def ask_as(program: Program, authorization: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    answer = program.get(CELLS, headers={"Authorization": authorization})
    return answer.status_code, answer.content, sorted(answer.headers.items())


def test_unknown_ended_and_taken_back_look_alike_and_are_looked_up_alike(
    installation: Installation, program: Program, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = give_permit(installation, days=90)
    back = give_permit(installation, days=365)
    end_permit(installation, list_permits(installation, viewer=ADMINISTRATOR)[0].id, by=ADMINISTRATOR)
    end_permit(installation, list_permits(installation, viewer=ADMINISTRATOR)[0].id, by=ADMINISTRATOR)
    ended = give_permit(installation, days=90)
    calendar.day = date(2027, 1, 1)
    looked: list[object] = []
    look_up = installation.database.look_up

    def count(*given: Any) -> Any:
        looked.append(given[0])
        return look_up(*given)

    monkeypatch.setattr(installation.database, "look_up", count)
    told = [ask_as(program, f"Bearer {token}") for token in (UNKNOWN, ended, back)]
    assert told[0][0] == 401
    assert told[0] == told[1] == told[2]
    assert len(looked) == 3
    assert dict(told[0][2])["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic dTpw", f"Bearer {UNKNOWN} x", "Bearer invr_" + "å" * 43]
)
def test_whatever_else_stands_in_the_header_is_refused_and_not_taken_for_anybody(
    program: Program, header: str
) -> None:
    answer = program.get(CELLS, headers={"Authorization": header.encode()})  # type: ignore[dict-item]
    assert answer.status_code == 401


def test_a_token_is_kept_as_a_hash_only_and_is_in_no_log(
    installation: Installation, program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = give_permit(installation)
        read_status(program, token)
        read_status(program, token[:-1] + "A")
    with installation.database.read() as connection:
        rows = connection.execute(select(permit)).all()
        events = audits.list_events(connection)
    secret = token.removeprefix("invr_")
    assert len(token) == 48
    assert secret not in repr(rows)
    assert secret not in repr(events)
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith(("asyncio", "httpcore"))]
    assert secret not in "\n".join(ours)
    made = next(one for one in events if one.action == "permit made")
    assert made.facts == {"figures": "signed_in", "expires": "2026-12-09"}


def test_use_is_noted_by_month_once_and_nothing_finer(
    installation: Installation, program: Program, calendar: Calendar
) -> None:
    token = give_permit(installation, days=365)
    assert list_permits(installation, viewer=ADMINISTRATOR)[0].last_month is None
    read_status(program, token)
    read_status(program, token)
    assert list_permits(installation, viewer=ADMINISTRATOR)[0].last_month == "2026-09"
    calendar.turn_to(2026, 11, 30)
    read_status(program, token)
    assert list_permits(installation, viewer=ADMINISTRATOR)[0].last_month == "2026-11"


@pytest.mark.parametrize(
    ("new", "faults"),
    [
        (NewPermit(" ", "all", 1), ["permit_name_missing", "permit_figures_unknown", "permit_days_unknown"]),
        (NewPermit("x" * 81, "public", 90), ["name_long"]),
    ],
)
def test_everything_that_is_wrong_with_a_permit_is_told_at_once(
    installation: Installation, new: NewPermit, faults: list[str]
) -> None:
    with pytest.raises(PeopleError) as wrong:
        make_permit(installation, new, by=ADMINISTRATOR)
    assert [one.code for one in wrong.value.faults] == faults


def test_a_permit_is_taken_back_once(installation: Installation) -> None:
    give_permit(installation)
    found = list_permits(installation, viewer=ADMINISTRATOR)[0]
    end_permit(installation, found.id, by=ADMINISTRATOR)
    with pytest.raises(SurveyError) as wrong:
        end_permit(installation, found.id, by=ADMINISTRATOR)
    assert wrong.value.code == "permit_unknown"


# How often


@pytest.mark.parametrize(("asked", "seconds"), [(4, 0), (5, 1), (6, 1)])
def test_a_bucket_gives_what_is_in_it_and_then_says_how_long_to_wait(asked: int, seconds: int) -> None:
    clock = [100.0]
    bucket = Buckets(Limit(4, 2), now=lambda: clock[0])
    told = 0
    for _ in range(asked):
        try:
            bucket.take("a", 1)
        except SurveyError as wrong:
            told = int(str(wrong.facts["seconds"]))
    assert told == seconds
    bucket.take("another", 1)
    clock[0] += max(seconds, 1)
    bucket.take("a", 1)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_who_shares_a_network_shares_a_bucket(host: str, name: str) -> None:
    assert name_address(host) == name


def test_who_asks_too_often_waits_and_holds_nobody_with_a_permit_up(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ANYBODY_LIMIT", Limit(3, 0.5))
    token = give_permit(installation, "public")
    with serving(installation) as program:
        statuses = [program.get(f"{ROOT}/areas?x={n}").status_code for n in range(5)]
        refused = program.get(f"{ROOT}/areas")
        assert program.get(f"{ROOT}/areas", headers=bear(token)).status_code == 200
    assert 429 in statuses
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 3
    assert refused.json()["code"] == "too_many_requests"


def test_an_answer_that_lies_ready_costs_a_twentieth(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ANYBODY_LIMIT", Limit(3, 0.001))
    with serving(installation) as program:
        statuses = [program.get(f"{ROOT}/areas").status_code for _ in range(60)]
    assert statuses.count(200) == 40  # the first costs 1.05, each of the others .05


def test_nothing_of_a_database_that_is_gone_is_told(
    installation: Installation,
) -> None:
    with installation.database.write() as connection:
        connection.execute(text("ALTER TABLE published_cell RENAME TO away"))
    with serving(installation) as program:
        answer = program.get(CELLS)
    with installation.database.write() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO published_cell"))
    assert (answer.status_code, answer.json()["code"]) == (503, "interface_down")
    assert "published_cell" not in answer.text
