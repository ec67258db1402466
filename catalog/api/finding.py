"""What answers a question: modules as the search finds them, the courses they belong to, the runs that are what was asked for."""

from uuid import UUID

from catalog.api import queries
from catalog.api.queries import Key
from catalog.search import snapshot
from catalog.search.asked import Asked
from catalog.search.studies import Study


def modules(asked: Asked) -> list[Key]:
    """Modules by institution and slug, in the order of the answer; whole programmes have none."""
    return [(study.institution.code, study.slug) for study in _studies(asked) if not study.programme]


def courses(asked: Asked) -> list[UUID]:
    """Whole programmes that answer, and courses with a module that does, in the order of the first of them."""
    of_modules = {(code, slug): uuid for uuid, code, slug in queries.course_rows()}
    programmes = {(code, slug): uuid for uuid, code, slug in queries.programme_rows()}
    found = ((programmes if study.programme else of_modules).get((study.institution.code, study.slug)) for study in _studies(asked))
    return list(dict.fromkeys(uuid for uuid in found if uuid))


def offerings(asked: Asked) -> list[int]:
    """Runs of the modules that answer, by their key: those that are themselves what was asked for."""
    now = snapshot.now()
    return [run.id for study in _studies(asked) for run in study.runs if now.index.fits(run, asked, now.seats)]


def _studies(asked: Asked) -> list[Study]:
    index = snapshot.now().index
    return [index.studies[number] for number in index.all_of(asked)]
