"""What can be done from a terminal: python -m survey …"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from survey.comment_commands import add_commands
from survey.definition.commands import add_commands as add_definition_commands
from survey.definition.load import say_problem
from survey.definition.read import Problem
from survey.doctor.commands import add_commands as add_running_commands
from survey.errors import SurveyError
from survey.insight.open_data.commands import add_commands as add_export_commands
from survey.insight.open_data.commands import export_app
from survey.installation import Installation, find_definition, open_installation
from survey.language import Words, speak
from survey.logs import settle_early
from survey.panel.commands import add_commands as add_mission_commands
from survey.panel_rounds.commands import add_commands as add_panel_round_commands
from survey.paper.commands import add_commands as add_paper_commands
from survey.people.commands import add_commands as add_people_commands
from survey.people.set_up import offer_set_up
from survey.publication.close import Closed, close_ended_months, close_month
from survey.publication.correct import correct_month
from survey.reports.commands import add_commands as add_report_commands
from survey.research.commands import add_commands as add_research_commands
from survey.retention.commands import add_commands as add_retention_commands
from survey.rounds import NewRound, list_rounds, make_codes, open_round
from survey.settings import load_settings
from survey.story.commands import add_commands as add_story_commands

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
round_app = typer.Typer(no_args_is_help=True, help="Open and list rounds.")
import_app = typer.Typer(no_args_is_help=True, help="Bring in answers from elsewhere.")
app.add_typer(round_app, name="round")
app.add_typer(import_app, name="import")
add_commands(app)
add_definition_commands(app)
add_mission_commands(app)
add_panel_round_commands(app)
add_retention_commands(app)
add_report_commands(app)
add_people_commands(app)
add_export_commands(app)
add_story_commands(export_app)
add_research_commands(app)
add_running_commands(app)
add_paper_commands(app)

TERMINAL_LANGUAGE = "sv"
BY_COMMAND = "command line"


def tell(text: str) -> None:
    typer.echo(text)


def open_here() -> Installation:
    """The installation of the environment."""
    return open_installation(load_settings())


@app.command("run")
def run_server(
    demo: Annotated[
        bool, typer.Option("--demo", help="with a made-up county, in a database of its own")
    ] = False,
) -> None:
    """Serve the application; a new installation prints its one-time set-up address."""
    from survey.serve import check_door, serve

    if demo:
        os.environ["DEMO"] = "1"
    settings = load_settings()
    check_door(settings)
    installation = open_installation(settings)
    words = speak(TERMINAL_LANGUAGE)
    if settings.demo:
        from survey.demo import fill_when_new

        fill_when_new(installation, tell=tell)
    key = offer_set_up(installation)
    if key is not None:
        tell(words.say("command.set_up", address=f"{settings.address}/set-up?key={key}"))
    tell(words.say("command.serving", address=settings.address))
    installation.database.close()
    serve(settings)


@app.command("close-period")
def close_period(
    month: Annotated[
        str | None, typer.Argument(help="a month, 2026-10; every ended month when left out")
    ] = None,
) -> None:
    """Mix, estimate, protect and publish what has ended."""
    installation = open_here()
    words = speak(TERMINAL_LANGUAGE)

    def tell_step(step: str, number: int) -> None:
        tell(words.say(f"command.closing.{step}", number=words.number(number)))  # keys: command.closing.*

    if month:
        closed = close_month(installation, month, by=BY_COMMAND, tell=tell_step)
    else:
        closed = close_ended_months(installation, by=BY_COMMAND, tell=tell_step)
    if not closed:
        tell(words.say("command.nothing_to_close"))
    for one in closed:
        tell_closed(one, words)


def tell_closed(one: Closed, words: Words) -> None:
    """What a closing published, and how much of it protection hides."""
    lost = one.cells - one.shown
    tell(
        words.say(
            "command.closed",
            survey=one.survey,
            month=words.month(one.month),
            responses=words.number(one.responses),
            cells=words.number(one.cells),
            hidden=words.number(lost),
            share=words.number(100 * lost / one.cells if one.cells else 0),
            public_share=words.number(100 * (one.cells - one.shown_public) / one.cells if one.cells else 0),
            standing=words.number(100 * one.standing),
        )
    )


@app.command("correct-period")
def correct_period(
    month: Annotated[str, typer.Argument(help="a published month, 2026-10")],
    reason: Annotated[str, typer.Option(help="why, as readers will see it")],
    survey: Annotated[str, typer.Option(help="which survey")] = "invanarupplevelse",
) -> None:
    """Estimate a published month anew, as a new revision beside the old one."""
    corrected = correct_month(open_here(), survey, month, reason=reason, by=BY_COMMAND)
    tell_closed(corrected, speak(TERMINAL_LANGUAGE))


@app.command("draw-walk")
def draw_walk() -> None:
    """Print docs/walk.md, drawn from the table of states."""
    from survey.diagrams import write_walk

    typer.echo(write_walk(), nl=False)


@app.command("draw-review")
def draw_review() -> None:
    """Print docs/review.md, drawn from the tables of states."""
    from survey.diagrams import write_review

    typer.echo(write_review(), nl=False)


@app.command("draw-proposals")
def draw_proposals() -> None:
    """Draw the states of a proposal anew in docs/proposals.md."""
    from survey.proposals.drawn import DOCUMENT, draw_into

    DOCUMENT.write_text(draw_into(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


@round_app.command("open")
def open_new_round(
    name: Annotated[str, typer.Argument(help="its name in addresses: a-z, 0-9 and hyphens")],
    survey: Annotated[str, typer.Option(help="which survey")] = "invanarupplevelse",
    version: Annotated[str, typer.Option(help="which version")] = "2026-1",
    title: Annotated[str, typer.Option(help="what people see")] = "",
    opens: Annotated[str, typer.Option(help="first day, 2026-11-01")] = "",
    closes: Annotated[str, typer.Option(help="last day, 2026-12-31")] = "",
    door: Annotated[str, typer.Option(help="open, coded, kiosk, panel or import")] = "open",
    forms: Annotated[str, typer.Option(help="full, short or choose")] = "choose",
) -> None:
    """Open a round of a survey."""
    installation = open_here()
    days = [read_day(day) for day in (opens, closes)]
    definition = find_definition(installation, survey, version)
    chosen = forms if "short" in definition.forms else "full"
    new = NewRound(name, survey, version, title or definition.title["sv"], days[0], days[1], door, chosen)
    opened = open_round(installation, new, by=BY_COMMAND)
    tell(speak(TERMINAL_LANGUAGE).say("command.round_opened", round=opened.id, path=f"/e/{opened.id}"))


@round_app.command("list")
def show_rounds() -> None:
    """List the rounds, the newest first."""
    for found in list_rounds(open_here()):
        tell(f"{found.id}\t{found.survey} {found.version}\t{found.door}\t{found.opens} – {found.closes}")


@round_app.command("codes")
def write_codes(
    name: Annotated[str, typer.Argument(help="the round")],
    area: Annotated[str, typer.Option(help="the municipality's code")],
    number: Annotated[int, typer.Option(min=1, max=100_000, help="how many")],
) -> None:
    """Make letter codes. They are printed here and kept nowhere: this list exists once."""
    installation = open_here()
    found = next((r for r in list_rounds(installation) if r.id == name), None)
    if found is None:
        raise SurveyError("round_unknown")
    for code in make_codes(installation, found, area=area, number=number, by=BY_COMMAND):
        tell(code)


def read_day(text: str) -> date:
    """A day as 2026-11-21. Raises SurveyError day_wrong."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SurveyError("day_wrong", day=text[:20]) from None


