"""Does a member find what they answered again, and is nothing of it lost, whatever happens meanwhile?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.panel_rounds.answer import Page, change_own, find_walk, keep_sheet, send_own
from survey.panel_rounds.close import finish_round
from survey.panel_rounds.leave import forget_drafts_of
from survey.panel_rounds.open import withdraw_subject
from survey.panel_rounds.subjects import NewSubject
from survey.people.roles import Person, Role
from survey.proposals.states import State as ProposalState
from survey.store import proposals
from survey.store.proposals import Proposal
from tests.panel_rounds.rated import (
    ANNA,
    BO,
    COORDINATOR,
    EVENING,
    NEW,
    THEMES,
    close,
    find_code,
    open_a_round,
    open_again,
    rate_page,
    rate_together,
    send,
)
from tests.processes import run_together
from tests.walks import Calendar, opened

FIRST_PAGE = Page(1, "1", 0)
CRUCIAL = {"b01": ["5"], "b02": ["3"], "b06": ["Ring 070-123 45 67 så berättar jag"]}


def keep(installation: Installation, round_id: str, raw: dict[str, list[str]], **how: object) -> object:
    given = {"page": FIRST_PAGE, "by": ANNA, **how}
    page, by = given["page"], given["by"]
    return keep_sheet(installation, round_id, page, raw, language="sv", by=by)  # type: ignore[arg-type]


def test_a_page_is_kept_at_once_and_only_its_member_sees_it(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, CRUCIAL)
    kept = find_walk(installation, found.id, by=ANNA).own.find("1")
    assert (kept.revision, kept.answers["b01"], kept.answers["b02"]) == (1, "5", "3")
    assert not find_walk(installation, found.id, by=BO).has_begun


def test_what_was_begun_is_there_after_a_restart(tmp_path: Path, calendar: Calendar) -> None:
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with opened(url, tmp_path / "var", calendar, DEMO=True) as before:
        found = open_a_round(before)
        keep(before, found.id, CRUCIAL)
    with opened(url, tmp_path / "var", calendar, DEMO=True) as after:
        assert find_walk(after, found.id, by=ANNA).own.find("1").answers["b01"] == "5"


def test_a_text_is_masked_before_it_is_first_kept(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, CRUCIAL)
    text = find_walk(on_sqlite, found.id, by=ANNA).own.find("1").answers["b06"]
    assert text == "Ring [telefon] så berättar jag"


def test_what_is_left_is_told_in_pages_and_minutes(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    before = find_walk(on_sqlite, found.id, by=ANNA)
    assert ([sheet.key for sheet in before.left], before.minutes_left) == (["1", "2", "round"], 8)
    keep(on_sqlite, found.id, {})  # skipped
    after = find_walk(on_sqlite, found.id, by=ANNA)
    assert ([sheet.key for sheet in after.left], after.minutes_left) == (["2", "round"], 5)


def test_not_able_to_judge_is_an_answer_and_skipping_is_none(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, {"b01": ["na"], "b02": []})
    assert find_walk(on_sqlite, found.id, by=ANNA).own.find("1").answers == {"b01": "na"}


def test_a_code_that_is_no_answer_is_not_kept_and_told(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    own, troubles = keep_sheet(
        on_sqlite, found.id, FIRST_PAGE, {"b01": ["6"], "b02": ["3"], "b99": ["1"]}, language="sv", by=ANNA
    )
    assert own.find("1").answers == {"b02": "3"}
    assert [(trouble.question, trouble.code) for trouble in troubles] == [("b01", "unknown_choice")]


def test_too_long_a_text_is_kept_whole_and_mended_before_it_is_sent(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, {"b06": ["a" * 1501]})
    assert len(str(find_walk(on_sqlite, found.id, by=ANNA).own.find("1").answers["b06"])) == 1501
    assert find_code(send_own, on_sqlite, found.id, wave=1, by=ANNA) == "panel_needs_mending"
    rate_page(on_sqlite, found.id, "1", {"b06": ["a" * 1500]}, by=ANNA)
    send(on_sqlite, found.id, by=ANNA)


def test_of_two_tabs_on_one_page_the_second_is_told_and_nothing_written(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    assert find_code(keep, installation, found.id, {"b01": ["1"]}) == "panel_answered_meanwhile"
    assert find_walk(installation, found.id, by=ANNA).own.find("1").answers == {"b01": "5"}


def test_two_tabs_on_two_pages_keep_both(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, {"b01": ["5"]})
    keep(on_sqlite, found.id, {"b01": ["1"]}, page=Page(1, "2", 0))
    own = find_walk(on_sqlite, found.id, by=ANNA).own
    assert (own.find("1").answers, own.find("2").answers) == ({"b01": "5"}, {"b01": "1"})


def test_the_same_handed_in_twice_is_kept_once(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, {"b01": ["5"]})
    keep(on_sqlite, found.id, {"b01": ["5"]})
    assert find_walk(on_sqlite, found.id, by=ANNA).own.find("1").revision == 1


def test_nothing_is_sent_when_no_page_was_come_to(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    assert find_code(send_own, on_sqlite, found.id, wave=1, by=ANNA) == "panel_nothing_to_send"


def test_sent_answers_can_be_changed_until_the_round_is_closed(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    send(installation, found.id, by=ANNA)
    send(installation, found.id, by=ANNA)
    again = Page(1, "1", 1)
    assert find_code(keep, installation, found.id, {"b01": ["1"]}, page=again) == "panel_already_sent"
    change_own(installation, found.id, wave=1, by=ANNA)
    keep(installation, found.id, {"b01": ["1"]}, page=again)
    assert not find_walk(installation, found.id, by=ANNA).own.sent
    send(installation, found.id, by=ANNA)
    close(installation, found)
    assert find_code(change_own, installation, found.id, wave=1, by=ANNA) == "panel_round_closed"


def test_who_comes_too_late_is_told_and_still_reads_what_they_had_begun(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    close(installation, found)
    late = Page(1, "1", 1)
    assert find_code(keep, installation, found.id, {"b01": ["1"]}, page=late) == "panel_round_closed"
    assert find_code(send_own, installation, found.id, wave=1, by=ANNA) == "panel_round_closed"
    walk = find_walk(installation, found.id, by=ANNA)
    assert (walk.is_open, walk.own.sent, walk.own.find("1").answers) == (False, False, {"b01": "5"})


def test_answers_of_the_first_time_are_not_taken_for_the_second(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    keep(on_sqlite, found.id, {"b01": ["5"]})
    close(on_sqlite, found)
    open_again(on_sqlite, found)
    late = Page(1, "1", 1)
    assert find_code(keep, on_sqlite, found.id, {"b01": ["1"]}, page=late) == "panel_round_closed"


def test_the_second_time_ones_own_earlier_answer_stands_beside(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    send(installation, found.id, by=ANNA)
    close(installation, found)
    open_again(installation, found)
    walk = find_walk(installation, found.id, by=ANNA)
    assert (walk.wave, walk.has_begun) == (2, False)
    assert walk.earlier is not None
    assert walk.earlier.find("1").answers == {"b01": "5"}
    assert find_walk(installation, found.id, by=BO).earlier is None


def test_a_finished_round_keeps_nothing_that_belongs_to_a_member(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    close(installation, found)
    finish_round(installation, found.id, seen="first_closed", by=COORDINATOR)
    assert not installation.keys.has_round_key(f"panelround-{found.id}")
    assert find_code(find_walk, installation, found.id, by=ANNA) == "panel_round_finished"
    assert find_code(keep, installation, found.id, {"b01": ["1"]}) == "panel_round_closed"


def test_what_was_withdrawn_meanwhile_is_asked_no_more(installation: Installation) -> None:
    found = open_a_round(installation)
    keep(installation, found.id, {"b01": ["5"]})
    withdraw_subject(installation, found.id, 1, by=COORDINATOR)
    again = Page(1, "1", 1)
    assert find_code(keep, installation, found.id, {"b01": ["1"]}, page=again) == "panel_subject_gone"
    assert [sheet.key for sheet in find_walk(installation, found.id, by=ANNA).sheets] == ["2", "round"]
    assert find_code(withdraw_subject, installation, found.id, 1, by=COORDINATOR) == "panel_subject_gone"


def store_proposal(installation: Installation, ref: str, state: ProposalState, version: int) -> None:
    """A proposal in a state, as the panel's own pages would have written it."""
    day = NEW.answer_by
    texts = (EVENING.title, EVENING.about, "tillganglighet", "", "", "access")
    new = Proposal(
        ref,
        version,
        "invanarupplevelse",
        "07",
        *texts,
        state,
        "propose",
        "",
        day,
        None,
        day,
        "panel_member anna",
    )
    with installation.database.write() as connection:
        assert proposals.add_version(connection, new)


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (ProposalState.PROPOSED, True),
        (ProposalState.WITHDRAWN, False),
        (ProposalState.ACCEPTED, False),
        (ProposalState.DECLINED, False),
    ],
)
def test_a_proposal_is_asked_about_while_it_waits_for_a_decision(
    on_sqlite: Installation, state: ProposalState, asked: bool
) -> None:
    store_proposal(on_sqlite, EVENING.ref, ProposalState.PROPOSED, 1)
    found = open_a_round(on_sqlite)
    if state is not ProposalState.PROPOSED:
        store_proposal(on_sqlite, EVENING.ref, state, 2)
    assert (find_walk(on_sqlite, found.id, by=ANNA).find("1") is not None) is asked


