"""Who may add and end memberships, what do members say of themselves, and what is kept when they leave?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from survey.installation import Installation
from survey.panel.contacts import open_contact
from survey.panel.leaving import leave_panel
from survey.panel.members import (
    MOST_TAGS,
    NAME_DAYS,
    NewMember,
    OwnPage,
    add_member,
    change_own_page,
    find_self,
    forget_left,
    list_register,
)
from survey.panel.states import State
from survey.panel.tags import load_tags
from survey.people.roles import Person, Role
from survey.store import members
from survey.store.members import Kept
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    NAMES,
    accept,
    agree,
    do,
    find_codes,
    get,
    get_replies,
    invite,
    list_deeds,
    member,
)
from tests.walks import Calendar

LEAST_TOLD = 4  # letters of a word that noise does not spell by chance: "Ek" stands in one in some ten
DIAGNOSES = ("diabetes", "cancer", "adhd", "autism", "depression", "psykos", "demens", "stroke", "kol")


def get_member(installation: Installation, one: str) -> Kept:
    with installation.database.read() as connection:
        found = members.find_member(connection, one)
    assert found is not None
    return found


def test_names_and_addresses_are_noise_to_whoever_reads_the_database(installation: Installation) -> None:
    with installation.database.read() as connection:
        rows = connection.execute(text("SELECT * FROM panel_member")).all()
        events = connection.execute(text("SELECT actor, action, subject, facts FROM audit")).all()
    read = repr([tuple(row) for row in rows]) + repr([tuple(row) for row in events])
    assert len(rows) == 6
    words = [word for name in NAMES for word in (name, *name.split()) if len(word) >= LEAST_TOLD]
    assert len(words) > len(NAMES)
    assert not [word for word in words if word in read]
    assert "exempel" not in read
    assert [contact.name for _, contact in list_register(installation, by=COORDINATOR)] == sorted(NAMES)


def test_a_contact_is_not_told_by_its_repr(on_sqlite: Installation) -> None:
    contact = open_contact(on_sqlite, get_member(on_sqlite, "a").sealed)
    assert (contact.name, contact.address, contact.first_name) == ("Anna Ek", "a@exempel.se", "Anna")
    assert repr(contact) == "Contact()"
    assert "Anna" not in repr(NewMember("Anna Ek", "a@exempel.se"))


def test_what_is_wrong_with_a_new_member_is_told_at_once(on_sqlite: Installation) -> None:
    wrong = NewMember(" ", "anna", "xx")
    codes = ["member_name_missing", "address_wrong", "language_unknown"]
    assert find_codes(add_member, on_sqlite, wrong, by=COORDINATOR) == codes
    again = NewMember("Anna", "")
    assert find_codes(add_member, on_sqlite, again, by=COORDINATOR, member="a") == ["member_exists"]
    assert find_codes(add_member, on_sqlite, again, by=COORDINATOR, member="Å") == ["member_unknown"]
    added = add_member(on_sqlite, again, by=COORDINATOR)
    assert find_self(on_sqlite, by=member(added.id)) == added


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordinators_keep_the_register(on_sqlite: Installation, role: Role) -> None:
    by = Person(role, "b")
    assert find_codes(add_member, on_sqlite, NewMember("X", ""), by=by) == ["not_allowed"]
    assert find_codes(list_register, on_sqlite, by=by) == ["not_allowed"]
    assert find_codes(leave_panel, on_sqlite, "a", by=by) == ["not_allowed"]


def test_a_member_writes_their_own_page(installation: Installation) -> None:
    own = OwnPage(("carer", "carer"), ("tue_afternoon",), date(2026, 9, 10))
    changed = change_own_page(installation, own, based_on=2, by=member("a"))
    assert (changed.tags, changed.times) == (("carer",), ("tue_afternoon",))
    assert find_self(installation, by=member("a")) == changed
    codes = find_codes(change_own_page, installation, own, based_on=2, by=member("a"))
    assert codes == ["panel_changed_meanwhile"]  # written in another tab
    assert list_deeds(installation)[0] == ("member's own page changed", "panel_member a")


def test_what_is_wrong_with_ones_own_page_is_told_at_once(on_sqlite: Installation) -> None:
    tags = [*load_tags(on_sqlite.settings)][: MOST_TAGS + 1]
    wrong = OwnPage([*tags, "diabetes"], ["noon"], date(2026, 9, 9))
    codes = ["member_tag_unknown", "member_tags_many", "member_time_unknown", "member_pause_past"]
    assert find_codes(change_own_page, on_sqlite, wrong, based_on=2, by=member("a")) == codes
    assert len(change_own_page(on_sqlite, OwnPage(tags[:-1], (), None), based_on=2, by=member("a")).tags) == 8


def test_no_tag_is_a_diagnosis(on_sqlite: Installation) -> None:
    said = " ".join(" ".join(tag.text.values()) for tag in load_tags(on_sqlite.settings).values()).lower()
    assert not [one for one in DIAGNOSES if one in said]


@pytest.mark.parametrize("by", [member(""), member("z"), MANAGER])
def test_nobody_writes_the_page_of_no_member(on_sqlite: Installation, by: Person) -> None:
    codes = find_codes(change_own_page, on_sqlite, OwnPage((), (), None), based_on=1, by=by)
    assert codes == (["not_allowed"] if by is MANAGER else ["member_unknown"])


@pytest.mark.parametrize("by", [member("a"), COORDINATOR])
def test_who_leaves_is_forgotten_but_for_the_name_and_the_places_go_on(
    installation: Installation, by: Person
) -> None:
    agreed = agree(installation)
    asked = invite(installation, accept(installation, number=1), "a")
    leave_panel(installation, "a", by=by)
    gone = get_member(installation, "a")
    contact = open_contact(installation, gone.sealed)
    assert (gone.tags, gone.times, gone.left_on) == ((), (), date(2026, 9, 10))
    assert (contact.name, contact.address) == ("Anna Ek", "")
    assert get(installation, agreed).state == State.INVITING
    assert get_replies(installation, agreed) == {"a": "left", "b": "signed", "c": "waiting"}
    replies = get_replies(installation, asked)
    assert replies.pop("a") == "withdrawn"
    assert list(replies.values()) == ["waiting"]
    assert find_codes(leave_panel, installation, "a", by=COORDINATOR) == ["member_unknown"]
    assert find_codes(find_self, installation, by=member("a")) == ["member_unknown"]


def test_what_has_been_done_stays_when_somebody_leaves(
    installation: Installation, calendar: Calendar
) -> None:
    done = do(installation)
    leave_panel(installation, "a", by=member("a"))
    assert get_replies(installation, done) == {"a": "signed", "b": "signed"}
    assert get(installation, done) == done


def test_leaving_is_whole_or_not_at_all(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = agree(on_sqlite)

    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("survey.panel.inviting.queue_letters", fail)
    with pytest.raises(RuntimeError):
        leave_panel(on_sqlite, "a", by=member("a"))
    assert get_member(on_sqlite, "a").left_on is None
    assert get_replies(on_sqlite, agreed) == {"a": "signed", "b": "signed"}


@pytest.mark.parametrize(("days", "name"), [(NAME_DAYS, "Anna Ek"), (NAME_DAYS + 1, "")])
def test_a_name_is_forgotten_after_a_year(
    on_sqlite: Installation, calendar: Calendar, days: int, name: str
) -> None:
    leave_panel(on_sqlite, "a", by=member("a"))
    calendar.day = date.fromordinal(calendar.day.toordinal() + days)
    forget_left(on_sqlite)
    forget_left(on_sqlite)
    assert open_contact(on_sqlite, get_member(on_sqlite, "a").sealed).name == name
    assert open_contact(on_sqlite, get_member(on_sqlite, "b").sealed).name == "Bo Ask"


def test_two_tabs_that_save_at_once_do_not_overwrite_each_other(installation: Installation) -> None:
    kept = get_member(installation, "a")
    with installation.database.write() as connection:
        assert members.change_member(connection, replace(kept, version=3), based_on=2)
        assert not members.change_member(connection, replace(kept, version=3, tags=()), based_on=2)
    assert get_member(installation, "a").tags == ("home_care", "carer")
