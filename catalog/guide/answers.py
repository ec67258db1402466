"""The answers, which stand in the address, and the search they make."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from catalog.guide import rules
from catalog.guide.rules import HELD, Away
from catalog.search.asked import CREDITS, DELIVERY, LEVEL, REGION, SEMESTER, SUBJECT, Asked
from catalog.search.index import UNDER_15, Index
from catalog.values import Band

QUESTIONS = ("subject", "level", "have", "region", "away")


@dataclass(frozen=True)
class Answers:
    """One value for each question, as it stands in the address; empty = not answered, or «I do not know»."""

    subject: str = ""
    level: str = ""
    have: str = ""
    region: str = ""
    away: str = ""
    when: str = ""  # asked on the same page as `away`

    @property
    def given(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def band(self) -> Band | None:
        return Band(self.level) if self.level in set(Band) else None

    def lacking(self, required: Decimal | None) -> Decimal | None:
        return rules.missing(required=required, held=Decimal(self.have) if self.have else None)

    def asked(self, lacking: Decimal | None) -> Asked:
        """The search. What is online only can be taken from any region."""
        chosen = {
            SUBJECT: (self.subject,), LEVEL: (self.level,), REGION: (self.region,), SEMESTER: (self.when,),
            DELIVERY: tuple(one.value for one in rules.deliveries(Away(self.away) if self.away else None)),
            CREDITS: (UNDER_15, str(rules.SMALL)) if rules.small_is_enough(lacking) else (),
        }  # fmt: skip
        return Asked(chosen={facet: values for facet, values in chosen.items() if any(values)}, online=bool(self.region))


def known(index: Index) -> dict[str, Iterable[str]]:
    """What each question may be answered with now."""
    values = index.values
    return {
        "subject": values[SUBJECT], "level": values[LEVEL], "have": HELD, "region": values[REGION], "away": list(Away),
        "when": [code for code in values[SEMESTER] if code in index.current_semesters],
    }  # fmt: skip


def read(pairs: Mapping[str, str], index: Index) -> Answers:
    """Reads an address; what nobody knows is no answer."""
    return Answers(**{name: pairs[name] for name, values in known(index).items() if pairs.get(name) in values})
