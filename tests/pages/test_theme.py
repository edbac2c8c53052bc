"""Is the theme that is worked out once the one that Streamlit works out itself?"""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages.shared import theme

SECTIONS = [f"theme.{one.value}" for one in config.CustomThemeCategories]


@pytest.fixture
def tells(monkeypatch: pytest.MonkeyPatch):
    """How a section is told by Streamlit itself, and after the theme was settled."""
    by_itself = getattr(app_session, theme.TELL)
    monkeypatch.setattr(app_session, theme.TELL, by_itself)  # put back afterwards
    theme.settle_theme()
    return by_itself, getattr(app_session, theme.TELL)


def tell(how, section: str) -> bytes:
    told = CustomThemeConfig()
    how(told, section)
    return told.SerializeToString(deterministic=True)


@pytest.mark.parametrize("section", ["theme", *SECTIONS])
def test_each_section_is_told_as_streamlit_tells_it_the_first_time_and_every_other(tells, section):
    by_itself, once = tells
    expected = tell(by_itself, section)
    assert [tell(once, section) for _ in range(3)] == [expected] * 3


def test_some_sections_say_something_and_some_say_nothing(tells):
    sizes = {section: len(tell(tells[1], section)) for section in ("theme", "theme.dark", "theme.sidebar")}
    assert sizes["theme"] and sizes["theme.dark"] and not sizes["theme.sidebar"]


def test_a_section_without_settings_is_not_there_in_what_is_sent(tells):
    told = CustomThemeConfig()
    for part, section in ((told.sidebar, "theme.sidebar"), (told.dark, "theme.dark")):
        tells[1](part, section)
    assert (told.HasField("sidebar"), told.HasField("dark")) == (False, True)


def test_a_streamlit_that_tells_it_otherwise_is_refused_at_the_start(monkeypatch):
    monkeypatch.delattr(app_session, theme.TELL)
    with pytest.raises(AttributeError, match=theme.TELL):
        theme.settle_theme()
