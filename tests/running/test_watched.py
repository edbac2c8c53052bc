"""Can the service be watched by machines and never a person through that?"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from survey import health
from survey.errors import SurveyError
from survey.installation import Installation
from survey.light.routes import ServeForm
from survey.metrics import looked_up
from survey.metrics.counted import STEP, Counted, counted, floor_to_step
from survey.metrics.routes import list_routes
from survey.metrics.watching import WatchRequests
from survey.running import begin_stopping, set_installation
from survey.store.schema import migrate_down
from tests.walks import Calendar, open_a_round, opened

TOKEN = "ett-hemligt-ord-att-lasa-med"
HERE = ("127.0.0.1", 50_000)
ELSEWHERE = ("203.0.113.9", 50_000)


@pytest.fixture
def changes() -> dict[str, object]:
    return {}


@pytest.fixture
def served(tmp_path: Path, changes: dict[str, object]) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", Calendar(), **changes) as found:
        set_installation(found)
        yield found
        set_installation(None)


def ask(path: str, who: tuple[str, int] = HERE, **headers: str) -> Response:
    """What the service answers somebody somewhere."""
    app = WatchRequests(ServeForm(Starlette(routes=list_routes())))

    async def get() -> Response:
        transport = ASGITransport(app, client=who)
        async with AsyncClient(transport=transport, base_url="http://svara.example.se") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(get())


def read_figures(text: str) -> dict[str, float]:
    """Each figure by its name with its labels."""
    return {
        f"{one.name}{sorted(one.labels.items())}": one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


# Alive and ready


def test_a_service_that_takes_answers_is_alive_and_ready(served: Installation) -> None:
    assert ask("/healthz").json() == {"status": "alive"}
    assert ask("/readyz").json() == {"status": "ready"}


def lose_key(served: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    served.keys.find_period_file("2026-09").unlink()


def fill_disk(served: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "find_free", lambda _: health.LEAST_FREE - 1)


def change_schema(served: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate_down(served.database, "0015")


def lose_database(served: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate_down(served.database)


def stop(served: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_stopping()


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (lose_key, "key_missing"),
        (fill_disk, "disk_low"),
        (change_schema, "schema_differs"),
        (lose_database, "schema_differs"),
        (stop, "stopping"),
    ],
)
def test_what_keeps_answers_from_being_taken_makes_it_not_ready_and_leaves_it_alive(
    happens, code: str, served: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    assert ask("/readyz").status_code == 200
    happens(served, monkeypatch)
    refused = ask("/readyz")
    assert (refused.status_code, refused.json()["code"]) == (503, code)
    assert ask("/healthz").status_code == 200


# Who may read the figures


def test_on_this_machine_the_figures_are_read_without_a_token(served: Installation) -> None:
    assert ask("/metrics").status_code == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_what_a_proxy_passes_on_is_not_from_this_machine(header: str, served: Installation) -> None:
    assert ask("/metrics", **{header: "203.0.113.9"}).status_code == 404


def test_nobody_elsewhere_reads_them_without_a_token(served: Installation) -> None:
    assert ask("/metrics", ELSEWHERE).status_code == 404


@pytest.mark.parametrize("changes", [{"PUBLIC_ADDRESS": "https://svara.example.se"}])
def test_behind_a_proxy_nobody_reads_them_without_a_token(served: Installation) -> None:
    assert ask("/metrics").status_code == 404


@pytest.mark.parametrize("changes", [{"METRICS_TOKEN": TOKEN}])
@pytest.mark.parametrize(
    ("said", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (TOKEN, 404),
        ("", 404),
        ("Bearer ", 404),
    ],
)
@pytest.mark.parametrize("who", [HERE, ELSEWHERE])
def test_a_token_opens_them_from_anywhere_and_nothing_else_does(
    who: tuple[str, int], said: str, status: int, served: Installation
) -> None:
    assert ask("/metrics", who, authorization=said).status_code == status


# What they tell


@given(number=st.integers(0, 10_000))
def test_a_number_is_told_in_whole_steps_that_are_never_more_than_it_is(number: int) -> None:
    told = floor_to_step(number)
    assert told <= number < told + STEP
    assert told % STEP == 0


@given(happened=st.integers(0, 70))
def test_what_people_do_is_told_in_twenties(happened: int) -> None:
    own = Counted()
    for _ in range(happened):
        own.note_sent()
        own.note_request("/e/{round}/granska", "POST", 200, 0.01)
    told = read_figures(generate_latest(own.registry).decode())
    labels = [("method", "POST"), ("route", "/e/{round}/granska"), ("status", "2xx")]
    assert told["invanarrosten_answers_sent_total[]"] == happened // STEP * STEP
    assert told.get(f"invanarrosten_requests_total{labels}", 0) == happened // STEP * STEP
    one = f"invanarrosten_request_seconds_count{[('route', '/e/{round}/granska')]}"
    assert told.get(one, 0) == happened // STEP * STEP


def test_what_is_our_fault_is_told_at_once() -> None:
    own = Counted()
    own.note_request("/e/kod", "POST", 503, 0.01)
    labels = [("method", "POST"), ("route", "/e/kod"), ("status", "5xx")]
    assert read_figures(generate_latest(own.registry).decode())[f"invanarrosten_requests_total{labels}"] == 1


def test_many_at_once_are_all_told() -> None:
    own = Counted()
    people = [threading.Thread(target=lambda: [own.note_sent() for _ in range(100)]) for _ in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert read_figures(generate_latest(own.registry).decode())["invanarrosten_answers_sent_total[]"] == 800


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/e/alla", "/e/{round}"),
        ("/e/finns-inte/v/HEMLIG", "/e/{round}/v/{key}"),
        ("/e/alla/3", "/e/{round}/{step:step}"),
        ("/kalender/HEMLIG.ics", None),
        ("/HEMLIG", "app"),
        ("/static/HEMLIG.js", "static"),
    ],
)
def test_a_request_is_counted_by_its_pattern_and_never_by_its_address(
    path: str, route: str | None, served: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(counted, "note_request", lambda route, *_: noted.append(route))
    open_a_round(served, "alla")
    ask(path)
    assert len(noted) == 1 and "HEMLIG" not in noted[0]
    assert route is None or noted == [route]


def test_the_figures_say_what_waits_in_twenties_and_that_the_database_answers(served: Installation) -> None:
    told = read_figures(ask("/metrics").text)
    assert told["invanarrosten_inbox_answers[]"] == 0
    assert told["invanarrosten_database_up[]"] == 1
    assert told["invanarrosten_ready[('code', '')]"] == 1
    assert {"invanarrosten_sessions[]", "invanarrosten_months_to_close[]"} <= told.keys()
    assert any(name.startswith("invanarrosten_build_info") for name in told)
    assert told["process_resident_memory_bytes[]"] > 0


def test_without_a_database_the_figures_say_so(served: Installation) -> None:
    migrate_down(served.database)
    told = read_figures(ask("/metrics").text)
    assert told["invanarrosten_database_up[]"] == 0
    assert told["invanarrosten_ready[('code', 'schema_differs')]"] == 0


def test_free_room_is_told_so_coarsely_that_no_answer_shows(
    served: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked_up, "find_free", lambda _: 10 * looked_up.DISK_STEP + 1_234)
    assert read_figures(ask("/metrics").text)["invanarrosten_disk_free_bytes[]"] == 10 * looked_up.DISK_STEP


def test_every_chore_tells_when_it_last_went_well(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Counted()
    own.note_chore("close_ended", well=True)
    own.note_chore("send_due_quietly", well=False)
    told = read_figures(generate_latest(own.registry).decode())
    assert told["invanarrosten_chore_last_success_timestamp_seconds[('chore', 'close_ended')]"] > 1e9
    assert told["invanarrosten_chore_failures_total[('chore', 'send_due_quietly')]"] == 1


def test_two_sets_of_figures_do_not_mix() -> None:
    assert isinstance(Counted().registry, CollectorRegistry)
    Counted().note_mixed(5)
    assert (
        read_figures(generate_latest(Counted().registry).decode())["invanarrosten_answers_mixed_total[]"] == 0
    )


def test_every_figure_has_a_name_that_the_example_alarms_know() -> None:
    rules = (Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\binvanarrosten_[a-z_]+", rules))
    known = {one.name for one in counted.registry.collect()} | {
        *("invanarrosten_database_up", "invanarrosten_months_to_close", "invanarrosten_letters_oldest_days"),
        "invanarrosten_replica_behind_seconds",
        *("invanarrosten_disk_free_bytes", "invanarrosten_backup_last_timestamp_seconds"),
    }
    assert named
    assert {re.sub(r"_(total|bucket|count|sum)$", "", one) for one in named} <= known


def test_an_error_is_raised_where_nothing_is_served() -> None:
    set_installation(None)
    with pytest.raises(SurveyError, match="not_started"):
        health.check_ready()
