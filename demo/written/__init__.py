"""The made-up studies as they are written, one file for some subjects: courses with their modules, and what overlaps.

Read whole at once. A word that is misspelt in a file is an error when the file is read, not a fact that gets lost.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from catalog.values import Grades

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class WrittenModule:
    """`runs` and the like are semesters counted from the first coming one (0); `past` ones are below nought.

    `requires`, `recommends`, `apart` (not in the same semester): codes in the same institution. `requires_credits`: in the subject. `also_in`: a municipality where the last
    of the runs is held too. `tags`: the tag, the sentence that supports it, and maybe its credits.
    """

    code: str
    title: str
    summary: str
    knowledge: str
    skills: str
    credits: str | None = None
    short_reason: str | None = None
    semesters: int = 1
    state: str = "published"
    runs: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    drafts: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    cancelled_reason: str | None = None
    also_in: str | None = None
    requires: tuple[str, ...] = ()
    recommends: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    requires_credits: str | None = None
    tags: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class WrittenCourse:
    """`days` are those of each gathering of a semester; `begins`: autumn, where it cannot begin in spring.

    `places` are municipalities, each with runs of its own; none = the institution's town.
    """

    institution: str
    code: str
    title: str
    subject: str
    grades: str
    language: str
    delivery: str
    seats: int
    fee: str
    summary: str
    for_whom: str
    competence: str
    admission: str
    assessment_form: str
    modules: tuple[WrittenModule, ...]
    credits: str | None = None
    strand: str = "further"
    state: str = "published"
    begins: str | None = None
    days: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def in_letters(self) -> bool:
        """Whether marks are letters; else passed or not."""
        return "A–F" in self.assessment_form


@dataclass(frozen=True)
class WrittenOverlap:
    """`modules` as «UiS SX-MGL1»: institution and code."""

    credits: Decimal
    modules: tuple[tuple[str, str], ...]
    source: str


def courses() -> list[WrittenCourse]:
    """In the order of the files' names, and within a file as it is written."""
    return [_course(each) for content in _files() for each in content["course"]]


def overlaps() -> list[WrittenOverlap]:
    return [_overlap(each) for content in _files() for each in content.get("overlap", ())]


def grades(span: str) -> Grades:
    """«5-10» as the set from 5 to 10."""
    first, last = span.split("-")
    return Grades.of(range(int(first), int(last) + 1))


def _files() -> Iterator[dict]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def _course(said: dict) -> WrittenCourse:
    modules = tuple(WrittenModule(**_fixed(each)) for each in said.pop("module"))
    return WrittenCourse(modules=modules, **_fixed(said))


def _overlap(said: dict) -> WrittenOverlap:
    named = tuple((institution, code) for institution, code in (name.split(" ") for name in said["modules"]))
    return WrittenOverlap(Decimal(said["credits"]), named, said["source"])


def _fixed(said: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
