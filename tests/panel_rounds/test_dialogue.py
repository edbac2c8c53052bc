"""Is a conversation about a disagreement written down once, without names, for those who see ratings?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.installation import Installation
from survey.panel_rounds.dialogue import (
    MOST_IN_NOTE,
    NewDialogue,
    Outcome,
    list_dialogue_faults,
    list_dialogues,
    write_dialogue,
)
from survey.people.roles import Person, Role
from survey.store import audits
from survey.store.panel_rounds import PanelRound
from tests.panel_rounds.rated import (
    ANNA,
    COORDINATOR,
    close,
    find_code,
    open_a_round,
    open_again,
    rate_together,
)

NEW = NewDialogue("2026-09-10", "agreed", "Gruppen enades om två dagar i veckan.")
OPENED = "2026-09-10"


def disagree(installation: Installation) -> PanelRound:
    """A round whose first subject has two camps and whose second nobody judged."""
    found = open_a_round(installation)
    rate_together(installation, found.id, ["5", "5", "5", "1", "1", "1"])
    return close(installation, found)


def write(
    installation: Installation, found: PanelRound, new: NewDialogue = NEW, *, based_on: int = 0
) -> None:
    write_dialogue(installation, found.id, 1, new, based_on=based_on, by=COORDINATOR)


def today(installation: Installation) -> NewDialogue:
    return NewDialogue(installation.today().isoformat(), NEW.outcome, NEW.note)


def test_what_a_conversation_came_to_is_written_and_read_with_the_newest_first(
    installation: Installation,
) -> None:
    found = disagree(installation)
    first = today(installation)
    write(installation, found, first)
    write(installation, found, NewDialogue(first.day, "both_stand", "Båda står kvar."), based_on=1)
    held = list_dialogues(installation, found.id, viewer=ANNA)
    assert [(one.number, one.outcome, one.note) for one in held[1]] == [
        (2, "both_stand", "Båda står kvar."),
        (1, "agreed", NEW.note),
    ]
    assert list(held) == [1]


def test_of_two_who_write_at_once_the_second_is_told_and_nothing_is_written_over(
    installation: Installation,
) -> None:
    found = disagree(installation)
    write(installation, found, today(installation))
    assert find_code(write, installation, found, today(installation)) == "panel_dialogue_meanwhile"
    assert len(list_dialogues(installation, found.id, viewer=ANNA)[1]) == 1


def test_names_and_numbers_never_reach_the_database(installation: Installation) -> None:
    found = disagree(installation)
    note = "Syster Anna Lindqvist ville vänta."
    write(installation, found, NewDialogue(installation.today().isoformat(), "rewrite", note))
    kept = list_dialogues(installation, found.id, viewer=ANNA)[1][0].note
    assert "Lindqvist" not in kept
    assert "[namn]" in kept


def test_only_what_the_group_disagrees_on_is_talked_over(on_sqlite: Installation) -> None:
    found = disagree(on_sqlite)
    new = today(on_sqlite)
    for subject in (2, 7, 0):
        wrong = find_code(write_dialogue, on_sqlite, found.id, subject, new, based_on=0, by=COORDINATOR)
        assert wrong == "panel_dialogue_not_here"


def test_a_disagreement_of_the_first_time_can_be_written_of_after_the_second(on_sqlite: Installation) -> None:
    found = disagree(on_sqlite)
    open_again(on_sqlite, found)
    rate_together(on_sqlite, found.id, ["4"] * 5)
    close(on_sqlite, found)
    write(on_sqlite, found, today(on_sqlite))
    assert list_dialogues(on_sqlite, found.id, viewer=ANNA)[1]


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.MANAGER, Role.STRATEGY_OWNER, Role.RESIDENT])
def test_only_those_who_run_the_rounds_write(on_sqlite: Installation, role: Role) -> None:
    found = disagree(on_sqlite)
    by = Person(role, "x")
    assert find_code(write_dialogue, on_sqlite, found.id, 1, NEW, based_on=0, by=by) == "not_allowed"


def test_residents_read_none(on_sqlite: Installation) -> None:
    found = disagree(on_sqlite)
    assert find_code(list_dialogues, on_sqlite, found.id, viewer=Person()) == "not_allowed"


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        (NEW, []),
        (NewDialogue("", "agreed", "x"), ["proposal_day_wrong"]),
        (NewDialogue("10 sept", "agreed", "x"), ["proposal_day_wrong"]),
        (NewDialogue("2026-09-09", "agreed", "x"), ["panel_dialogue_early"]),
        (NewDialogue("2026-09-10", "agreed", "x"), []),
        (NewDialogue("2100-01-01", "agreed", "x"), ["panel_dialogue_ahead"]),
        (NewDialogue("2026-09-10", "won", "x"), ["panel_dialogue_outcome"]),
        (NewDialogue("2026-09-10", "agreed", " \n "), ["panel_dialogue_missing"]),
        (NewDialogue("2026-09-10", "agreed", "x" * MOST_IN_NOTE), []),
        (NewDialogue("2026-09-10", "agreed", "x" * (MOST_IN_NOTE + 1)), ["panel_dialogue_long"]),
        (NewDialogue("2026-09-10", "agreed", "Ring 070-123 45 67"), ["panel_personal"]),
        (
            NewDialogue("?", "?", ""),
            ["proposal_day_wrong", "panel_dialogue_outcome", "panel_dialogue_missing"],
        ),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(
    on_sqlite: Installation, new: NewDialogue, wrong: list[str]
) -> None:
    assert on_sqlite.today() >= date(2026, 9, 10)
    assert [one.code for one in list_dialogue_faults(on_sqlite, new, opened=OPENED)] == wrong


def test_every_outcome_can_be_kept(on_sqlite: Installation) -> None:
    found = disagree(on_sqlite)
    for number, outcome in enumerate(Outcome):
        write(on_sqlite, found, NewDialogue(on_sqlite.today().isoformat(), outcome, "x"), based_on=number)
    held = list_dialogues(on_sqlite, found.id, viewer=ANNA)[1]
    assert [one.outcome for one in held] == list(reversed(Outcome))


def test_the_log_says_that_it_was_written_and_not_what(installation: Installation) -> None:
    found = disagree(installation)
    write(installation, found, today(installation))
    with installation.database.read() as connection:
        events = [one for one in audits.list_events(connection) if one.action == "panel dialogue written"]
    assert [(one.actor, one.facts) for one in events] == [("coordinator", {"about": 1, "outcome": "agreed"})]
