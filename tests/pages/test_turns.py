"""Are so many pages drawn at once and no more, and is nobody kept waiting for ever?"""

from __future__ import annotations

import threading
import time

import pytest

from pages.shared.turns import Turns


def count_most_together(turns: Turns, people: int) -> int:
    """How many of so many people at most had a turn at the same moment."""
    inside: list[int] = []
    most: list[int] = []
    together = threading.Lock()

    def draw() -> None:
        with turns.take():
            with together:
                inside.append(1)
                most.append(len(inside))
            time.sleep(0.01)
            with together:
                inside.pop()

    threads = [threading.Thread(target=draw) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == people
    return max(most)


@pytest.mark.parametrize("at_once", [1, 3])
def test_no_more_are_drawn_at_once_than_may_be(at_once: int) -> None:
    assert count_most_together(Turns(at_once, longest_wait=60), people=12) == at_once


def test_who_has_waited_too_long_is_drawn_anyway_and_takes_no_turn_of_another() -> None:
    turns = Turns(1, longest_wait=0.01)
    with turns.take(), turns.take(), pytest.raises(ValueError, match="a page failed"), turns.take():
        raise ValueError("a page failed")
    patient = Turns(1, longest_wait=60)
    patient._free = turns._free
    assert count_most_together(patient, people=5) == 1
