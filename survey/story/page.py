"""What is answered to somebody who asks for an annual story?"""

from __future__ import annotations

from starlette.responses import Response

from survey.errors import SurveyError
from survey.light.draw import send_page
from survey.light.visit import Visit, go
from survey.story.drawn import draw_list, draw_story
from survey.story.links import LiveLinks
from survey.story.years import list_told_years

FOUND, MISSING = 200, 404
MOST_ECHOED = 20  # characters of an unknown code that are shown again
LINKS = LiveLinks()


def show_list(visit: Visit) -> Response:
    """Every place and year that can be read of."""
    return answer_list(visit, "", FOUND)


def answer_list(visit: Visit, trouble: str, status: int) -> Response:
    years = list_told_years(visit.installation)
    return send_page(
        draw_list(visit.installation, years, visit.words, LINKS, trouble=trouble, offer=visit.offer), status
    )


def show_newest(visit: Visit) -> Response:
    """The newest story of a place; where there is none, what is wrong and the list."""
    code, installation = str(visit.request.path_params["code"]), visit.installation
    years = list_told_years(installation)
    if not installation.areas.has(code):
        return answer_unknown_area(visit, code)
    if not years:
        return show_list(visit)
    return go(LINKS.story(code, years[0].code, visit.words.language.code))


def show_story(visit: Visit) -> Response:
    """The story of a place and a year; where there is none, what is wrong and the list."""
    code, year = (str(visit.request.path_params[one]) for one in ("code", "year"))
    try:
        page = draw_story(visit.installation, code, year, visit.words, LINKS, offer=visit.offer)
    except SurveyError as wrong:
        if wrong.code == "area_unknown":
            return answer_unknown_area(visit, code)
        if wrong.code != "year_unknown":
            raise
        told = visit.words.say("light.story.no_year", year=year[:MOST_ECHOED])
        return answer_list(visit, told, MISSING)
    return send_page(page, FOUND)


def answer_unknown_area(visit: Visit, code: str) -> Response:
    """There is no such place: that, and those there are."""
    told = visit.words.say("light.story.no_area", code=code[:MOST_ECHOED])
    return answer_list(visit, told, MISSING)
