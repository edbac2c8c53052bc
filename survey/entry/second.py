"""How does somebody set up the second step of their own account, and end it?"""

from __future__ import annotations

from starlette.responses import Response

from survey.entry.cookies import keep_session
from survey.entry.pages import ACCOUNT, SIGN_OUT, Button, Field, Page, draw_page
from survey.entry.passage import SECOND_PATH, Passage, need_session, write_way
from survey.errors import SurveyError
from survey.language import Words
from survey.light.visit import go
from survey.people.second_step import (
    Offer,
    begin_second_step,
    count_recovery_codes,
    end_second_step,
    offer_second_step,
    read_offer,
)
from survey.people.sessions import PROVIDER, SignedIn


def show_second(passage: Passage) -> Response:
    """A new second step to set up, or the one there is to end."""
    found = need_session(passage, path=write_way(SECOND_PATH, passage.way))
    if isinstance(found, Response):
        return found
    if found.session.way == PROVIDER:
        words = passage.words
        told = (words.say("entry.second_elsewhere"),)
        ways = (Button(words.say("entry.to_account"), ACCOUNT),)
        return draw_page(words, Page(words.say("entry.second"), told, ways=ways))
    if found.account.second is not None:
        return draw_second_there(passage, found)
    return draw_offer(passage, found, offer_second_step(passage.installation, found))


def draw_offer(
    passage: Passage, found: SignedIn, offer: Offer, *, trouble: SurveyError | None = None
) -> Response:
    """The picture and the secret of a new second step, and the form for the first code."""
    words = passage.words
    needed = (words.say("entry.second_needed"),) if found.needs_second_step else ()
    page = Page(
        words.say("entry.second"),
        (*needed, words.say("entry.second_about")),
        (make_code_field(words),),
        {"to": passage.way, "erbjudande": offer.sealed},
        (Button(words.say("entry.second_button")),),
        (Button(words.say("entry.sign_out"), SIGN_OUT),),
        picture=offer.picture,
        picture_label=words.say("entry.second_picture"),
        to_copy=(offer.secret,),
        copy_told=words.say("entry.second_by_hand"),
        path=SECOND_PATH,
    )
    return draw_page(words, page, trouble=trouble)


def make_code_field(words: Words) -> Field:
    return Field(
        "kod", words.say("entry.code_label"), "text", "one-time-code", words.say("entry.code_app_hint")
    )


def draw_second_there(passage: Passage, found: SignedIn, *, trouble: SurveyError | None = None) -> Response:
    """How many recovery codes are left, and the form that ends the second step."""
    words = passage.words
    left = count_recovery_codes(passage.installation, found.account)
    page = Page(
        words.say("entry.second"),
        (words.count("entry.second_left", left), words.say("entry.second_end_about")),
        (make_code_field(words),),
        buttons=(Button(words.say("entry.second_end"), is_second=True),),
        ways=(Button(words.say("entry.to_account"), ACCOUNT),),
        path=SECOND_PATH,
        here=SECOND_PATH,
    )
    return draw_page(words, page, trouble=trouble)


def take_second(passage: Passage) -> Response:
    """Set the second step up with the first code, or end it with one."""
    found = need_session(passage, path=SECOND_PATH)
    if isinstance(found, Response):
        return found
    if found.account.second is not None:
        return take_second_end(passage, found)
    try:
        offer = read_offer(passage.installation, found, passage.ask("erbjudande"))
    except SurveyError as wrong:
        return draw_offer(passage, found, offer_second_step(passage.installation, found), trouble=wrong)
    try:
        token, codes = begin_second_step(passage.installation, found, offer, passage.ask("kod"))
    except SurveyError as wrong:
        if wrong.code not in ("second_wrong", "sign_in_wait"):
            raise
        return draw_offer(passage, found, offer, trouble=wrong)
    words = passage.words
    told = (words.say("entry.second_done"), words.say("entry.second_codes"))
    ways = (Button(words.say("entry.go_on"), passage.way),)
    response = draw_page(words, Page(words.say("entry.second_codes_title"), told, to_copy=codes, ways=ways))
    keep_session(response, passage.installation, token)
    return response


def take_second_end(passage: Passage, found: SignedIn) -> Response:
    try:
        end_second_step(passage.installation, found, passage.ask("kod"))
    except SurveyError as wrong:
        if wrong.code not in ("second_wrong", "sign_in_wait", "second_needed"):
            raise
        return draw_second_there(passage, found, trouble=wrong)
    return go(ACCOUNT)
