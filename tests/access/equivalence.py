"""That a module is the same content as another is said by its own editors."""

from accounts.models import Role
from catalog.equivalence import services
from tests import factories
from tests.access.policy import Rule
from tests.access.publishing import of_module

EDITORS = {Role.EDITOR}


def _other(half) -> str:
    return factories.module(half.course).code


def _form(half, me) -> dict:
    return {"institution": half.institution.code, "code": _other(half), "source": "The institution"}


def _stated(half, me) -> dict:
    by = factories.acting(half.people[Role.EDITOR])
    made = services.state_equivalent(half.module.uuid, institution=half.institution.code, code=_other(half), source="Here", actor=by, at=factories.MONDAY)
    return {"module": half.module.uuid, "equivalence": made.uuid}


POLICY = {
    "publishing.show_equivalents": Rule(EDITORS, address=of_module()),
    "publishing.state_equivalent": Rule(EDITORS, address=of_module(), form=_form),
    "publishing.take_back_equivalent": Rule(EDITORS, address=_stated),
}
