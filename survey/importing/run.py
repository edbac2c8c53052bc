"""How a file of answers is brought in: every row comes in, or is listed with the reason why not."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from survey.errors import SurveyError
from survey.importing.check import read_mapping
from survey.importing.gather import gather_people
from survey.importing.keep import Candidate, Intake, begin_intake, make_candidate, settle_batch
from survey.importing.person import Person, read_person
from survey.importing.rejects import open_rejects, write_rejects
from survey.importing.report import Report, say_report
from survey.importing.rows import Plan, Refusal, make_plan
from survey.importing.table import Table
from survey.installation import Installation, find_definition
from survey.language import DEFAULT_LANGUAGE, speak
from survey.store import rounds
from survey.store.rounds import Round

__all__ = ["import_file", "say_report"]

log = logging.getLogger(__name__)
BATCH = 2_000  # people in one transaction: short enough to let other answers in between


@dataclass
class Tally:
    """What has been seen so far."""

    rows: int = 0
    people: int = 0
    imported: int = 0
    imported_rows: int = 0
    comments: int = 0
    there: int = 0
    there_rows: int = 0
    months: set[str] = field(default_factory=set[str])
    refusals: list[Refusal] = field(default_factory=list[Refusal])


def import_file(
    installation: Installation,
    file: Path,
    mapping: Path,
    round_name: str,
    *,
    rejects: Path,
    dry_run: bool = False,
    by: str,
) -> Report:
    """Bring in a file's answers to a round whose door is import, and list the rows that stay out.

    Running it again brings in what is new and nothing else, also after it was cut off half-way. A dry run
    writes the list of refused rows too, since that is what one wants to see, but nothing to the database.

    Raises SurveyError: round_unknown, round_not_for_import, mapping_wrong with `problems`, import_* for a
    file that cannot be read or a list that cannot be written, and database_*. What is wrong with the file
    as a whole is found before anything is written.
    """
    round_ = find_import_round(installation, round_name)
    check_places(file, mapping, rejects)
    definition = find_definition(installation, round_.survey, round_.version)
    columns, table = read_mapping(mapping, file, definition, installation.areas)
    plan = make_plan(columns, table.read_header(), definition, installation.areas, installation.today())
    intake = begin_intake(installation, round_, columns, dry_run=dry_run, by=by)
    with open_rejects(rejects) as text:
        tally = take_in(intake, plan, table)
        write_rejects(text, tally.refusals, speak(DEFAULT_LANGUAGE))
    return make_report(tally, dry_run, rejects)


def find_import_round(installation: Installation, name: str) -> Round:
    """The round of a name. Raises SurveyError round_unknown, and round_not_for_import for another door."""
    with installation.database.read(newest=True) as connection:
        found = rounds.find_round(connection, name)
    if found is None:
        raise SurveyError("round_unknown")
    if found.door != "import":
        raise SurveyError("round_not_for_import", round=found.id)
    return found


def check_places(file: Path, mapping: Path, rejects: Path) -> None:
    """Raises SurveyError import_rejects_unwritable when the list would be written over what is read."""
    if rejects.resolve() in (file.resolve(), mapping.resolve()) or rejects.is_dir():
        raise SurveyError("import_rejects_unwritable", file=rejects.as_posix())


def take_in(intake: Intake, plan: Plan, table: Table) -> Tally:
    """Read everybody, and settle them batch by batch."""
    tally = Tally()
    batch: list[Candidate] = []
    for gathered in gather_people(plan, table):
        tally.rows += len(gathered.rows)
        tally.people += 1
        found = read_person(plan, gathered.rows)
        if not isinstance(found, Person):
            tally.refusals.extend(found)
            continue
        batch.append(make_candidate(intake, gathered, found))
        if len(batch) == BATCH:
            settle(intake, tally, batch)
            batch = []
    settle(intake, tally, batch)
    return tally


def settle(intake: Intake, tally: Tally, batch: Sequence[Candidate]) -> None:
    """Settle a batch and count what became of it."""
    settled = settle_batch(intake, batch)
    tally.imported += len(settled.kept)
    tally.imported_rows += count_rows(settled.kept)
    tally.comments += sum(len(one.person.comments) for one in settled.kept)
    tally.months.update(one.person.month for one in settled.kept)
    tally.there += len(settled.there)
    tally.there_rows += count_rows(settled.there)
    for code, candidates in (("changed", settled.changed), ("published", settled.published)):
        tally.refusals.extend(refusal for one in candidates for refusal in refuse_person(one, code))
    log.info("%s: %d rows read, %d people imported", intake.round_.id, tally.rows, tally.imported)


def refuse_person(candidate: Candidate, code: str) -> tuple[Refusal, ...]:
    """A refusal for every row of a person."""
    return tuple(
        Refusal(line, code, others=tuple(other for other in candidate.lines if other != line))
        for line in candidate.lines
    )


def count_rows(candidates: Iterable[Candidate]) -> int:
    return sum(len(one.lines) for one in candidates)


def make_report(tally: Tally, dry_run: bool, rejects: Path) -> Report:
    return Report(
        dry_run=dry_run,
        rows=tally.rows,
        people=tally.people,
        imported=tally.imported,
        imported_rows=tally.imported_rows,
        comments=tally.comments,
        first_month=min(tally.months, default=""),
        last_month=max(tally.months, default=""),
        there=tally.there,
        there_rows=tally.there_rows,
        rejected=Counter(refusal.code for refusal in tally.refusals),
        rejects=rejects,
    )
