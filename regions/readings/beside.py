"""What a coordinator sees beside the module: what is like it in the region, and what the region lacks in its subject, now and with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.offers.models import Module
from catalog.places.models import Region
from catalog.search.folding import word_set
from catalog.values import Band, Delivery, Semester, Term
from regions.coverage import matrix
from regions.coverage import queries as coverage
from regions.coverage.matrix import Asked, Judge
from regions.coverage.rules import Cell
from regions.coverage.views import study_year
from regions.imagined.rules import Imagined, with_it
from regions.readings import queries
from regions.readings.rules import Likeness, Traits, duplicates


@dataclass(frozen=True)
class Gap:
    """The region's coverage of the module's subject in one of its bands: now, and with the module; `then` is none where that is not known."""

    band: Band
    now: Cell
    then: Cell | None

    @property
    def completes(self) -> bool:
        return self.then is not None and matrix.complete(self.then) and not matrix.complete(self.now)


def alike(module: Module, region: Region, on: date) -> list[tuple[Module, list[Likeness]]]:
    """The modules of the region that are much like this one, each with the respects, the most alike first."""
    others = {one.id: one for one in queries.beside(module, region.organisation_id, on) if not module.grades or not one.grades or one.grades.meets(module.grades)}
    return [(others[key], respects) for key, respects in duplicates(_traits(module, on), [_traits(one, on) for one in others.values()])]


def _traits(module: Module, on: date) -> Traits:
    named = word_set(module.subject.name_nb) if module.subject else frozenset()
    begins = [run.semester for run in module.offerings if run.state in queries.TO_COME and run.semester and not run.ended(on)]
    return Traits(module.id, module.credits, word_set(module.title or "") - named, frozenset(row.tag for row in module.tags), frozenset(begins))


def gaps(module: Module, region: Region, on: date) -> list[Gap]:
    """Band by band; none where the module's subject is no priority, or it says neither its credits nor its grades."""
    subject = next((one for one, _group, _confirmed in coverage.priority_subjects(on) if one.id == module.subject_id), None)
    if subject is None or not module.credits:
        return []
    found = (_gap(module, subject, region, band, on) for band in module.grades.bands)
    return [gap for gap in found if gap]


def _gap(module: Module, subject, region: Region, band: Band, on: date) -> Gap | None:
    judge = Judge(Asked(study_year(on), band), on)
    now = judge.cells(subject, [region]).get(region.organisation_id)
    if now is None:
        return None
    if module.visible:  # it is counted already
        return Gap(band, now, None)
    imagined = Imagined(int(module.credits * 2), band, _begins(module, on).number, _bound_to(module, region))
    judge.known = judge.known._replace(catalogue=with_it(judge.known.catalogue, subject.id, imagined))
    return Gap(band, now, judge.cells(subject, [region])[region.organisation_id])


def _begins(module: Module, on: date) -> Semester:
    """The semester of its first run to come; where none is written, the next autumn."""
    stated = [run.semester for run in module.offerings if run.state in queries.TO_COME and run.semester and not run.ended(on)]
    return min(stated, default=Semester(study_year(on) + 1, Term.AUTUMN))


def _bound_to(module: Module, region: Region) -> int | None:
    """To the region, unless all its runs are online."""
    deliveries: Sequence[Delivery | None] = [run.delivery for run in module.offerings if run.state in queries.TO_COME]
    return None if deliveries and all(one is Delivery.ONLINE for one in deliveries) else region.organisation_id
