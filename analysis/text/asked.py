"""Which question was a comment the answer to, as far as that changes how its words are read?"""

from enum import StrEnum


class Asked(StrEnum):
    """What the question asked for. "Ingenting" says one thing of what was good, another of the rest."""

    WHAT_GOOD = "what_good"
    COULD_IMPROVE = "could_improve"
    OTHER = "other"
