"""How does somebody act in another of their roles, and how do they leave?"""

from __future__ import annotations

from starlette.responses import Response

from survey.entry.cookies import SESSION_COOKIE, forget_cookie, keep_session
from survey.entry.pages import SIGN_OUT, Button, Page, draw_page
from survey.entry.passage import SIGN_IN, Passage, need_session, write_way
from survey.entry.provider import find_exit, let_form_leave
from survey.installation import Installation
from survey.language import Words
from survey.light.visit import go
from survey.people.people import find_place
from survey.people.sessions import act_as, sign_out
from survey.store.organisations import Assignment

ROLE_PATH = "/konto/roll"
EVERYWHERE = "overallt"


def show_roles(passage: Passage) -> Response:
    """One's roles to choose among; pressing one changes it, opening the page nothing."""
    found = need_session(passage, path=write_way(ROLE_PATH, passage.way))
    if isinstance(found, Response):
        return found
    words = passage.words
    buttons = [
        Button(
            say_held(passage.installation, one, words),
            name="roll",
            value=one.id,
            is_second=one != found.acting,
        )
        for one in found.assignments
    ]
    several = words.say("entry.roles_about" if len(buttons) > 1 else "entry.roles_one")
    told = several if buttons else words.say("entry.roles_none")
    page = Page(
        words.say("entry.roles"),
        (told,),
        hidden={"to": passage.way},
        buttons=buttons,
        path=ROLE_PATH,
        here=write_way(ROLE_PATH, passage.way),
    )
    return draw_page(words, page)


def say_held(installation: Installation, held: Assignment, words: Words) -> str:
    """A role and where: Chef, Region Kronoberg."""
    role = words.say(f"role.{held.role}")  # keys: role.*
    return words.say("entry.role_at", role=role, place=find_place(installation, held.organisation))


def take_role(passage: Passage) -> Response:
    """Act in another role; the session gets a new secret."""
    found = need_session(passage, path=ROLE_PATH)
    if isinstance(found, Response):
        return found
    response = go(passage.way)
    keep_session(response, passage.installation, act_as(passage.installation, found, passage.ask("roll")))
    return response


def show_sign_out(passage: Passage) -> Response:
    """Two ways out, for whoever is in."""
    if passage.found is None:
        return go(SIGN_IN)
    words = passage.words
    page = Page(
        words.say("entry.sign_out"),
        (words.say("entry.sign_out_about"),),
        buttons=(
            Button(words.say("entry.sign_out_here")),
            Button(words.say("entry.sign_out_everywhere"), name="var", value=EVERYWHERE, is_second=True),
        ),
        path=SIGN_OUT,
        here=SIGN_OUT,
    )
    return let_form_leave(passage, draw_page(words, page))


def take_sign_out(passage: Passage) -> Response:
    """End the session, or all of one's sessions, whatever stage it is at."""
    if passage.found is not None:
        sign_out(passage.installation, passage.found, everywhere=passage.ask("var") == EVERYWHERE)
    response = find_exit(passage, passage.found)
    forget_cookie(response, passage.installation, SESSION_COOKIE)
    return response
