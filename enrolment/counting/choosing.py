"""The choices of the search that only the signed-in have: sets of studies, as the index numbers them."""

from collections.abc import Sequence
from functools import cached_property

from flask import render_template
from pyroaring import BitMap

from catalog.search.index import Index
from catalog.search.studies import Given, Study
from enrolment.counting import queries, words
from enrolment.counting.reckoning import Person, reckon
from enrolment.counting.rules import DAYS_BEFORE
from enrolment.gonogo.queries import risk_rule
from enrolment.progress.values import Credit, Kind


class Personal:
    """What is known of a teacher for an answer; `catalog.search.mine.Personal`."""

    def __init__(self, person: Person, index: Index):
        self.person, self.index = person, index

    @cached_property
    def counting(self) -> BitMap:
        """Modules that add to what is missing in a subject they teach or hold credits in."""
        account = self.person.account
        codes = {row.subject.code for row in account.teacher.teaching} if account.teacher else set()
        codes = {code for code in codes | {credit.subject for credit in account.credits} if account.progress(code).missing}
        found = BitMap().union(*(self.index.of_subject(code) for code in codes))
        stated = BitMap(number for number in found if not self.index.studies[number].programme and self.index.studies[number].credits)
        return stated - self._numbers(queries.held_modules(self.person.held)) - self._numbers(self._adding_nothing(codes))

    def _adding_nothing(self, codes: set[str]) -> set[int]:
        account = self.person.account
        touched = {module for one in account.overlap_sets for module in one.modules} - self.person.held
        return {row.id for row in queries.unlike_their_subject(codes, touched) if not self._gain(row)}

    def _gain(self, row):
        account, sets = self.person.account, self.person.account.overlap_sets
        planned = Credit(
            key=f"if-{row.uuid}", subject=row.subject, credits=row.credits or 0, kind=Kind.PLANNED, module=str(row.uuid), strand=row.strand
        )
        return account.progress(row.subject).missing - account.progress(row.subject, (planned,), sets).missing

    @cached_property
    def met(self) -> BitMap:
        """All but the modules that require what is not verified, or teaching that they do not do."""
        unmet = {module for module, required in queries.prerequisites().items() if self.person.lacking(required, Kind.VERIFIED)}
        return self.index.everything - self._numbers(unmet | queries.must_teach(self.person.taught))

    @cached_property
    def clashing(self) -> frozenset[int]:
        return queries.clashing(self.person.busy, {seat.offering_id for seat in self.person.seats})

    @cached_property
    def at_risk(self) -> frozenset[int]:
        """The runs that may not start."""
        rule = risk_rule(self.person.on)
        return queries.at_risk(self.person.on, rule.days_before if rule else DAYS_BEFORE)

    def lines(self, cards: Sequence[tuple[Study, Given | None]]) -> list[str]:
        """The personal lines of each card; none of a whole programme, whose modules nobody has stated."""
        modules = [(study.id, run.id if run else None) for study, run in cards if not study.programme]
        found = iter(reckon(self.person, modules))
        judged = [None if study.programme else next(found) for study, _run in cards]
        said = [words.lines(one, self.person.on) if one else [] for one in judged]
        return [render_template("counting/lines.html", lines=lines) if lines else "" for lines in said]

    def _numbers(self, modules: set[int]) -> BitMap:
        numbers = self.index.module_numbers
        return BitMap(numbers[module] for module in modules if module in numbers)
