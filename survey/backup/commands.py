"""What can be done with backups from a terminal: backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from survey.installation import open_installation
from survey.language import Words, speak
from survey.settings import load_settings

if TYPE_CHECKING:
    from survey.backup.restore import Restored

TERMINAL_LANGUAGE = "sv"
BY_COMMAND = "command line"
MEGABYTE = 10**6


def make_backup(
    into: Annotated[Path, typer.Argument(metavar="DIR", help="where backups lie; made when it is not there")],
    keep_days: Annotated[
        int | None, typer.Option("--keep-days", help="how long they are kept; BACKUP_DAYS when left out")
    ] = None,
) -> None:
    """Copy the database while people answer, and remove the backups that are too old. Never copies keys."""
    from survey.backup.take import take_backup

    settings, words = load_settings(), speak(TERMINAL_LANGUAGE)
    days = settings.backup_days if keep_days is None else keep_days
    installation = open_installation(settings)
    try:
        taken = take_backup(installation, into, keep_days=days, by=BY_COMMAND)
    finally:
        installation.database.close()
    size = words.number(taken.manifest.size / MEGABYTE)
    typer.echo(words.say("command.backup.made", folder=taken.folder.as_posix(), size=size))
    typer.echo(words.count("command.backup.removed", taken.removed, days=words.number(days)))
    typer.echo(words.say("command.backup.keys", folder=settings.keys_dir.as_posix()))


def put_backup_back(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="the backup's folder, or its manifest")],
    keys: Annotated[
        Path | None, typer.Option("--keys", help="fetch key files from here, as the second place")
    ] = None,
    accept_gap: Annotated[
        bool,
        typer.Option("--accept-gap", help="although not all that was erased since can be erased again"),
    ] = False,
) -> None:
    """Put a backup back into an empty place, and erase again what was erased since it was made."""
    from survey.backup.restore import restore_backup

    settings, words = load_settings(), speak(TERMINAL_LANGUAGE)
    place = folder.parent if folder.is_file() else folder
    done = restore_backup(settings, place, keys_from=keys, accept_gap=accept_gap)
    for line in say_restored(done, words):
        typer.echo(line)


def say_restored(done: Restored, words: Words) -> list[str]:
    """What was put back, what was erased again, and what is to be done now."""
    replayed, said = done.replayed, done.manifest
    lines = [words.say("command.restore.done", made=said.made[:16].replace("T", " "), revision=said.revision)]
    counts = {name: words.number(value) for name, value in vars(replayed).items()}
    lines.append(words.say("command.restore.erased", **counts))
    if done.list_until is None:
        lines.append(words.say("command.restore.no_list"))
    else:
        until = done.list_until.isoformat(timespec="hours")[:13].replace("T", " ")
        lines.append(words.say("command.restore.list_until", until=until))
    if replayed.masked:
        lines.append(words.say("command.restore.masked"))
    if replayed.unreadable:
        lines.append(words.say("command.restore.unreadable"))
    lines += [words.say("command.restore.missing", file=name) for name in done.missing]
    lines.append(words.say("command.restore.next"))
    return lines


def add_commands(app: typer.Typer) -> None:
    """Put the commands about backups among the others."""
    app.command("backup")(make_backup)
    app.command("restore")(put_backup_back)
