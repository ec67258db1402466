"""Made-up rounds of application, one at each stage as seen from the day: open to teachers, with the owners, and answered."""

from datetime import date, timedelta

from catalog.values import Strand
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.rounds.models import Cycle, CycleDate
from enrolment.rounds.values import Step

OPEN, WITH_OWNERS, ANSWERED = "demo-open", "demo-owners", "demo-answered"
# Days from the day the demonstration is seen from, by step.
ORDER = (Step.OPENS, Step.APPLY, Step.HEAD, Step.UNION, Step.OWNER, Step.UNLOCK, Step.ANSWER, Step.REPLY, Step.ADMISSION, Step.AUTUMN, Step.SPRING)
DAYS = {
    OPEN: (-20, 12, 19, 23, 26, 31, 60, 67, 91, 180, 375),
    WITH_OWNERS: (-40, -6, 1, 5, 9, 14, 44, 51, 75, 164, 359),
    ANSWERED: (-120, -80, -73, -69, -66, -61, -3, 6, 25, 100, 295),
}
NAMES = {
    OPEN: ("Prøverunde: åpen for søkere", "Prøverunde: open for søkjarar", "Trial round: open to applicants"),
    WITH_OWNERS: ("Prøverunde: hos skoleeierne", "Prøverunde: hos skuleeigarane", "Trial round: with the school owners"),
    ANSWERED: ("Prøverunde: svar er gitt", "Prøverunde: svar er gitt", "Trial round: answered"),
}
SOURCE = "made up for the demonstration"
# Strands beside further education that the open round is for, and by how many days their dates come later.
LATER = {Strand.FURTHER: 0, Strand.PRINCIPAL: 3, Strand.IN_SERVICE: 9}


def study_year(today: date) -> int:
    """The study year the rounds are for: it begins with the first coming autumn."""
    return today.year if today.month <= 7 else today.year + 1


def last_day_to_apply(strand: Strand, today: date) -> date:
    """Of the open round."""
    return today + timedelta(days=DAYS[OPEN][ORDER.index(Step.APPLY)] + LATER[strand])


def add(seed: Seed, today: date) -> dict[str, Cycle]:
    """The rounds by their codes; further education in each, principal education and in-service training in the open one too, by their own dates."""
    made = {code: _cycle(seed, code, today) for code in DAYS}
    db.session.add_all(made.values())
    db.session.flush()
    return made


def _cycle(seed: Seed, code: str, today: date) -> Cycle:
    nb, nn, en = NAMES[code]
    made = Cycle(
        uuid=seed.uuid("round", code), code=code, name_nb=nb, name_nn=nn, name_en=en, study_year=study_year(today), released_at=start_of(today - timedelta(days=130)),
        source=SOURCE, made_up=True,
    )  # fmt: skip
    strands = tuple(LATER) if code == OPEN else (Strand.FURTHER,)
    made.dates = [
        CycleDate(uuid=seed.uuid("round", code, strand, step), strand=strand, step=step, day=today + timedelta(days=days + (LATER[strand] if step is not Step.OPENS else 0)), source=SOURCE)
        for strand in strands
        for step, days in zip(ORDER, DAYS[code], strict=True)
    ]
    return made
