"""A place as an institution writes it, with the position it may write after it: «Campus Kronstad, Bergen (60.3692, 5.3515)».

Degrees north and east, with three to seven decimals (WGS 84, RFC 5545 3.8.1.6). What is no position stays part of the name.
"""

import re
from dataclasses import dataclass

POSITION = re.compile(r"[\s,(]+(-?\d{1,2}\.\d{3,7}),\s*(-?\d{1,3}\.\d{3,7})\)?\s*$")


@dataclass(frozen=True)
class Place:
    """Its name, and where on earth it is; none where nobody has said."""

    name: str
    position: tuple[float, float] | None = None


def read(written: str | None) -> Place:
    """What is written of a place."""
    found = POSITION.search(written or "")
    north, east = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not found or not found.string[: found.start()].strip() or not (-90 <= north <= 90 and -180 <= east <= 180):
        return Place((written or "").strip())
    return Place(found.string[: found.start()].strip(), (north, east))
