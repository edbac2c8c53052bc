"""What can be done with comments from a terminal: python -m survey text, read-comments, …"""

from __future__ import annotations

import sys
from typing import BinaryIO

import orjson
import typer

from survey.comments.lines import read_lines
from survey.comments.publish import publish_themes
from survey.comments.reading import read_comments
from survey.errors import SurveyError
from survey.installation import open_installation
from survey.language import Words, speak
from survey.settings import load_settings

TERMINAL_LANGUAGE = "sv"
NOT_NEEDED = ("scipy", "sklearn")
"""What NLTK, which TextBlob brings along, loads where it is installed, for parts that the chain does not use:
a second of processor time. A process that only reads lines does without."""


def read_text_lines() -> None:
    """Read comments as JSON lines on standard input, write what the chain says of each on standard output."""
    for heavy in NOT_NEEDED:
        sys.modules.setdefault(heavy, None)  # type: ignore[arg-type]
    write_lines(sys.stdin.buffer, sys.stdout.buffer, speak(TERMINAL_LANGUAGE))


def write_lines(source: BinaryIO, target: BinaryIO, words: Words) -> None:
    """One line for each that is given, in order and at once; a broken one gets a line with its error."""
    for said in read_lines(source):
        target.write(write_error(said, words) if isinstance(said, SurveyError) else said)
        target.write(b"\n")
        target.flush()


def write_error(wrong: SurveyError, words: Words) -> bytes:
    """An error as a line: which line, its code and its sentence."""
    return orjson.dumps(
        {"line": wrong.facts.get("line"), "error": wrong.code, "message": words.explain(wrong)}
    )


def read_stored_comments() -> None:
    """Read again what was read with older lists; it can be interrupted and goes on where it was."""
    installation = open_installation(load_settings())
    words = speak(TERMINAL_LANGUAGE)

    def tell_step(done: int, of: int) -> None:
        typer.echo(words.say("command.comments.step", done=words.number(done), of=words.number(of)))

    read = read_comments(installation, tell=tell_step)
    masked = words.number(read.masked)
    typer.echo(words.say("command.comments.done", n=words.number(read.comments), masked=masked))


def publish_due_themes() -> None:
    """Count and publish the themes of every quarter and year that has been closed; happens by itself, too."""
    done = publish_themes(open_installation(load_settings()))
    words = speak(TERMINAL_LANGUAGE)
    for one in done:
        typer.echo(
            words.say("command.comments.published", survey=one.survey, period=words.period(one.period.code))
        )
    if not done:
        typer.echo(words.say("command.comments.nothing"))


def add_commands(app: typer.Typer) -> None:
    """Put the commands about comments among the others."""
    app.command("text")(read_text_lines)
    app.command("read-comments")(read_stored_comments)
    app.command("publish-themes")(publish_due_themes)
