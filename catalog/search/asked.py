"""What a search asks for. It stands whole in the address; what the address says that is not known is passed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote

REGION, SUBJECT, LEVEL, DELIVERY, TAG, CREDITS, SEMESTER, SEATS = "region", "subject", "level", "delivery", "tag", "credits", "semester", "seats"
AWAY, DEMAND = "away", "demand"
FACETS = (REGION, SUBJECT, LEVEL, DELIVERY, AWAY, SEMESTER, CREDITS, TAG, SEATS, DEMAND)  # in the order they stand on the page
BY_RUN = (DELIVERY, SEMESTER, AWAY, DEMAND)  # facets that hold for one run, all of them for the same
FREE = "free"
MINE, COUNTS, CLASH_FREE, MET, SURE = "mine", "counts", "clash-free", "met", "sure"  # for who is signed in; each narrows further
FOR_ME = (COUNTS, MET, CLASH_FREE, SURE)
RELEVANCE, START, DEADLINE, DISTANCE, BY_DEMAND, BY_CREDITS, BY_TITLE = "relevance", "start", "deadline", "distance", "demand", "credits", "title"
SORTS = (RELEVANCE, START, DEADLINE, DISTANCE, BY_DEMAND, BY_CREDITS, BY_TITLE)
LONGEST_TEXT = 200
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Asked:
    """One question to the catalogue. `chosen`: facet → its ticked values, in the order of the address."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    online: bool = False  # include what is online only, from anywhere, when a region is chosen
    ended: bool = False  # include what has ended
    sort: str = ""  # none = by relevance where there is a text, else by start
    page: int = 1

    @property
    def order(self) -> str:
        return self.sort or (RELEVANCE if self.text else START)

    def picked(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def without(self, facet: str, value: str | None = None) -> "Asked":
        """The same question with one tick less, or with none in this facet."""
        left = tuple(one for one in self.picked(facet) if value is not None and one != value)
        return replace(self, chosen={**self.chosen, facet: left}, page=1)

    def but(self, **changes) -> "Asked":
        return replace(self, page=1, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """What stands in the address, name and value, without the page."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in (*FACETS, MINE) for value in self.picked(facet)]
        pairs += [(name, "1") for name, yes in (("online", self.online), ("ended", self.ended)) if yes]
        return pairs + ([("sort", self.sort)] if self.sort else [])

    def query(self, page: int | str | None = None) -> str:
        """The query of the address, «?q=…», or the empty text when nothing is asked."""
        pairs = [f"{name}={_quoted(value)}" for name, value in self.pairs()]
        pairs += [f"page={page}"] if page not in (None, 1) else []
        return "?" + "&".join(pairs) if pairs else ""


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="")


def read(pairs: Iterable[tuple[str, str]], known: Mapping[str, Mapping]) -> Asked:
    """Reads an address. `known`: facet → the values it has. Of a value that stands only once, the last counts."""
    single: dict[str, str] = {}
    ticked: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        if name in known and value in known[name]:
            ticked.setdefault(name, {})[value] = None
        elif value:
            single[name] = value
    return Asked(
        text=" ".join(single.get("q", "").split())[:LONGEST_TEXT].rstrip(),
        chosen={facet: tuple(values) for facet, values in ticked.items()},
        online=single.get("online") == "1",
        ended=single.get("ended") == "1",
        sort=single.get("sort", "") if single.get("sort") in SORTS else "",
        page=_page(single.get("page", "")),
    )


def _page(text: str) -> int:
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
