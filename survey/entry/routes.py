"""Which addresses does the door have?"""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from survey.entry import own, password, provider, second, sign_in
from survey.entry.pages import SIGN_OUT
from survey.entry.passage import CODE_PATH, SECOND_PATH, SIGN_IN, answer_with
from survey.people.links import LINK_PATH
from survey.people.provider import RETURN_PATH


def list_routes() -> list[BaseRoute]:
    """The routes of coming in, out, and of one's own account."""
    both = ["GET", "POST"]
    change = answer_with(password.show_password, password.take_password)
    return [
        Route(SIGN_IN, answer_with(sign_in.show_sign_in, sign_in.take_sign_in), methods=both),
        Route(CODE_PATH, answer_with(sign_in.show_code, sign_in.take_code), methods=both),
        Route(sign_in.FORGOTTEN, answer_with(sign_in.show_forgotten, sign_in.take_forgotten), methods=both),
        Route(provider.PROVIDER_PATH, answer_with(provider.go_to_provider)),
        Route(RETURN_PATH, answer_with(provider.come_from_provider)),
        Route(f"{LINK_PATH}/{{token}}", answer_with(password.show_link, password.take_link), methods=both),
        Route(password.PASSWORD_PATH, change, methods=both),
        Route(SECOND_PATH, answer_with(second.show_second, second.take_second), methods=both),
        Route(own.ROLE_PATH, answer_with(own.show_roles, own.take_role), methods=both),
        Route(SIGN_OUT, answer_with(own.show_sign_out, own.take_sign_out), methods=both),
    ]
