"""How a new demonstration gets its rounds, three years of answers, and letter codes to try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from analysis.periods import month_of, shift_month
from survey.answering.codes import show_code
from survey.comments.publish import publish_themes
from survey.demo.arriving import fill_running_month
from survey.demo.coding import code_made_up
from survey.demo.county import LJUNGBY, County
from survey.demo.decisions import make_decisions
from survey.demo.filling import fill_months, list_missing_months
from survey.demo.following import make_reached
from survey.demo.indicators import load_made_up
from survey.demo.missions import make_missions
from survey.demo.panel_rounds import make_panel_round
from survey.demo.population import MADE_UP, make_population
from survey.demo.proposals import make_proposals
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.population.load import keep_population
from survey.rounds import NewRound, list_rounds, make_codes, open_round
from survey.store.rounds import Round

Tell = Callable[[str], None]

HISTORY = "tidigare-svar"  # the round that all made-up answers belong to
SURVEY, PANEL_SURVEY, VERSION = "invanarupplevelse", "resursgrupp", "2026-1"
LETTERS = 1  # the place of the round of letters among the new ones
CODES = 5
WHOLE_COUNTY = County()


def fill_when_new(installation: Installation, *, tell: Tell, county: County = WHOLE_COUNTY) -> None:
    """Give a demonstration that has no rounds its county; complete one that was interrupted.

    A demonstration that is complete, or in which somebody opened rounds of their own first, is left as it
    is. What happens is told as it happens, a line a year. Raises SurveyError not_demonstration when the
    installation is a real one, and key_* and database_*.
    """
    if not installation.is_demo:
        raise SurveyError("not_demonstration")
    history = find_history(installation, county)
    if history is None:
        return
    new_rounds = list_new_rounds(history)
    is_new = not has_round(installation, new_rounds[LETTERS].id)
    letters = open_once(installation, new_rounds[LETTERS])
    tell_filling(installation, history, county, tell, letters=letters)
    round_, *_ = [open_once(installation, new) for new in new_rounds]
    fill_running_month(installation, county, round_, letters)
    if is_new:
        tell_codes(installation, letters, county, tell)


def has_round(installation: Installation, name: str) -> bool:
    return any(one.id == name for one in list_rounds(installation))


def open_once(installation: Installation, new: NewRound) -> Round:
    """A round, opened where it is not there yet."""
    known = next((one for one in list_rounds(installation) if one.id == new.id), None)
    return known or open_round(installation, new, by=SYSTEM)


def find_history(installation: Installation, county: County) -> Round | None:
    """The round of the made-up answers, opened when there are no rounds; None when others came first."""
    known = list_rounds(installation)
    if known:
        return next((one for one in known if one.id == HISTORY), None)
    month = month_of(installation.today())
    title = speak(DEFAULT_LANGUAGE).say("demo.round.history")
    opens, closes = find_first_day(shift_month(month, -county.months)), find_first_day(month) - timedelta(1)
    return open_round(installation, NewRound(HISTORY, SURVEY, VERSION, title, opens, closes), by=SYSTEM)


def find_first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def list_new_rounds(history: Round) -> tuple[NewRound, ...]:
    """The rounds one can answer for a year from the month after the made-up answers; first the open one.

    The letters were sent a month before, so that something is published of them.
    """
    words = speak(DEFAULT_LANGUAGE)
    opens = history.closes + timedelta(1)
    closes = find_first_day(shift_month(month_of(opens), 12)) - timedelta(1)
    year, sent = opens.year, find_first_day(month_of(history.closes))
    names = ("open", "letter", "panel")
    titles = [words.say(f"demo.round.{name}", year=year) for name in names]  # keys: demo.round.*
    return (
        NewRound(f"var-vard-{year}", SURVEY, VERSION, titles[0], opens, closes),
        NewRound(f"brev-{year}", SURVEY, VERSION, titles[1], sent, closes, door="coded"),
        NewRound(f"panel-{year}", PANEL_SURVEY, VERSION, titles[2], opens, closes, "panel", "full"),
    )


def tell_filling(
    installation: Installation, history: Round, county: County, tell: Tell, *, letters: Round
) -> None:
    """Fill what is missing and tell of it: a line before, one for each year, and one after."""
    words = speak(DEFAULT_LANGUAGE)
    missing = list_missing_months(installation, history)
    if not missing:
        return
    tell(words.say("command.demo.begin"))
    margins_year = int(missing[0][:4])
    keep_population(
        installation, make_population(installation.areas), year=margins_year, source=MADE_UP, by=SYSTEM
    )
    responses = total = 0
    for filled in fill_months(installation, history, county, missing, letters=letters):
        responses, total = responses + filled.responses, total + filled.responses
        if filled.month.endswith("-12") or filled.month == month_of(history.closes):
            tell(words.count("command.demo.year", responses, year=filled.month[:4]))
            responses = 0
    publish_themes(installation)
    code_made_up(installation, history.survey)
    make_reached(installation, history, total)
    load_made_up(installation, int(history.closes.isoformat()[:4]) - 1)
    make_proposals(installation, history.survey, shift_month(month_of(history.closes), 1))
    make_panel_round(installation, history.survey)
    make_missions(installation)
    make_decisions(installation, history.survey, shift_month(month_of(history.closes), 1))
    tell(words.count("command.demo.done", total))


def tell_codes(installation: Installation, round_: Round, county: County, tell: Tell) -> None:
    """Make a few letter codes and show them; they are kept nowhere, so this is the only time."""
    words = speak(DEFAULT_LANGUAGE)
    made = [area for area in installation.areas.municipalities if county.has(area)]
    area = next((one for one in made if one.code == LJUNGBY), made[0])
    codes = make_codes(installation, round_, area=area.code, number=CODES, by=SYSTEM)
    tell(words.say("command.demo.codes", area=area.name, codes=", ".join(map(show_code, codes))))
