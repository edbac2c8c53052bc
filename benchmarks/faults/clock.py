"""How is a service given a clock that can be set while it runs, and nobody else's with it?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("jumping_clock.c")
HOUR, DAY = 3_600, 86_400  # seconds
# How far from the right time a clock is set: as by summer time, by days, by a month, by a year.
JUMPS = (HOUR, -HOUR, DAY, -DAY, -2 * DAY, 25 * DAY, -400 * DAY)


class Clock:
    """A clock that is right until it is set. Raises RuntimeError where no C compiler is found."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.offset, self.library = folder / "clock-offset", folder / "jumping_clock.so"
        compiler = shutil.which("cc")
        if compiler is None:
            raise RuntimeError(
                "A clock that jumps needs a C compiler. On Debian: apt-get install gcc libc6-dev"
            )
        command = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"]
        subprocess.run([*command, "-o", str(self.library), str(SOURCE)], check=True)
        self.set(0)

    @property
    def environment(self) -> dict[str, str]:
        """What a process is started with that goes by this clock."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_OFFSET_FILE": str(self.offset)}

    def set(self, seconds: int) -> None:
        """So far from the right time, from now on: the eight bytes are written over where they lie."""
        self.seconds = seconds
        file = os.open(self.offset, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            os.pwrite(file, seconds.to_bytes(8, sys.byteorder, signed=True), 0)
        finally:
            os.close(file)
