"""What is said of an area's comments, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from survey.insight.comment_choice import CommentChoice
from survey.insight.theme_tables import Share, ThemeChange, ThemeTable
from survey.language import Words

MOST_NEWS = 3
MOST_NAMED = 3  # themes that a sentence names


def list_comment_news(words: Words, choice: CommentChoice, table: ThemeTable) -> list[str]:
    """Up to three sentences: what most wrote about, what has changed, or that nothing clearly has."""
    return list(iterate_news(words, choice, table))[:MOST_NEWS]


def iterate_news(words: Words, choice: CommentChoice, table: ThemeTable) -> Iterator[str]:
    period = words.period(choice.period)
    for change in table.changes[: MOST_NEWS - 1]:
        yield tell_change(words, change, table)
    named = [
        words.say(
            "comments.named",
            theme=begin_small(name_theme(words, row.theme)),
            share=tell_percent(words, row.share),
        )
        for row in table.rows[:MOST_NAMED]
    ]
    if named:
        yield words.say("comments.most", period=period, themes=join_words(words, named))
    if table.before is not None and not table.changes:
        yield words.say("comments.no_change", before=words.period(table.before))
    if table.before is None:
        yield words.say("comments.not_compared")


def tell_change(words: Words, change: ThemeChange, table: ThemeTable) -> str:
    """How much commoner or rarer a theme is than in the period before, with the interval of that."""
    key = "comments.commoner" if change.difference.points > 0 else "comments.rarer"
    low, high = sorted(abs(round(bound or 0)) for bound in (change.difference.low, change.difference.high))
    return words.say(
        key,  # keys: comments.commoner, comments.rarer
        theme=name_theme(words, change.theme),
        points=words.number(abs(round(change.difference.points))),
        low=words.number(low),
        high=words.number(high),
        before=words.period(table.before or ""),
    )


def tell_percent(words: Words, share: Share) -> str:
    """A share as it may be said: 32 %, under 5 %, over 95 %."""
    if share.said[0] in "<>":
        key = "comments.below" if share.said[0] == "<" else "comments.above"
        return words.say(key, percent=share.said[1:])  # keys: comments.below, comments.above
    return words.say("comments.percent", percent=share.said)


def tell_interval(words: Words, share: Share) -> str:
    """The interval of a share in per cent; that there is none to tell."""
    if share.low is None or share.high is None:
        return words.say("trends.no_interval")
    return words.say("comments.interval", low=words.number(share.low), high=words.number(share.high))


def name_theme(words: Words, theme: str) -> str:
    """What a theme is called; one of an installation's own is called by its code."""
    try:
        return words.say(f"theme.{theme}")  # keys: theme.*
    except LookupError:
        return theme.replace("_", " ").capitalize()


def begin_small(name: str) -> str:
    """A name as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def join_words(words: Words, named: Sequence[str]) -> str:
    """One, "one and two", "one, two and three"."""
    if len(named) == 1:
        return named[0]
    return words.say("comments.and", first=", ".join(named[:-1]), last=named[-1])
