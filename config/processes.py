"""Processes that live and end with the one that started them, so that none is left behind."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)


def start(command: Sequence, *, when_orphaned: signal.Signals = signal.SIGTERM, **options) -> subprocess.Popen:
    """Starts a child in a process group of its own, so that Ctrl-C reaches only us, who then end it in good order."""
    return subprocess.Popen(command, process_group=0, preexec_fn=partial(end_with_parent, when_orphaned), **options)


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Asks Linux to end this process when its parent is gone, even by kill -9. Elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, how)


def end(child: subprocess.Popen, how: signal.Signals = signal.SIGTERM, patience: float = 5) -> None:
    """Ends a child of `start` and everything it started: asked first, and killed when that takes more than `patience` seconds."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            kill(child)
    child.wait()


def kill(child: subprocess.Popen) -> None:
    """Kills a child of `start` with its whole process group."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
