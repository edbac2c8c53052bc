"""Which versions of the strategy map are there, and how does a new one come to be?

Every version is the whole map. Nobody's change is lost: of two that are made at once the second is put on top
of the first when they are about different items, and is handed back when they are about the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, strategies
from survey.store.database import claim_job
from survey.store.strategies import StoredVersion
from survey.strategy.begin import list_measured
from survey.strategy.changes import Change, compare_maps
from survey.strategy.edit import Edit, apply_edit, find_edited
from survey.strategy.model import StrategyMap, read_map, write_map

JOB = "strategy"  # two new versions are never made at the same moment
MOST_FIELDS_IN_LOG = 20  # fields that the audit log names; the version itself names all


@dataclass(frozen=True)
class Version:
    """A version and the map it is."""

    about: StoredVersion
    map: StrategyMap

    @property
    def number(self) -> int:
        return self.about.number


@lru_cache(maxsize=16)
def parse_map(document: str) -> StrategyMap:
    """A stored map; parsed once, because a version never changes."""
    return read_map(document)


def find_current(installation: Installation, *, viewer: Person) -> Version:
    """The newest version. Raises SurveyError strategy_none.

    Whoever may edit reads it from the database that is written to: a replica may be behind, and they would
    not see what they just did.
    """
    newest = can_do(Permission.EDIT_STRATEGY, by=viewer)
    with installation.database.read(newest=newest) as connection:
        return open_version(strategies.find_newest(connection))


def find_version(installation: Installation, number: int) -> Version:
    """A version by its number. Raises SurveyError strategy_version_unknown."""
    with installation.database.read(newest=True) as connection:
        found = strategies.find_version(connection, number)
    if found is None:
        raise SurveyError("strategy_version_unknown", number=number)
    return open_version(found)


def open_version(found: tuple[StoredVersion, str] | None) -> Version:
    if found is None:
        raise SurveyError("strategy_none")
    return Version(found[0], parse_map(found[1]))


def list_versions(installation: Installation) -> tuple[StoredVersion, ...]:
    """Every version without its map, the newest first."""
    with installation.database.read(newest=True) as connection:
        return strategies.list_versions(connection)


def list_dimensions(installation: Installation, found: StrategyMap) -> Mapping[str, Dimension]:
    """The dimensions that the map's survey measures, by id; none when the survey is not here."""
    return list_measured(installation.database).get(found.survey, {})


def compare_versions(installation: Installation, old: int, new: int) -> tuple[Change, ...]:
    """What differs between two versions. Raises SurveyError strategy_version_unknown."""
    return compare_maps(find_version(installation, old).map, find_version(installation, new).map)


def save_edit(installation: Installation, edit: Edit, *, based_on: int, by: Person) -> int:
    """Make a new version in which one item is as the edit says; its number.

    `based_on` is the version that the person read. Raises SurveyError: not_allowed, strategy_item_unknown,
    strategy_version_unknown, strategy_changed_meanwhile when somebody else has changed the same item since,
    EditError, strategy_same.
    """
    measured = list_measured(installation.database)
    read = find_edited(find_version(installation, based_on).map, edit)[1]

    def make(newest: Version) -> StrategyMap:
        if find_edited(newest.map, edit)[1] != read:
            raise SurveyError("strategy_changed_meanwhile", item=edit.item, number=newest.number)
        return apply_edit(newest.map, edit, dimensions=measured.get(newest.map.survey))

    subject = f"{edit.framework} {edit.item}"
    return add_version(installation, make, action="strategy edited", subject=subject, note=edit.why, by=by)


def restore_version(
    installation: Installation, number: int, *, based_on: int, by: Person, note: str = ""
) -> int:
    """Make a new version that says what an earlier one said; its number.

    Raises SurveyError: not_allowed, strategy_version_unknown, strategy_same, and strategy_restore_meanwhile
    when there is a newer version than `based_on`, which would be undone unread.
    """
    wanted = find_version(installation, number).map

    def make(newest: Version) -> StrategyMap:
        if newest.number != based_on:
            raise SurveyError("strategy_restore_meanwhile", number=newest.number)
        return wanted

    return add_version(
        installation, make, action="strategy restored", subject=f"version {number}", note=note, by=by
    )


def add_version(
    installation: Installation,
    make: Callable[[Version], StrategyMap],
    *,
    action: str,
    subject: str,
    note: str,
    by: Person,
) -> int:
    """Write what is made of the newest version as the next, with its audit event; its number.

    Raises SurveyError not_allowed, strategy_none, strategy_same when nothing differs, and what `make` raises.
    """
    check_can_do(Permission.EDIT_STRATEGY, by=by)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        newest = open_version(strategies.find_newest(connection))
        new = make(newest)
        changes = compare_maps(newest.map, new)
        if not changes:
            raise SurveyError("strategy_same")
        changed = tuple((one.framework, one.item, one.field) for one in changes)
        number = newest.number + 1
        version = StoredVersion(number, datetime.now(UTC), by.role, changed, " ".join(note.split()))
        if not strategies.add_version(connection, version, write_map(new)):
            raise SurveyError("strategy_restore_meanwhile", number=number)
        named = [" ".join(filter(None, names)) for names in changed[:MOST_FIELDS_IN_LOG]]
        audits.add_event(connection, action, subject, by=by.role, version=number, changed=named)
    return number
