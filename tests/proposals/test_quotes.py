"""Are residents' words shown only where they may be, and gone at once when they may not?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, inspect, text, update

from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.proposals.quotes import find_quotes, list_offered
from survey.proposals.states import State
from survey.proposals.writing import rewrite_proposal, withdraw_proposal
from survey.store.proposals import Proposal
from survey.store.tables import comment
from tests.following.written import find_codes
from tests.proposals.written import (
    COUNTY,
    LJUNGBY,
    MARKARYD,
    MEMBER,
    NEW,
    add_comment,
    draft,
    make,
    propose,
    show_themes,
)
from tests.walks import SURVEY

SAID = "Jag får börja om varje gång."


def list_shown(installation: Installation, one: Proposal) -> list[str]:
    return [row.text for row in find_quotes(installation, [one])[one.id]]


def offer(installation: Installation, area: str = LJUNGBY, **more: str) -> list[bytes]:
    return [row.id for row in list_offered(installation, survey=SURVEY, area=area, by=MEMBER, **more)]


def test_a_cleared_comment_stands_behind_a_proposal(installation: Installation) -> None:
    show_themes(installation)
    said = add_comment(installation, SAID)
    assert offer(installation) == offer(installation, theme="continuity") == [said]
    assert offer(installation, theme="access") == []
    one = propose(installation, replace(NEW, quotes=(said,)))
    assert list_shown(installation, one) == [SAID]


# What may happen to a comment afterwards; in each it is gone from the next view.
AFTERWARDS = {
    "cleared no longer": update(comment).values(quotable=False),
    "withheld": update(comment).values(withheld=True),
    "no longer for the panel": update(comment).values(for_panel=False),
    "taken back by its writer": delete(comment),
    "of another municipality": update(comment).values(area=MARKARYD),
}


@pytest.mark.parametrize("happens", AFTERWARDS.values(), ids=AFTERWARDS.keys())
def test_a_comment_that_may_not_be_shown_is_gone_at_once(installation: Installation, happens: object) -> None:
    show_themes(installation)
    one = propose(installation, replace(NEW, quotes=(add_comment(installation, SAID),)))
    assert list_shown(installation, one) == [SAID]
    with installation.database.write() as connection:
        connection.execute(happens)  # type: ignore[call-overload]
    assert list_shown(installation, one) == []


def test_a_comment_that_is_masked_more_is_shown_as_it_is_then(on_sqlite: Installation) -> None:
    show_themes(on_sqlite)
    one = propose(on_sqlite, replace(NEW, quotes=(add_comment(on_sqlite, SAID),)))
    with on_sqlite.database.write() as connection:
        connection.execute(update(comment).values(text="Jag [borttaget]."))
    assert list_shown(on_sqlite, one) == ["Jag [borttaget]."]


def test_no_table_but_the_comments_holds_a_word_of_it(on_sqlite: Installation) -> None:
    show_themes(on_sqlite)
    one = make(on_sqlite, State.ACCEPTED, replace(NEW, quotes=(add_comment(on_sqlite, SAID),)))
    assert list_shown(on_sqlite, one) == [SAID]
    with on_sqlite.database.read() as connection:
        for table in set(inspect(connection).get_table_names()) - {"comment"}:
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert SAID not in repr(rows)


# Where the themes of the proposal's own area and the comment's quarter or year are shown.
SHOWN = [
    (LJUNGBY, [(LJUNGBY, "2026-Q3", None)], True),
    (LJUNGBY, [(LJUNGBY, "2026", None)], True),
    (LJUNGBY, [(LJUNGBY, "2026-Q2", None)], False),
    (LJUNGBY, [(LJUNGBY, "2026-Q3", "not_told")], False),
    (LJUNGBY, [(COUNTY, "2026-Q3", None)], False),
    (LJUNGBY, [], False),
    (COUNTY, [(COUNTY, "2026-Q3", None)], True),
    (COUNTY, [(LJUNGBY, "2026-Q3", None)], False),
    (MARKARYD, [(MARKARYD, "2026-Q3", None), (LJUNGBY, "2026-Q3", None)], False),
]


@pytest.mark.parametrize(("area", "published", "shown"), SHOWN)
def test_a_comment_is_shown_where_its_areas_themes_are(
    on_sqlite: Installation, area: str, published: list[tuple[str, str, str | None]], shown: bool
) -> None:
    for where, period, hidden in published:
        show_themes(on_sqlite, where, period, hidden)
    said = add_comment(on_sqlite, SAID)
    assert (offer(on_sqlite, area) == [said]) is shown
    new = replace(NEW, quotes=(said,))
    if shown:
        assert list_shown(on_sqlite, draft(on_sqlite, new, area=area)) == [SAID]
    else:
        assert find_codes(draft, on_sqlite, new, area=area) == ["proposal_quote_gone"]


def test_a_comment_that_is_not_cleared_is_neither_offered_nor_taken(on_sqlite: Installation) -> None:
    show_themes(on_sqlite)
    said = add_comment(on_sqlite, SAID, quotable=False)
    assert offer(on_sqlite) == []
    for wanted in (said, b"0" * 16):
        new = replace(NEW, quotes=(wanted,))
        assert find_codes(draft, on_sqlite, new) == ["proposal_quote_gone"]


def test_a_comment_stands_behind_one_proposal_at_most(installation: Installation) -> None:
    show_themes(installation)
    show_themes(installation, COUNTY)
    new = replace(NEW, quotes=(add_comment(installation, SAID),))
    one = propose(installation, new)
    assert offer(installation) == offer(installation, COUNTY) == []
    assert offer(installation, but=one.id) == list(new.quotes)
    assert find_codes(draft, installation, new, area=COUNTY) == ["proposal_quote_taken"]
    withdraw_proposal(installation, one.id, reason="Ny", based_on=2, by=MEMBER)
    assert list_shown(installation, draft(installation, new, area=COUNTY)) == [SAID]


def test_a_refused_draft_keeps_the_quotes_it_had(installation: Installation) -> None:
    show_themes(installation)
    said = add_comment(installation, SAID)
    one = draft(installation, replace(NEW, quotes=(said,)))
    new = replace(NEW, quotes=(b"0" * 16,))
    assert find_codes(rewrite_proposal, installation, one, new, based_on=1, by=MEMBER) == [
        "proposal_quote_gone"
    ]
    assert list_shown(installation, one) == [SAID]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PANEL_MEMBER])
def test_only_the_panel_is_offered_comments(on_sqlite: Installation, role: Role) -> None:
    assert find_codes(list_offered, on_sqlite, survey=SURVEY, area=LJUNGBY, by=Person(role)) == [
        "not_allowed"
    ]
