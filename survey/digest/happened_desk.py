"""What is written to those who follow "Vad hände sen?": at most a letter a week, and only with news?

A letter tells what happened until the last day that has ended. So what is put right, or taken down, on the
same day is told nobody, and nothing can happen on a day that has been told.
"""

from __future__ import annotations

from survey.areas import Area
from survey.digest.abouts import About, find_ended_day
from survey.digest.addresses import Wish
from survey.digest.happened_letter import Chapter, write_happened
from survey.digest.letters import Letter, list_areas
from survey.installation import Installation
from survey.proposals.news import Followed, find_followed

DAYS_BETWEEN = 7  # from a letter until the next at the earliest: who is old must not get ten


class HappenedDesk:
    """Writes to followers, and looks once at each area however many follow it."""

    about = About.HAPPENED

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.latest = find_ended_day(installation)
        self.told_until = self.latest - DAYS_BETWEEN
        self._found: dict[str, tuple[Followed, ...]] = {}

    def write(self, wish: Wish, told: int, *, leave: str) -> Letter | None:
        """The letter of a wish that has been told until a day; None when nothing has happened since."""
        chapters: dict[str, Chapter] = {}
        for area in list_areas(self.installation, wish):
            for one in self._look_at(area):
                news = one.since(told, until=self.latest)
                if news:  # a county's proposal is told once, though every municipality's page has it
                    chapters.setdefault(one.proposal.id, Chapter(one.proposal, news, area))
        if not chapters:
            return None
        return write_happened(self.installation, tuple(chapters.values()), wish.language, leave=leave)

    def _look_at(self, area: Area) -> tuple[Followed, ...]:
        if area.code not in self._found:
            self._found[area.code] = find_followed(self.installation, area.code)
        return self._found[area.code]


def open_happened_desk(installation: Installation) -> HappenedDesk:
    """The desk of those who follow what happens."""
    return HappenedDesk(installation)
