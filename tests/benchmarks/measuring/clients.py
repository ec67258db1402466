"""Several clients at once, each a process of its own, that begin at the same moment."""

import multiprocessing
import traceback
from collections.abc import Callable, Sequence
from time import monotonic

PATIENCE = 120


def at_once(clients: int, connect: Callable[[], Callable], items: Sequence) -> float:
    """Seconds that the clients take for all items, from the first one's begin to the last one's end. As `told_at_once`."""
    return told_at_once(clients, connect, items)[0]


def told_at_once(clients: int, connect: Callable[[], Callable], items: Sequence) -> tuple[float, list]:
    """The same, and what came of the items, client by client.

    Each client calls `connect()`, waits for the others, and calls what it was given for its share of the items.
    Raises RuntimeError with what went wrong in a client.
    """
    context = multiprocessing.get_context("fork")
    together, told = context.Barrier(clients), context.SimpleQueue()
    processes = [context.Process(target=_client, args=(connect, items[number::clients], together, told)) for number in range(clients)]
    for process in processes:
        process.start()
    answers = [told.get() for _process in processes]
    for process in processes:
        process.join(PATIENCE)
    if wrong := [answer for answer in answers if isinstance(answer, str)]:
        raise RuntimeError(wrong[0])
    seconds = max(end for _begin, end, _came in answers) - min(begin for begin, _end, _came in answers)
    return seconds, [one for _begin, _end, came in answers for one in came]


def _client(connect: Callable[[], Callable], items: Sequence, together, told) -> None:
    try:
        do = connect()
        together.wait(PATIENCE)
        begin = monotonic()
        came = [do(item) for item in items]
        told.put((begin, monotonic(), came))
    except BaseException:
        together.abort()
        told.put(traceback.format_exc())
