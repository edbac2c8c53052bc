"""Is every acknowledged answer in the database, as it was given, and none of them twice?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import orjson

from pages.shared.escape import escape_markdown
from survey.answering.drafts import find_round, find_survey
from survey.answering.mixer import mix_period
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import open_payload
from survey.commands import open_here
from survey.installation import Installation
from survey.language import pick_text
from survey.store import installations, responses, submissions

Given = Mapping[str, str]  # what somebody answered: by question a code, or the text that was chosen


def prove_kept(acknowledged: Mapping[str, Given], round_id: str) -> dict[str, int]:
    """What became of the answers whose receipts people hold, after a mixing as when a month closes.

    Each person's receipt is looked up by itself: `missing` opens nothing, `doubled` more than one
    response, `changed` one that holds something else than was given. `unheard` are stored answers that
    nobody holds a receipt of, because the acknowledgement was lost on the way.
    """
    installation = open_here()
    mixed = mix_period(installation, installation.today().isoformat()[:7], closing=True)
    waiting = list(list_sealed(installation))
    with installation.database.read() as connection:
        times = Counter([*responses.list_receipts(connection), *(receipt for receipt, _ in waiting)])
    codes = list_codes(installation, round_id)
    outcomes = Counter(
        judge(
            installation, hash_receipt(read_receipt(receipt), "response"), given, codes, times, dict(waiting)
        )
        for receipt, given in acknowledged.items()
    )
    installation.database.close()
    return {
        "acknowledged": len(acknowledged),
        **{name: outcomes[name] for name in ("kept", "missing", "doubled", "changed")},
        "stored": times.total(),
        "stored_twice": times.total() - len(times),
        "unheard": len(times) - outcomes["kept"] - outcomes["changed"] - outcomes["doubled"],
        "mixed": mixed.mixed,
    }


def judge(
    installation: Installation,
    receipt: bytes,
    given: Given,
    codes: Mapping[str, Mapping[str, str]],
    times: Counter[bytes],
    sealed: Mapping[bytes, Given],
) -> str:
    """What one person's receipt opens."""
    if times[receipt] != 1:
        return "doubled" if times[receipt] else "missing"
    answers = sealed.get(receipt)
    if answers is None:
        with installation.database.read() as connection:
            found = responses.find_response(connection, receipt)
        if found is None:
            return "missing"
        answers = orjson.loads(found.counted.answers)
    wanted = {question: codes[question].get(said, said) for question, said in given.items()}
    return "kept" if all(answers.get(question) == code for question, code in wanted.items()) else "changed"


def list_sealed(installation: Installation) -> Iterator[tuple[bytes, Given]]:
    """What was too little to be mixed: the receipt's hash and the answers of each."""
    with installation.database.read() as connection:
        for period in installations.list_living_periods(connection):
            key = installation.keys.read_period_key(period)
            for _, sealed in submissions.list_sealed(connection, period):
                payload = open_payload(sealed, key)
                yield payload.response_hash, {q: str(a) for q, a in payload.answers.items()}


def list_codes(installation: Installation, round_id: str) -> dict[str, dict[str, str]]:
    """The code of every text that can be chosen in the app, by question."""
    survey = find_survey(installation, find_round(installation, round_id), "full")
    return {
        asked.id: {escape_markdown(pick_text(o.text, "sv")): o.code for o in asked.options}
        for _, asked_of_part in survey.parts
        for asked in asked_of_part
    }
