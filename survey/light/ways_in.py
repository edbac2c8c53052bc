"""How somebody begins by a poster's link, or on a tablet that is emptied after each of them."""

from __future__ import annotations

from starlette.responses import Response

from survey.answering.drafts import begin_draft, check_round_open, forget_draft
from survey.answering.effort import WAIT, ZERO_BITS, Beginnings
from survey.errors import SurveyError
from survey.light.cookies import SECONDS_A_DAY, forget_secret, set_cookie, set_secret
from survey.light.draw import draw, send_page
from survey.light.first_page import choose_form, draw_start
from survey.light.forms import Fields, find_field
from survey.light.visit import Visit, go
from survey.store.rounds import Round
from survey.store.ways import Way
from survey.ways import count_beginning, find_way

TABLET_COOKIE = "plats"  # which tablet this is; says nothing of who answers
TABLET_DAYS = 400
KIOSK = "kiosk"
BUSY_STATUS = 429
beginnings = Beginnings()


def show_way(visit: Visit) -> Response:
    """A link's first page. A tablet's address is opened once by staff: the tablet remembers which it is."""
    round_ = visit.find_round()
    check_round_open(visit.installation, round_)
    way = find_way(visit.installation, round_, str(visit.request.path_params["key"]))
    if way.kind == KIOSK:
        response = go(f"/e/{round_.id}")
        age = TABLET_DAYS * SECONDS_A_DAY
        set_cookie(response, TABLET_COOKIE, way.key, visit.installation, max_age=age)
        return response
    path = f"/e/{round_.id}/v/{way.key}"
    return send_page(draw_start(visit, round_, "new", path), 200)


def ask_effort(visit: Visit, fields: Fields, path: str) -> Response | None:
    """The page with a task when very many begin at once and this one is not done; None when one may begin."""
    task, answer = find_field(fields, "uppgift"), find_field(fields, "losning")
    if beginnings.is_busy() and not beginnings.is_done(visit.installation, task, answer):
        return draw(
            "effort.html",
            visit.words,
            status=BUSY_STATUS,
            path=path,
            form="short" if find_field(fields, "form") == "short" else "full",
            task=beginnings.make_task(visit.installation),
            bits=ZERO_BITS,
            wait=WAIT,
        )
    beginnings.note()
    return None


def begin_by_way(visit: Visit, fields: Fields) -> Response:
    """Begin by a link."""
    round_ = visit.find_round()
    way = find_way(visit.installation, round_, str(visit.request.path_params["key"]))
    if way.kind == KIOSK:
        raise SurveyError("way_unknown")
    asked = ask_effort(visit, fields, f"/e/{round_.id}/v/{way.key}")
    return asked or begin(visit, round_, way, find_field(fields, "form"))


def show_empty_tablet(visit: Visit, round_: Round) -> Response:
    """The first page of a tablet, which is always empty: whoever comes back to it has left."""
    response = send_page(draw_start(visit, round_, "new"), 200)
    forget_secret(response, visit.installation)
    return response


def begin_on_tablet(visit: Visit, round_: Round, asked: str) -> Response:
    """Begin on a tablet. Raises SurveyError door_not_here on any other machine."""
    key = visit.request.cookies.get(TABLET_COOKIE, "")
    if not key:
        raise SurveyError("door_not_here")
    return begin(visit, round_, find_way(visit.installation, round_, key), asked)


def begin(visit: Visit, round_: Round, way: Way | None, asked: str) -> Response:
    """Count, and begin a draft."""
    check_round_open(visit.installation, round_)
    count_beginning(visit.installation, round_, way)
    form, language = choose_form(round_, asked), visit.words.language.code
    secret, _ = begin_draft(visit.installation, round_, form=form, language=language)
    response = go(f"/e/{round_.id}/1")
    set_secret(response, secret, visit.installation)
    return response


def wipe(visit: Visit, _fields: Fields) -> Response:
    """Empty a tablet: the draft and its cookie go, and the first page stands there for the next one.

    Only for rounds of tablets: elsewhere somebody's answers would be lost.
    """
    round_ = visit.find_round()
    if round_.door != KIOSK:
        raise SurveyError("door_not_here")
    response = go(f"/e/{round_.id}")
    forget_secret(response, visit.installation)
    if visit.secret is not None:
        forget_draft(visit.installation, round_, visit.secret)
    return response
