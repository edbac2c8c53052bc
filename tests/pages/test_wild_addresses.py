"""Does no address make a page of the app fail, whatever it asks for?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.shared import frame as frames
from pages.shared import menu_table
from pages.shared.frame import Frame
from pages.shared.menu_table import MENU
from survey.installation import Installation
from survey.people.permissions import can_do
from survey.people.roles import Person, Role
from tests.insight.hand_made import add_cells, add_publication
from tests.walks import Calendar, open_a_round, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SEEN = [(entry.address, role) for entry in MENU for role in Role if can_do(entry.permission, by=Person(role))]
# fmt: off
ASKED = (
    "account", "agreement", "area", "by", "county", "details", "figure", "from", "group", "key", "language",
    "like", "line", "mend", "mission", "month", "page", "part", "period", "proposal", "round", "since",
    "subject", "survey", "text", "theme", "time", "to", "until", "view", "wave",
)
WILD = (
    "", "0", "-1", " 1", "1.5", "٣", "1e309", "NaN", "9" * 4_301, "x" * 5_000, "\x00", "\u202e", "%",
    "{area}", "<script>", "../../etc/passwd", "'; drop table response;--", "0000-00", "2026-13",
    "2026-02-31", "9999-12", "2026-Q5", "0781", "0781,0780", "07", "2026-10", "sv", "xx", "granska",
    "start", "calendar", "members",
)
# fmt: on


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One with a month that is published and a round that is open."""
    folder = tmp_path_factory.mktemp("wild")
    with opened(f"sqlite:///{folder / 'prov.db'}", folder, Calendar(date(2026, 11, 16)), DEMO=True) as found:
        add_publication(found, "2026-10")
        add_cells(found)
        open_a_round(found)
        yield found


@settings(max_examples=400, deadline=None)
@given(
    seen=st.sampled_from(SEEN),
    asked=st.dictionaries(st.sampled_from(ASKED), st.one_of(st.sampled_from(WILD), st.text()), max_size=3),
)
@example(seen=("missions", Role.COORDINATOR), asked={"view": "calendar", "month": "9999-12"})
@example(seen=("trends", Role.MANAGER), asked={"from": "9999-12", "to": "0000-00"})
def test_no_address_makes_a_page_fail(
    installation: Installation, seen: tuple[str, Role], asked: dict[str, str]
) -> None:
    address, role = seen
    faults: list[Exception] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(menu_table, "open_frame", lambda: Frame(installation, Person(role), "sv"))
        patch.setattr(menu_table, "HOME", address)
        patch.setattr(frames, "draw_fault", lambda _frame, fault: faults.append(fault))
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=60)
        for name, value in asked.items():
            page.query_params[name] = value
        page.run()
    assert faults == []
    assert not page.exception