@import_app.command("answers")
def import_answers(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or SPSS")],
    mapping: Annotated[Path, typer.Option(help="which column is what, YAML")],
    round_name: Annotated[str, typer.Option("--round", help="the round they belong to")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only tell what would be done")] = False,
    rejects: Annotated[Path | None, typer.Option(help="where rows that are refused are listed")] = None,
) -> None:
    """Bring in answers from a file: every row comes in, or is listed with the reason why not."""
    from survey.importing.run import import_file, say_report

    listed = rejects or file.with_name(f"{file.stem}-avvisade.csv")
    report = import_file(
        open_here(), file, mapping, round_name, rejects=listed, dry_run=dry_run, by=BY_COMMAND
    )
    for line in say_report(report, speak(TERMINAL_LANGUAGE)):
        tell(line)


@app.command("load-population")
def load_margins(
    file: Annotated[Path, typer.Argument(help="people per municipality, age and gender: CSV")],
    year: Annotated[
        int | None, typer.Option(min=1900, max=2099, help="which year, when the file has several or none")
    ] = None,
) -> None:
    """Load how many people live in each municipality, to weight by and to compare with."""
    from survey.population.load import load_population, say_loaded

    loaded = load_population(open_here(), file, year=year, by=BY_COMMAND)
    for line in say_loaded(loaded, speak(TERMINAL_LANGUAGE)):
        tell(line)


@app.command("load-indicators")
def load_imported(
    file: Annotated[Path, typer.Argument(help="values by indicator, area and period: CSV")],
    check: Annotated[bool, typer.Option("--check", help="only tell what would be done")] = False,
) -> None:
    """Load figures that others have measured, to be shown beside the survey's own."""
    from survey.indicators.load import load_file, say_loaded

    loaded = load_file(open_here(), file, only_check=check, by=BY_COMMAND)
    for line in say_loaded(loaded, speak(TERMINAL_LANGUAGE)):
        tell(line)


@app.command("send-digests")
def send_digests(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show the letters, send nothing")] = False,
) -> None:
    """Tell those who asked by e-mail what has been published; the server does so by itself every hour."""
    from survey.digest.report import say_due, say_sent

    say = say_due if dry_run else say_sent
    for line in say(open_here(), speak(TERMINAL_LANGUAGE)):
        tell(line)


@app.command("forget-address")
def forget_one_address() -> None:
    """Delete an e-mail address whose owner asks for it. It is asked for, so that no shell remembers it."""
    from survey.digest.subscribe import forget_address

    words = speak(TERMINAL_LANGUAGE)
    typed = typer.prompt(words.say("command.digests.which"), hide_input=True)
    known = forget_address(open_here(), typed, by=BY_COMMAND)
    tell(words.say("command.digests.forgotten" if known else "command.digests.unknown"))


def list_problems(wrong: SurveyError) -> tuple[Problem, ...]:
    """What is wrong in a definition or a mapping, when the error is about one."""
    found = wrong.facts.get("problems")
    several = cast(tuple[object, ...], found) if isinstance(found, tuple) else ()
    return tuple(one for one in several if isinstance(one, Problem))


def main() -> None:
    """Run a command; what goes wrong is one clear sentence and exit status 2."""
    settle_early()
    words = speak(TERMINAL_LANGUAGE)
    try:
        app(standalone_mode=True)
    except SurveyError as wrong:
        typer.echo(words.explain(wrong), err=True)
        for problem in list_problems(wrong):
            typer.echo(say_problem(problem, words), err=True)
        sys.exit(2)
