"""What can be done with what is kept from a terminal: retention, check-audit, rehearse-keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from survey.answering.rehearse import rehearse_keys
from survey.audit.chain import check_chain, note_newest, seal_events
from survey.audit.tell import tell_verdict
from survey.installation import SYSTEM, open_installation
from survey.language import speak
from survey.retention.run import count_due, remove_due
from survey.settings import load_settings
from survey.store import audits

TERMINAL_LANGUAGE = "sv"
BROKEN = 1  # exit status


def remove_old(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what is due, remove nothing")] = False,
) -> None:
    """Remove what is older than the rules say, where they are decided; the server does so by itself."""
    installation, words = open_installation(load_settings()), speak(TERMINAL_LANGUAGE)
    if dry_run:
        for due in count_due(installation):
            kind = words.say(f"retention.kind.{due.rule.kind}")  # keys: retention.kind.*
            decided = due.rule.decision or words.say("retention.undecided")
            number, before = words.number(due.number), words.day(due.before)
            line = words.say(
                "command.retention.due", kind=kind, before=before, number=number, decision=decided
            )
            typer.echo(line)
        return
    removed = remove_due(installation)
    for one in removed:
        kind = words.say(f"retention.kind.{one.kind}")  # keys: retention.kind.*
        number, before = words.number(one.number), words.day(one.before)
        typer.echo(words.say("command.retention.removed", kind=kind, before=before, number=number))
    if not removed:
        typer.echo(words.say("command.retention.nothing"))


def check_audit(
    accept: Annotated[
        bool, typer.Option("--accept", help="write the note of the log anew, after a restored backup")
    ] = False,
) -> None:
    """Work out whether anything in the audit log has been changed; exit status 1 when it has."""
    installation, words = open_installation(load_settings()), speak(TERMINAL_LANGUAGE)
    seal_events(installation)
    if accept:
        with installation.database.write() as connection:
            audits.add_event(connection, "audit note written anew", "audit log", by=SYSTEM)
        seal_events(installation)
        note_newest(installation, anew=True)
    verdict = check_chain(installation)
    typer.echo(tell_verdict(words, verdict))
    if not verdict.is_whole:
        raise typer.Exit(BROKEN)


def try_kept_keys(
    folder: Annotated[Path | None, typer.Option(help="a folder of keys, as one that was restored")] = None,
) -> None:
    """Try the keys in the second place as if the machine were lost; exit status 1 when one would not do."""
    installation, words = open_installation(load_settings()), speak(TERMINAL_LANGUAGE)
    tried = rehearse_keys(installation, folder)
    for one in tried:
        good = words.say("command.keys.good", file=one.file.as_posix())
        typer.echo(words.explain(one.wrong) if one.wrong else good)
    if any(one.wrong for one in tried):
        raise typer.Exit(BROKEN)
    where = tried[0].file.parent.as_posix()
    typer.echo(words.say("command.keys.all_good", number=words.number(len(tried)), folder=where))


def add_commands(app: typer.Typer) -> None:
    app.command("retention")(remove_old)
    app.command("check-audit")(check_audit)
    app.command("rehearse-keys")(try_kept_keys)
