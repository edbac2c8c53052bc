"""Which key files are of something that is over, so that they must be nowhere?

They can be left by a process that was killed, and on a machine that was not the one that ended it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from survey.answering.keys import KeyRing, name_panel_round
from survey.panel_rounds.states import State
from survey.store import installations, panel_rounds
from survey.store.database import Database

if TYPE_CHECKING:
    from survey.installation import Installation  # which asks here what not to copy


def list_ended_files(database: Database, keys: KeyRing) -> Mapping[Path, str]:
    """The key files, as they would lie here, of closed periods and of panel rounds that are finished.

    Each with the period it is of, empty for a panel round.

    Those of other rounds are destroyed where their drafts are deleted (survey/rounds.py).
    """
    with database.read(newest=True) as connection:
        closed = installations.list_closed_periods(connection)
        finished = [
            one.id for one in panel_rounds.list_rounds(connection) if one.state == State.FINISHED.value
        ]
    rounds = {keys.find_round_file(name_panel_round(one)): "" for one in finished}
    return {keys.find_period_file(one): one for one in closed} | rounds


def sweep_ended_keys(installation: Installation) -> None:
    """Destroy the key files of what is over. Raises SurveyError key_undestroyed, and database_*."""
    keys = installation.keys
    for file, period in list_ended_files(installation.database, keys).items():
        if period:
            installation.erasures.note_destroyed(period)
        if keys.has(file):
            keys.destroy(file)
