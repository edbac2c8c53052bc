"""How stored comments are read by the chain: those that are new, and all again when a list gets better.

Each comment says what it was read with, so a reading that was interrupted goes on where it was. A comment is
masked once more at each reading: what was masked stays masked, and only more can come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import orjson

from analysis.text.asked import Asked
from analysis.text.chain import Suggest, find_chain_version, read_text
from survey.comments.model_in_force import find_suggest
from survey.comments.theme_lists import find_themes_of
from survey.definition.model import Definition
from survey.installation import SYSTEM, Installation, find_definition
from survey.store import audits, comments, rounds, themes
from survey.store.comments import Heard, Written
from survey.store.database import claim_job

AT_ONCE = 200  # comments of a transaction: less than half a second of reading is lost when it is killed
READING = "reading comments"  # the job that one process at a time does
LEXICON = "lexicon"
Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Read:
    """How many comments were read, and in how many something was masked that had not been."""

    comments: int
    masked: int


def tell_nobody(_done: int, _of: int) -> None:
    """Nobody wants to hear how far it has come."""


def find_reader(installation: Installation) -> tuple[str, Suggest | None]:
    """What comments are read with now: its name, and what the model in force suggests if there is one."""
    with installation.database.read(newest=True) as connection:
        number = themes.find_model_in_force(connection)
    chain = find_chain_version(installation.settings.themes_dir)
    name = f"{chain}/{LEXICON if number is None else number}"
    return name, None if number is None else find_suggest(installation, number)


def read_comments(installation: Installation, *, tell: Tell = tell_nobody) -> Read:
    """Read every stored comment that was not read with the chain as it is now.

    `tell` hears how many are done and how many there were. Interrupted anywhere it can be called again.
    """
    chain, suggest = find_reader(installation)
    with installation.database.read(newest=True) as connection:
        total = comments.count_unread(connection, chain)
    done = masked = 0
    while True:
        with installation.database.read(newest=True) as connection:
            waiting = comments.list_unread(connection, chain, AT_ONCE)
        if not waiting:
            break
        heard = [hear(installation, one, chain, suggest) for one in waiting]
        more = sum(new.text != old.text for new, old in zip(heard, waiting, strict=True))
        keep_heard(installation, heard, chain, more)
        done, masked = done + len(heard), masked + more
        tell(done, max(total, done))
    if masked:
        installation.database.overwrite_erased()
    return Read(done, masked)


def keep_heard(installation: Installation, heard: Sequence[Heard], chain: str, more: int) -> None:
    """Write what was read out of some comments, and that more was masked in them if so."""
    with installation.database.write() as connection:
        claim_job(connection, READING)
        comments.keep_heard(connection, heard)
        if more:
            audits.add_event(connection, "comments masked again", chain, by=SYSTEM, number=more)


def hear(installation: Installation, written: Written, chain: str, suggest: Suggest | None) -> Heard:
    """What the chain says of a stored comment."""
    asked = find_asked(installation, written.survey, written.question)
    lists = find_themes_of(installation.settings)
    reading = read_text(written.text, asked=asked, themes=lists, suggest=suggest)
    found = {one.theme: list(one.words) for one in reading.themes}
    return Heard(
        id=written.id,
        text=reading.masked,
        chain=chain,
        language=reading.language,
        tone=reading.tone.kind.value,
        tone_score=reading.tone.score,
        themes=orjson.dumps(found).decode(),
    )


def find_asked(installation: Installation, survey: str, question: str) -> Asked:
    """What a survey's question asked for, as its newest version that has it says."""
    for definition in list_definitions(installation, survey):
        found = definition.find_question(question)
        if found is not None:
            return Asked(found.sentiment or Asked.OTHER)
    return Asked.OTHER


@lru_cache(maxsize=16)
def list_definitions(installation: Installation, survey: str) -> tuple[Definition, ...]:
    """The stored versions of a survey, the newest first."""
    with installation.database.read(newest=True) as connection:
        versions = rounds.list_versions(connection, survey)
    return tuple(find_definition(installation, survey, version) for version in versions)
