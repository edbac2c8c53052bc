"""How people whose answers will do become responses, each once, in months that are not published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.periods import enclosing_periods
from survey.answering.keys import hash_keyed
from survey.answering.mixer import make_rows
from survey.answering.receipt import hash_receipt, make_receipt
from survey.answering.seal import Payload
from survey.errors import SurveyError
from survey.importing.gather import Gathered
from survey.importing.mapping import ColumnMapping
from survey.importing.person import Person
from survey.installation import Installation
from survey.store import audits, publications, responses, rounds
from survey.store.rounds import Round

CHANNEL = "import"


@dataclass(frozen=True)
class Candidate:
    """A person who may come in. The marks are what is kept of where the answers came from."""

    lines: tuple[int, ...]
    person: Person
    mark: bytes = field(repr=False)
    content_mark: bytes = field(repr=False)


@dataclass
class Intake:
    """One import under way: where it goes, and which marks the round has already."""

    installation: Installation
    round_: Round
    mapping: ColumnMapping
    dry_run: bool
    by: str
    known: set[bytes] = field(default_factory=set[bytes], repr=False)


@dataclass(frozen=True)
class Settled:
    """What became of a batch: everybody in it is in one of the four."""

    kept: Sequence[Candidate]
    there: Sequence[Candidate]
    changed: Sequence[Candidate]
    published: Sequence[Candidate]


def begin_intake(
    installation: Installation, round_: Round, mapping: ColumnMapping, *, dry_run: bool, by: str
) -> Intake:
    """An import that knows what the round has already."""
    intake = Intake(installation, round_, mapping, dry_run, by)
    learn_marks(intake)
    return intake


def learn_marks(intake: Intake) -> bool:
    """Read what the round has already; whether that is more than was known."""
    before = len(intake.known)
    with intake.installation.database.read(newest=True) as connection:
        intake.known = responses.find_imported(connection, intake.round_.id)
    return len(intake.known) > before


def make_candidate(intake: Intake, gathered: Gathered, person: Person) -> Candidate:
    """A person with marks: keyed hashes, so that the database alone cannot tell who came in."""
    place = (intake.round_.id.encode(), intake.mapping.source.encode())
    pepper = intake.installation.pepper
    mark = hash_keyed(pepper, "import", *place, gathered.identity.hex().encode())
    content = (gathered.identity.hex().encode(), gathered.content.hex().encode())
    return Candidate(
        tuple(row.line for row in gathered.rows),
        person,
        mark,
        hash_keyed(pepper, "import content", *place, *content),
    )


def settle_batch(intake: Intake, batch: Sequence[Candidate]) -> Settled:
    """Keep those of a batch who are new, all in one transaction; in a dry run only say who they are.

    When another import of the same answers was first with somebody, nothing of the batch is kept; then
    what is there is learnt anew, and the rest is tried again. Raises SurveyError database_*.
    """
    while True:
        there = [one for one in batch if one.content_mark in intake.known]
        changed = [o for o in batch if o.mark in intake.known and o.content_mark not in intake.known]
        fresh = [one for one in batch if one.mark not in intake.known]
        try:
            kept = find_kept(intake, fresh) if intake.dry_run else write_kept(intake, fresh)
        except SurveyError as wrong:
            if wrong.code != "database_failed" or not learn_marks(intake):
                raise
            continue
        chosen = {one.mark for one in kept}
        return Settled(kept, there, changed, [one for one in fresh if one.mark not in chosen])


def find_kept(intake: Intake, fresh: Sequence[Candidate]) -> list[Candidate]:
    """Those whose month is not published, nor any longer period that it is part of."""
    with intake.installation.database.read(newest=True) as connection:
        listed = publications.list_publications(connection, intake.round_.survey)
    return leave_published(fresh, (one.month for one in listed))


def write_kept(intake: Intake, fresh: Sequence[Candidate]) -> list[Candidate]:
    """Write those whose time is not published: responses, comments, marks and the audit event, or nothing."""
    round_ = intake.round_
    with intake.installation.database.write() as connection:
        listed = publications.list_publications(connection, round_.survey)
        kept = leave_published(fresh, (one.month for one in listed))
        if not kept:
            return []
        rows, comments = make_rows(intake.installation, [make_payload(intake, o.person) for o in kept])
        responses.add_responses(connection, rows)
        responses.add_comments(connection, comments)
        marks = [mark for one in kept for mark in (one.mark, one.content_mark)]
        responses.add_imported(connection, round_.id, marks)
        rounds.freeze_definition(connection, round_.survey, round_.version)
        source, number = intake.mapping.source, len(kept)
        audits.add_event(
            connection, "answers imported", round_.id, by=intake.by, source=source, number=number
        )
    return kept


def leave_published(candidates: Iterable[Candidate], months: Iterable[str]) -> list[Candidate]:
    """Those whose answers can still be counted.

    A month counts as published with any quarter, half-year or year around it: that longer period is made
    of its months, and would contradict one that came afterwards.
    """
    published = frozenset(months)
    return [
        one
        for one in candidates
        if one.person.month not in published
        and not any(period.last in published for period in enclosing_periods(one.person.month))
    ]


def make_payload(intake: Intake, person: Person) -> Payload:
    """What a sent answer would have been. Nobody holds its receipt: it is thrown away at once."""
    receipt = make_receipt()
    return Payload(
        survey=intake.round_.survey,
        version=intake.round_.version,
        round_id=intake.round_.id,
        month=person.month,
        area=person.area,
        channel=CHANNEL,
        language=intake.mapping.language,
        answers=person.answers,
        comments=person.comments,
        for_panel=person.for_panel,
        response_hash=hash_receipt(receipt, "response"),
        comment_hash=hash_receipt(receipt, "comment"),
        unit=person.unit,
    )
