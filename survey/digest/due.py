"""Who is to be told of what has been published, and what does each letter say?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from survey.areas import Area
from survey.digest.addresses import Wish, find_wish
from survey.digest.letters import Letter, Told, list_areas, write_digest
from survey.digest.news import AreaNews, find_news
from survey.errors import SurveyError
from survey.insight.choice import read_survey
from survey.insight.published import list_all_publications, list_surveys
from survey.installation import Installation
from survey.language import Words, speak
from survey.store import digests
from survey.store.digests import Subscription
from survey.store.publications import Publication

NO_LINK = "…"  # stands in a preview where a letter has its reader's own link
FindNews = Callable[[Installation, str, Area, Words], AreaNews]


@dataclass(frozen=True)
class Due:
    """What has been published, until which publication, and the subscriptions that have not been told.

    Where nothing has been, nobody is due.
    """

    known: tuple[Publication, ...]
    latest: int
    subscriptions: tuple[Subscription, ...]


class Desk:
    """Writes letters, and looks once at each area however many ask for it."""

    def __init__(self, installation: Installation, survey: str, *, find: FindNews = find_news) -> None:
        self.installation = installation
        self.survey = survey
        self._find = find
        self._found: dict[tuple[str, str], AreaNews] = {}

    def write(self, wish: Wish, told: Told, *, leave: str) -> Letter | None:
        """The letter of a wish; None when the installation has none of its areas any more."""
        areas = list_areas(self.installation, wish)
        if not areas:
            return None
        found = [self._look_at(area, wish.language) for area in areas]
        return write_digest(self.installation, found, told, wish.language, leave=leave)

    def _look_at(self, area: Area, language: str) -> AreaNews:
        key = (area.code, language)
        if key not in self._found:
            self._found[key] = self._find(self.installation, self.survey, area, speak(language))
        return self._found[key]


def find_due(installation: Installation, *, now: float) -> Due:
    """Who has not been told of the latest publication and may be tried at a time (seconds since 1970)."""
    known = list_told_publications(installation)
    latest = max((one.id for one in known), default=0)
    with installation.database.read(newest=True) as connection:
        return Due(known, latest, digests.list_due(connection, latest=latest, now=now))


def list_told_publications(installation: Installation) -> tuple[Publication, ...]:
    """The publications that letters are about: the residents' survey's, newest month first."""
    surveys = list_surveys(installation)
    return list_all_publications(installation, read_survey(surveys, {})) if surveys else ()


def tell_published(known: Sequence[Publication], told: int) -> Told:
    """What has been published since the publication that somebody was told of last."""
    corrected = sorted({one.month for one in known if one.id > told and one.revision > 1})
    return Told(max(one.month for one in known), tuple(corrected))


def preview_digest(installation: Installation, wish: Wish, *, find: FindNews = find_news) -> Letter:
    """The letter of a wish about the latest publication, without a link to leave.

    Raises SurveyError nothing_published and area_unknown (no area is the installation's).
    """
    known = list_told_publications(installation)
    if not known:
        raise SurveyError("nothing_published")
    told = Told(max(one.month for one in known))
    letter = Desk(installation, known[0].survey, find=find).write(wish, told, leave=NO_LINK)
    if letter is None:
        raise SurveyError("area_unknown", area=", ".join(wish.areas)[:20])
    return letter


def preview_due(installation: Installation, *, now: float) -> tuple[tuple[Letter, int], ...]:
    """Every letter that would be sent now, and to how many; never an address or a link of theirs."""
    due = find_due(installation, now=now)
    if not due.subscriptions:
        return ()
    desk = Desk(installation, due.known[0].survey)
    wanted: Counter[tuple[tuple[str, ...], str, Told]] = Counter()
    for one in due.subscriptions:
        wish = find_wish(installation, one.sealed)
        wanted[wish.areas, wish.language, tell_published(due.known, one.told)] += 1
    written = (
        (desk.write(Wish("", areas, language), told, leave=NO_LINK), number)
        for (areas, language, told), number in wanted.items()
    )
    return tuple((letter, number) for letter, number in written if letter is not None)
