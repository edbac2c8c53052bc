"""Is everybody counted once in each place they come to, and can nobody's way be followed?"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from survey.answering.drafts import begin_draft, find_draft, find_survey, keep_draft
from survey.answering.journey import find_step
from survey.answering.reached import (
    LOOKED_OVER,
    SENT,
    TOGETHER,
    Tally,
    find_new,
    find_place_after,
    find_tally,
    list_places,
)
from survey.answering.submit import send_answers
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import monitoring
from survey.store.rounds import Round
from survey.store.tables import part_reached
from tests.processes import SPAWNED, reopen
from tests.walks import fill_in


@pytest.fixture(autouse=True)
def fresh_tally() -> Iterator[None]:
    """No test hears of what another counted."""
    find_tally.cache_clear()
    yield
    find_tally.cache_clear()


def read_counts(installation: Installation) -> dict[str, int]:
    with installation.database.read() as connection:
        rows = connection.execute(select(part_reached)).all()
    return {part: number for _, _, part, number in rows}


def begin(installation: Installation, round_: Round) -> bytes:
    return begin_draft(installation, round_, form="full", language="sv")[0]


def walk_to(installation: Installation, round_: Round, secret: bytes, places: int) -> None:
    """Come so far with Next; the first place is where one begins, and the last before having sent is looking
    over."""
    draft = find_draft(installation, round_, secret)
    assert draft is not None
    survey = find_survey(installation, round_, "full")
    answers = fill_in(survey, municipality="0780", chance=random.Random(1))
    for number in range(1, places):
        step = find_step(survey, answers, number)
        assert step is not None
        place = find_place_after(survey, answers, step)
        draft = keep_draft(installation, round_, secret, replace(draft, answers=answers), place=place)


def answer(installation: Installation, round_: Round, places: int, *, send: bool = False) -> bytes:
    secret = begin(installation, round_)
    walk_to(installation, round_, secret, places)
    if send:
        send_answers(installation, round_, secret)
    return secret


def list_all_places(installation: Installation, round_: Round) -> tuple[str, ...]:
    return list_places(find_survey(installation, round_, "full"))


def test_the_places_are_the_parts_looking_over_and_having_sent(
    installation: Installation, open_round: Round
) -> None:
    survey = find_survey(installation, open_round, "full")
    assert list_all_places(installation, open_round) == (
        *(part.id for part, _ in survey.parts),
        LOOKED_OVER,
        SENT,
    )


@pytest.mark.parametrize(
    ("counted", "place", "new", "then"),
    [
        (0, 0, [0], 1),
        (1, 1, [1], 2),
        (1, 3, [1, 2, 3], 4),  # a part was passed over, or an address was typed
        (4, 1, [], 4),  # back
        (4, 3, [], 4),
        (1, -1, "all but the first", "all"),
    ],
)
def test_somebody_is_new_in_each_place_once(
    installation: Installation, open_round: Round, counted: int, place: int, new: Any, then: Any
) -> None:
    survey = find_survey(installation, open_round, "full")
    places = list_places(survey)
    expected = places[1:] if new == "all but the first" else tuple(places[one] for one in new)
    whole = len(places) if then == "all" else then
    assert find_new(survey, counted, places[place]) == (expected, whole)


def test_nothing_is_written_before_enough_people_came_to_one_place(
    installation: Installation, open_round: Round
) -> None:
    for _ in range(TOGETHER - 1):
        answer(installation, open_round, 3)
    assert read_counts(installation) == {}
    answer(installation, open_round, 1)
    first, second, third, *_ = list_all_places(installation, open_round)
    assert read_counts(installation) == {first: TOGETHER, second: TOGETHER - 1, third: TOGETHER - 1}


def test_everybody_counts_once_however_they_go_back_reload_and_send_again(
    installation: Installation, open_round: Round
) -> None:
    places = list_all_places(installation, open_round)
    for _ in range(TOGETHER):
        secret = answer(installation, open_round, len(places) - 1)
        walk_to(installation, open_round, secret, 3)
        walk_to(installation, open_round, secret, len(places) - 1)
        for _ in range(3):
            send_answers(installation, open_round, secret)
    first, *rest = places
    assert read_counts(installation)[first] == TOGETHER
    for _ in range(TOGETHER):
        begin(installation, open_round)
    assert read_counts(installation) == {first: 2 * TOGETHER} | dict.fromkeys(rest, TOGETHER)


def test_who_sends_from_two_tabs_at_once_is_counted_once(
    installation: Installation, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(TOGETHER):
        secret = begin(installation, open_round)
        before = find_draft(installation, open_round, secret)
        assert not send_answers(installation, open_round, secret).again
        with monkeypatch.context() as late:
            late.setattr("survey.answering.submit.find_draft", lambda *_, draft=before: draft)
            assert send_answers(installation, open_round, secret).again
    for _ in range(TOGETHER):
        begin(installation, open_round)
    assert read_counts(installation)[SENT] == TOGETHER


def test_a_draft_is_not_counted_again_by_a_process_that_started_later(
    installation: Installation, open_round: Round
) -> None:
    secrets = [answer(installation, open_round, 2) for _ in range(TOGETHER)]
    counted = read_counts(installation)
    find_tally.cache_clear()
    later = reopen(installation)
    for secret in secrets:
        walk_to(later, open_round, secret, 2)
    for _ in range(TOGETHER):
        begin(later, open_round)
    later.database.close()
    first, *_ = list_all_places(installation, open_round)
    assert read_counts(installation)[first] == counted[first] + TOGETHER
    assert max(read_counts(installation).values()) == 2 * TOGETHER


def test_a_draft_that_could_not_be_kept_counts_nobody(
    installation: Installation, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = [begin(installation, open_round) for _ in range(TOGETHER)]

    def refuse(*_: object, **_named: object) -> None:
        raise SurveyError("already_sent")

    with monkeypatch.context() as broken:
        broken.setattr("survey.answering.drafts.keep_unsent", refuse)
        for secret in secrets:
            with pytest.raises(SurveyError, match="already_sent"):
                walk_to(installation, open_round, secret, 2)
    for _ in range(TOGETHER):
        begin(installation, open_round)
    first, *_ = list_all_places(installation, open_round)
    assert read_counts(installation) == {first: 2 * TOGETHER}


def test_a_count_that_could_not_be_written_troubles_nobody_and_is_not_lost(
    installation: Installation, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SurveyError("database_busy")

    with monkeypatch.context() as broken:
        broken.setattr(monitoring, "add_reached", fail)
        for _ in range(TOGETHER):
            begin(installation, open_round)
    assert read_counts(installation) == {}
    begin(installation, open_round)
    first, *_ = list_all_places(installation, open_round)
    assert read_counts(installation) == {first: TOGETHER + 1}


def begin_until_killed(installation: Installation, round_: Round) -> None:
    mine = reopen(installation)
    find_tally.cache_clear()
    while True:
        answer(mine, round_, 2)


def test_a_killed_process_forgets_fewer_than_are_added_together(
    installation: Installation, open_round: Round
) -> None:
    installation.database.close()
    process = SPAWNED.Process(target=begin_until_killed, args=(installation, open_round), daemon=True)
    process.start()
    first, *_ = list_all_places(installation, open_round)
    while read_counts(installation).get(first, 0) < TOGETHER:
        time.sleep(0.05)
    os.kill(int(process.pid or 0), signal.SIGKILL)
    process.join()
    with installation.database.read() as connection:
        drafts = connection.exec_driver_sql("SELECT count(*) FROM draft").scalar_one()
    counted = read_counts(installation)[first]
    assert drafts - TOGETHER < counted <= drafts


def test_forms_and_rounds_are_counted_apart() -> None:
    tally = Tally()
    for _ in range(TOGETHER - 1):
        assert (
            tally.note("a", "full", ["b"])
            == tally.note("a", "short", ["b"])
            == tally.note("c", "full", ["b"])
        )
    assert tally.note("a", "full", ["b", "d"]) == {"b": TOGETHER, "d": 1}
    assert tally.note("a", "full", ["b"]) == {}
