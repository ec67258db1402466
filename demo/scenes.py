"""What happens in the runs that the people to sign in as have been in, are in, or wait for; and which runs are full, and how."""

from dataclasses import dataclass

from enrolment.results.values import Mark

Run = tuple[str, str, int]  # institution, code, and the semester counted from the first coming one


@dataclass(frozen=True)
class Full:
    """A run whose seats are all taken. `queue`: who waits, in their order; a blank is anybody."""

    queue: tuple[str, ...]


# Over and passed.
PASSED: dict[Run, dict[str, Mark]] = {
    ("UiT", "SX-MAT1", -2): {"jonas": Mark.B},
    ("HVL", "SX-MAT1", -3): {"amina": Mark.B},
    ("HVL", "SX-MAT2", -2): {"amina": Mark.C},
    ("HVO", "SX-NOR1", -5): {"solveig": Mark.A},
    ("HVO", "SX-NOR2", -4): {"solveig": Mark.B},
    ("HVO", "SX-NOR3", -3): {"solveig": Mark.B},
    ("HVO", "SX-NOR4", -2): {"solveig": Mark.C},
    ("HiØ", "SX-ENG1", -5): {"thomas": Mark.C},
    ("HiØ", "SX-ENG2", -4): {"thomas": Mark.B},
    ("HiØ", "SX-ENG5", -2): {"thomas": Mark.D},
    ("NMH", "SX-MUS1", -4): {"kristin": Mark.B},
}
# A seat in a run that has begun, or will.
SEATED: dict[Run, tuple[str, ...]] = {
    ("HVL", "SX-MAT3", -1): ("amina",),
    ("HVL", "SX-MAT4", 0): ("amina",),
    ("HiØ", "SX-ENG3", 0): ("thomas",),
}
# Full, with a queue that stands still.
QUEUES: dict[Run, Full] = {("UiT", "SX-MAT1", 0): Full(("", "", "marit", "", "", "", "", "", ""))}
# Full, and a seat freed yesterday: the first in line has been offered it.
OFFERS: dict[Run, Full] = {("Nord", "SX-KRO1", 0): Full(("henrik", "", "", ""))}
# Full, and the queue has moved: the first in line let the offer lapse, the second took it.
MOVED: dict[Run, Full] = {("SH", "SX-SAM1", 0): Full(("", "", "", ""))}
# So many seats are left.
NEARLY_FULL: dict[Run, int] = {("HVL", "SX-MAT2", 0): 1, ("NTNU", "SX-MUS1", 0): 2, ("USN", "SX-MOH1", 0): 1}
# Cancelled today, with people in it.
CANCELLED: dict[Run, tuple[str, ...]] = {("OsloMet", "SX-KOH4", 1): ("solveig",)}
# Over, and the institution has not recorded the results yet.
UNMARKED: set[Run] = {("NTNU", "SX-ENG1", -2)}

# Moved by a week yesterday, with people in it.
CHANGED: Run = ("HVL", "SX-MAT4", 0)

# What Amina lacks, in the semester after the coming one.
FILLING: Run = ("HVL", "SX-MAT5", 1)

KEPT_OPEN = {(*run, 0) for run in (*SEATED, *QUEUES, *OFFERS, *MOVED, *NEARLY_FULL, FILLING) if run[2] >= 0}
