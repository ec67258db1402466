"""What does not fit in a plan by hand: pure. It warns and never forbids, and each warning names what mends it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from enrolment.byhand.values import Mine, Problem, Study, Warned, Workload
from enrolment.progress.rules import missing_prerequisites
from enrolment.progress.values import Credit, CreditsNeeded, Kind

NONE = Decimal(0)


def warnings(studies: Collection[Study], *, mine: Mine, workload: Workload | None) -> list[Warned]:
    """Of the studies of a plan, beside all that one has and has seats for."""
    placed = [study for study in studies if study.term is not None]
    ready = {**mine.ready, **{study.module: 0 for study in studies if study.held and study.module}}
    return [
        *_not_to_be_had(placed),
        *_had_already(placed, mine),
        *_out_of_order(placed, ready),
        *_short_of_credits(placed, [study for study in studies if study.held], mine),
        *_in_one_term(placed),
        *_on_one_day(placed, mine.busy),
        *(_too_heavy([study for study in placed if _is_to_take(study, mine)], workload, mine.load) if workload else ()),
    ]


def next_offered(study: Study, after: int) -> int | None:
    """The first term after one in which a study is known to be given."""
    return min((term for term in study.offered if term > after), default=None)


def _not_to_be_had(placed: Iterable[Study]) -> Iterator[Warned]:
    for study in placed:
        if study.own:
            continue
        if study.module is None:
            yield Warned(Problem.GONE, study, instead=study.instead[0] if study.instead else None)
        elif study.term not in study.offered:
            yield Warned(Problem.NOT_OFFERED, study, to=next_offered(study, study.term))


def _had_already(placed: Iterable[Study], mine: Mine) -> Iterator[Warned]:
    """What one has passed counts once; what one has a seat in is taken when the seat is."""
    for study in placed:
        seat = mine.seats.get(study.module)
        if study.module in mine.passed:
            yield Warned(Problem.PASSED, study, held=True)
        elif seat is not None and seat != study.term:
            yield Warned(Problem.SEAT, study, to=seat)


def _out_of_order(placed: list[Study], ready: Mapping[str, int]) -> Iterator[Warned]:
    planned = {study.module: study for study in placed if study.module}
    for study in placed:
        for module, title in study.needs:
            before, from_ = planned.get(module), ready.get(module)
            if (from_ is not None and from_ <= study.term) or (before and before.last < study.term):
                continue
            if before:
                earlier = _last_offered(before, study.term)
                yield Warned(Problem.TOO_EARLY, study, before.title, to=next_offered(study, before.last), other=before, other_to=earlier)
            elif from_ is not None:
                yield Warned(Problem.TOO_EARLY, study, title, to=next_offered(study, from_ - 1))
            else:
                yield Warned(Problem.NEEDS, study, title, adds=module)


def _last_offered(study: Study, before: int) -> int | None:
    """The last term in which a study is known to be given and is finished before another."""
    return max((term for term in study.offered if term + study.terms <= before), default=None)


def _short_of_credits(placed: list[Study], held: list[Study], mine: Mine) -> Iterator[Warned]:
    """Credits in a subject that are asked for, and that one does not have when the study begins."""
    for study in placed:
        others = [*held, *(other for other in placed if other is not study)]
        for need, name in study.asks:
            lacking = _missing(need, study.term, others, mine)
            if lacking:
                later = (term for term in sorted(study.offered) if term > study.term and not _missing(need, term, others, mine))
                yield Warned(Problem.CREDITS, study, name, to=next(later, None), credits=lacking, subject=need.subject)


def _missing(need: CreditsNeeded, term: int, others: Iterable[Study], mine: Mine) -> Decimal:
    had = [credit for first, credit in mine.credits if first <= term]
    known = {credit.module for credit in had if credit.module}
    before = [_planned(study) for study in others if study.subject and (study.held or study.last < term) and study.module not in known]
    lacking = missing_prerequisites([need], [*had, *before], mine.overlap_sets, mine.equivalents)
    return lacking[0].missing if lacking else NONE


def _planned(study: Study) -> Credit:
    return Credit(key=study.key, subject=study.subject, credits=study.credits, kind=Kind.PLANNED, module=study.module)


def _in_one_term(placed: list[Study]) -> Iterator[Warned]:
    """The later of two that cannot be taken in the same term is to move."""
    for number, study in enumerate(placed):
        other = next((each for each in placed[:number] if each.module in study.apart and each.term <= study.last and study.term <= each.last), None)
        if other:
            yield Warned(Problem.SAME_TERM, study, other.title, to=next_offered(study, other.last))


def _on_one_day(placed: list[Study], busy: Collection[date]) -> Iterator[Warned]:
    """Each with each it meets on the same days as, and with the seats one has, all their days named. The later of two is to move."""
    ordered = sorted(placed, key=lambda each: each.term)
    for number, study in enumerate(ordered):
        clashing = [(other.title, study.dates & other.dates) for other in ordered[:number]]
        for title, days in [("", study.dates & set(busy)), *clashing]:
            if days:
                yield Warned(Problem.CLASH, study, title, to=next_offered(study, study.term), days=tuple(sorted(days)))


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as the first and last of each run of days that follow one another."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def load_of(placed: Iterable[Study]) -> dict[int, Decimal]:
    """Credits by term; a study that lasts several is spread evenly over them."""
    load: dict[int, Decimal] = defaultdict(Decimal)
    for study in placed:
        for term in range(study.term, study.term + study.terms):
            load[term] += study.credits / study.terms
    return dict(load)


def _is_to_take(study: Study, mine: Mine) -> bool:
    """Neither lost to the catalogue nor passed already."""
    return study.own or (study.module is not None and study.module not in mine.passed)


def _too_heavy(placed: list[Study], workload: Workload, seats: Mapping[int, Decimal]) -> Iterator[Warned]:
    for term, credits in sorted(load_of(placed).items()):
        total = credits + seats.get(term, NONE)
        if total > workload.soft:
            last = [study for study in placed if study.term <= term <= study.last][-1]
            problem = Problem.TOO_MUCH if total > workload.hard else Problem.MUCH
            yield Warned(problem, last, to=next_offered(last, term), credits=total)
