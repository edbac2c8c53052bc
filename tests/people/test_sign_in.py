"""Can a role be taken in a demonstration only, and never be forged?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import VISITOR, Person, Role
from survey.people.sign_in import make_demo_ticket, read_ticket
from tests.walks import opened


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Installation]:
    with opened("", tmp_path / "var", DEMO=True) as found:
        yield found


@pytest.fixture
def another_demonstration(tmp_path: Path) -> Iterator[Installation]:
    with opened("", tmp_path / "another", DEMO=True) as found:
        yield found


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Installation]:
    with opened("", tmp_path / "real") as found:
        yield found


@pytest.mark.parametrize("role", list(Role))
def test_a_role_can_be_taken_in_a_demonstration(role: Role, demonstration: Installation) -> None:
    assert read_ticket(demonstration, make_demo_ticket(demonstration, role)) == Person(role)


def test_one_of_several_people_in_a_role_can_be_tried(demonstration: Installation) -> None:
    ticket = make_demo_ticket(demonstration, "panel_member", person="a1b2")
    assert read_ticket(demonstration, ticket) == Person(Role.PANEL_MEMBER, "a1b2")
    assert read_ticket(demonstration, ticket).name == "panel_member a1b2"
    assert read_ticket(demonstration, ticket.replace("a1b2", "a1b3")) is VISITOR


@pytest.mark.parametrize("person", ["A", "å", "a b", "a.b", "a~b", "../x", "a" * 33])
def test_what_can_be_no_persons_id_is_refused(person: str, demonstration: Installation) -> None:
    with pytest.raises(SurveyError) as wrong:
        make_demo_ticket(demonstration, "panel_member", person=person)
    assert wrong.value.code == "role_unknown"


def test_no_role_can_be_taken_in_a_real_installation(real: Installation) -> None:
    with pytest.raises(SurveyError) as wrong:
        make_demo_ticket(real, "coordinator")
    assert wrong.value.code == "not_a_demonstration"


@pytest.mark.parametrize("role", ["", "admin", "Coordinator", "coordinator.x", "../x"])
def test_a_role_that_is_not_there_is_refused(role: str, demonstration: Installation) -> None:
    with pytest.raises(SurveyError) as wrong:
        make_demo_ticket(demonstration, role)
    assert wrong.value.code == "role_unknown"


def test_a_ticket_of_a_demonstration_opens_nothing_in_a_real_installation(
    demonstration: Installation, real: Installation
) -> None:
    assert read_ticket(real, make_demo_ticket(demonstration, "coordinator")) is VISITOR


def test_a_ticket_of_another_demonstration_opens_nothing(
    demonstration: Installation, another_demonstration: Installation
) -> None:
    assert read_ticket(another_demonstration, make_demo_ticket(demonstration, "coordinator")) is VISITOR


def test_the_signature_of_one_role_does_not_sign_another(demonstration: Installation) -> None:
    signature = make_demo_ticket(demonstration, "resident").partition(".")[2]
    assert read_ticket(demonstration, f"coordinator.{signature}") is VISITOR


def test_a_ticket_with_one_sign_changed_opens_nothing(demonstration: Installation) -> None:
    ticket = make_demo_ticket(demonstration, "coordinator")
    last = "0" if ticket[-1] != "0" else "1"
    assert read_ticket(demonstration, ticket[:-1] + last) is VISITOR


@pytest.mark.parametrize(
    "ticket",
    [None, "", ".", "coordinator", "coordinator.", "coordinator.åäö", "coordinator.\x00", "." * 5000],
)
def test_what_is_no_ticket_is_a_visitor(ticket: str | None, demonstration: Installation) -> None:
    assert read_ticket(demonstration, ticket) is VISITOR
