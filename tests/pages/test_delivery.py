"""Does all that a run draws and tells reach the loop in its order, with fewer calls?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as some
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from pages.shared import delivery
from pages.shared.delivery import AT_ONCE, DRAWN, PAUSE, Carrier, gather_first, settle_delivery

STOPPED = ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS


@dataclass
class Session:
    """What the delivery knows of a session of Streamlit's: the loop's calls, and a queue to the browser."""

    calls: list[Callable[[], None]] = field(default_factory=list)
    reached: list[Any] = field(default_factory=list)
    called: int = 0
    _scriptrunner: str = "first"

    def _enqueue_forward_msg(self, message: Any) -> None:
        self.reached.append(message)

    def _call_soon_on_event_loop(self, call: Callable[[], None]) -> None:
        self.called += 1
        self.calls.append(call)

    def turn(self) -> None:
        """A turn of the loop: what was called until then."""
        due, self.calls = self.calls, []
        for call in due:
            call()


def tell(session: Session, _sender: str, _event: Any, told: Any = None) -> None:
    """As Streamlit tells of what is not drawn: by a call of its own."""
    session._call_soon_on_event_loop(lambda: session.reached.append(told))


take = gather_first(cast(Any, tell))


@given(some.lists(some.sampled_from(["draw", "tell", "turn"]), max_size=60))
def test_everything_arrives_once_and_in_its_order_whenever_the_loop_turns(steps: list[str]) -> None:
    session, given_ = Session(), []
    for number, step in enumerate(steps):
        if step == "turn":
            session.turn()
            continue
        given_.append(number)
        take(cast(Any, session), cast(Any, "first"), DRAWN if step == "draw" else STOPPED, cast(Any, number))
    session.turn()
    assert session.reached == given_


def test_what_is_drawn_between_two_turns_is_one_call() -> None:
    session = Session()
    for number in range(40):
        take(cast(Any, session), cast(Any, "first"), DRAWN, cast(Any, number))
    session.turn()
    assert (session.called, session.reached) == (1, list(range(40)))


def test_what_a_run_draws_after_another_has_taken_over_reaches_nobody() -> None:
    session = Session()
    take(cast(Any, session), cast(Any, "first"), DRAWN, cast(Any, "old"))
    session._scriptrunner = "second"
    take(cast(Any, session), cast(Any, "second"), DRAWN, cast(Any, "new"))
    session.turn()
    assert session.reached == ["new"]


def test_another_streamlit_that_delivers_otherwise_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "TAKE", "_no_such_thing")
    with pytest.raises(AttributeError):
        settle_delivery()


@dataclass
class Browsers:
    """What of Streamlit's runtime the carrier knows: who has a browser, and what reached it."""

    sent: list[tuple[str, int]] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    disconnected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._session_mgr = self

    def get_active_session_info(self, name: str) -> Any:
        return None if name in self.away else SimpleNamespace(client=name)

    def _send_message(self, info: Any, message: int) -> None:
        if info.client in self.gone:
            raise SessionClientDisconnectedError
        self.sent.append((info.client, message))

    def disconnect_session(self, name: str, *, client: str) -> None:
        assert client == name
        self.disconnected.append(name)


class Line:
    """A session with something in line for its browser."""

    def __init__(self, name: str, *messages: int) -> None:
        self.id, self.line = name, list(messages)
        self._browser_queue = self

    def flush(self) -> list[int]:
        flushed, self.line = self.line, []
        return flushed

    def on_flushed_messages_sent(self) -> None:
        return


def carry(browsers: Browsers, *steps: Callable[[Carrier], object]) -> None:
    """Take steps on a loop, each when the carrier has had time for what was before it."""

    async def walk() -> None:
        carrier = Carrier(lambda: cast(Any, browsers))
        for step in steps:
            step(carrier)
            await asyncio.sleep(4 * PAUSE)

    uvloop.run(walk())  # the loop that the product is served on


def test_each_browser_gets_its_own_in_order() -> None:
    browsers, one, two = Browsers(), Line("one", 1, 2, 3), Line("two", 4)
    carry(browsers, lambda carrier: [carrier.note(cast(Any, line)) for line in (one, two, one)])
    assert browsers.sent == [("one", 1), ("one", 2), ("one", 3), ("two", 4)]


def test_a_browser_that_has_left_is_let_go_and_the_others_are_served() -> None:
    browsers, one, two = Browsers(gone={"one"}), Line("one", 1, 2), Line("two", 3)
    carry(browsers, lambda carrier: [carrier.note(cast(Any, line)) for line in (one, two)])
    assert (browsers.sent, browsers.disconnected) == ([("two", 3)], ["one"])


def test_what_is_in_line_for_who_lost_the_network_waits_until_they_are_back() -> None:
    browsers, one = Browsers(away={"one"}), Line("one", 1)
    carry(
        browsers,
        lambda carrier: carrier.note(cast(Any, one)),
        lambda _carrier: (browsers.away.clear(), one.line.append(2)),
        lambda carrier: carrier.note(cast(Any, one)),
    )
    assert browsers.sent == [("one", 1), ("one", 2)]


def test_what_is_drawn_while_much_is_sent_comes_after_it() -> None:
    browsers, one = Browsers(), Line("one", *range(5 * AT_ONCE))

    def draw_more(carrier: Carrier) -> None:
        one.line.append(-1)
        carrier.note(cast(Any, one))

    def begin(carrier: Carrier) -> None:
        carrier.note(cast(Any, one))
        asyncio.get_running_loop().call_later(PAUSE * 1.05, draw_more, carrier)

    carry(browsers, begin)
    assert browsers.sent == [("one", number) for number in (*range(5 * AT_ONCE), -1)]


def test_a_fault_with_one_browser_is_no_fault_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    browsers, one, two = Browsers(), Line("one", 1), Line("two", 2)
    one.flush = lambda: 1 / 0  # type: ignore[assignment, method-assign, return-value]
    carry(
        browsers,
        lambda carrier: [carrier.note(cast(Any, line)) for line in (one, two)],
        lambda carrier: [two.line.append(3), carrier.note(cast(Any, two))],
    )
    assert browsers.sent == [("two", 2), ("two", 3)]
    assert "a page could not be sent: ZeroDivisionError" in caplog.text


def test_what_may_not_wait_takes_with_it_what_was_to_wait_and_keeps_its_place() -> None:
    browsers, one = Browsers(), Line("one", 1)
    times: list[float] = []
    flush = one.flush

    def note_time() -> list[int]:
        times.append(asyncio.get_running_loop().time())
        return flush()

    one.flush = note_time  # type: ignore[method-assign]

    def begin(carrier: Carrier) -> None:
        times.append(asyncio.get_running_loop().time())
        carrier.note(cast(Any, one), pause=60)
        one.line.append(2)
        carrier.note(cast(Any, one), pause=0)

    carry(browsers, begin)
    assert browsers.sent == [("one", 1), ("one", 2)]
    begun, flushed = times
    assert flushed - begun < 30


def test_what_is_told_from_a_thread_of_a_run_is_noted_on_the_loop() -> None:
    session, browsers = Session(), Browsers()
    Carrier(lambda: cast(Any, browsers)).note(cast(Any, session))
    assert session.called == 1
