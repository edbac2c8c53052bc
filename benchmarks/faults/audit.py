"""After all the kills: is everything there that was acknowledged, once, whole, and nothing else?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import orjson
from sqlalchemy import select

from benchmarks.faults.people import Told
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import open_payload
from survey.installation import Installation
from survey.store import installations, submissions
from survey.store.tables import comment, response


@dataclass
class Kept:
    """What lies in the database: each answer by the hash of its receipt, and how many comments it has."""

    answers: list[tuple[bytes, Mapping[str, object]]] = field(default_factory=list)
    comments: Counter[bytes] = field(default_factory=Counter)
    sealed: int = 0


def read_kept(installation: Installation) -> Kept:
    """Everything that was sent, whether it is mixed or lies sealed in the inbox."""
    kept = Kept()
    with installation.database.read(newest=True) as connection:
        for row in connection.execute(select(response.c.receipt, response.c.answers)):
            kept.answers.append((bytes(row[0]), orjson.loads(row[1])))
        kept.comments.update(bytes(one) for one in connection.execute(select(comment.c.receipt)).scalars())
        for period in installations.list_living_periods(connection):
            private_key = installation.keys.read_period_key(period)
            for _, sealed in submissions.list_sealed(connection, period):
                payload = open_payload(sealed, private_key)
                kept.answers.append((payload.response_hash, payload.answers))
                kept.comments[payload.comment_hash] += len(payload.comments)
                kept.sealed += 1
    return kept


def judge(kept: Kept, told: Iterable[Told], erased: Collection[str]) -> dict[str, object]:
    """How many were acknowledged, and every way in which what is kept could differ from that."""
    people = list(told)
    found: dict[bytes, list[Mapping[str, object]]] = {}
    for receipt, answers in kept.answers:
        found.setdefault(receipt, []).append(answers)
    promised = [one for one in people if one.receipt]
    living = [one for one in promised if one.receipt not in erased]
    lost = [one for one in living if hash_of(one.receipt, "response") not in found]
    whole = [one for one in living if one not in lost]
    differing = [one for one in whole if not is_whole(found[hash_of(one.receipt, "response")][0], one, kept)]
    gone = [hash_of(one, kind) for one in erased for kind in ("response", "comment")]
    known = {hash_of(one.receipt, "response") for one in promised}
    return {
        "people": len(people),
        "acknowledged": len(promised),
        "erased": len(erased),
        "kept": len(kept.answers),
        "of_them_sealed": kept.sealed,
        "presses_without_a_page": sum(one.interrupted for one in people),
        "people_interrupted": sum(one.interrupted > 0 for one in people),
        "parts_looked_at_again": sum(one.looked_back for one in people),
        "parts_lost": sum(len(one.lost) for one in people),
        "what_was_lost": [said for one in people for said in one.lost][:5],
        "statuses": dict(Counter(status for one in people for status in one.statuses)),
        "gave_up": [one.given_up for one in people if one.given_up],
        "answers_lost": len(lost),
        "answers_twice": sum(len(some) > 1 for some in found.values()),
        "answers_half": len(differing),
        "erased_and_still_there": sum(one in found or kept.comments[one] > 0 for one in gone),
        "kept_unheard": sum(receipt not in known for receipt in found),
    }


def hash_of(receipt: str, kind: str) -> bytes:
    return hash_receipt(read_receipt(receipt), kind)


def is_whole(stored: Mapping[str, object], one: Told, kept: Kept) -> bool:
    """Whether every answer that a person gave is there, and as many comments as they wrote."""
    chosen = {name: stored[name] for name in one.answers if name in stored}
    same = all(
        one.answers[name] in (value if isinstance(value, list | tuple) else [value])
        for name, value in chosen.items()
    )
    texts = len(one.answers) - len(chosen)
    return same and texts == one.comments == kept.comments[hash_of(one.receipt, "comment")]
