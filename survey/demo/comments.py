"""What made-up people write: a text or two from the lists beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from survey.definition.model import Definition
from survey.demo.people import Respondent

LISTS = {"what_good": "what_was_good.txt", "could_improve": "what_could_improve.txt"}
WRITING_SHARE = 0.12  # of people write something
BOTH_SHARE = 0.25  # of those who write answer both questions
TWO_SENTENCES_SHARE = 0.3  # of texts are made of two sentences
PRAISE_BY_MOOD = 0.01  # how much likelier praise is than criticism, for each point of mood
WRITTEN_IN = ("sv", "sv-x-lattlast")  # the lists are in Swedish
NEW_SHARE = 0.25  # of critics write about something new where there is something
CONSENT_SHARE, REFUSAL_SHARE = 0.68, 0.24  # of those who write; the others skip the question


@lru_cache(maxsize=2)
def read_list(name: str) -> dict[str, frozenset[str]]:
    """The sentences of a list, each with the themes that a reader sees in it."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    parted = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return {sentence.strip(): frozenset(themes.split()) for themes, sentence in parted}


@lru_cache(maxsize=2)
def read_sentences(name: str) -> tuple[str, ...]:
    """The sentences of a list."""
    return tuple(read_list(name))


def add_comments(
    definition: Definition, people: list[Respondent], rng: np.random.Generator, *, new: str = ""
) -> None:
    """Let about one in eight write, and say whether the panel may read it. Texts are not masked yet.

    Some of those who criticise add a sentence about something `new`.
    """
    asked = {q.sentiment: q.id for q in definition.questions if q.sentiment in LISTS}
    consent = next((q for q in definition.questions if q.consent == "panel"), None)
    for person, chance in zip(people, rng.random((len(people), 4)).tolist(), strict=True):
        if chance[0] >= WRITING_SHARE or person.language not in WRITTEN_IN:
            continue
        praise = chance[1] < 0.5 + PRAISE_BY_MOOD * person.mood
        for sentiment, question in asked.items():
            if chance[2] < BOTH_SHARE or praise == (sentiment == "what_good"):
                text = write_text(LISTS[str(sentiment)], rng)
                tells = new and sentiment == "could_improve" and rng.random() < NEW_SHARE
                person.answers[question] = f"{text} {new}" if tells else text
        if consent is not None and consent.consent_code is not None and chance[3] < CONSENT_SHARE:
            person.answers[consent.id] = consent.consent_code
        elif consent is not None and chance[3] < CONSENT_SHARE + REFUSAL_SHARE:
            person.answers[consent.id] = next(
                o.code for o in consent.options if o.code != consent.consent_code
            )


def write_text(name: str, rng: np.random.Generator) -> str:
    """One sentence of a list, or two different ones."""
    sentences = read_sentences(name)
    number = 2 if rng.random() < TWO_SENTENCES_SHARE else 1
    chosen: list[int] = rng.choice(len(sentences), number, replace=False).tolist()
    return " ".join(sentences[i] for i in chosen)
