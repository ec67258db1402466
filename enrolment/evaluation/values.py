"""Answers, and what is shown of them."""

from dataclasses import dataclass
from decimal import Decimal

SCALE = (1, 2, 3, 4, 5)  # from «disagree» to «agree»
STEP = 5  # answers; fewer are never shown, nor is what fewer would change


@dataclass(frozen=True)
class Shown:
    """One question's answers as they are shown: how many chose each of the scale."""

    question: str
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def enough(self) -> bool:
        """Also of one question: those that came later have fewer answers than the run."""
        return self.answers >= STEP

    @property
    def mean(self) -> Decimal | None:
        """With one decimal; none where it is not shown."""
        if not self.enough:
            return None
        total = sum(value * count for value, count in zip(SCALE, self.counts, strict=True))
        return (Decimal(total) / self.answers).quantize(Decimal("0.1"))
