"""How many people can answer in the Streamlit face: completed surveys a second and server CPU each.

    python -m benchmarks.bench_app [--people 300] [--at-once 20]

Speaks Streamlit's own protocol over websockets, as a browser does: one connection a person, every widget's
value sent with the press of Next, pages drawn by the server. The same server and round as bench_answering.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.bench_answering import ROUND, Load, find_port, open_round, read_cpu, start_server
from benchmarks.kept import prove_kept

WARM_UP = 20
RECEIPT = re.compile(r"[a-z]{5}(?:-[a-z]{5}){4}")


KEPT_KINDS = ("radio", "selectbox", "checkbox", "text_area", "text_input", "button")


@dataclass
class Page:
    """What the server has drawn: the widgets that are on the page, and its address."""

    query: str
    fragment: str = ""
    widgets: dict[str, object] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def find_button(self, key: str) -> str:
        """The id of the button with a key."""
        return next(
            name
            for name, w in self.widgets.items()
            if name.endswith(f"-{key}") and hasattr(w, "is_form_submitter")
        )


class Person:
    """One connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, load: Load) -> None:
        self.socket = socket
        self.load = load

    async def run(self, page: Page, states: list[WidgetState]) -> Page:
        """Send the widgets' values, and read what is drawn until the server is done."""
        message = BackMsg()
        message.rerun_script.query_string = page.query
        message.rerun_script.page_name = "answer"
        message.rerun_script.widget_states.widgets.extend(states)
        message.rerun_script.fragment_id = page.fragment if states else ""
        started = time.perf_counter()
        await self.socket.send_bytes(message.SerializeToString())
        drawn = await self.read(page.query)
        self.load.times.append(time.perf_counter() - started)
        return drawn

    async def read(self, query: str) -> Page:
        page = Page(query)
        async for frame in self.socket:
            message = ForwardMsg.FromString(frame.data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                page = Page(page.query)
            elif kind == "page_info_changed":
                page.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                note_element(page, message.delta.new_element)
                page.fragment = message.delta.fragment_id or page.fragment
            elif kind == "ref_hash":
                raise RuntimeError("the server sent a cached message, which this client does not keep")
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return page
        raise RuntimeError("the connection was closed")


def note_element(page: Page, element: object) -> None:
    kind = element.WhichOneof("type")  # type: ignore[attr-defined]
    found = getattr(element, kind)
    if hasattr(found, "id") and kind in KEPT_KINDS:
        page.widgets[found.id] = found
    elif kind in ("markdown", "text"):
        page.texts.append(found.body)


def answer_widgets(page: Page) -> list[WidgetState]:
    """A value for every question on the page."""
    states: list[WidgetState] = []
    for name, widget in page.widgets.items():
        kind = type(widget).__name__
        if kind in ("Radio", "Selectbox"):
            chosen = "Ljungby" if "Ljungby" in widget.options else random.choice(list(widget.options)[:5])  # type: ignore[attr-defined]
            states.append(WidgetState(id=name, string_value=chosen))
        elif kind == "Checkbox":
            states.append(WidgetState(id=name, bool_value=False))
        elif kind == "TextArea":
            states.append(WidgetState(id=name, string_value="Allt fungerade bra."))
    return states


async def answer_survey(address: str, load: Load) -> None:
    """One person, from the door to the receipt."""
    async with aiohttp.ClientSession(address, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"/e/{ROUND}/app", allow_redirects=False) as door:
            query = urlsplit(door.headers["location"]).query
        async with session.ws_connect("/_stcore/stream", protocols=["streamlit"], max_msg_size=0) as socket:
            person = Person(socket, load)
            page = await person.run(Page(query), [])
            for number in range(1, 6):
                press = WidgetState(id=page.find_button(f"next-{number}"), trigger_value=True)
                page = await person.run(page, [*answer_widgets(page), press])
            page = await person.run(page, [WidgetState(id=page.find_button("send"), trigger_value=True)])
            load.receipts.append(find_receipt(page))


def find_receipt(page: Page) -> str:
    """The five words, wherever they stand among the texts."""
    return next(found[0] for text in page.texts if (found := RECEIPT.search(text)))


async def send_people(address: str, people: int, at_once: int) -> tuple[Load, float]:
    load, gate = Load(), asyncio.Semaphore(at_once)

    async def one() -> None:
        async with gate:
            try:
                await asyncio.wait_for(answer_survey(address, load), 120)
            except Exception as wrong:
                load.failures.append(repr(wrong))

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(people)))
    return load, time.perf_counter() - started


def measure(people: int, at_once: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        os.environ.update({"VAR_DIR": folder, "PORT": str(port)})
        open_round()
        server = start_server(dict(os.environ), port)
        try:
            asyncio.run(send_people(f"http://127.0.0.1:{port}", WARM_UP, 5))
            before = read_cpu(server.pid)
            load, seconds = asyncio.run(send_people(f"http://127.0.0.1:{port}", people, at_once))
            used = read_cpu(server.pid) - before
            kept = prove_kept({receipt: {} for receipt in load.receipts}, ROUND)
        finally:
            server.terminate()
            server.wait()
    cuts = statistics.quantiles(load.times, n=100) if len(load.times) > 1 else [0.0] * 99
    return {
        "people": people,
        "at_once": at_once,
        "failures": len(load.failures),
        "first_failure": load.failures[:1],
        "surveys_a_second": round(len(load.receipts) / seconds, 1),
        "server_cpu_ms_each": round(1000 * used / people, 1),
        "step_ms_p50": round(1000 * cuts[49], 1),
        "step_ms_p95": round(1000 * cuts[94], 1),
        **kept,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=20)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.people, asked.at_once), indent=1))


if __name__ == "__main__":
    main()
