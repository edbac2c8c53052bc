"""How does somebody come in: address and password, then a code where they have a second step?"""

from __future__ import annotations

from starlette.responses import Response

from survey.answering.throttle import Throttle
from survey.entry.cookies import DEVICE_COOKIE, keep_device, keep_session, read_cookie
from survey.entry.pages import SIGN_OUT, Button, Field, Page, draw_page
from survey.entry.passage import CODE_PATH, SIGN_IN, Passage, write_way
from survey.entry.provider import PROVIDER_PATH
from survey.errors import SurveyError
from survey.light.visit import go
from survey.people.second_step import pass_second_step
from survey.people.sessions import CODE, sign_out
from survey.people.signing_in import Started, Typed, ask_for_reset, sign_in

FORGOTTEN = "/logga-in/glomt"
NOTICES = {"ut": "entry.signed_out", "byt": "entry.password_changed"}
asked = Throttle()  # letters that anybody can have sent


def show_sign_in(passage: Passage) -> Response:
    """The door; whoever is in goes on."""
    found = passage.found
    if found is not None:
        return go(passage.way if found.is_full else write_way(CODE_PATH, passage.way))
    return draw_sign_in(passage)


def draw_sign_in(passage: Passage, *, typed: str = "", trouble: SurveyError | None = None) -> Response:
    """The form with address and password. What was typed as address stays, the password never."""
    words, way = passage.words, passage.way
    settings = passage.installation.settings
    notice = next((key for name, key in NOTICES.items() if name in passage.request.query_params), "")
    ways = [Button(words.say("entry.forgotten"), FORGOTTEN)]
    if settings.has_provider:
        ways.insert(0, Button(words.say("entry.with_provider"), write_way(PROVIDER_PATH, way)))
    page = Page(
        words.say("entry.sign_in"),
        (words.say("entry.sign_in_about"),),
        (
            Field("adress", words.say("entry.address"), "email", "username", value=typed[:254], keys="email"),
            Field("losenord", words.say("entry.password"), "password", "current-password"),
        ),
        {"to": way},
        (Button(words.say("entry.sign_in_button")),),
        ways,
        path=SIGN_IN,
        here=write_way(SIGN_IN, way),
        notice=words.say(notice) if notice else "",  # keys: entry.signed_out, entry.password_changed
    )
    return draw_page(words, page, trouble=trouble)


def take_sign_in(passage: Passage) -> Response:
    """Let somebody in, or say that it was wrong: the same for an address that nobody has."""
    address = passage.ask("adress")
    device = read_cookie(passage.installation, passage.request.cookies, DEVICE_COOKIE)
    try:
        started = sign_in(passage.installation, Typed(address, passage.ask("losenord"), device))
    except SurveyError as wrong:
        if not wrong.code.startswith("sign_in_"):
            raise
        return draw_sign_in(passage, typed=address, trouble=wrong)
    return let_in(passage, started)


def let_in(passage: Passage, started: Started) -> Response:
    """Where somebody goes who has given address and password: on, or to the second step."""
    way = passage.way
    if passage.found is not None:
        sign_out(passage.installation, passage.found)  # whoever was in before in this browser
    response = go(write_way(CODE_PATH, way) if started.stage == CODE else way)
    keep_session(response, passage.installation, started.token)
    keep_device(response, passage.installation, started.device)
    return response


def show_code(passage: Passage) -> Response:
    """The form of the second step, for whoever has just given a password."""
    found = passage.found
    if found is None:
        return go(write_way(SIGN_IN, passage.way))
    return go(passage.way) if found.is_full else draw_code(passage)


def draw_code(passage: Passage, *, trouble: SurveyError | None = None) -> Response:
    words, way = passage.words, passage.way
    page = Page(
        words.say("entry.code"),
        (words.say("entry.code_about"),),
        (Field("kod", words.say("entry.code_label"), "text", "one-time-code", words.say("entry.code_hint")),),
        {"to": way},
        (Button(words.say("entry.sign_in_button")),),
        (Button(words.say("entry.sign_out"), SIGN_OUT),),
        path=CODE_PATH,
        here=write_way(CODE_PATH, way),
    )
    return draw_page(words, page, trouble=trouble)


def take_code(passage: Passage) -> Response:
    """Take the code, once."""
    found = passage.found
    if found is None:
        return go(write_way(SIGN_IN, passage.way))
    if found.is_full:
        return go(passage.way)
    try:
        token = pass_second_step(passage.installation, found, passage.ask("kod"))
    except SurveyError as wrong:
        if wrong.code not in ("second_wrong", "sign_in_wait"):
            raise
        return draw_code(passage, trouble=wrong)
    response = go(passage.way)
    keep_session(response, passage.installation, token)
    return response


def show_forgotten(passage: Passage) -> Response:
    """The form for a new link; where no letters are sent, whom to ask."""
    words = passage.words
    title, back = words.say("entry.forgotten"), (Button(words.say("entry.to_sign_in"), SIGN_IN),)
    if not passage.installation.settings.sends_mail:
        told = (words.say("entry.forgotten_no_mail"),)
        return draw_page(words, Page(title, told, ways=back, here=FORGOTTEN))
    page = Page(
        title,
        (words.say("entry.forgotten_about"),),
        (Field("adress", words.say("entry.address"), "email", "username", keys="email"),),
        buttons=(Button(words.say("entry.forgotten_button")),),
        ways=back,
        path=FORGOTTEN,
        here=FORGOTTEN,
    )
    return draw_page(words, page)


def take_forgotten(passage: Passage) -> Response:
    """The same words at once, whether the address has an account or not."""
    asked.check()
    asked.note()
    if passage.installation.settings.sends_mail:
        ask_for_reset(passage.installation, passage.ask("adress"))
    words = passage.words
    back = (Button(words.say("entry.to_sign_in"), SIGN_IN),)
    return draw_page(
        words, Page(words.say("entry.forgotten_sent"), (words.say("entry.forgotten_told"),), ways=back)
    )
