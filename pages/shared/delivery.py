"""How does what a page draws reach the browser without waking the server for each element?

Streamlit 1.67 calls the loop that serves everybody twice for each of a page's forty elements, looks at each
call, up to 200 times a second, through every open page for something to send, and lets the loop turn once
after each message.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from survey.logs import locate_fault

log = logging.getLogger(__name__)
TAKE, ENQUEUE, FLUSH = "_on_scriptrunner_event", "_enqueue_forward_msg", "flush_browser_queue"
CONNECT = "connect_session"
DRAWN = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG
PAUSE = 0.02  # seconds that what is drawn is gathered before it is sent
GATHERED = "delta"  # what is drawn; what a run begins and ends with is sent at once, with all before it
AT_ONCE = 100  # messages to one browser before it has a turn; Streamlit gives up one with 500 in line


@dataclass
class Batch:
    """What one run drew while the loop was on its way to fetch it."""

    sender: ScriptRunner | None
    messages: list[ForwardMsg]


class Gathered:
    """What a session's run draws until the loop comes for it; what else is told of a run keeps its place."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Batch | None = None

    def gather(self, session: AppSession, sender: ScriptRunner | None, message: ForwardMsg) -> None:
        """Add to what the loop is on its way to fetch, or call it."""
        with self._lock:
            batch = self._open
            if batch is not None and batch.sender is sender:
                batch.messages.append(message)
                return
            batch = self._open = Batch(sender, [message])
        session._call_soon_on_event_loop(lambda: self.fetch(session, batch))

    def close(self) -> None:
        """What is drawn from now on comes after what is told now."""
        with self._lock:
            self._open = None

    def fetch(self, session: AppSession, batch: Batch) -> None:
        """On the loop: queue a batch for the browser, unless another run has taken over."""
        with self._lock:
            if self._open is batch:
                self._open = None
        if batch.sender is session._scriptrunner:
            for message in batch.messages:
                session._enqueue_forward_msg(message)


class Carrier:
    """Who has something in line, and its way to their browsers; all of it on the loop."""

    def __init__(self, find_runtime: Callable[[], Runtime]) -> None:
        self._find_runtime = find_runtime
        self._waiting: dict[str, AppSession] = {}
        self._next: tuple[float, asyncio.Handle] | None = None  # when on the loop's clock
        self._walk: asyncio.Task[None] | None = None

    def note(self, session: AppSession, *, pause: float = PAUSE) -> None:
        """Somebody has something in line, to be brought within `pause` seconds."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # told from the thread of a run
            session._call_soon_on_event_loop(lambda: self.note(session, pause=pause))
            return
        self._waiting[session.id] = session
        if self._walk is not None:
            return  # another follows it
        due = loop.time() + pause
        if self._next is None or due < self._next[0]:
            self.set_out_at(due)

    def set_out_at(self, due: float) -> None:
        """Begin a walk at a time of the loop's clock, and no other before it has come back."""
        if self._next is not None:
            self._next[1].cancel()
        self._next = (due, asyncio.get_running_loop().call_at(due, self.set_out))

    def set_out(self) -> None:
        self._next = None
        self._walk = asyncio.get_running_loop().create_task(self.carry())

    async def carry(self) -> None:
        """Bring everybody what is in line for them. One walk at a time, so that nothing passes another."""
        due, self._waiting = self._waiting, {}
        for session in due.values():
            try:
                await self.bring(session)
            except Exception as fault:
                log.error("a page could not be sent: %s", locate_fault(fault))
        self._walk = None
        if self._waiting:
            self.set_out_at(asyncio.get_running_loop().time())

    async def bring(self, session: AppSession) -> None:
        """Send a session's browser what is in line; without a browser it stays there until one is back."""
        runtime = self._find_runtime()
        info = runtime._session_mgr.get_active_session_info(session.id)
        if info is None:
            return
        for number, message in enumerate(session._browser_queue.flush(), start=1):
            try:
                runtime._send_message(info, message)
            except SessionClientDisconnectedError:
                runtime.disconnect_session(session.id, client=info.client)
                return
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        session.on_flushed_messages_sent()


def settle_delivery() -> None:
    """Have Streamlit gather what is drawn. Raises AttributeError where another version delivers otherwise."""
    tell, connect = getattr(AppSession, TAKE), getattr(Runtime, CONNECT)
    for owner, name in (
        (AppSession, ENQUEUE),
        (AppSession, FLUSH),
        (Runtime, "_send_message"),
        (Runtime, "disconnect_session"),
    ):
        getattr(owner, name)
    carrier = Carrier(Runtime.instance)

    def connect_and_note(runtime: Runtime, *given: object, **named: object) -> str:
        """Who comes back gets what was drawn while they were away."""
        name: str = connect(runtime, *given, **named)
        info = runtime._session_mgr.get_active_session_info(name)
        if info is not None:
            carrier.note(info.session)
        return name

    def enqueue(session: AppSession, message: ForwardMsg) -> None:
        session._browser_queue.enqueue(message)
        carrier.note(session, pause=PAUSE if message.WhichOneof("type") == GATHERED else 0)

    def leave_to_the_carrier(_session: AppSession) -> list[ForwardMsg]:
        """Streamlit's own loop looks too, once somebody comes to an empty server: what it sent between two
        walks would arrive before what they carry."""
        return []

    setattr(AppSession, TAKE, gather_first(tell))
    setattr(AppSession, ENQUEUE, enqueue)
    setattr(AppSession, FLUSH, leave_to_the_carrier)
    setattr(Runtime, CONNECT, connect_and_note)


def gather_first(tell: Callable[..., None]) -> Callable[..., None]:
    """What a session does with all that is told of its runs, where `tell` calls the loop for each thing."""

    def take(
        session: AppSession,
        sender: ScriptRunner | None,
        event: ScriptRunnerEvent,
        forward_msg: ForwardMsg | None = None,
        **told: object,
    ) -> None:
        gathered: Gathered = session.__dict__.setdefault("_gathered", Gathered())
        if event == DRAWN and forward_msg is not None:
            gathered.gather(session, sender, forward_msg)
            return
        gathered.close()
        tell(session, sender, event, forward_msg, **told)

    return take
