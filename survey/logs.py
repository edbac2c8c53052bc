"""What is never logged."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

ROOT = Path(__file__).parent.parent
ADDRESS_LOG = "uvicorn.access"
CONNECTION_LOG = "uvicorn.error"  # its name for everything else; at INFO it tells each websocket's address


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
