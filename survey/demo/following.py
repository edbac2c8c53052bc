"""How made-up answers are spread over weeks, and how far made-up people came in the form.

A demonstration mixes a whole month at once, so that everything would have come in one week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from analysis.weeks import find_week_before, list_weeks, week_of
from survey.answering.drafts import find_survey
from survey.answering.reached import list_places
from survey.definition.model import Form
from survey.demo.county import seed_numbers
from survey.installation import Installation
from survey.store import monitoring
from survey.store.rounds import Round

GO_ON = 0.975  # share of those at a place who come to the next
STEEP, GO_ON_STEEPLY = 3, 0.9  # planted: before the fourth place more stop
SHARES: Mapping[Form, float] = {"full": 0.75, "short": 0.25}  # of all people


def spread_answers(installation: Installation, round_: Round, month: str) -> None:
    """Spread a month's answers, which were mixed today, over the weeks of the month that are over, by chance.

    Before a week is over they stay in the one they were mixed in.
    """
    today = installation.today()
    weeks = list_weeks(week_of(date.fromisoformat(f"{month}-01")), find_week_before(today))
    if not weeks:
        return
    with installation.database.write() as connection:
        by_week: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for area, number in monitoring.take_answers(connection, round_.id, week_of(today)).items():
            numbers = seed_numbers("weeks", area, month)
            parts = numbers.multinomial(number, [1 / len(weeks)] * len(weeks)).tolist()
            for week, part in zip(weeks, parts, strict=True):
                if part:
                    by_week[week][(round_.id, area)] = part
        for week, some in sorted(by_week.items()):
            monitoring.add_answers(connection, week, some)


def make_reached(installation: Installation, round_: Round, sent: int | None = None) -> None:
    """Make up how far people came so that so many sent, else as many as have answered, once for a round."""
    with installation.database.write() as connection:
        if monitoring.list_reached(connection, round_.id):
            return
        if sent is None:
            last = week_of(installation.today())
            counted = monitoring.list_answers(connection, round_.id, last=last).values()
            sent = sum(number for weeks in counted for number in weeks.values())
        for form, share in SHARES.items():
            places = list_places(find_survey(installation, round_, form))
            number, numbers = share * sent, dict[str, int]()
            for place_number, place in reversed(list(enumerate(places))):
                numbers[place] = round(number)
                number /= GO_ON_STEEPLY if place_number == STEEP else GO_ON
            monitoring.add_reached(connection, round_.id, form, numbers)