def test_a_withdrawn_theme_is_chosen_no_more(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite, *THEMES)
    keep(on_sqlite, found.id, {"b13": ["food", "access"]}, page=Page(1, "input", 0))
    withdraw_subject(on_sqlite, found.id, 3, by=COORDINATOR)
    assert [sheet.key for sheet in find_walk(on_sqlite, found.id, by=ANNA).sheets] == ["1", "2", "4", "round"]


def test_who_leaves_takes_their_draft_along_and_leaves_what_was_sent(installation: Installation) -> None:
    draft, sent = open_a_round(installation), open_a_round(installation)
    keep(installation, draft.id, {"b01": ["5"]})
    rate_page(installation, sent.id, "1", {"b01": ["5"]}, by=ANNA)
    send(installation, sent.id, by=ANNA)
    rate_page(installation, draft.id, "1", {"b01": ["2"]}, by=BO)
    assert forget_drafts_of(installation, "anna", by=COORDINATOR) == 1
    assert not find_walk(installation, draft.id, by=ANNA).has_begun
    assert find_walk(installation, sent.id, by=ANNA).own.sent
    assert find_walk(installation, draft.id, by=BO).has_begun
    assert find_code(forget_drafts_of, installation, "anna", by=BO) == "not_allowed"
    assert forget_drafts_of(installation, "bo", by=BO) == 1


