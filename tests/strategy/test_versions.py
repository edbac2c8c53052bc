"""Is every version of the map kept, is nobody's change lost, and may an earlier one be put back?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import audits
from survey.strategy.begin import begin_strategy
from survey.strategy.changes import compare_maps
from survey.strategy.edit import Edit, EditError
from survey.strategy.model import Item, Status
from survey.strategy.versions import (
    compare_versions,
    find_current,
    find_version,
    list_dimensions,
    list_versions,
    restore_version,
    save_edit,
)
from tests.strategy.test_file import SHIPPED
from tests.survey.little_county import open_county
from tests.walks import opened

OWNER = Person(Role.STRATEGY_OWNER)
L09 = Edit(
    "kronoberg", "L09", Status.ENTERED, {"sv": "Vi ska lyssna"}, belongs_to="D3", why="Läst i beslutet"
)
L10 = Edit("kronoberg", "L10", Status.ENTERED, {"sv": "Vi ska svara"})


def find_item(installation: Installation, item: str) -> Item:
    framework = find_current(installation, viewer=OWNER).map.find_framework("kronoberg")
    found = framework.find_item(item) if framework is not None else None
    assert found is not None
    return found


def list_actions(installation: Installation) -> list[tuple[str, str, str]]:
    with installation.database.read() as connection:
        events = audits.list_events(connection)
    return [(e.action, e.subject, e.actor) for e in events if e.action.startswith("strategy")][::-1]


def refuse(installation: Installation, edit: Edit, *, based_on: int, by: Person = OWNER) -> SurveyError:
    with pytest.raises(SurveyError) as wrong:
        save_edit(installation, edit, based_on=based_on, by=by)
    return wrong.value


def test_a_new_installation_has_the_shipped_map_as_version_1(installation: Installation) -> None:
    current = find_current(installation, viewer=Person())
    assert (current.number, current.about.made_by, current.about.changed) == (1, "system", ())
    assert current.map == SHIPPED
    assert list_actions(installation) == [("strategy loaded", "strategy.yaml", "system")]


def test_a_map_that_is_there_is_not_read_again(installation: Installation) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    assert not begin_strategy(installation.database, Path("no such file"))
    assert [one.number for one in list_versions(installation)] == [2, 1]


@pytest.mark.parametrize(("text", "code"), [(None, "strategy_missing"), ("a: 1", "strategy_wrong")])
def test_an_installation_without_a_right_map_does_not_start(
    tmp_path: Path, text: str | None, code: str
) -> None:
    file = tmp_path / "karta.yaml"
    if text is not None:
        file.write_text(text, "utf-8")
    with (
        pytest.raises(SurveyError) as wrong,
        opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "var", STRATEGY_FILE=file),
    ):
        pass
    assert (wrong.value.code, wrong.value.facts["file"]) == (code, file.as_posix())


def test_an_installation_of_another_survey_has_the_map_without_its_dimensions(tmp_path: Path) -> None:
    with open_county(f"sqlite:///{tmp_path / 'a.db'}", tmp_path) as county:
        assert find_current(county, viewer=OWNER).map == SHIPPED
        assert list_dimensions(county, SHIPPED) == {}


def test_an_edit_is_a_new_version_and_an_event_and_the_old_one_stays(installation: Installation) -> None:
    assert save_edit(installation, L09, based_on=1, by=OWNER) == 2
    newest = list_versions(installation)[0]
    assert (newest.number, newest.made_by, newest.note) == (2, "strategy_owner", "Läst i beslutet")
    assert newest.changed == (
        ("kronoberg", "L09", "status"),
        ("kronoberg", "L09", "belongs_to"),
        ("kronoberg", "L09", "text.sv"),
    )
    assert find_item(installation, "L09").text == {"sv": "Vi ska lyssna"}
    assert find_version(installation, 1).map == SHIPPED
    assert list_actions(installation)[1:] == [("strategy edited", "kronoberg L09", "strategy_owner")]


def test_a_version_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with opened(url, tmp_path / "var") as first:
        save_edit(first, L09, based_on=1, by=OWNER)
        before = find_current(first, viewer=OWNER)
    with opened(url, tmp_path / "var") as second:
        assert find_current(second, viewer=OWNER) == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STRATEGY_OWNER])
def test_nobody_else_may_change_the_map(installation: Installation, role: Role) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    assert refuse(installation, L10, based_on=2, by=Person(role)).code == "not_allowed"
    with pytest.raises(SurveyError) as wrong:
        restore_version(installation, 1, based_on=2, by=Person(role))
    assert wrong.value.code == "not_allowed"
    assert len(list_versions(installation)) == 2


def test_two_who_change_different_items_at_once_both_succeed(installation: Installation) -> None:
    assert save_edit(installation, L09, based_on=1, by=OWNER) == 2
    assert save_edit(installation, L10, based_on=1, by=OWNER) == 3
    assert find_item(installation, "L09").text == {"sv": "Vi ska lyssna"}
    assert find_item(installation, "L10").text == {"sv": "Vi ska svara"}


def test_two_who_change_the_same_item_at_once_are_told_and_nothing_is_lost(
    installation: Installation,
) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    mine = replace(L09, text={"sv": "Vi ska höra av oss"})
    wrong = refuse(installation, mine, based_on=1)
    assert (wrong.code, wrong.facts) == ("strategy_changed_meanwhile", {"item": "L09", "number": 2})
    assert find_item(installation, "L09").text == {"sv": "Vi ska lyssna"}
    assert save_edit(installation, mine, based_on=2, by=OWNER) == 3
    assert find_version(installation, 2).map != find_version(installation, 3).map


def test_many_at_the_very_same_moment_make_one_version_each(installation: Installation) -> None:
    edits = [
        replace(L09, item=item, text={"sv": item}, belongs_to=None) for item in ("L09", "L10", "L11", "L12")
    ]
    with ThreadPoolExecutor(len(edits)) as people:
        made = list(people.map(lambda edit: save_edit(installation, edit, based_on=1, by=OWNER), edits))
    assert sorted(made) == [2, 3, 4, 5]
    assert [find_item(installation, edit.item).text["sv"] for edit in edits] == ["L09", "L10", "L11", "L12"]


def test_what_is_wrong_or_changes_nothing_makes_no_version(installation: Installation) -> None:
    wrong = refuse(installation, replace(L09, dimensions=("mod",)), based_on=1)
    assert isinstance(wrong, EditError)
    same = Edit("kronoberg", "L09", Status.NOT_FOUND, {})
    assert refuse(installation, same, based_on=1).code == "strategy_same"
    assert refuse(installation, replace(L09, item="L99"), based_on=1).code == "strategy_item_unknown"
    assert refuse(installation, replace(L09, framework="nora"), based_on=1).code == "strategy_item_unknown"
    assert refuse(installation, L09, based_on=7).code == "strategy_version_unknown"
    assert [one.number for one in list_versions(installation)] == [1]
    assert len(list_actions(installation)) == 1


def test_an_earlier_version_is_put_back_as_a_new_one(installation: Installation) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    assert restore_version(installation, 1, based_on=2, by=OWNER, note="Fel punkt") == 3
    assert find_current(installation, viewer=OWNER).map == SHIPPED
    assert compare_versions(installation, 1, 3) == ()
    assert (
        compare_versions(installation, 2, 3) == compare_maps(find_version(installation, 2).map, SHIPPED) != ()
    )
    assert list_actions(installation)[2:] == [("strategy restored", "version 1", "strategy_owner")]


@pytest.mark.parametrize(
    ("number", "based_on", "code"),
    [(1, 1, "strategy_restore_meanwhile"), (2, 2, "strategy_same"), (9, 2, "strategy_version_unknown")],
)
def test_a_version_is_not_put_back_unread_for_nothing_or_when_it_is_none(
    installation: Installation, number: int, based_on: int, code: str
) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    with pytest.raises(SurveyError) as wrong:
        restore_version(installation, number, based_on=based_on, by=OWNER)
    assert wrong.value.code == code
    assert len(list_versions(installation)) == 2


def test_an_edit_and_its_event_are_written_together_or_not_at_all(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_facts: object) -> None:
        raise SurveyError("database_full")

    monkeypatch.setattr(audits, "add_event", fail)
    assert refuse(installation, L09, based_on=1).code == "database_full"
    assert [one.number for one in list_versions(installation)] == [1]
