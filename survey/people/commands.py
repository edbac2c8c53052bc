"""What can be done with accounts from a terminal: python -m survey invite."""

from __future__ import annotations

import typer

from survey.errors import SurveyError
from survey.installation import open_installation
from survey.language import speak
from survey.mail.server import Outcome
from survey.people.drawn import DOCUMENT, draw_into
from survey.people.faults import list_faults_of
from survey.people.group_roles import list_problems, read_rules_of, say_wrong
from survey.people.links import find_link_address
from survey.people.sending import send_links
from survey.people.set_up import First, invite_administrator
from survey.settings import load_settings

TERMINAL_LANGUAGE = "sv"
BY_COMMAND = "command line"


def invite_first() -> None:
    """Invite an administrator: name and address are asked for, so that no shell remembers them.

    The link goes by e-mail where a mail server is set and takes it; else it is printed here, once.
    """
    installation = open_installation(load_settings())
    words = speak(TERMINAL_LANGUAGE)
    name = typer.prompt(words.say("command.invite.name"))
    typed = typer.prompt(words.say("command.invite.address"))
    try:
        invited = invite_administrator(installation, First(typed, name), by=BY_COMMAND)
    except SurveyError as wrong:
        for fault in list_faults_of(wrong):
            typer.echo(words.explain(fault), err=True)
        raise typer.Exit(2) from None
    if installation.settings.sends_mail:
        try:
            if send_links(installation).get(Outcome.SENT):
                typer.echo(words.say("command.invite.sent"))
                return
        except SurveyError as wrong:
            typer.echo(words.explain(wrong), err=True)
    settings = installation.settings
    link = find_link_address(installation, invited.token)
    whole = link if settings.public_address else f"{settings.near_address}{link}"
    typer.echo(words.say("command.invite.link"))
    typer.echo(whole)


def check_groups() -> None:
    """Say everything that is wrong with the file of groups and roles; exit 1 when something is."""
    installation = open_installation(load_settings())
    words, file = speak(TERMINAL_LANGUAGE), installation.settings.oidc_roles_file
    if file is None:
        raise SurveyError("provider_off")
    try:
        found = read_rules_of(installation, file)
    except SurveyError as wrong:
        for one in list_problems(wrong):
            typer.echo(say_wrong(one, words))
        raise typer.Exit(1) from None
    typer.echo(words.count("groups.right", len(found)))


def draw_accounts() -> None:
    """Draw the states of an account anew in docs/sign-in.md."""
    DOCUMENT.write_text(draw_into(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def add_commands(app: typer.Typer) -> None:
    """Put the commands about accounts among the others."""
    app.command("invite")(invite_first)
    app.command("check-groups")(check_groups)
    app.command("draw-accounts")(draw_accounts)
