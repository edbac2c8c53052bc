"""When mixing, closing and tidying happen by themselves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from survey.answering.ended_keys import sweep_ended_keys
from survey.answering.mixer import mix_period
from survey.audit.chain import seal_events
from survey.comments.publish import publish_themes
from survey.comments.reading import read_comments
from survey.digest.send import send_due_quietly
from survey.errors import SurveyError
from survey.insight.open_data.kept import make_kept_files
from survey.installation import Installation
from survey.keying.keeping import tend_keyed
from survey.letters.orders import tend_orders
from survey.logs import locate_fault
from survey.metrics.counted import counted
from survey.notices.send import forget_old as forget_old_notices
from survey.panel.reminders import tend_missions
from survey.panel.sending import send_letters_quietly
from survey.people.forgetting import forget_ended
from survey.people.sending import send_links_quietly as send_account_letters
from survey.publication.close import close_ended_months
from survey.reports.making import tend_reports
from survey.research.agreements import end_what_is_over
from survey.retention.run import remove_due_quietly
from survey.rounds import retire_rounds
from survey.store import drafts
from survey.week.letters import queue_weekly_letters_quietly

log = logging.getLogger(__name__)
BETWEEN_ROUNDS = 3600.0  # seconds; a period that has ended is closed within the hour


def do_chores(installation: Installation) -> None:
    """Everything that is done by itself, in this order; all of it is idempotent.

    What goes wrong in one is logged, tried again the next time, and keeps none of the others from being done.
    """
    for chore in CHORES:
        try:
            chore(installation)
        except SurveyError as wrong:
            log.error("%s was put off: %s", chore.__name__, wrong)
            counted.note_chore(chore.__name__, well=False)
        except Exception as fault:
            log.error("%s failed: %s", chore.__name__, locate_fault(fault))
            counted.note_chore(chore.__name__, well=False)
        else:
            counted.note_chore(chore.__name__, well=True)


def close_ended(installation: Installation) -> None:
    for closed in close_ended_months(installation):
        log.info("published %s %s: %d answers", closed.survey, closed.month, closed.responses)


def mix_running_month(installation: Installation) -> None:
    mix_period(installation, installation.today().isoformat()[:7])


def forget_left_traces(installation: Installation) -> None:
    """Rewrite what could not be rewritten while a backup was made."""
    if installation.database.traces_left:
        installation.database.forget_traces()


def forget_drafts(installation: Installation) -> None:
    with installation.database.write() as connection:
        drafts.delete_expired_drafts(connection, installation.today())


def publish_what_was_written(installation: Installation) -> None:
    for due in publish_themes(installation):
        log.info("published themes %s %s", due.survey, due.period.code)


def tend_erasures(installation: Installation) -> None:
    installation.erasures.tend()


CHORES: tuple[Callable[[Installation], object], ...] = (
    tend_keyed,  # before a month is closed: what was keyed last counts in it
    close_ended,
    mix_running_month,
    forget_left_traces,
    retire_rounds,
    tend_orders,
    sweep_ended_keys,
    forget_drafts,
    read_comments,
    publish_what_was_written,
    make_kept_files,
    forget_ended,
    forget_old_notices,
    remove_due_quietly,
    tend_reports,
    end_what_is_over,
    tend_erasures,
    seal_events,
    send_account_letters,
    tend_missions,
    queue_weekly_letters_quietly,
    send_letters_quietly,
    send_due_quietly,  # last: a mail server that is silent keeps nothing else waiting
)


def keep_doing_chores(installation: Installation, stop: threading.Event) -> None:
    """Do the chores now and every hour until told to stop; what goes wrong is logged and tried again."""
    while True:
        do_chores(installation)
        if stop.wait(BETWEEN_ROUNDS):
            return
