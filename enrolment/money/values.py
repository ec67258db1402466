"""What an award comes to."""

from dataclasses import dataclass

from catalog.values import Strand


@dataclass(frozen=True)
class Award:
    """State money that one teacher has been given for one study, in whole øre. `subject` and `scheme` are keys.

    `bound`: what it may come to at most; none = it cannot be worked out. `confirmed`: the part of it that teacher and owner have confirmed.
    """

    strand: Strand
    subject: int | None
    scheme: int | None
    bound: int | None
    confirmed: int = 0
