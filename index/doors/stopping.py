"""What does a command do when it is told to stop (SIGTERM: systemd, a container, kill)?

What it does at Ctrl-C: it leaves nothing half made, and says so. Then it ends by the signal
itself, which systemd counts as no failure.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


@contextmanager
def heard() -> Iterator[None]:
    """Have SIGTERM raise KeyboardInterrupt in the block, unless something hears it already.

    Told twice, the process ends at once.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    stopped = False

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    def end() -> None:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)

    # what is registered first is called last, when libraries have put their own things away
    atexit.register(end)
    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        if not stopped:
            atexit.unregister(end)
            if signal.getsignal(signal.SIGTERM) is stop:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
