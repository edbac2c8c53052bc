"""Where is a list of codes fetched? By a button: an address that is only opened does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import cast

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from survey.entry.passage import find_person
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.language import WHOLE_LANGUAGES, Words
from survey.letters.addresses import MOST_BYTES, Fault, read_addresses
from survey.letters.fetching import check_can_fetch, fetch_order
from survey.letters.files import SHAPES, Wish, name_file
from survey.letters.printing import SIZES, WINDOWS, Style
from survey.letters.reminding import check_can_remind, remind_everybody
from survey.letters.upload import Posted, read_upload
from survey.light.draw import NO_STORE, draw, find_words
from survey.light.guard import guard
from survey.paper.issuing import PaperWish, list_forms_of, plan_print
from survey.paper.printing import SIZES as PAPER_SIZES
from survey.people.roles import Person
from survey.running import find_installation
from survey.store.rounds import Round

PATH, REMINDER_PATH = "/brev", "/brev/paminnelse"
MEDIA = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
MENDING = 422
STATUS = {
    "not_allowed": 403,
    "order_unknown": 404,
    "round_unknown": 404,
    "round_over": 410,
    "order_gone": 410,
    "order_making": 409,
    "order_fetching": 409,
    "order_tries": 410,
    "posted_elsewhere": 403,
    "form_unreadable": 400,
    "shape_unknown": 400,
    "addresses_large": 413,
    "reminder_confidential": 409,
    "reminder_none": 409,
    "round_no_numbers": 409,
    "round_not_open": 403,
}
LIST_FAULTS = (
    "addresses_wrong",
    "addresses_columns",
    "addresses_number",
    "addresses_unreadable",
    "addresses_needed",
    "paper_form_wrong",
    "paper_language_wrong",
    "paper_size_wrong",
    "paper_contact_long",
    "paper_number_wrong",
)
USUAL = {
    "shape": "letters",
    "language": "sv",
    "size": "13",
    "window": "right",
    "form": "full",
    "paper_size": "16",
    "contact": "",
}
Endpoint = Callable[[Request, Installation, Person, Words], Awaitable[Response]]


def answer_person(endpoint: Endpoint, *, what: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for whoever is signed in, whose errors become a page with a sentence."""

    async def serve(request: Request) -> Response:
        installation = find_installation()
        person, _ = await run_in_threadpool(find_person, installation, request.cookies)
        return await endpoint(request, installation, person, find_words(request))

    return guard(serve, what=what, status=STATUS)


async def hand_out(request: Request, installation: Installation, person: Person, words: Words) -> Response:
    """GET shows what can be chosen, POST gives the file, once."""
    order_id = str(request.path_params["order"])
    await run_in_threadpool(check_can_fetch, installation, order_id, by=person)
    if request.method != "POST":
        return await run_in_threadpool(draw_form, installation, order_id, person, words)
    posted = await read_upload(request)
    try:
        return await run_in_threadpool(begin_file, installation, order_id, person, words, posted, request)
    except SurveyError as wrong:
        if wrong.code not in LIST_FAULTS:
            raise
        return await run_in_threadpool(draw_form, installation, order_id, person, words, posted, wrong)


def begin_file(
    installation: Installation,
    order_id: str,
    person: Person,
    words: Words,
    posted: Posted,
    request: Request,
) -> Response:
    """The file as it is made. What is wrong with the list is told before the order is claimed."""
    round_, order = check_can_fetch(installation, order_id, by=person)
    wish = read_wish(posted, find_begin(request))
    if wish.shape not in SHAPES:
        raise SurveyError("shape_unknown")
    if posted.content:
        wanted = dict(order.areas)
        found = read_addresses(posted.content, shape=wish.shape, areas=installation.areas, wanted=wanted)
        wish = replace(wish, addressees=found)
    elif wish.shape == "forms":
        plan_print(installation, round_, wish.paper)  # what is wrong is told before the order is claimed
    elif wish.shape in ("email", "sms"):
        raise SurveyError("addresses_needed")
    name = name_file(round_, order, wish, words)
    return send_file(fetch_order(installation, order_id, wish, by=person), name, MEDIA[SHAPES[wish.shape]])


def read_wish(posted: Posted, begins: str) -> Wish:
    """What was chosen; what cannot be read is as usual."""
    get = posted.fields.get
    language, size, window = get("language", "sv"), get("size", ""), get("window", "")
    return Wish(
        get("shape", "letters"),
        language if language in WHOLE_LANGUAGES else "sv",
        Style(
            int(size) if size in [str(one) for one in SIZES] else Style.size,
            window if window in WINDOWS else Style.window,
        ),
        begins=begins,
        paper=read_paper_wish(get),
    )


def read_paper_wish(get: Callable[[str, str], str]) -> PaperWish:
    """How forms are to be printed."""
    size, form = get("paper_size", ""), "short" if get("form", "") == "short" else "full"
    size_wished = int(size) if size.isdigit() else PaperWish.size
    return PaperWish(form, get("language", "sv"), size_wished, get("contact", ""))