def test_only_a_member_who_is_told_from_others_rates(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    nobody = Person(Role.PANEL_MEMBER)
    assert find_code(keep, on_sqlite, found.id, {}, by=nobody) == "panel_member_unknown"
    assert find_code(find_walk, on_sqlite, found.id, by=nobody) == "panel_member_unknown"
    for role in Role:
        if role is not Role.PANEL_MEMBER:
            assert find_code(keep, on_sqlite, found.id, {}, by=Person(role, "x")) == "not_allowed"


def test_nothing_in_the_database_tells_who_answered(installation: Installation) -> None:
    """Neither ids nor words of members stand anywhere as they are, in any table, before and after closing."""
    found = open_a_round(installation)
    rate_page(installation, found.id, "1", {"b06": ["Ett kännetecken"], "b01": ["5"]}, by=ANNA)
    rate_together(installation, found.id, ["4", "3"])
    assert "anna" not in (dumped := dump(installation))
    assert "kännetecken" not in dumped
    send(installation, found.id, by=ANNA)
    close(installation, found)
    assert "anna" not in (dumped := dump(installation))
    assert "kännetecken" in dumped


def dump(installation: Installation) -> str:
    """Everything that stands in the panel rounds' tables and in the log."""
    names = ("panel_round", "panel_subject", "panel_draft", "panel_count", "panel_text", "audit")
    with installation.database.read(newest=True) as connection:
        rows = [row for name in names for row in connection.exec_driver_sql(f"SELECT * FROM {name}").all()]
    return "\n".join(str(tuple(row)) for row in rows)


def test_two_tabs_that_save_at_the_same_moment_lose_nothing(
    installation: Installation, database_url: str, tmp_path: Path
) -> None:
    """Of six pages that two processes save at once for one member, every one is there afterwards."""
    proposals = [NewSubject("proposal", f"p{number}", f"Förslag {number}") for number in range(6)]
    found = open_a_round(installation, *proposals)

    def save(keys: Sequence[str]) -> None:
        with opened(database_url, tmp_path / "var", DEMO=True) as other:
            for key in keys:
                keep(other, found.id, {"b01": ["4"]}, page=Page(1, key, 0))

    done = run_together(lambda: save(["1", "2", "3"]), lambda: save(["4", "5", "6"]))
    assert [one.error for one in done] == ["", ""]
    own = find_walk(installation, found.id, by=ANNA).own
    assert [own.find(str(number)).answers for number in range(1, 7)] == [{"b01": "4"}] * 6
