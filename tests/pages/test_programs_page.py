"""Does the page about other programs show a secret once, tell how notices went, and read no markup?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.api.permits import find_caller, list_permits
from survey.installation import Installation
from survey.language import speak
from survey.notices.receivers import list_receivers
from survey.people.roles import Person, Role
from tests.notices.conftest import ADMINISTRATOR
from tests.notices.machines import Machine, run_machine
from tests.walks import opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY, COUNT = speak("sv").say, speak("sv").count
Draw = Callable[[], AppTest]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("programs")
    url, allowed = f"sqlite:///{folder / 'programs.db'}", {"RECEIVER_NETWORKS": "127.0.0.0/8"}
    with opened(url, folder / "var", DEMO=True, **allowed) as found:
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    def draw_page() -> AppTest:
        frame = Frame(installation, Person(Role.ADMINISTRATOR, "f00d"), "sv")
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", "programs")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30).run()
        assert not page.exception
        return page

    return draw_page


@pytest.fixture
def machine() -> Iterator[Machine]:
    with run_machine() as found:
        yield found


def read(page: AppTest) -> str:
    return "\n".join(str(one.value) for kind in (page.markdown, page.success, page.error) for one in kind)


def press(page: AppTest, key: str) -> None:
    next(one for one in page.button if one.key == key).click()
    page.run()
    assert not page.exception


def test_a_permit_is_made_its_token_shown_once_and_taken_back(draw: Draw, installation: Installation) -> None:
    page = draw()
    assert SAY("permits.none") in read(page)
    press(page, "permit-new-0-press")
    assert [one.value for one in page.error] == [SAY("error.permit_name_missing")]
    page.text_input(key="permit-new-0-name").input("![x](http://evil.example) **portal**")
    page.radio(key="permit-new-0-figures").set_value("signed_in")
    press(page, "permit-new-0-press")
    token = str(page.code[0].value)
    assert find_caller(installation, f"Bearer {token}").figures == "signed_in"
    assert "](http://evil" not in read(page)
    assert SAY("permits.never_used") in read(page)
    page.run()
    assert not page.code
    assert token not in read(page)
    made = list_permits(installation, viewer=ADMINISTRATOR)[0]
    press(page, f"permit-{made.id}-sure")
    assert SAY("permits.done.ended") in read(page)
    assert list_permits(installation, viewer=ADMINISTRATOR) == ()


def test_a_receiver_is_added_tried_stopped_and_removed(
    draw: Draw, installation: Installation, machine: Machine
) -> None:
    page = draw()
    assert SAY("receivers.none") in read(page)
    press(page, "receiver-new-0-press")
    both = f"{SAY('error.receiver_name_missing')} {SAY('error.receiver_address_wrong')}"
    assert [one.value for one in page.error] == [escape_markdown(both)]
    page.text_input(key="receiver-new-0-name").input("Plattform")
    page.text_input(key="receiver-new-0-address").input(f"{machine.address}?k=hemligt")
    press(page, "receiver-new-0-press")
    assert str(page.code[0].value).startswith("whsec_")
    one = list_receivers(installation, viewer=ADMINISTRATOR)[0].receiver.id
    machine.status = 503
    press(page, f"receiver-{one}-try")
    said = read(page)
    assert len(machine.got) == 1
    assert SAY("receivers.answered", status=503) in said
    assert SAY("receivers.notice.given_up") in said
    assert "hemligt" not in said
    press(page, f"receiver-{one}-secret")
    assert str(page.code[0].value).startswith("whsec_")
    press(page, f"receiver-{one}-stop")
    assert SAY("receivers.state.stopped") in read(page)
    press(page, f"receiver-{one}-start")
    assert SAY("receivers.state.active") in read(page)
    press(page, f"receiver-{one}-remove")
    assert SAY("receivers.none") in read(page)
