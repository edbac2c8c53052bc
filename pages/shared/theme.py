"""How is a run of a page spared from working out the theme, which is the same as long as the process lives?

Streamlit 1.67 reads some hundred settings and spells their names anew for each run, six times over: a tenth
of what a press costs in the walk through a survey.
"""

from __future__ import annotations

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

TELL = "_populate_theme_msg"


def settle_theme() -> None:
    """Have Streamlit work out each section of the theme once. Raises AttributeError where another version
    of it tells the theme in another way."""
    work_out = getattr(app_session, TELL)

    @cache
    def find_section(section: str) -> CustomThemeConfig | None:
        theme = CustomThemeConfig()
        work_out(theme, section)
        return theme if theme.ByteSize() else None  # a section without settings stays unsaid

    def tell(theme: CustomThemeConfig, section: str = "theme") -> None:
        found = find_section(section)
        if found is not None:
            theme.MergeFrom(found)

    setattr(app_session, TELL, tell)
