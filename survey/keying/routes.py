"""Where are forms keyed? On plain pages by the keyboard alone: docs/paper.md says why.

The code of the form in hand stands in the page and in a cookie of the session, never in an address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.answering.answers import Trouble
from survey.answering.codes import show_code
from survey.answering.throttle import note_guess
from survey.definition.model import Form
from survey.entry.passage import SIGN_IN, find_person, read_own_form, write_way
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.keying.batches import Batch, find_batch, list_paper_rounds
from survey.keying.finishing import choose_between, finish_form, undo_last, undo_waiting
from survey.keying.keeping import keep_all_last, tend_keyed
from survey.keying.opening import (
    Opened,
    Wish,
    find_paper_round,
    keep_typed,
    name_keyer,
    open_form,
    put_aside,
    read_paper_code,
)
from survey.keying.states import State
from survey.keying.views import make_choices, make_sections, say_new_masks
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, Words
from survey.letters.routes import list_forms
from survey.light.cookies import set_cookie
from survey.light.doors import wrong_codes
from survey.light.draw import draw, find_words
from survey.light.forms import Fields, find_field
from survey.light.guard import guard
from survey.light.headers import FORM_POLICY
from survey.light.visit import MENDING, go
from survey.paper.issuing import list_forms_of
from survey.paper.numbers import make_numbers
from survey.people.roles import VISITOR, Person
from survey.running import find_installation
from survey.store.rounds import Round

PATH = "/inmatning"
COOKIE = "blankett"
SPACE = "paper codes"  # what is counted apart when it is guessed
NOTHING = 204
STATUS = {
    "not_allowed": 403,
    "posted_elsewhere": 403,
    "form_too_large": 413,
    "form_unreadable": 400,
    "round_unknown": 404,
    "round_no_paper": 404,
    "round_no_numbers": 409,
    "round_not_open": 403,
    "too_many_tries": 429,
    "form_just_keyed": 409,
    "form_keyed_once": 409,
    "form_differs_elsewhere": 409,
    "nothing_to_undo": 409,
}
OF_A_CODE = ("code_", "form_keyed", "form_just", "form_differs")  # told beside the field for the code
SAVES = {"Content-Security-Policy": f"{FORM_POLICY}; connect-src 'self'"}  # the script keeps what is typed
FINISHED = (State.LAST.value, State.WAITING.value)
UNDONE = "undone"


@dataclass(frozen=True)
class Desk:
    """One request of somebody who keys, with what it brought."""

    installation: Installation
    request: Request
    person: Person
    words: Words
    fields: Fields

    @cached_property
    def round(self) -> Round:
        return find_paper_round(self.installation, str(self.request.path_params["round"]), by=self.person)

    @property
    def do(self) -> str:
        return find_field(self.fields, "do")

    @property
    def home(self) -> str:
        return f"{PATH}/{self.round.id}"

    @cached_property
    def wish(self) -> Wish:
        """Which form is in hand, as it was chosen for the last one."""
        asked = self.request.query_params
        form = find_field(self.fields, "form") or asked.get("form", "")
        language = find_field(self.fields, "language") or asked.get("language", DEFAULT_LANGUAGE)
        definition = find_definition(self.installation, self.round.survey, self.round.version)
        forms = list_forms_of(self.round, definition)
        chosen: Form = "short" if form == "short" else "full"
        known = language if language in definition.languages else DEFAULT_LANGUAGE
        return Wish(chosen if chosen in forms else forms[0], known)

    @property
    def choice(self) -> str:
        """The same as a query, so that the next form is of the same kind."""
        return f"form={self.wish.form}&language={self.wish.language}"

    def open(self) -> Opened:
        """The form in hand: of the page, else of the cookie. Raises SurveyError code_* and form_*."""
        code = find_field(self.fields, "code") or self.request.cookies.get(COOKIE, "")
        if not code:
            raise SurveyError("code_mistyped")
        read, wish = read_paper_code(self.installation, self.round, code, self.wish)
        return open_form(self.installation, self.round, read, wish, by=self.person)


Act = Callable[[Desk], Response]


def answer_with(get: Act, post: Act | None = None) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that draws on GET and acts on POST, in a thread; errors become a page with a sentence."""

    async def serve(request: Request) -> Response:
        installation, is_post = find_installation(), request.method == "POST"
        fields: Fields = await read_own_form(request) if is_post else {}
        person, _ = await run_in_threadpool(find_person, installation, request.cookies)
        if person == VISITOR and not installation.is_demo:
            return go(write_way(SIGN_IN, request.url.path))
        desk = Desk(installation, request, person, find_words(request), fields)
        return await run_in_threadpool(post if is_post and post is not None else get, desk)

    return guard(serve, what="keying", status=STATUS)


