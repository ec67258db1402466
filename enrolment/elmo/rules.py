"""Which studies of a file count, each once, and whether it is about the person who brings it: pure."""

import unicodedata
from collections.abc import Iterable, Iterator

from catalog.values import credits as exact
from enrolment.elmo.values import Content, Node, Report, Study, Why


def content(given: str, family: str, reports: Iterable[Report]) -> Content:
    """The leaves alone: a whole and its parts must not be counted twice. A whole whose parts give no credits counts itself."""
    studies: dict[str, Study] = {}
    left_out: list[tuple[str, Why]] = []
    for report in reports:
        for node in (leaf for top in report.nodes for leaf in leaves(top)):
            why = _why_not(node)
            study = None if why else _study(node, report)
            if study and study.key in studies:
                why = Why.TWICE
            if why:
                left_out.append((node.title, why))
            else:
                studies[study.key] = study
    return Content(given, family, tuple(studies.values()), tuple(left_out))


def leaves(node: Node) -> Iterator[Node]:
    if any(gives_credits(part) for part in node.parts):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def gives_credits(node: Node) -> bool:
    """Whether it or something within it states credits."""
    return bool(node.credits) or any(gives_credits(part) for part in node.parts)


def _why_not(node: Node) -> Why | None:
    if node.status != "passed":
        return Why.NOT_PASSED
    if not node.credits:
        return Why.NO_CREDITS
    try:
        exact(node.credits)
    except ValueError:
        return Why.NOT_IN_HALVES
    return None


def _study(node: Node, report: Report) -> Study:
    issuer = next((f"{kind}:{report.identifiers[kind]}" for kind in ("organisasjonsnummer", "schac", "local") if kind in report.identifiers), report.issuer)
    key = f"{issuer}|{node.code or node.title}".casefold()
    return Study(key, node.title, node.code, report.issuer, report.identifiers, report.country, exact(node.credits), node.finished_on, node.label)


def same_person(name: str, given: str, family: str) -> bool:
    """Whether a file's learner can be the person of this name: the whole family name, and at least one of the given names."""
    own = _words(name)
    return bool(_words(family)) and _words(family) <= own and bool(_words(given) & own)


def _words(name: str) -> set[str]:
    return set(unicodedata.normalize("NFC", name).casefold().replace("-", " ").split())
