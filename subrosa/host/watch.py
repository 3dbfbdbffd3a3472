"""The watch: a process ends when its parent is gone."""

import os
import threading
import time

INTERVAL = 0.5  # seconds


def end_with_parent(parent: int | None = None) -> None:
    """End this process, at once and without ceremony, within a second after its parent is gone.

    Workers of a web server outlive a parent that was killed, and go on answering on the shared port unnoticed.
    `parent` is who it should be, for a process that may begin to watch after the parent has already ended.
    """
    threading.Thread(target=_watch, args=(parent or os.getppid(),), daemon=True, name="watches the parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(INTERVAL)
    os._exit(1)