def show_rounds(desk: Desk) -> Response:
    """The rounds that paper comes into; straight to the only one."""
    rounds = list_paper_rounds(desk.installation, viewer=desk.person)
    if len(rounds) == 1:
        return go(f"{PATH}/{rounds[0].id}")
    found = [(one, desk.words.day(one.closes)) for one in rounds]
    return draw("keying_rounds.html", desk.words, rounds=found, path=PATH)


def show_desk(desk: Desk) -> Response:
    """What was keyed, what waits, and the field for the next form's code."""
    tend_keyed(desk.installation)
    return draw_desk(desk)


def draw_desk(
    desk: Desk, *, wrong: SurveyError | None = None, typed: str = "", new: str = "", may_undo: bool = False
) -> Response:
    words, round_ = desk.words, desk.round
    batch = find_batch(desk.installation, round_, viewer=desk.person)
    definition = find_definition(desk.installation, round_.survey, round_.version)
    done = desk.request.query_params.get("klar", "") if desk.request.method == "GET" else ""
    told = words.say(f"keying.done_{done}") if done in (*FINISHED, UNDONE) else ""  # keys: keying.done_*
    return draw(
        "keying_desk.html",
        words,
        status=MENDING if wrong is not None else 200,
        round=round_,
        path=desk.home,
        told=told,
        trouble=words.explain(wrong) if wrong is not None else "",
        typed=typed[:200],
        new=new,
        may_undo=may_undo,
        batch=batch,
        numbers=list_numbers(batch, words),
        wish=desk.wish,
        forms=list_forms(desk.installation, round_, words),
        form_languages=[LANGUAGES[code] for code in definition.languages],
        has_numbers=round_.door == "open",
    )


def list_numbers(batch: Batch, words: Words) -> list[str]:
    """How it goes, a sentence each."""
    said = [
        words.say("keying.today", own=words.number(batch.own_today), all=words.number(batch.today)),
        words.count("keying.waiting", batch.waiting, own=words.number(batch.waiting_for_me)),
    ]
    return [*said, words.count("keying.differing", batch.differing)] if batch.differing else said


def act_at_desk(desk: Desk) -> Response:
    """Open a form, undo or keep the last one, or give a form a number."""
    round_, back = desk.round, f"{desk.home}?{desk.choice}"
    if desk.do == "undo":
        undo_last(desk.installation, round_, by=desk.person)
        return go(f"{back}&klar={UNDONE}")
    if desk.do == "keep":
        keep_all_last(desk.installation, round_.id, by=name_keyer(desk.person))
        return go(back)
    if desk.do == "number":
        (code,) = make_numbers(desk.installation, round_, 1, by=desk.person)
        return draw_desk(desk, typed=show_code(code), new=show_code(code))
    typed = find_field(desk.fields, "code")
    wrong_codes.check(SPACE)
    try:
        if desk.do == "undo-waiting":
            code, _ = read_paper_code(desk.installation, round_, typed, desk.wish)
            undo_waiting(desk.installation, round_, code, by=desk.person)
        opened = desk.open()
    except SurveyError as wrong:
        return refuse_code(desk, wrong, typed)
    response = go(f"{desk.home}/blankett?{desk.choice}")
    set_cookie(response, COOKIE, opened.code, desk.installation)
    return response


