"""Which of many things can take a step together, and in which order. Pure."""

from collections.abc import Sequence

from catalog.publishing.ticked.values import Facts, Skipped, Why

# What another thing of the same lot can give: a run its published module, a module those it asks for.
GIVEN_BY_OTHERS = {"module", "prerequisites"}


def decided(things: Sequence[Facts]) -> tuple[list[str], dict[str, Skipped]]:
    """The keys of those that take the step, each after what it waits for, and why each of the others is skipped.

    A gap that is only another thing's not being in sight closes when that one takes the step too.
    """
    order: list[str] = []
    waiting = [one for one in things if one.possible and not one.done and set(one.gaps) <= _closable(one)]
    while ready := [one for one in waiting if one.waits_for <= set(order)]:
        order += [one.key for one in ready]
        waiting = [one for one in waiting if one not in ready]
    return order, {one.key: _skipped(one) for one in things if one.key not in order}


def _closable(one: Facts) -> set[str]:
    return GIVEN_BY_OTHERS if one.waits_for else set()


def _skipped(one: Facts) -> Skipped:
    if one.done:
        return Skipped(Why.DONE)
    return Skipped(Why.LACKS, one.gaps) if one.possible else Skipped(Why.NOT_FROM_HERE)
