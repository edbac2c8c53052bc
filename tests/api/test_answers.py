"""What stands around an answer: what it is known by, how long it is kept, and who between may keep it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from survey.api import answering
from survey.api.buckets import Limit
from survey.api.prepared import Ready, Shelf
from survey.api.resources import RESOURCES
from survey.installation import Installation
from survey.store.publications import Cell
from tests.api.programs import ROOT, Program, Row, bear, give_permit, serving
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, opened

CELLS = f"{ROOT}/surveys/{SURVEY}/cells"
MEASURES = ("helhet", "kontinuitet", "personcentrering", "trygghet")
NO_LIMIT = Limit(1e9, 1e9)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all; what a test publishes stays."""
    folder = tmp_path_factory.mktemp("answers")
    with opened(f"sqlite:///{folder / 'one.db'}", folder / "var") as found:
        add_publication(found)
        add_cells(found, *(replace(CELL, measure=one) for one in MEASURES))
        yield found


@pytest.fixture
def program(installation: Installation, unlimited: None) -> Iterator[Program]:
    with serving(installation) as found:
        yield found


def list_addresses() -> list[str]:
    made = {"series": "?area=0780&measure=helhet&kind=month"}
    return [one.path.format(survey=SURVEY) + made.get(one.name, "") for one in RESOURCES] + [
        f"{ROOT}/openapi.json"
    ]


@pytest.mark.parametrize("address", list_addresses())
def test_an_answer_that_has_not_changed_is_not_sent_again(program: Program, address: str) -> None:
    first = program.get(address, headers={"Accept-Encoding": "identity"})
    assert first.status_code == 200
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = program.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert program.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", list_addresses())
def test_head_says_what_get_would(program: Program, address: str) -> None:
    got, head = program.get(address), program.ask("HEAD", address)
    assert (head.status_code, head.content) == (200, b"")
    names = ("etag", "content-length", "content-type", "cache-control", "vary")
    assert [head.headers[one] for one in names] == [got.headers[one] for one in names]


