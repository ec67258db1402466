"""Processes that live and end with the one that started them, so that none is left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)


def start(command: Sequence, *, when_orphaned: signal.Signals = signal.SIGTERM, **options) -> subprocess.Popen:
    """Starts a child in a process group of its own, so that Ctrl-C reaches only us, who then end it in good order."""
    return subprocess.Popen(command, process_group=0, preexec_fn=partial(end_with_parent, when_orphaned), **options)


def fork(work: Callable[[], object]) -> ForkProcess:
    """Starts a child that has all that is loaded here and does `work`, in a process group of its own."""
    child = get_context("fork").Process(target=_begin, args=(work,))
    child.start()
    return child


def _begin(work: Callable[[], object]) -> None:
    os.setpgid(0, 0)
    end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    work()


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


def kill(child: subprocess.Popen | ForkProcess) -> None:
    """Kills a child with its whole process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
