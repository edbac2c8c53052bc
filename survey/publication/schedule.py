"""When mixing, closing and tidying happen by themselves."""

from __future__ import annotations

import logging
import threading

from survey.answering.mixer import mix_period, sweep_period_keys
from survey.comments.publish import publish_themes
from survey.comments.reading import read_comments
from survey.digest.send import send_due_quietly
from survey.errors import SurveyError
from survey.installation import Installation
from survey.letters.orders import tend_orders
from survey.logs import locate_fault
from survey.panel.reminders import tend_missions
from survey.panel.sending import send_letters_quietly
from survey.people.forgetting import forget_ended
from survey.people.sending import send_links_quietly as send_account_letters
from survey.publication.close import close_ended_months
from survey.rounds import retire_rounds
from survey.store import drafts
from survey.week.letters import queue_weekly_letters_quietly

log = logging.getLogger(__name__)
BETWEEN_ROUNDS = 3600.0  # seconds; a period that has ended is closed within the hour


def do_chores(installation: Installation) -> None:
    """Close what has ended, mix what has company, retire what is over, read what was written. Idempotent."""
    for closed in close_ended_months(installation):
        log.info("published %s %s: %d answers", closed.survey, closed.month, closed.responses)
    mix_period(installation, installation.today().isoformat()[:7])
    retire_rounds(installation)
    tend_orders(installation)
    sweep_period_keys(installation)
    with installation.database.write() as connection:
        drafts.delete_expired_drafts(connection, installation.today())
    read_comments(installation)
    for due in publish_themes(installation):
        log.info("published themes %s %s", due.survey, due.period.code)
    forget_ended(installation)
    send_account_letters(installation)
    tend_missions(installation)
    queue_weekly_letters_quietly(installation)
    send_letters_quietly(installation)
    send_due_quietly(installation)  # last: a mail server that is silent keeps nothing else waiting


def keep_doing_chores(installation: Installation, stop: threading.Event) -> None:
    """Do the chores now and every hour until told to stop; what goes wrong is logged and tried again."""
    while True:
        try:
            do_chores(installation)
        except SurveyError as wrong:
            log.error("chores put off: %s", wrong)
        except Exception as fault:  # one fault must not end all that is done by itself
            log.error("chores failed: %s", locate_fault(fault))
        if stop.wait(BETWEEN_ROUNDS):
            return
