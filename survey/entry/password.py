"""How does somebody choose a password: with a link, or in place of the one they have?"""

from __future__ import annotations

from starlette.responses import Response

from survey.entry.cookies import keep_session
from survey.entry.pages import ACCOUNT, Button, Field, Page, draw_page
from survey.entry.passage import Passage, need_session
from survey.entry.sign_in import let_in
from survey.errors import SurveyError
from survey.language import Words
from survey.people.links import LINK_PATH
from survey.people.password_rules import SHORTEST
from survey.people.sessions import SignedIn
from survey.people.signing_in import change_password, check_link, choose_password

PASSWORD_PATH = "/konto/losenord"  # noqa: S105 - an address


def show_link(passage: Passage) -> Response:
    """The form of a link; opening it changes nothing, for scanners of mail open links."""
    token = str(passage.request.path_params["token"])
    check_link(passage.installation, token)
    return draw_link(passage)


def draw_link(passage: Passage, *, trouble: SurveyError | None = None) -> Response:
    words = passage.words
    path = f"{LINK_PATH}/{passage.request.path_params['token']}"
    page = Page(
        words.say("entry.choose"),
        (words.say("entry.choose_about", name=passage.installation.settings.installation_name),),
        (make_new_field(words),),
        buttons=(Button(words.say("entry.choose_button")),),
        path=path,
        here=path,
    )
    return draw_page(words, page, trouble=trouble)


def make_new_field(words: Words) -> Field:
    """The line for a new password: shown once, because a password manager or two eyes check it."""
    hint = words.say("entry.password_rules", least=words.number(SHORTEST))
    return Field("nytt", words.say("entry.password_new"), "password", "new-password", hint)


def take_link(passage: Passage) -> Response:
    """Choose a password and come in. A link that was used tells so on the next page."""
    token = str(passage.request.path_params["token"])
    try:
        started = choose_password(passage.installation, token, passage.ask("nytt"))
    except SurveyError as wrong:
        if not wrong.code.startswith("password_"):
            raise
        return draw_link(passage, trouble=wrong)
    return let_in(passage, started)


def show_password(passage: Passage) -> Response:
    found = need_session(passage, path=PASSWORD_PATH)
    return found if isinstance(found, Response) else draw_password(passage, found)


def draw_password(passage: Passage, found: SignedIn, *, trouble: SurveyError | None = None) -> Response:
    """The form for another password; for whoever signs in elsewhere, where to go."""
    words = passage.words
    title, back = words.say("entry.change"), (Button(words.say("entry.to_account"), ACCOUNT),)
    if found.account.password is None:
        return draw_page(words, Page(title, (words.say("entry.change_elsewhere"),), ways=back))
    old = Field("nuvarande", words.say("entry.password_old"), "password", "current-password")
    page = Page(
        title,
        (words.say("entry.change_about"),),
        (old, make_new_field(words)),
        buttons=(Button(words.say("entry.change_button")),),
        ways=back,
        path=PASSWORD_PATH,
        here=PASSWORD_PATH,
    )
    return draw_page(words, page, trouble=trouble)


def take_password(passage: Passage) -> Response:
    """Change the password; every other session ends, and this one gets a new secret."""
    found = need_session(passage, path=PASSWORD_PATH)
    if isinstance(found, Response):
        return found
    try:
        token = change_password(passage.installation, found, passage.ask("nuvarande"), passage.ask("nytt"))
    except SurveyError as wrong:
        if not wrong.code.startswith(("password_", "sign_in_wait")):
            raise
        return draw_password(passage, found, trouble=wrong)
    words = passage.words
    back = (Button(words.say("entry.to_account"), ACCOUNT),)
    told = Page(words.say("entry.change"), ways=back, notice=words.say("entry.password_changed"))
    response = draw_page(words, told)
    keep_session(response, passage.installation, token)
    return response