def refuse_code(desk: Desk, wrong: SurveyError, typed: str) -> Response:
    """The desk again, with what was wrong with a code; raises what is no fault of the code."""
    if not wrong.code.startswith(OF_A_CODE):
        raise wrong
    if wrong.code == "code_unknown":
        note_guess(desk.installation, wrong_codes, SPACE)
    return draw_desk(desk, wrong=wrong, typed=typed, may_undo=wrong.code == "form_keyed_once")


def show_form(desk: Desk) -> Response:
    """The form in hand, as far as it is typed; to the desk when there is none."""
    try:
        opened = desk.open()
    except SurveyError as wrong:
        if wrong.code.startswith(OF_A_CODE):
            return go(f"{desk.home}?{desk.choice}")
        raise
    return draw_choices(desk, opened) if opened.is_differing else draw_form(desk, opened)


def draw_form(
    desk: Desk, opened: Opened, *, troubles: tuple[Trouble, ...] = (), notice: str = ""
) -> Response:
    sections = make_sections(opened, troubles, desk.words)
    wrong = [one for _, fields in sections for one in fields if one.trouble]
    page = draw(
        "keying_form.html",
        desk.words,
        status=MENDING if wrong or notice else 200,
        round=desk.round,
        path=desk.home,
        code=show_code(opened.code),
        again=opened.again,
        wish=opened.draft,
        sections=sections,
        wrong=wrong,
        notice=notice,
        first=wrong[0].id if wrong else "" if notice else sections[0][1][0].id,
    )
    page.headers.update(SAVES)
    return page


def draw_choices(desk: Desk, opened: Opened, *, trouble: str = "", chosen: Fields | None = None) -> Response:
    return draw(
        "keying_choose.html",
        desk.words,
        status=MENDING if trouble else 200,
        round=desk.round,
        path=desk.home,
        code=show_code(opened.code),
        choices=make_choices(opened, desk.words),
        chosen={name: values[0] for name, values in (chosen or {}).items()},
        trouble=trouble,
    )


def act_on_form(desk: Desk) -> Response:
    """Keep what is typed, finish the form, choose where two differ, or put it aside."""
    opened = desk.open()
    if opened.is_differing:
        return choose(desk, opened)
    typed = {name: values[0] for name, values in desk.fields.items()}
    if desk.do == "aside":
        put_aside(desk.installation, opened)
        return leave(desk, "")
    kept = keep_typed(desk.installation, opened, typed)
    if desk.do == "keep":
        return Response(status_code=NOTHING)
    notice = say_new_masks(kept, desk.fields, desk.words)
    if notice:
        return draw_form(desk, kept, notice=notice)
    finished = finish_form(desk.installation, kept, by=desk.person)
    if finished.state is State.HALF:
        return draw_form(desk, kept, troubles=finished.troubles)
    if finished.state is State.DIFFERING:
        return go(f"{desk.home}/blankett?{desk.choice}")
    return leave(desk, finished.state.value)


def choose(desk: Desk, opened: Opened) -> Response:
    chosen = {name: values[0] for name, values in desk.fields.items()}
    try:
        choose_between(desk.installation, opened, chosen, by=desk.person)
    except SurveyError as wrong:
        if not wrong.code.startswith("choice_"):
            raise
        return draw_choices(desk, opened, trouble=desk.words.explain(wrong), chosen=desk.fields)
    return leave(desk, State.LAST.value)


def leave(desk: Desk, state: str) -> Response:
    """Back to the desk for the next form; the browser forgets the code."""
    response = go(f"{desk.home}?{desk.choice}" + (f"&klar={state}" if state else ""))
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def list_routes() -> list[BaseRoute]:
    both = ["GET", "POST"]
    return [
        Route(PATH, answer_with(show_rounds)),
        Route(f"{PATH}/{{round}}", answer_with(show_desk, act_at_desk), methods=both),
        Route(f"{PATH}/{{round}}/blankett", answer_with(show_form, act_on_form), methods=both),
    ]
