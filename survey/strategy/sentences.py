"""What is the figure of a dimension beside what was decided, in words?"""

from __future__ import annotations

from survey.definition.model import Dimension
from survey.insight.told import CHANGING, tell_finding
from survey.language import Words, pick_text
from survey.strategy.figures import Figures


def tell_figure(words: Words, figures: Figures, dimension: Dimension) -> str:
    """The latest published figure, and whether it is getting better or worse by more than chance.

    The name of the dimension stands before it, and is not said again.
    """
    figure = figures.by_dimension.get(dimension.id)
    if figure is None or figure.change.mean is None or figure.change.period is None:
        return words.say("strategy.figure.none", threshold=words.number(figures.threshold))
    change = figure.change
    if change.kind in CHANGING:
        name = pick_text(dimension.text, words.language.code)
        said = tell_finding(words, change.line, name=name, decimals=figures.decimals)
        rest = said.removeprefix(f"{name} ")
        return rest[:1].upper() + rest[1:]
    return words.say(
        f"strategy.figure.{change.kind}",  # keys: strategy.figure.*
        mean=words.number(figure.change.mean, figures.decimals),
        period=words.period(figure.change.period),
    )
