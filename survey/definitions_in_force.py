"""Which definitions of surveys are there, which of them is in force, and what can be left out of each?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.definition.model import Definition, Question
from survey.installation import Installation, find_definition
from survey.rounds import list_sensitive
from survey.store import rounds


@dataclass(frozen=True)
class Known:
    """A definition. The newest version of a survey is in force; a frozen one has been answered."""

    definition: Definition
    in_force: bool
    frozen: bool

    @property
    def sensitive(self) -> tuple[Question, ...]:
        return list_sensitive(self.definition)


def list_known(installation: Installation) -> tuple[Known, ...]:
    """Every stored definition, by survey, the newest version first."""
    with installation.database.read(newest=True) as connection:
        surveys = rounds.list_surveys(connection)
        versions = {survey: rounds.list_versions(connection, survey) for survey in surveys}
        frozen = rounds.list_frozen(connection)
    return tuple(
        Known(find_definition(installation, survey, version), place == 0, (survey, version) in frozen)
        for survey in surveys
        for place, version in enumerate(versions[survey])
    )
