"""What can be done with a whole installation from a terminal: doctor, backup, restore, downgrade."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from survey.backup.commands import add_commands as add_backup_commands
from survey.language import DEFAULT_LANGUAGE, WHOLE_LANGUAGES, speak
from survey.settings import load_settings
from survey.store.database import Database
from survey.store.schema import migrate_down

TERMINAL_LANGUAGE = "sv"


def call_doctor(
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    language: Annotated[str, typer.Option(help="sv or en")] = DEFAULT_LANGUAGE,
) -> None:
    """Say everything that is wrong with the installation; exit 0 nothing, 1 something to see to, 2 wrong."""
    from survey.doctor.examine import CHECKS, examine
    from survey.doctor.finding import find_status, tell_finding

    words = speak(language if language in WHOLE_LANGUAGES else TERMINAL_LANGUAGE)
    found = examine(load_settings)
    told = [tell_finding(one, words) for one in found]
    if as_json:
        said = {
            "checks": len(CHECKS),
            "status": find_status(found),
            "findings": [asdict(one) for one in told],
        }
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        raise typer.Exit(find_status(found))
    for one in told:
        typer.echo(f"{words.say(f'doctor.level.{one.level}')}: {one.what}")  # keys: doctor.level.*
        typer.echo(f"   {words.say('doctor.why', why=one.why)}")
        typer.echo(f"   {words.say('doctor.do', do=one.do)}")
        typer.echo("")
    typer.echo(words.count("doctor.found", len(told)))
    raise typer.Exit(find_status(found))


def take_schema_back(
    revision: Annotated[str, typer.Argument(help="the schema to go back to, as 0011")],
) -> None:
    """Take the database back to an older schema, before an older version is started; make a backup first."""
    database = Database(load_settings().database)
    try:
        migrate_down(database, revision)
    finally:
        database.close()
    typer.echo(speak(TERMINAL_LANGUAGE).say("command.downgraded", revision=revision))


def add_commands(app: typer.Typer) -> None:
    """Put the commands about running an installation among the others."""
    app.command("doctor")(call_doctor)
    add_backup_commands(app)
    app.command("downgrade")(take_schema_back)
