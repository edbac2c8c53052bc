"""How long does an annual story take, the first time and again, and how heavy is it?

`VAR_DIR=var python -m benchmarks.bench_story` with a demonstration that is already filled.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from survey.installation import Installation, open_installation
from survey.language import speak
from survey.running import set_installation
from survey.settings import load_settings
from survey.story.drawn import draw_story
from survey.story.links import LiveLinks
from survey.story.years import list_told_years

AGAIN = 5
LINKS = LiveLinks()


def measure(work: Callable[[], str]) -> tuple[float, float, str]:
    """Milliseconds on the clock and of processor time, and what came of it."""
    began, busy = perf_counter(), process_time()
    page = work()
    return (perf_counter() - began) * 1000, (process_time() - busy) * 1000, page


def main(installation: Installation) -> None:
    """Draw every place in every year in Swedish, once and some times more."""
    set_installation(installation)
    words = speak("sv")
    first: list[float] = []
    again: list[float] = []
    sizes: list[int] = []
    packed: list[int] = []
    for year in list_told_years(installation):
        for area in installation.areas:

            def draw(code: str = area.code, told: str = year.code) -> str:
                return draw_story(installation, code, told, words, LINKS)

            first.append(measure(draw)[1])
            runs = [measure(draw) for _ in range(AGAIN)]
            again.append(median(busy for _, busy, _ in runs))
            page = runs[0][2].encode()
            sizes.append(len(page))
            packed.append(len(gzip.compress(page)))
    print(f"{len(first)} stories, processor time")
    print(f"first: median {median(first):.0f} ms, most {max(first):.0f} ms")
    print(f"again: median {median(again):.0f} ms, most {max(again):.0f} ms")
    print(f"size: median {median(sizes) / 1000:.0f} kB, most {max(sizes) / 1000:.0f} kB")
    print(f"compressed: median {median(packed) / 1000:.0f} kB, most {max(packed) / 1000:.0f} kB")


if __name__ == "__main__":
    os.environ["DEMO"] = "true"
    main(open_installation(load_settings()))