def find_begin(request: Request) -> str:
    """What the address that the coordinator is at begins with."""
    return f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"


def send_file(content: Iterator[bytes], name: str, media: str) -> Response:
    """A file that no browser and nothing between may keep."""
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(until_taken(content), media_type=media, headers=headers)


async def until_taken(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces of a file; when nobody takes them any more what makes them is told at once."""
    try:
        async for piece in iterate_in_threadpool(content):
            yield piece
    finally:
        close = getattr(content, "close", None)
        if close is not None:
            close()


def draw_form(
    installation: Installation,
    order_id: str,
    person: Person,
    words: Words,
    posted: Posted | None = None,
    wrong: SurveyError | None = None,
) -> Response:
    """The page with what can be chosen; with everything that was wrong with a list."""
    round_, order = check_can_fetch(installation, order_id, by=person)
    chosen = posted.fields if posted is not None else {}
    return draw(
        "fetch.html",
        words,
        status=MENDING if wrong is not None else 200,
        path=f"{PATH}/{order_id}",
        round=round_,
        number=words.count("letter.fetch_number", order.number),
        many=len(order.areas) > 1,
        shapes=[(one, words.say(f"letter.shape_{one}")) for one in SHAPES],  # keys: letter.shape_*
        sizes=SIZES,
        windows=list_windows(words),
        paper_sizes=PAPER_SIZES,
        forms=list_forms(installation, round_, words),
        chosen=USUAL | chosen,
        most=words.number(MOST_BYTES // 1_000_000),
        trouble=words.explain(wrong) if wrong is not None else "",
        faults=list_faults(wrong, words),
    )


def list_forms(installation: Installation, round_: Round, words: Words) -> list[tuple[str, str]]:
    """The forms that people of a round may fill in, with their names."""
    definition = find_definition(installation, round_.survey, round_.version)
    return [
        (one, words.say(f"paper.form_{one}")) for one in list_forms_of(round_, definition)
    ]  # keys: paper.form_*


def list_faults(wrong: SurveyError | None, words: Words) -> list[str]:
    """Everything that is wrong with a list, a sentence for each line."""
    found = wrong.facts.get("faults") if wrong is not None else None
    if not isinstance(found, tuple):
        return []
    faults = cast("tuple[object, ...]", found)
    return [say_fault(one, words) for one in faults if isinstance(one, Fault)]


def list_windows(words: Words) -> list[tuple[str, str]]:
    """The places of an address, with their names."""
    return [(one, words.say(f"letter.window_{one}")) for one in WINDOWS]  # keys: letter.window_*


def say_fault(fault: Fault, words: Words) -> str:
    told = words.say(f"letter.fault_{fault.code}", column=fault.column)  # keys: letter.fault_*
    return words.say("letter.fault", line=words.number(fault.line), told=told)


async def hand_out_reminders(
    request: Request, installation: Installation, person: Person, words: Words
) -> Response:
    """GET shows what can be chosen, POST gives letters without codes for everybody of an anonymous round."""
    round_id = str(request.path_params["round"])
    round_ = await run_in_threadpool(check_can_remind, installation, round_id, by=person)
    if request.method != "POST":
        return draw_reminder_form(round_id, words, number=round_.number)
    posted = await read_upload(request)
    wish = read_wish(posted, find_begin(request))
    try:
        made = await run_in_threadpool(
            remind_everybody, installation, round_id, wish, posted.content, by=person
        )
    except SurveyError as wrong:
        if wrong.code not in LIST_FAULTS:
            raise
        return draw_reminder_form(round_id, words, number=round_.number, wrong=wrong)
    return send_file(made, f"{words.say('letter.file_reminder')}-{round_id}.pdf", MEDIA["pdf"])


def draw_reminder_form(
    round_id: str, words: Words, *, number: int, wrong: SurveyError | None = None
) -> Response:
    return draw(
        "fetch_reminders.html",
        words,
        status=MENDING if wrong is not None else 200,
        path=f"{REMINDER_PATH}/{round_id}",
        number=words.count("letter.remind_number", number),
        sizes=SIZES,
        windows=list_windows(words),
        most=words.number(MOST_BYTES // 1_000_000),
        trouble=words.explain(wrong) if wrong is not None else "",
        faults=list_faults(wrong, words),
    )


def list_routes() -> list[BaseRoute]:
    """The pages of lists; an order's id is never the word that reminders have."""
    both = ["GET", "POST"]
    return [
        Route(
            f"{REMINDER_PATH}/{{round}}", answer_person(hand_out_reminders, what="a reminder"), methods=both
        ),
        Route(f"{PATH}/{{order}}", answer_person(hand_out, what="a list of codes"), methods=both),
    ]
