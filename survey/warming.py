"""What is loaded beside, when the process already takes answers?

The signed-in pages need what draws charts, which takes longer to load than all the plain form needs.
"""

from __future__ import annotations

import logging
import threading
from importlib import import_module

from survey.logs import locate_fault

log = logging.getLogger(__name__)
_warming: list[threading.Thread] = []


def begin_warming(module: str) -> None:
    """Load a module, and what it needs, in a thread of its own."""
    thread = threading.Thread(target=warm, args=(module,), name="warming", daemon=True)
    _warming[:] = [thread]
    thread.start()


def warm(module: str) -> None:
    """Load a module; why it cannot be is logged, and told again to whoever loads it then."""
    try:
        import_module(module)
    except Exception as fault:
        log.error("%s could not be loaded: %s", module, locate_fault(fault))


def wait_until_warm() -> None:
    """Wait while something is loaded beside: two who load the same at once might each get half of it."""
    for thread in _warming:
        thread.join()
