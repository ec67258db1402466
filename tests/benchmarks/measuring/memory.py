"""What processes weigh, as Linux counts it."""

import os
import re
from pathlib import Path


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
