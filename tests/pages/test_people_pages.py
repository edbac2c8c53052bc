"""Do the pages about people teach when they are empty, do what is pressed, and tell what went wrong?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.people.assignments import NewAssignment, assign_role
from survey.people.ending import close_account
from survey.people.organisations import list_organisations
from survey.people.people import list_people
from survey.people.roles import VISITOR, Person, Role
from survey.people.sessions import find_signed_in
from tests.people.newcomers import SOMEBODY, Newcomer, find_top, let_administrator_in, let_in
from tests.walks import open_a_round, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY, COUNT = speak("sv").say, speak("sv").count
Draw = Callable[..., AppTest]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'people.db'}", tmp_path / "var") as found:
        open_a_round(found)
        yield found


@pytest.fixture
def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Draw:
    def draw_page(address: str, who: Newcomer | None, **asked: str) -> AppTest:
        signed_in = find_signed_in(installation, who.token, at=time.time()) if who else None
        person = signed_in.person if signed_in else VISITOR
        frame = Frame(installation, person, "sv", signed_in=signed_in)
        monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
        monkeypatch.setattr(menu_table, "HOME", address)
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return draw_page


@pytest.fixture
def ada(installation: Installation) -> Newcomer:
    """An administrator who is signed in now."""
    let_administrator_in(installation)
    return let_in(installation, "ada2@exempel.se", Role.ADMINISTRATOR, name="Ada Två", at=time.time())


def read(page: AppTest) -> str:
    return "\n".join(
        str(one.value) for kind in (page.markdown, page.info, page.success, page.error) for one in kind
    )


def press(page: AppTest, key: str) -> AppTest:
    next(one for one in page.button if one.key == key).click()
    page.run()
    assert not page.exception
    return page


def test_without_organisations_the_page_says_where_to_begin(installation: Installation, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    frame = Frame(installation, Person(Role.ADMINISTRATOR, "f00d"), "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "accounts")
    monkeypatch.setattr("pages.shared.frame.find_place", lambda *_: "")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30).run()
    assert SAY("people.no_places") in read(page) and SAY("people.none") in read(page)
    monkeypatch.setattr(menu_table, "HOME", "organisations")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30).run()
    assert SAY("organisations.none") in read(page)


def test_somebody_is_invited_and_the_link_is_shown_once(
    draw: Draw, installation: Installation, ada: Newcomer
) -> None:
    page = draw("accounts", ada)
    key = "invite-2"
    page.text_input(key=f"{key}-name").input("Mia Prov")
    page.text_input(key=f"{key}-address").input("mia@exempel.se")
    press(page, f"{key}-press")
    assert SAY("people.done.made") in read(page)
    assert "/konto/lank/" in page.code[0].value
    page.run()
    assert not page.code
    assert [one.holder.name for one in list_people(installation, viewer=SOMEBODY)][-1] == "Mia Prov"


def test_what_is_wrong_is_told_at_once_and_stays_typed(draw: Draw, ada: Newcomer) -> None:
    page = draw("accounts", ada)
    page.text_input(key="invite-2-address").input("mia")
    press(page, "invite-2-press")
    assert [one.value for one in page.error] == [
        f"{SAY('error.address_wrong')} {SAY('error.person_name_missing')}"
    ]
    assert page.text_input(key="invite-2-address").value == "mia"


def test_a_name_is_never_read_as_markup(draw: Draw, installation: Installation, ada: Newcomer) -> None:
    mia = let_in(installation, name="![x](http://evil.example/x) **Mia**")
    page = draw("accounts", ada, account=mia.id)
    assert "](http://evil" not in read(page)


def test_two_administrators_who_close_the_same_account_are_told(
    draw: Draw, installation: Installation, ada: Newcomer
) -> None:
    mia = let_in(installation)
    page = draw("accounts", ada, account=mia.id)
    seen = next(one for one in list_people(installation, viewer=SOMEBODY) if one.account.id == mia.id)
    close_account(installation, mia.id, based_on=seen.account.version, by=SOMEBODY)
    press(page, f"people-close-{mia.id}-press")
    assert SAY("error.people_changed_meanwhile") in read(page)


def test_a_role_is_given_and_taken_back(draw: Draw, installation: Installation, ada: Newcomer) -> None:
    mia = let_in(installation)
    page = draw("accounts", ada, account=mia.id)
    page.selectbox(key=f"role-{mia.id}-role").select("coordinator")
    press(page, f"role-{mia.id}-press")
    assert SAY("people.done.give") in read(page)
    held = next(one for one in list_people(installation, viewer=SOMEBODY) if one.account.id == mia.id).held
    press(page, f"people-back-{held[0].assignment.id}-press")
    left = next(one for one in list_people(installation, viewer=SOMEBODY) if one.account.id == mia.id).held
    assert [one.assignment.role for one in left] == ["coordinator"]


def test_an_account_that_is_not_there_is_told(draw: Draw, ada: Newcomer) -> None:
    assert SAY("error.account_unknown") in read(draw("accounts", ada, account="x"))


def test_an_organisation_is_added_changed_and_taken_away(
    draw: Draw, installation: Installation, ada: Newcomer
) -> None:
    page = draw("organisations", ada)
    page.text_input(key="organisation-new-1-name").input("Enheten")
    press(page, "organisation-new-1-press")
    new = next(one for one in list_organisations(installation, viewer=SOMEBODY) if one.name == "Enheten")
    page.text_input(key=f"organisation-{new.id}-form-name").input("Enhet A")
    press(page, f"organisation-{new.id}-form-press")
    assert "Enhet A" in {one.name for one in list_organisations(installation, viewer=SOMEBODY)}
    press(page, f"organisation-{new.id}-remove")
    assert "Enhet A" not in {one.name for one in list_organisations(installation, viewer=SOMEBODY)}
    press(page, f"organisation-{find_top(installation)}-remove")
    assert SAY("error.organisation_used") in read(page)


def test_ones_own_account_says_who_one_is_and_where_one_is_signed_in(
    draw: Draw, installation: Installation, ada: Newcomer
) -> None:
    assign_role(installation, ada.id, NewAssignment(Role.MANAGER, find_top(installation)), by=SOMEBODY)
    page = draw("account", ada)
    assert SAY("own.name", name="Ada Två") in read(page)
    assert COUNT("own.sessions", 1) in [one.value for one in page.header]
    assert "/konto/roll" in read(page)


def test_the_log_is_for_the_officer_and_has_no_names(draw: Draw, installation: Installation) -> None:
    officer = let_in(
        installation, "dso@exempel.se", Role.DATA_PROTECTION_OFFICER, name="Dag Ombud", at=time.time()
    )
    page = draw("audit-log", officer)
    rows = page.table[0].value.to_csv()
    assert officer.id in rows and "Ombud" not in rows and "exempel.se" not in rows
    page.text_input(key="audit-subject-").input("nothing of the kind")
    page.button[0].click().run()
    assert COUNT("audit.number", 0) in read(page)


@pytest.mark.parametrize("address", ["accounts", "organisations", "audit-log", "account"])
def test_a_visitor_is_shown_the_way_to_the_door(address: str, draw: Draw) -> None:
    page = draw(address, None)
    assert SAY("entry.needed") in read(page)
    assert "/logga-in?to=%2F" in read(page)


def test_the_frame_says_who_is_signed_in_and_offers_other_roles(
    draw: Draw, installation: Installation, ada: Newcomer
) -> None:
    page = draw("accounts", ada)
    top = " ".join(
        str(one.proto.html if hasattr(one.proto, "html") else one.proto) for one in page.get("html")
    )
    assert SAY("role.administrator") in top and "/logga-ut" in top and "/konto/roll" not in top
    assign_role(installation, ada.id, NewAssignment(Role.MANAGER, find_top(installation)), by=SOMEBODY)
    page = draw("accounts", ada)
    top = " ".join(str(one.proto) for one in page.get("html"))
    assert "/konto/roll" in top
