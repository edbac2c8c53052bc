"""Are a page's values the same when they are looked up one by one as when they are listed?"""

from __future__ import annotations

import pytest
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from pages.shared import widget_values
from pages.shared.widget_values import LISTED, OneByOne, settle_widget_values


def draw() -> None:
    """A page with widgets that have a value, have none, and have no key; and a value that no widget has."""
    import streamlit as st
    from streamlit.runtime.state import get_session_state

    st.session_state["own"] = "kept"
    st.radio("Chosen", ["a", "b"], key="chosen")
    st.radio("None", ["a", "b"], index=None, key="none")
    st.radio("Without a key", ["a", "b"])
    st.text_area("Written", "text", key="written")
    values = get_session_state().filtered_state
    st.session_state["looked"] = {
        name: (name in values, values.get(name, "not there"))
        for name in ("own", "chosen", "none", "written", "nothing", "")
    }
    st.session_state["listed"] = sorted(set(values) - {"looked"}), len(values) > 3


def run() -> AppTest:
    page = AppTest.from_function(draw).run()
    page.radio(key="chosen").set_value("b")
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def by_streamlit(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """What Streamlit says itself; what is replaced afterwards is put back when the test ends."""
    page = run()
    monkeypatch.setattr(SafeSessionState, LISTED, getattr(SafeSessionState, LISTED))
    return page


def test_each_value_is_what_streamlit_lists(by_streamlit: AppTest) -> None:
    settle_widget_values()
    assert isinstance(SafeSessionState(None, lambda: None).filtered_state, OneByOne)  # type: ignore[arg-type]
    page = run()
    assert page.session_state["looked"] == by_streamlit.session_state["looked"]
    assert page.session_state["listed"] == by_streamlit.session_state["listed"]
    assert page.session_state["looked"]["chosen"] == (True, "b")
    assert page.session_state["looked"]["none"] == (True, None)
    assert page.session_state["looked"]["nothing"] == (False, "not there")


def test_a_question_without_an_answer_stays_without_one(by_streamlit: AppTest) -> None:
    settle_widget_values()
    page = run()
    assert page.radio(key="none").value is None
    page.radio(key="none").set_value("a")
    page.run()
    assert page.radio(key="none").value == "a"


def test_a_streamlit_that_lists_them_otherwise_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget_values, "LISTED", "_no_such_thing")
    with pytest.raises(AttributeError):
        settle_widget_values()
