"""The accessibility statement as a plain page, for everybody, without scripts."""

from __future__ import annotations

from starlette.responses import Response

from survey.accessibility.results import find_audit
from survey.accessibility.statement import Statement, make_statement
from survey.installation import Installation
from survey.language import Words
from survey.light.draw import draw, find_words
from survey.light.visit import Visit

PATH = "/tillganglighet"


def show_statement(visit: Visit) -> Response:
    """The statement in the reader's language of those that it is told in; another's reader gets Swedish."""
    words = find_words(visit.request)
    statement = tell_statement(visit.installation, words)
    return draw("statement.html", words, statement=statement, path=PATH)


def tell_statement(installation: Installation, words: Words) -> Statement:
    """The statement of an installation."""
    settings = installation.settings
    return make_statement(
        words, find_audit(), service=settings.installation_name, contact=settings.accessibility_contact
    )