def test_what_is_packed_is_the_same_and_is_known_by_a_tag_of_its_own(program: Program) -> None:
    plain = program.get(CELLS, headers={"Accept-Encoding": "identity"})
    packed = program.get(CELLS, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content  # httpx has unpacked it
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    again = program.get(CELLS, headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.headers["etag"]) == (304, packed.headers["etag"])


def test_another_edition_audience_or_question_has_another_tag(
    installation: Installation, program: Program
) -> None:
    tags = [program.get(CELLS).headers["etag"], program.get(f"{CELLS}?limit=9").headers["etag"]]
    tags.append(program.get(CELLS, headers=bear(give_permit(installation))).headers["etag"])
    number = add_publication(installation, "2026-11")
    tags.append(program.get(CELLS).headers["etag"])
    assert len(set(tags)) == 4
    assert tags[0].startswith(f'"{number - 1}-')
    assert tags[3].startswith(f'"{number}-')


def test_public_answers_may_be_kept_and_read_by_pages_elsewhere_and_no_others(
    installation: Installation, program: Program
) -> None:
    public = program.get(CELLS).headers
    private = program.get(CELLS, headers=bear(give_permit(installation))).headers
    assert (public["cache-control"], private["cache-control"]) == (
        "public, max-age=300",
        "private, no-cache",
    )
    assert public["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in private
    assert public["vary"] == private["vary"] == "Accept-Encoding, Authorization"
    assert {"set-cookie"} & {*public, *private} == set()
    for name in ("x-content-type-options", "content-security-policy", "referrer-policy"):
        assert public[name] == private[name]


def test_a_page_elsewhere_may_not_bring_a_permit(program: Program) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    told = program.ask("OPTIONS", CELLS, headers=asked | {"Access-Control-Request-Headers": "authorization"})
    assert told.status_code == 204
    assert "authorization" not in told.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FETCH"])
def test_nothing_can_be_written(program: Program, method: str) -> None:
    answer = program.ask(method, CELLS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_answer_is_worked_out_once_for_each_edition(
    installation: Installation, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    write = answering.write_answer

    def count(*given):  # type: ignore[no-untyped-def]
        made.append(given)
        return write(*given)

    monkeypatch.setattr(answering, "write_answer", count)
    bodies = [program.get(CELLS).content for _ in range(3)]
    assert len(made) == 1
    assert len(set(bodies)) == 1
    add_publication(installation, "2026-12")
    program.get(CELLS)
    assert len(made) == 2


def test_a_shelf_holds_no_more_than_it_may_and_lets_go_of_what_was_asked_for_longest_ago() -> None:
    shelf = Shelf(most=400)
    ready = Ready(b"x" * 90, None, None)
    for number in range(4):
        shelf.keep((number, "", "", b""), ready)
    shelf.find((0, "", "", b""))
    shelf.keep((4, "", "", b""), ready)
    assert [shelf.find((number, "", "", b"")) is not None for number in range(5)] == [
        True,
        False,
        True,
        True,
        True,
    ]
    shelf.keep((5, "", "", b""), Ready(b"x" * 101, None, None))
    assert shelf.find((5, "", "", b"")) is None


def test_the_page_for_people_names_every_address_and_asks_nobody_else(program: Program) -> None:
    for language, word in (("sv", "Börja här"), ("en", "Begin here")):
        page = program.get(f"/api?sprak={language}")
        assert page.status_code == 200
        assert word in page.text
        assert [one.path for one in RESOURCES if one.path not in page.text] == []
        assert "<script" not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_cursor_of_something_that_is_gone_says_begin_anew(
    installation: Installation, program: Program
) -> None:
    number = add_publication(installation, "2027-01")
    following = program.get(f"{CELLS}?limit=1").json()["next"]
    with installation.database.write() as connection:  # as when a backup is restored
        connection.exec_driver_sql(f"DELETE FROM publication WHERE id = {number}")
    answer = program.get(following)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_gone")


@pytest.mark.parametrize("change", ["limit=1&measure=helhet", "limit=1&kind=month", "limit=1"])
def test_a_cursor_belongs_to_its_question(program: Program, change: str) -> None:
    cursor = program.get(f"{CELLS}?limit=1").json()["next"].split("cursor=")[1]
    found = program.get(f"{CELLS}?{change}&cursor={cursor}")
    assert found.status_code == (200 if change == "limit=1" else 400)
    spoilt = cursor[:30] + ("A" if cursor[30] != "A" else "B") + cursor[31:]
    assert program.get(f"{CELLS}?limit=1&cursor={spoilt}").json()["code"] == "cursor_wrong"


class Paging(RuleBasedStateMachine):
    """Programs read pages while months are published and corrected: each reads one edition, whole."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(next(folders))
        self.opening = opened(f"sqlite:///{self.folder / 'one.db'}", self.folder / "var")
        self.installation = self.opening.__enter__()
        self.serving = serving(self.installation)
        self.program = self.serving.__enter__()
        self.cells: dict[tuple[str, str], Cell] = {}
        self.editions: list[dict[tuple[str, str], int]] = [{}]
        self.readers: list[tuple[int, list[Row], str | None]] = []
        self.publish(0)

    @rule(month=st.integers(0, 3))
    def publish(self, month: int) -> None:
        """A new month, or a correction of one that was published."""
        code = f"2026-0{month + 1}"
        revision = 1 + max((c.revision for c in self.cells.values() if c.period == code), default=0)
        number = add_publication(self.installation, code, revision=revision, reason="x" * (revision > 1))
        new = [
            replace(
                CELL, measure=one, period=code, revision=revision, publication_id=number, mean=50.0 + number
            )
            if one != "trygghet"
            else replace(
                CELL, measure=one, period=code, revision=revision, publication_id=number, **HIDDEN_FROM_ALL
            )
            for one in MEASURES
        ]
        add_cells(self.installation, *new, publication_id=number)
        self.cells |= {(cell.measure, cell.period): cell for cell in new}
        self.editions.append({place: cell.publication_id for place, cell in self.cells.items()})

    @rule(limit=st.integers(1, 6))
    def begin(self, limit: int) -> None:
        self.read(f"{CELLS}?limit={limit}", [])

    @precondition(lambda self: any(one[2] for one in self.readers))
    @rule(which=st.integers(0, 20))
    def go_on(self, which: int) -> None:
        open_ones = [one for one in self.readers if one[2]]
        one = open_ones[which % len(open_ones)]
        self.readers.remove(one)
        self.read(str(one[2]), one[1], one[0])

    def read(self, address: str, rows: list[Row], edition: int | None = None) -> None:
        page = self.program.get(address).json()
        assert edition in (None, page["edition"])
        self.readers.append((page["edition"], rows + page["rows"], page["next"]))

    @invariant()
    def whoever_has_read_all_has_one_edition(self) -> None:
        for edition, rows, following in self.readers:
            if following is None:
                places = {place: 50 + number for place, number in self.editions[edition].items()}
                means = [row for row in rows if ":" not in row["measure"]]
                assert {(row["measure"], row["period"]): row["value"] for row in means} == {
                    place: None if place[0] == "trygghet" else value for place, value in places.items()
                }
                assert len(means) == len(places)

    def teardown(self) -> None:
        self.serving.__exit__(None, None, None)
        self.opening.__exit__(None, None, None)


folders: Iterator[str]


def test_whatever_is_published_meanwhile_all_pages_are_of_one_edition(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    global folders
    folders = (str(tmp_path_factory.mktemp("paging")) for _ in range(1_000))
    monkeypatch.setattr(answering, "ANYBODY_LIMIT", NO_LIMIT)
    run_state_machine_as_test(Paging, settings=settings(max_examples=6, stateful_step_count=12))
