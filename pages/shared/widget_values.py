"""How does a widget find whether it has a value, without the values of all the others being listed for it?

Streamlit 1.67 lists all of a page's values for each set of radio buttons on it: a twentieth of a press.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state import SafeSessionState

LISTED = "filtered_state"


class OneByOne(Mapping[str, Any]):
    """The same values, each looked up when it is asked for, and listed when all are."""

    def __init__(self, state: SafeSessionState, list_all: Any) -> None:
        self._state = state
        self._list_all = list_all

    def __getitem__(self, name: str) -> Any:
        with self._state._lock:
            return self._state._state[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._list_all(self._state))

    def __len__(self) -> int:
        return len(self._list_all(self._state))


def settle_widget_values() -> None:
    """Have Streamlit look values up. Raises AttributeError where another version lists them otherwise."""
    list_all = getattr(SafeSessionState, LISTED).fget
    setattr(SafeSessionState, LISTED, property(lambda state: OneByOne(state, list_all)))
