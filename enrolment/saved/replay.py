"""Asking a kept question again: the very same, of the catalogue as it is now."""

import hashlib
from collections.abc import Iterable
from urllib.parse import parse_qsl

from catalog.search import asked as asking
from catalog.search import snapshot
from catalog.search.asked import Asked
from catalog.search.snapshot import Snapshot
from catalog.search.studies import Given, Study
from config.database import db, only_reads
from enrolment.saved.values import Matches, key_of


def canonical(pairs: Iterable[tuple[str, str]], now: Snapshot) -> str:
    """The query of a question as it is kept: what nobody knows left out, in one order, without the page. Empty where nothing is asked."""
    return asking.read(pairs, now.index.values).query().removeprefix("?")


def digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def asked(query: str, now: Snapshot) -> Asked:
    """The question. A value that the catalogue no longer has is still asked for, and finds nothing: left out, the answer would grow."""
    pairs = parse_qsl(query)
    known = {facet: {**values, **dict.fromkeys(value for name, value in pairs if name == facet)} for facet, values in now.index.values.items()}
    return asking.read(pairs, known)


def runs_by_study(query: str, now: Snapshot) -> dict[int, list[int]]:
    """The answer in its order: the key of each study, with its runs that are what was asked for."""
    question = asked(query, now)
    studies = (now.index.studies[number] for number in now.index.all_of(question))
    return {key_of(study.id, programme=study.programme): [run.id for run in _runs(study, question, now)] for study in studies}


def matches(found: dict[int, list[int]]) -> Matches:
    return Matches.of(found, (run for runs in found.values() for run in runs))


def _runs(study: Study, question: Asked, now: Snapshot) -> Iterable[Given]:
    return (run for run in study.runs if not run.cancelled and now.index.fits(run, question, now.seats))


def catalogue() -> Snapshot:
    """The catalogue outside of a request. Making its index takes time, so it is made in a transaction that keeps nobody from writing."""
    only_reads(True)
    try:
        return snapshot.now()
    finally:
        db.session.rollback()
        only_reads(False)
