"""What is logged, how a line looks, and what is never in it.

Of our own lines the message: it is written so that it holds no personal data. Of the lines of libraries
only the sentence as it stands in their code, without what they put into it, and where it was said; of a
fault its kind and place. For what they put in may be an address, a path, or what somebody typed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from survey.metrics.counted import counted
from survey.running_settings import LogFormat

ROOT = Path(__file__).parent.parent
ADDRESS_LOG = "uvicorn.access"
CONNECTION_LOG = "uvicorn.error"  # its name for everything else; at INFO it tells each websocket's address
OURS = ("survey", "pages", "analysis", "app", "__main__")
TRUSTED = "alembic.runtime.migration"  # says which migration is done, and nothing else
NO_REQUEST = "-"
request_name: ContextVar[str] = ContextVar("request_name", default=NO_REQUEST)


class OneLog(logging.Logger):
    """A logger that writes nowhere of its own: everything goes through the root, where lines are written."""

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - logging's own name
        """Libraries give their loggers handlers of their own when they are imported; they are not used."""

    @property
    def propagate(self) -> bool:
        return True

    @propagate.setter
    def propagate(self, value: bool) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        pass


class CountLines(logging.Handler):
    """Counts what somebody should know of."""

    def emit(self, record: logging.LogRecord) -> None:
        counted.note_line(record.levelname.lower())


class ToStandardError(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what is standard error when the line is written, which may be another than at the start."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # pyright: ignore[reportIncompatibleVariableOverride]
        return sys.stderr


class TextLine(logging.Formatter):
    """A line for people: when, how grave, where, in which request, what."""

    def format(self, record: logging.LogRecord) -> str:
        said = describe(record)
        request = "" if said["request"] == NO_REQUEST else f" [{said['request']}]"
        return f"{said['at']} {said['level']} {said['logger']}{request}: {said['message']}"


class JsonLine(logging.Formatter):
    """The same as one JSON document."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(describe(record), ensure_ascii=False)


FORMATTERS: dict[LogFormat, Callable[[], logging.Formatter]] = {
    LogFormat.TEXT: TextLine,
    LogFormat.JSON: JsonLine,
}


def describe(record: logging.LogRecord) -> dict[str, str]:
    """Everything that a line may say."""
    return {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "request": request_name.get(),
        "message": write_message(record),
    }


def write_message(record: logging.LogRecord) -> str:
    """The message of a line of ours; of a library's only what can hold nobody's data."""
    fault = record.exc_info[1] if record.exc_info else None
    ours = record.name.split(".", 1)[0] in OURS or record.name == TRUSTED
    said = record.getMessage() if ours else write_template(record)
    return f"{said} ({locate_fault(fault)})" if fault is not None else said


def write_template(record: logging.LogRecord) -> str:
    """A library's sentence before anything is put in, and where it stands.

    One without places for what is put in may have been put together before, so only its place is told.
    """
    if isinstance(record.msg, OSError) and record.msg.strerror:
        said = record.msg.strerror  # as that a port is taken
    elif isinstance(record.msg, str) and record.args:
        said = record.msg.strip()
    else:
        said = "a message of a library"
    return f"{said} (at {Path(record.pathname).name}:{record.lineno})"


def settle_logs(how: LogFormat) -> None:
    """Write every line of the process to standard error, in one form, from now on.

    Also those of loggers that libraries have made before and will make later.
    """
    handler = ToStandardError()
    handler.setFormatter(FORMATTERS[how]())
    root = logging.getLogger()
    root.handlers[:] = [handler, CountLines(logging.WARNING)]
    root.setLevel(logging.INFO)
    logging.setLoggerClass(OneLog)
    for name, found in list(logging.root.manager.loggerDict.items()):
        if isinstance(found, logging.Logger) and name != ADDRESS_LOG:
            found.handlers.clear()
            found.propagate = True
    forget_addresses()


def settle_early() -> None:
    """The same before the settings are read, in the form that the environment says if it says a known one."""
    said = os.environ.get("LOG_FORMAT", "").lower()
    settle_logs(LogFormat.JSON if said == LogFormat.JSON else LogFormat.TEXT)


def forget_addresses() -> None:
    """Write no log of who asked for what and when: such a log could join people to answers.

    Streamlit gives the server's access log a handler of its own when it starts, whatever the server was
    told, so this is done after that.
    """
    addresses = logging.getLogger(ADDRESS_LOG)
    addresses.handlers.clear()
    addresses.propagate = False
    addresses.disabled = True
    logging.getLogger(CONNECTION_LOG).setLevel(logging.WARNING)


def locate_fault(fault: BaseException) -> str:
    """What kind of fault it was and where in our own code. Its message is left out: it may hold answers."""
    steps = traceback.extract_tb(fault.__traceback__)
    ours = [
        step for step in steps if Path(step.filename).is_relative_to(ROOT) and ".venv" not in step.filename
    ]
    place = " < ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(ours))
    return f"{type(fault).__name__} at {place}"
