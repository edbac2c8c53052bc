"""Is anything lost when a service is killed while people answer? The short share of benchmarks/faults."""

from __future__ import annotations

from pathlib import Path

from benchmarks.faults.rehearsal import APP, Rehearsal, is_clean

KILLS = (APP, "erasing", "migrating")


def test_nothing_acknowledged_is_lost_twice_or_half_when_the_service_is_killed_while_people_answer(
    tmp_path: Path,
) -> None:
    rehearsal = Rehearsal(tmp_path, "sqlite", seed=9, people=4)
    try:
        found = rehearsal.run(KILLS)
    finally:
        rehearsal.close()
    assert is_clean(found), found
    assert (sum(rehearsal.killed.values()), bool(found["acknowledged"])) >= (2, True), found
