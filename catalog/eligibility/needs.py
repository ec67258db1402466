"""What a module asks for, from its rows."""

from collections.abc import Iterable

from catalog.eligibility.values import Answers, Kind, Need
from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Prerequisite
from catalog.values import EnrolmentMode


def of_module(module: Module, *, round_source: str = "") -> list[Need]:
    """In the order they are told. `round_source`: where it stands who may apply in the yearly round, for modules with runs in it."""
    needs = [Need(Kind.EDUCATION, said=module.admission, source=_page(module))] if module.admission else []
    needs += sorted((_prerequisite(need, module) for need in module.prerequisites), key=lambda need: (not need.required, need.kind is Kind.CREDITS))
    if module.must_teach and module.subject:
        needs.append(Need(Kind.TEACHING, of=module.subject.code, said=module.subject.name, source=_page(module)))
    if any(run.mode is EnrolmentMode.ROUND and run.state is not Run.CANCELLED for run in module.offerings):
        needs.append(Need(Kind.WORK, source=round_source))
    return needs


def _prerequisite(need: Prerequisite, module: Module) -> Need:
    if need.required_module:
        said = need.required_module.title or need.required_module.code or ""
        return Need(Kind.MODULE, need.required, str(need.required_module.uuid), said, need.required_module.credits, _page(module))
    return Need(Kind.CREDITS, need.required, need.subject.code, need.subject.name, need.credits, _page(module))


def _page(module: Module) -> str:
    return module.source_url or module.institution.name


def subjects(modules: Iterable[Module]) -> dict[str, str]:
    """Code → name of the subjects that credits are asked about: those of prerequisites, and the modules' own."""
    modules = list(modules)
    asked = [need.subject for module in modules for need in module.prerequisites if need.subject]
    return {subject.code: subject.name for subject in (*asked, *(module.subject for module in modules if module.subject))}


def named_modules(modules: Iterable[Module]) -> list[Module]:
    """The modules asked for by these, and those that overlap with them: what somebody may have done. Those without a page have nothing to tell."""
    modules = list(modules)
    asked = [need.required_module for module in modules for need in module.prerequisites if need.required_module]
    shared = [one for module in modules for overlap in module.overlaps for one in overlap.modules]
    found = {one.id: one for one in (*asked, *shared, *(modules if len(modules) > 1 else ()))}
    alone = {modules[0].id} if len(modules) == 1 else set()
    return [one for key, one in found.items() if key not in alone]


def fits(module: Module, answers: Answers) -> bool | None:
    """Whether it is for the grades somebody teaches; none where one of the two is not known."""
    return None if answers.level is None or not module.grades else module.grades.meets(answers.level.grades)
