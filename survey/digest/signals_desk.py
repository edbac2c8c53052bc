"""What is written about what has changed in the figures: a letter for each publication?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from survey.areas import Area
from survey.digest.abouts import About
from survey.digest.addresses import Wish
from survey.digest.letters import NO_LINK, Letter, Told, list_areas, write_digest
from survey.digest.news import AreaNews, find_news
from survey.errors import SurveyError
from survey.insight.choice import read_survey
from survey.insight.published import list_all_publications, list_surveys
from survey.installation import Installation
from survey.language import Words, speak
from survey.store.publications import Publication

FindNews = Callable[[Installation, str, Area, Words], AreaNews]


class SignalsDesk:
    """Writes digests, and looks once at each area however many ask for it. `known` is never empty."""

    about = About.SIGNALS

    def __init__(
        self, installation: Installation, known: tuple[Publication, ...], *, find: FindNews = find_news
    ) -> None:
        self.installation = installation
        self.known = known
        self.latest = max(one.id for one in known)
        self.told_until = self.latest - 1
        self._find = find
        self._found: dict[tuple[str, str], AreaNews] = {}

    def write(self, wish: Wish, told: int, *, leave: str) -> Letter | None:
        """The letter of a wish; None when the installation has none of its areas any more."""
        return self.write_about(wish, tell_published(self.known, told), leave=leave)

    def write_about(self, wish: Wish, told: Told, *, leave: str) -> Letter | None:
        """The same, about publications that are named."""
        areas = list_areas(self.installation, wish)
        if not areas:
            return None
        found = [self._look_at(area, wish.language) for area in areas]
        return write_digest(self.installation, found, told, wish.language, leave=leave)

    def _look_at(self, area: Area, language: str) -> AreaNews:
        key = (area.code, language)
        if key not in self._found:
            survey = self.known[0].survey
            self._found[key] = self._find(self.installation, survey, area, speak(language))
        return self._found[key]


def open_signals_desk(installation: Installation, *, find: FindNews = find_news) -> SignalsDesk | None:
    """The desk of digests; None while nothing has been published."""
    known = list_told_publications(installation)
    return SignalsDesk(installation, known, find=find) if known else None


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
    desk = open_signals_desk(installation, find=find)
    if desk is None:
        raise SurveyError("nothing_published")
    told = Told(max(one.month for one in desk.known))
    letter = desk.write_about(wish, told, leave=NO_LINK)
    if letter is None:
        raise SurveyError("area_unknown", area=", ".join(wish.areas)[:20])
    return letter
