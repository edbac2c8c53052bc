"""Does a browser get what is drawn in its order from Streamlit itself, whoever else comes and goes?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import uvloop
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig, SessionClient
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.shared import delivery
from pages.shared.delivery import settle_delivery

SECONDS_TO_DRAW = 30
SECONDS_AWAY = 1  # in which a run ends
TIMES = 10
ROWS = 40
DRAWS = f"""
import time
import streamlit as st

for row in range({ROWS}):
    with st.container():
        st.text(row)
    if row % 8 == 0:
        time.sleep(0.005)
"""


class Browser(SessionClient):
    """What reached a browser, as its kind and, of what was drawn, its place on the page."""

    def __init__(self) -> None:
        self.reached: list[ForwardMsg] = []
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        self.reached.append(ForwardMsg.FromString(msg.SerializeToString()))
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Streamlit as app.py leaves it, for this file only."""
    for name in (delivery.TAKE, delivery.ENQUEUE, delivery.FLUSH):
        monkeypatch.setattr(AppSession, name, getattr(AppSession, name))
    monkeypatch.setattr(Runtime, delivery.CONNECT, getattr(Runtime, delivery.CONNECT))
    monkeypatch.setattr(Runtime, "_instance", None)
    settle_delivery()
    yield


Visits = Callable[[Runtime], Awaitable[list[list[ForwardMsg]]]]


def ask(runtime: Runtime, name: str) -> None:
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    runtime.handle_backmsg(name, asked)


async def visit(runtime: Runtime) -> list[ForwardMsg]:
    """What a browser gets of the page, from its coming to its leaving."""
    browser = Browser()
    name = runtime.connect_session(browser, user_info={})
    ask(runtime, name)
    await asyncio.wait_for(browser.finished.wait(), SECONDS_TO_DRAW)
    runtime.close_session(name)
    return browser.reached


async def visit_alone(runtime: Runtime) -> list[list[ForwardMsg]]:
    return [await visit(runtime)]


async def visit_together(runtime: Runtime) -> list[list[ForwardMsg]]:
    return list(await asyncio.gather(*(visit(runtime) for _ in range(5))))


async def come_back(runtime: Runtime) -> list[list[ForwardMsg]]:
    """What the browser gets on its coming back that was away when the run ended."""
    before, after = Browser(), Browser()
    name = runtime.connect_session(before, user_info={})
    ask(runtime, name)
    while not before.reached:
        await asyncio.sleep(0.001)
    runtime.disconnect_session(name)
    await asyncio.sleep(SECONDS_AWAY)
    assert not before.finished.is_set()
    runtime.connect_session(after, user_info={}, existing_session_id=name)
    await asyncio.wait_for(after.finished.wait(), SECONDS_TO_DRAW)
    runtime.close_session(name)
    return [after.reached]


def test_who_lost_the_network_is_told_on_coming_back_that_the_run_ended(tmp_path: Path) -> None:
    """Streamlit stops a run whose browser is gone; who comes back would see it go on for ever."""
    for reached in serve(tmp_path, come_back, times=2):
        assert "script_finished" in {one.WhichOneof("type") for one in reached}


def serve(folder: Path, visits: Visits, *, times: int = TIMES) -> list[list[ForwardMsg]]:
    """What each of those got who came to an empty server, so many times in turn."""
    script = folder / "page.py"
    script.write_text(DRAWS)

    async def run() -> list[list[ForwardMsg]]:
        config = RuntimeConfig(
            str(script),
            media_file_storage=MemoryMediaFileStorage("/media"),
            uploaded_file_manager=MemoryUploadedFileManager("/upload"),
        )
        runtime = Runtime(config)
        await runtime.start()
        got = [reached for _ in range(times) for reached in await visits(runtime)]
        runtime.stop()
        await runtime.stopped
        return got

    return uvloop.run(run())  # the loop that the product is served on


def test_what_is_in_line_is_left_to_the_carrier_by_streamlits_own_loop() -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    session = SimpleNamespace(_browser_queue=queue)
    assert AppSession.flush_browser_queue(cast(AppSession, session)) == []
    assert len(queue) == 1


@pytest.mark.parametrize("visits", [visit_alone, visit_together])
def test_each_page_begins_with_its_run_has_every_box_before_what_is_in_it_and_ends_with_the_end(
    tmp_path: Path, visits: Visits
) -> None:
    for reached in serve(tmp_path, visits):
        kinds = [kind for one in reached if (kind := one.WhichOneof("type")) != "session_status_changed"]
        assert (kinds[0], kinds[-1]) == ("new_session", "script_finished")
        places = [tuple(one.metadata.delta_path) for one in reached if one.WhichOneof("type") == "delta"]
        assert places == [place for row in range(ROWS) for place in ((0, row), (0, row, 0))]
