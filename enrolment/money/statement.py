"""An owner's statement of a study year: every award with what is paid and claimed back of it, and the entries behind. Totals are the sums of the rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from accounts.acting import Actor
from config.errors import NotFound
from config.languages import _
from enrolment.money import queries
from enrolment.money.models import MoneyEntry, RepaymentRule
from enrolment.money.values import Reason
from enrolment.participation import places
from enrolment.participation.places import Place
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Scheme, SchemeRate


@dataclass(frozen=True)
class Row:
    """One teacher's study, in whole øre. `place` none: somebody whose data have been erased. `award` none: it cannot be worked out."""

    place: Place | None
    scheme: Scheme | None
    rate: SchemeRate | None
    award: int | None
    entries: tuple[MoneyEntry, ...]

    @property
    def paid(self) -> int:
        return sum(one.oere for one in self.entries if one.oere > 0)

    @property
    def back(self) -> int:
        """Nought or less."""
        return sum(one.oere for one in self.entries if one.oere < 0)

    @property
    def net(self) -> int:
        return self.paid + self.back

    @property
    def reasons(self) -> list[Reason]:
        """Why something was claimed back, each once."""
        return list(dict.fromkeys(one.reason for one in self.entries if one.oere < 0))


@dataclass(frozen=True)
class Statement:
    study_year: int
    owner: str
    rows: list[Row]
    entries: list[tuple[MoneyEntry, Place | None]]

    @property
    def award(self) -> int:
        return sum(one.award or 0 for one in self.rows)

    @property
    def paid(self) -> int:
        return sum(one.paid for one in self.rows)

    @property
    def back(self) -> int:
        return sum(one.back for one in self.rows)

    @property
    def net(self) -> int:
        return self.paid + self.back

    @property
    def made_up(self) -> bool:
        return any(entry.made_up for entry, _place in self.entries) or any(row.place and row.place.study.made_up for row in self.rows)


def of_owner(actor: Actor, study_year: int) -> Statement:
    """Raises NotFound for a year without money."""
    if study_year not in queries.owners_years(actor):
        raise NotFound(_("You have no statement of this study year."))
    known = places.places(queries.owners_studies(actor, study_year))
    entries = queries.owners_entries(actor, study_year)
    by_place: defaultdict[UUID, list[MoneyEntry]] = defaultdict(list)
    for entry in entries:
        by_place[entry.enrolment].append(entry)
    work_year = cache(rounds.work_year_oere)
    rows = [_row(place, by_place.pop(place.study.uuid, []), places.state_share(place.study, work_year)) for place in known]
    rows += [Row(None, gone[-1].scheme, None, None, tuple(gone)) for gone in by_place.values()]
    of = {place.study.uuid: place for place in known}
    return Statement(study_year, actor.organisation_name, rows, [(one, of.get(one.enrolment)) for one in entries])


def _row(place: Place, entries: list[MoneyEntry], award: int | None) -> Row:
    study = place.study
    rate = study.scheme.rate(study.case.strand, study.subject_code, study.begins_on) if study.scheme else None
    return Row(place, study.scheme, rate, award, tuple(entries))


@dataclass(frozen=True)
class Year:
    """A study year in the list: what is paid and claimed back in it."""

    study_year: int
    paid: int
    back: int


def years(actor: Actor) -> list[Year]:
    sums = queries.owners_sums(actor)
    return [Year(year, *sums.get(year, (0, 0))) for year in queries.owners_years(actor)]


def rules_holding(on: date) -> list[RepaymentRule]:
    return [one for one in queries.repayment_rules() if one.holds(on)]
