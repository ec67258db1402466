"""Whether others use the machine: told before each measurement, which waits a little for them."""

import os
import time

PATIENCE = 3
QUIET = 0.15  # of all processors


def before(what: str) -> None:
    """Waits until the machine is nearly idle, at most some seconds, and says how busy others keep it."""
    until = time.monotonic() + PATIENCE
    while (busy := _busy()) > QUIET and time.monotonic() < until:
        pass
    remark = "" if busy <= QUIET else f", others keep it {busy:.0%} busy"
    print(f"  {what} (load {os.getloadavg()[0]:.1f}{remark})", flush=True)


def _busy(seconds: float = 0.5) -> float:
    """The share of the processors' time that was used meanwhile; nought where it is not told."""
    try:
        used, whole = _times()
        time.sleep(seconds)
        used_then, whole_then = _times()
    except OSError:
        return 0.0
    return (used_then - used) / max(whole_then - whole, 1)


def _times() -> tuple[int, int]:
    with open("/proc/stat") as file:
        spent = [int(word) for word in file.readline().split()[1:9]]
    idle = spent[3] + spent[4]
    return sum(spent) - idle, sum(spent)
