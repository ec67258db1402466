"""What processes weigh, as Linux counts it."""

import gc
import os
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from typing import TypeVar

Made = TypeVar("Made")


def children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def share(pid: int) -> float:
    """MiB of a process, pages shared with others counted in parts (PSS)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024


def heaviest_worker(parent: int) -> float:
    """MiB of gunicorn's heaviest worker."""
    return max(share(worker) for worker in children(parent))


def own() -> float:
    """MiB of this process that are its own."""
    return share(os.getpid())


def grown_by(work: Callable[[], Made]) -> tuple[Made, float]:
    """What comes of some work, and the MiB that this process held at most meanwhile, beyond what it held before."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the most so far is what there is now
    before = _most_so_far(os.getpid())
    made = work()
    return made, _most_so_far(os.getpid()) - before


def most_until_ended(process: Popen) -> float:
    """Waits for a process. MiB that it held at most, looked at ten times a second.

    What the system tells afterwards (`ru_maxrss`) would count the parent as well, whose memory a child shares until it begins its own program.
    """
    most = 0.0
    while True:
        most = max(most, _most_so_far(process.pid))
        try:
            process.wait(0.1)
            return most
        except TimeoutExpired:
            continue


def _most_so_far(pid: int) -> float:
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
