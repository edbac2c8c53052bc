"""Does the process leave room for a thousand open pages: in files, in memory, in time?"""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from survey.errors import SurveyError
from survey.memory import THRESHOLDS, settle_collector
from survey.serve import check_door
from survey.settings import load_settings
from survey.sockets import RestingSocket

TEXT = "samma text varje gång " * 50


async def answer_twice(socket: WebSocket) -> None:
    await socket.accept()
    for _ in range(2):
        await socket.send_text(await socket.receive_text())
    await socket.close()


@pytest.fixture
def address() -> Iterator[str]:
    """A server with our sockets, which answers what it was told."""
    app = Starlette(routes=[WebSocketRoute("/", answer_twice)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, ws=RestingSocket, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


def test_a_message_is_compressed_and_nothing_of_it_remembered(address: str) -> None:
    async def talk() -> tuple[str, list[str]]:
        async with aiohttp.ClientSession() as session, session.ws_connect(address, compress=15) as socket:
            said = []
            for _ in range(2):
                await socket.send_str(TEXT)
                said.append(await socket.receive_str())
            return socket._response.headers["Sec-WebSocket-Extensions"], said

    agreed, said = asyncio.run(talk())
    assert agreed.split("; ") == [
        "permessage-deflate",
        "server_no_context_takeover",
        "client_no_context_takeover",
        "server_max_window_bits=13",
    ]
    assert said == [TEXT, TEXT]


def test_what_was_made_at_the_start_is_not_looked_through_again() -> None:
    before = gc.get_threshold()
    try:
        settle_collector()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == THRESHOLDS
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_as_many_files_may_be_open_as_the_system_lets() -> None:
    program = (
        "import resource as r; from survey.serve import open_more_files;"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, 4096)); open_more_files(); print(r.getrlimit(r.RLIMIT_NOFILE))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "(4096, 4096)"


def test_a_port_that_another_program_uses_is_told_of_before_anything_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = load_settings().model_copy(update={"port": other.getsockname()[1]})
        with pytest.raises(SurveyError, match=r"^port_unavailable"):
            check_door(taken)
    check_door(taken)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "ex ample", "a..b", "a" * 70])
def test_a_host_that_is_not_this_machine_is_told_of(host: str) -> None:
    with pytest.raises(SurveyError, match=r"^port_unavailable"):
        check_door(load_settings().model_copy(update={"host": host}))
