"""What of the answers can be claimed: what Seksti does not know already, and each credit once. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

NONE = Decimal(0)


@dataclass(frozen=True)
class Done:
    """A module somebody says they have done."""

    module: str  # its UUID
    title: str
    institution: str
    subject: str
    credits: Decimal


@dataclass(frozen=True)
class Proposal:
    """A claim that may be laid. `module`: where it is one known here; without it neither title nor institution is known."""

    subject: str
    credits: Decimal
    title: str = ""
    institution: str = ""
    module: str | None = None


def proposals(
    credits: Mapping[str, Decimal], done: Iterable[Done], *, held_modules: Iterable[str], held: Mapping[str, Decimal]
) -> list[Proposal]:
    """The modules first; then for each subject what is said beyond them and beyond what is held.

    `credits`: said, by subject; `held`: what Seksti has of each subject already, verified, claimed or under way.
    """
    known = set(held_modules)
    modules = [Proposal(one.subject, one.credits, one.title, one.institution, one.module) for one in done if one.module not in known]
    rest = {subject: number - held.get(subject, NONE) - _of(subject, modules) for subject, number in credits.items()}
    return modules + [Proposal(subject, number) for subject, number in rest.items() if number > 0]


def _of(subject: str, modules: Iterable[Proposal]) -> Decimal:
    return sum((one.credits for one in modules if one.subject == subject), NONE)
