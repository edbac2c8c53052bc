"""Where are forms of an open round printed? By a button: each print makes new numbers."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.language import LANGUAGES, Words
from survey.letters.routes import (
    LIST_FAULTS,
    MEDIA,
    MENDING,
    answer_person,
    list_forms,
    read_paper_wish,
    send_file,
)
from survey.letters.upload import Posted, read_upload
from survey.light.draw import draw
from survey.paper.issuing import print_numbered
from survey.paper.numbers import MOST_PRINTED, check_can_print
from survey.paper.printing import SIZES
from survey.people.roles import Person

PATH = "/blankett"
USUAL = {"number": "1", "language": "sv", "form": "full", "paper_size": "16", "contact": ""}


async def hand_out_forms(
    request: Request, installation: Installation, person: Person, words: Words
) -> Response:
    """GET shows what can be chosen, POST gives the file."""
    round_id = str(request.path_params["round"])
    await run_in_threadpool(check_can_print, installation, round_id, by=person)
    if request.method != "POST":
        return await run_in_threadpool(draw_print, installation, round_id, person, words)
    posted = await read_upload(request)
    try:
        return await run_in_threadpool(print_posted, installation, round_id, person, words, posted)
    except SurveyError as wrong:
        if wrong.code not in LIST_FAULTS:
            raise
        return await run_in_threadpool(draw_print, installation, round_id, person, words, posted, wrong)


def print_posted(
    installation: Installation, round_id: str, person: Person, words: Words, posted: Posted
) -> Response:
    number = posted.fields.get("number", "").strip()
    wish = read_paper_wish(posted.fields.get)
    made = print_numbered(
        installation, round_id, wish, int(number) if number.isdecimal() and len(number) < 6 else 0, by=person
    )
    return send_file(made, f"{words.say('letter.file_forms')}-{round_id}.pdf", MEDIA["pdf"])


def draw_print(
    installation: Installation,
    round_id: str,
    person: Person,
    words: Words,
    posted: Posted | None = None,
    wrong: SurveyError | None = None,
) -> Response:
    """The page with what can be chosen, and with what was wrong."""
    round_ = check_can_print(installation, round_id, by=person)
    definition = find_definition(installation, round_.survey, round_.version)
    return draw(
        "print.html",
        words,
        status=MENDING if wrong is not None else 200,
        path=f"{PATH}/{round_id}",
        round=round_,
        most=words.number(MOST_PRINTED),
        forms=list_forms(installation, round_, words),
        form_languages=[LANGUAGES[code] for code in definition.languages],
        paper_sizes=SIZES,
        chosen=USUAL | (posted.fields if posted is not None else {}),
        trouble=words.explain(wrong) if wrong is not None else "",
    )


def list_routes() -> list[BaseRoute]:
    serve = answer_person(hand_out_forms, what="forms on paper")
    return [Route(f"{PATH}/{{round}}", serve, methods=["GET", "POST"])]
