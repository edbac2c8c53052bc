"""What can letters be about: where their links lead, and how far is somebody told who asks now?

How far is a number, another for each thing: of the publication that somebody was told of last, or of the last
day (counted from year 1) whose events somebody was told of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from survey.installation import Installation
from survey.language import LANGUAGES, WHOLE_LANGUAGES, Language
from survey.store import digests
from survey.store.database import Connection


class About(StrEnum):
    """SIGNALS: what has changed in the figures, for people at work. HAPPENED: what happened with proposals
    ("Vad hände sen?"), for anybody."""

    SIGNALS = "signals"
    HAPPENED = "happened"


@dataclass(frozen=True)
class Links:
    """Under which addresses the links of letters stand, and which texts their pages begin with.

    `back` is where a reader may go afterwards, `languages` what the pages can be read in.
    """

    confirm: str
    leave: str
    texts: str
    back: str
    languages: Mapping[str, Language] = field(default_factory=lambda: WHOLE_LANGUAGES)


LINKS: Mapping[About, Links] = {
    About.SIGNALS: Links("/e/u/ja", "/e/u/nej", "digest.page", "/e"),
    About.HAPPENED: Links("/e/u/folj", "/e/u/sluta", "light.follow.page", "/vad-hande-sen", LANGUAGES),
}
# Who asks for a digest says every area of it; who follows another place follows it too.
ADDS_UP = frozenset({About.HAPPENED})


def find_ended_day(installation: Installation) -> int:
    """The number of the last day that has ended: nothing more can happen on it."""
    return (installation.today() - timedelta(days=1)).toordinal()


START: Mapping[About, Callable[[Installation, Connection], int]] = {
    About.SIGNALS: lambda _installation, connection: digests.find_newest_publication(connection),
    About.HAPPENED: lambda installation, _connection: find_ended_day(installation),
}


def find_start(installation: Installation, connection: Connection, about: About) -> int:
    """How far somebody counts as told who confirms now: letters are about what comes from now on."""
    return START[about](installation, connection)
