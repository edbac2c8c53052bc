"""How sealed answers become responses that nobody can join to a code."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson
from nacl.public import PrivateKey

from analysis.scores import DimensionRule, score_answers
from analysis.weeks import week_of
from survey.answering.seal import Payload, make_row_id, open_payload, seal_payload
from survey.definition.model import Definition
from survey.definition.scoring import derive_groups, make_rules
from survey.installation import SYSTEM, Installation, ensure_period_key, find_answering_month, find_definition
from survey.metrics.counted import counted
from survey.store import audits, installations, monitoring, responses, submissions
from survey.store.database import Connection, claim_job
from survey.store.responses import Comment, Response
from survey.store.submissions import Sealed

BATCH = 20  # answers that a batch must have, so that an answer hides among at least that many (privacy.md 1)
LEAST = 5  # answers that may be mixed when a period closes; fewer wait for the next period
AT_ONCE = 1_000  # answers of a transaction, so that others who write wait less than a second

POOLED = "pooled"  # the channel of answers from several rounds that were too few alone
MIXING = "mixing"  # the job that one process at a time does

random_order = random.SystemRandom()


@dataclass(frozen=True)
class Mixed:
    """How many answers became responses, and how many wait for company."""

    mixed: int
    waiting: int


@dataclass(frozen=True, order=True)
class Crowd:
    """Answers that look alike from outside: of one definition, round and municipality."""

    survey: str
    version: str
    round_id: str
    area: str


@dataclass(frozen=True)
class Batch:
    """Crowds that are mixed together. A batch of several rounds tells no round: it would tell codes apart."""

    crowds: tuple[Crowd, ...]

    @property
    def hides_round(self) -> bool:
        return len({crowd.round_id for crowd in self.crowds}) > 1


def plan_batches(
    counts: Mapping[Crowd, int], find_county: Callable[[str], str], *, closing: bool
) -> tuple[Batch, ...]:
    """Which crowds are mixed together: each of 20 or more alone, the thin with others of their county.

    When the period closes, what is thin together is mixed for each definition, from 5 answers. What is
    in no batch waits. The order of `counts` does not matter.
    """
    thin = sorted(crowd for crowd, n in counts.items() if 0 < n < BATCH)
    alone = [Batch((crowd,)) for crowd, n in sorted(counts.items()) if n >= BATCH]

    def gather(crowds: Iterable[Crowd], name: Callable[[Crowd], object], least: int) -> list[Batch]:
        together: dict[object, list[Crowd]] = {}
        for crowd in crowds:
            together.setdefault(name(crowd), []).append(crowd)
        return [Batch(tuple(c)) for c in together.values() if sum(counts[one] for one in c) >= least]

    counties = gather(thin, lambda c: (c.survey, c.version, c.round_id, find_county(c.area)), BATCH)
    if not closing:
        return (*alone, *counties)
    placed = {crowd for batch in counties for crowd in batch.crowds}
    rest = [crowd for crowd in thin if crowd not in placed]
    return (*alone, *counties, *gather(rest, lambda c: (c.survey, c.version), LEAST))


def mix_period(
    installation: Installation, period: str, *, closing: bool = False, forget_traces: bool = True
) -> Mixed:
    """Mix what can be mixed of a period, each batch whole or not at all, then remove the traces.

    Who mixes several periods in a row may remove the traces once, after the last. Raises SurveyError
    key_missing when the period's private key is gone, and database_*.
    """
    with installation.database.read(newest=True) as connection:
        waiting = submissions.list_sealed(connection, period)
    if not waiting:
        return Mixed(0, 0)
    crowds = open_crowds(waiting, installation.keys.read_period_key(period))
    counts = {crowd: len(answers) for crowd, answers in crowds.items()}
    batches = plan_batches(counts, lambda area: find_county(installation, area), closing=closing)
    mixed = 0
    for some in group_batches(batches, counts):
        with installation.database.write() as connection:
            claim_job(connection, MIXING)
            for batch in some:
                answers = {row: payload for crowd in batch.crowds for row, payload in crowds[crowd].items()}
                mixed += mix_batch(connection, installation, period, batch, answers, closing=closing)
    if mixed:
        counted.note_mixed(mixed)
    if mixed and forget_traces:
        installation.database.forget_traces()
    return Mixed(mixed, len(waiting) - mixed)


def group_batches(batches: Iterable[Batch], counts: Mapping[Crowd, int]) -> Iterator[list[Batch]]:
    """The batches of each transaction: as many as have `AT_ONCE` answers together, or one that has more."""
    some: list[Batch] = []
    answers = 0
    for batch in batches:
        size = sum(counts[crowd] for crowd in batch.crowds)
        if some and answers + size > AT_ONCE:
            yield some
            some, answers = [], 0
        some.append(batch)
        answers += size
    if some:
        yield some


def open_crowds(
    waiting: Iterable[tuple[bytes, bytes]], private_key: PrivateKey
) -> dict[Crowd, dict[bytes, Payload]]:
    """The sealed answers that wait, opened, by crowd and by the id of their row."""
    crowds: dict[Crowd, dict[bytes, Payload]] = {}
    for row_id, sealed in waiting:
        payload = open_payload(sealed, private_key)
        crowd = Crowd(payload.survey, payload.version, payload.round_id, payload.area)
        crowds.setdefault(crowd, {})[row_id] = payload
    return crowds


def find_county(installation: Installation, area: str) -> str:
    """The county of a municipality; what lies elsewhere is a county of its own."""
    areas = installation.areas
    return (areas.find(area).parent or area) if areas.has(area) else area


def mix_batch(
    connection: Connection,
    installation: Installation,
    period: str,
    batch: Batch,
    answers: Mapping[bytes, Payload],
    *,
    closing: bool,
) -> int:
    """Take, shuffle and keep a batch. How many; 0 when another process left too few: those wait on."""
    taken = submissions.take_sealed(connection, period, sorted(answers))
    if len(taken) < (LEAST if closing else BATCH):
        submissions.add_sealed(connection, [Sealed(row, period, sealed) for row, sealed in taken.items()])
        return 0
    payloads = [answers[row] for row in taken]
    if batch.hides_round:
        payloads = [replace(payload, round_id="", channel=POOLED) for payload in payloads]
    else:  # never when they are sent: a number that grows with a code would tell the code's municipality
        came = Counter((payload.round_id, payload.area) for payload in payloads)
        monitoring.add_answers(connection, week_of(installation.today()), came)
    rows, comments = make_rows(installation, payloads)
    responses.add_responses(connection, rows)
    responses.add_comments(connection, comments)
    audits.add_event(connection, "answers mixed", period, by=SYSTEM, number=len(rows))
    return len(rows)


def make_rows(
    installation: Installation, payloads: Iterable[Payload]
) -> tuple[list[Response], list[Comment]]:
    """Responses and comments under new random ids, each list in an order of its own."""
    known: dict[tuple[str, str], tuple[Definition, tuple[DimensionRule, ...]]] = {}
    rows: list[Response] = []
    comments: list[Comment] = []
    for payload in payloads:
        name = (payload.survey, payload.version)
        if name not in known:
            definition = find_definition(installation, *name)
            known[name] = (definition, make_rules(definition))
        rows.append(make_response(payload, *known[name]))
        comments.extend(make_comments(payload))
    random_order.shuffle(rows)
    random_order.shuffle(comments)
    return rows, comments


def make_response(payload: Payload, definition: Definition, rules: Sequence[DimensionRule]) -> Response:
    """The row of one payload, scored."""
    return Response(
        id=make_row_id(),
        survey=payload.survey,
        version=payload.version,
        round_id=payload.round_id,
        area=payload.area,
        unit=payload.unit,
        month=payload.month,
        channel=payload.channel,
        answers=orjson.dumps(payload.answers, option=orjson.OPT_SORT_KEYS).decode(),
        scores=orjson.dumps(score_answers(payload.answers, rules), option=orjson.OPT_SORT_KEYS).decode(),
        groups=orjson.dumps(
            derive_groups(definition, payload.answers, payload.language), option=orjson.OPT_SORT_KEYS
        ).decode(),
        receipt=payload.response_hash,
    )


def make_comments(payload: Payload) -> list[Comment]:
    """The masked texts of one payload, each a row of its own."""
    return [
        Comment(
            id=make_row_id(),
            survey=payload.survey,
            area=payload.area,
            unit=payload.unit,
            month=payload.month,
            question=question,
            text=text,
            for_panel=payload.for_panel,
            receipt=payload.comment_hash,
        )
        for question, text in payload.comments.items()
    ]


def retire_period(installation: Installation, period: str) -> int:
    """Destroy the private key of a period that is over: nothing can be sent to it or opened any more.

    What was too little to mix is sealed to the month that is now: late answers count there. How many.
    It is the same transaction, so that an answer that came in at the last moment is not lost with the key.
    """
    next_period = find_answering_month(installation)
    public_key = ensure_period_key(installation, next_period)
    with installation.database.write() as connection:
        claim_job(connection, MIXING)
        installations.mark_period_key_destroyed(connection, period)
        left = submissions.take_sealed(connection, period)
        payloads = pass_on(installation, period, list(left.values()), next_period)
        rows = [Sealed(make_row_id(), next_period, seal_payload(p, public_key)) for p in payloads]
        submissions.add_sealed(connection, rows)
        submissions.forget_submissions(connection, period)
        audits.add_event(connection, "period key destroyed", period, by=SYSTEM, passed_on=len(rows))
    installation.erasures.note_destroyed(period)
    installation.keys.destroy_period_key(period)
    return len(rows)


def pass_on(
    installation: Installation, period: str, sealed: Sequence[bytes], next_period: str
) -> list[Payload]:
    """Sealed answers of a period as answers of the next, in a new order."""
    if not sealed:
        return []
    private_key = installation.keys.read_period_key(period)
    payloads = [replace(open_payload(one, private_key), month=next_period) for one in sealed]
    random_order.shuffle(payloads)
    return payloads
