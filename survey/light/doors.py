"""How a person comes in: the list, a survey's first page, a letter code, and pages that are not there."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from survey.answering.codes import read_code
from survey.answering.drafts import begin_draft, check_round_open
from survey.answering.throttle import Throttle, note_guess
from survey.entry.passage import find_person
from survey.errors import SurveyError
from survey.language import speak
from survey.letters.keys import read_link_key
from survey.light.cookies import set_secret
from survey.light.draw import draw, send_page
from survey.light.first_page import choose_form, draw_start, say_mode
from survey.light.forms import Fields, find_field, find_switch
from survey.light.visit import MENDING, Visit, draw_missing, go
from survey.light.ways_in import KIOSK, ask_effort, begin_on_tablet, show_empty_tablet
from survey.people.permissions import check_can_do
from survey.people.roles import VISITOR, Permission
from survey.rounds import list_open_rounds
from survey.store.rounds import Round
from survey.ways import count_beginning

PERMANENT_REDIRECT = 308
LETTER_CODES, KEYS = "letter codes", "keys"  # what is counted apart when it is guessed
KEY_FIELD = "nyckel"
wrong_codes = Throttle()


def show_rounds(visit: Visit) -> Response:
    """The surveys that can be answered now."""
    words = visit.words
    found = [r for r in list_open_rounds(visit.installation, viewer=VISITOR) if r.door == "open"]
    rounds = [(r, words.day(r.closes)) for r in found]
    return draw("rounds.html", words, rounds=rounds, offer=visit.offer)


def show_start(visit: Visit) -> Response:
    """The first page of a survey: what it is about, and the door."""
    round_ = visit.find_round()
    check_round_open(visit.installation, round_)
    if round_.door == KIOSK:
        return show_empty_tablet(visit, round_)
    draft = visit.find_draft(round_)
    state = "new" if draft is None else "sent" if draft.sent else "begun"
    return send_page(draw_start(visit, round_, state), 200)


def begin(visit: Visit, fields: Fields) -> Response:
    """Begin a draft in the form that was chosen and go to the first part."""
    round_ = visit.find_round()
    asked = find_field(fields, "form")
    if round_.door == KIOSK:
        return begin_on_tablet(visit, round_, asked)
    busy = ask_effort(visit, fields, f"/e/{round_.id}") if round_.door == "open" else None
    if busy is not None:
        return busy
    return start_draft(visit, round_, asked, f"/e/{round_.id}/1")


def begin_in_app(visit: Visit) -> Response:
    """Begin, or go on, in the Streamlit face."""
    round_ = visit.find_round()
    draft = visit.find_draft(round_)
    is_here = (
        visit.words.language.is_translated
    )  # the app is not in the languages that texts are translated to
    address = f"/e/{round_.id}/1" if is_here else f"/answer?round={round_.id}"
    if draft is not None and not draft.sent:
        return go(address)
    return start_draft(visit, round_, visit.request.query_params.get("form", ""), address, may_be_panel=True)


def start_draft(
    visit: Visit, round_: Round, asked: str, address: str, *, may_be_panel: bool = False
) -> Response:
    """A new draft with its cookie. A round with another door than the open one is refused."""
    if round_.door == "coded":
        raise SurveyError("door_needs_code")
    if round_.door == "panel" and may_be_panel:
        person, _ = find_person(visit.installation, visit.request.cookies)
        check_can_do(Permission.ANSWER_PANEL_ROUND, by=person)
    elif round_.door != "open":
        raise SurveyError("door_not_here")
    check_round_open(visit.installation, round_)
    count_beginning(visit.installation, round_, None)
    secret, _ = begin_draft(
        visit.installation, round_, form=choose_form(round_, asked), language=visit.words.language.code
    )
    response = go(address)
    set_secret(response, secret, visit.installation)
    return response


def show_code(visit: Visit) -> Response:
    """The page for a code; at the address in letters a script hands in the key that stands after #."""
    return draw("code.html", visit.words, trouble="", typed="", offer=visit.offer)


def take_code(visit: Visit, fields: Fields) -> Response:
    """Let somebody with a letter code in, or back in to where they were."""
    typed, switch = find_field(fields, "kod"), find_switch(fields)
    if switch is not None:
        return draw("code.html", speak(switch), trouble="", typed=typed[:40])
    wrong_codes.check(LETTER_CODES)
    try:
        code = read_code(typed, demo=visit.installation.is_demo)
        return let_in(visit, code)
    except SurveyError as wrong:
        return refuse_code(visit, wrong, LETTER_CODES, typed)


def take_key(visit: Visit, fields: Fields) -> Response:
    """Let somebody in who scanned a letter. Nobody guesses 128 bits, so this is never stopped."""
    if KEY_FIELD not in fields:
        return take_code(visit, fields)
    try:
        code = read_link_key(visit.installation, find_field(fields, KEY_FIELD))
        if code is None:
            raise SurveyError("code_unknown")
        return let_in(visit, code)
    except SurveyError as wrong:
        return refuse_code(visit, wrong, KEYS, "")


def refuse_code(visit: Visit, wrong: SurveyError, space: str, typed: str) -> Response:
    """The page again, with what was wrong; raises what is no fault of the code."""
    if not wrong.code.startswith("code_"):
        raise wrong
    note_guess(visit.installation, wrong_codes, space)
    told = visit.words.explain(wrong)
    return draw("code.html", visit.words, status=MENDING, trouble=told, typed=typed[:40])


def let_in(visit: Visit, code: str) -> Response:
    """To the first part of a code's round, or to where the person was."""
    round_, secret = open_with_code(visit, code)
    response = go(f"/e/{round_.id}/1")
    set_secret(response, secret, visit.installation)
    return response


def open_with_code(visit: Visit, code: str) -> tuple[Round, bytes]:
    """The round and the secret of a code. Unknown and used codes take the same way and get the same words."""
    for round_ in list_open_rounds(visit.installation, viewer=VISITOR):
        if round_.door == "coded":
            try:
                language = visit.words.language.code
                form = choose_form(round_, "")
                secret, _ = begin_draft(visit.installation, round_, form=form, language=language, code=code)
            except SurveyError as wrong:
                if wrong.code != "code_unknown":
                    raise
                continue
            return round_, secret
    raise SurveyError("code_unknown")


def show_about(visit: Visit) -> Response:
    """How answers are looked after."""
    round_ = visit.find_round()
    threshold = visit.words.number(visit.installation.settings.threshold_public)
    mode = say_mode(round_, visit.words)
    days = visit.words.number(visit.installation.settings.backup_days)
    return draw("about.html", visit.words, round=round_, threshold=threshold, days=days, mode=mode)


def show_missing(visit: Visit) -> Response:
    """There is no such page; an address with a slash too many at its end leads to the one that was meant."""
    asked = visit.request.url
    if asked.path.endswith("/"):
        meant = asked.path.rstrip("/") + (f"?{asked.query}" if asked.query else "")
        return RedirectResponse(meant, status_code=PERMANENT_REDIRECT)
    return draw_missing(visit.words, "")


def refuse_missing(visit: Visit, _fields: Fields) -> Response:
    return draw_missing(visit.words, "")
