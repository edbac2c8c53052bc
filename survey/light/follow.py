"""How does anybody ask for e-mails about what happens in an area, without an account and without scripts?"""

from __future__ import annotations

from starlette.responses import Response

from survey.answering.throttle import Throttle
from survey.digest.send import send_links_soon
from survey.digest.subscribe import CONFIRM_DAYS, Asked, ask_to_follow
from survey.errors import SurveyError
from survey.light.draw import draw
from survey.light.forms import Fields, find_field
from survey.light.happened import PATH, FollowForm, draw_area, find_area, show_area
from survey.light.visit import MENDING, Visit, draw_missing, go

AREA = f"{PATH}/{{code}}"
# Links that the whole service sends in a minute: a newspaper may write of it, and nobody can have a list of
# addresses written to. Never counted for each sender: a library is one.
MOST_ASKED = 30
TOO_MANY = 429
MOST_KEPT = 254  # characters of what was typed that are shown again: no address is longer
asked_lately = Throttle(most=MOST_ASKED)


def ask(visit: Visit, fields: Fields) -> Response:
    """Take an address. The answer is the same whether it is known or not, and its page holds no address."""
    area = find_area(visit)
    if area is None or not visit.installation.settings.sends_mail:
        return show_area(visit)
    typed, words = find_field(fields, "epost"), visit.words
    try:
        asked_lately.check()
        ask_to_follow(visit.installation, Asked(typed, [area.code], words.language.code))
    except SurveyError as wrong:
        if wrong.code == "address_wrong":
            told, status = words.say(name_trouble(typed)), MENDING  # keys: light.follow.address_*
        elif wrong.code == "too_many_tries":
            told, status = words.say("light.follow.many"), TOO_MANY
        else:
            raise
        return draw_area(visit, area, FollowForm(typed[:MOST_KEPT], told), status=status)
    asked_lately.note()
    send_links_soon(visit.installation)
    return go(f"{PATH}/{area.code}/tack?sprak={words.language.code}")


def name_trouble(typed: str) -> str:
    """What is said of an address that cannot be used: nothing was written, or something else."""
    return "light.follow.address_wrong" if typed.strip() else "light.follow.address_missing"


def show_asked(visit: Visit) -> Response:
    """What to do next: the letter with the link is on its way, if there was an address."""
    area, words = find_area(visit), visit.words
    if area is None:
        return draw_missing(words, "")
    days = words.number(CONFIRM_DAYS)
    return draw("asked.html", words, area=area, path=f"{PATH}/{area.code}", days=days)
