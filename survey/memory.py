"""When does the process look for what nobody needs any more, and how long does everybody wait for it?

Python's collector stops the whole process while it looks through everything that is alive. With a thousand
pages of the app open that was half a second, every six seconds or so: one press in twenty met it.
"""

from __future__ import annotations

import gc

# New objects before the young are looked through; of those before the middle-aged; of those before all.
# A million new objects lie between two looks at everything: half a minute at a thousand people, and what
# sessions that ended then leave behind is at most some tens of megabytes.
THRESHOLDS = (2_000, 10, 50)


def settle_collector() -> None:
    """Leave alone what lives as long as the process, and look seldom at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
