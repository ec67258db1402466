"""The whole promise, as those who live it click their way through it: from a blank page at an institution to a cell in the region's matrix."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from catalog.offers.models import Module, Offering
from catalog.values import Semester, Term
from config.clock import day_of
from config.database import db
from config.languages import date as written
from config.languages import in_language
from enrolment.seats.rules import last_day_to_answer

MODULE = "Tall og algebra i praksis"
COURSE = "Matematikk på ungdomstrinnet"


@dataclass(frozen=True)
class Plan:
    """The dates of a run that one can enrol in today."""

    today: date

    @property
    def starts_on(self) -> date:
        """In two months or so, and not in July, when no semester starts."""
        day = self.today + timedelta(days=70)
        return day if day.month != 7 else date(day.year, 8, 20)

    @property
    def semester(self) -> Semester:
        return Semester(self.starts_on.year, Term.SPRING if self.starts_on.month < 8 else Term.AUTUMN)

    @property
    def apply_by(self) -> date:
        return self.starts_on - timedelta(days=30)

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=40)


def test_from_a_blank_page_to_the_regions_matrix(beginning, visit):
    plan = Plan(day_of(datetime.now(UTC)))
    torunn, ingrid, amina, randi = (visit(beginning, name) for name in ("Torunn Hagen", "Ingrid Solheim", "Amina Hassan", "Randi Vik"))
    assert missing_in_the_region(randi) == ("None", 0)

    writes_a_course(torunn)
    writes_a_module(torunn)
    puts_on_a_run_with_one_seat(torunn, plan)

    finds_it_in_her_region(ingrid)
    ingrid.press("Enrol")
    assert ingrid.say("Seat confirmed") in ingrid.reads()

    finds_it_in_her_region(amina)
    amina.press("Join the waiting list")
    assert amina.say("You are number %(place)d of %(waiting)d on the waiting list. When a seat frees, the next in line is offered it.", place=1, waiting=1) in amina.reads()

    gives_her_seat_up(ingrid)
    answers_in_time(amina, plan)
    assert amina.say("Seat confirmed") in amina.reads()
    assert way_to_sixty(amina).startswith(amina.say("You have %(verified)s of %(goal)s credits in %(subject)s.", verified=0, goal=60, subject="matematikk"))

    its_first_day_has_come(beginning, plan)
    records_a_pass(torunn, "Amina Hassan")
    assert way_to_sixty(amina).startswith(amina.say("You have %(verified)s of %(goal)s credits in %(subject)s.", verified=15, goal=60, subject="matematikk"))
    assert amina.main.get_by_role("img").first.get_attribute("aria-label").startswith(f"15 {amina.say('verified')}")
    assert missing_in_the_region(randi) == ("Partly", 15)


def writes_a_course(torunn):
    """Publishing too early names what is missing; each is a link to its box."""
    assert torunn.path == "/publish"
    torunn.follow("New course")
    torunn.types("Title", COURSE)
    torunn.chooses("Subject", "Matematikk")
    torunn.ticks("Grades", "8", "9", "10")
    torunn.chooses("Language of teaching", "Norwegian, bokmål")
    torunn.types("Credits in all", "60")
    torunn.press("Save the draft")
    assert "5/7" in torunn.reads(".side")

    torunn.press("Publish this")
    missing = [torunn.say("Missing: %(what)s", what=torunn.say(what)) for what in ("the summary", "whom it is for")]
    assert torunn.page.locator(".error-summary a").all_inner_texts() == missing
    assert torunn.page.locator(".error-summary").evaluate("(one) => one === document.activeElement")

    torunn.follow(missing[0])
    torunn.types("Summary", "Fire moduler om tall, algebra, geometri og statistikk.")
    torunn.types("For whom", "Lærere som underviser i matematikk på 8.–10. trinn.")
    torunn.press("Save", "main")
    torunn.press("Publish this")
    assert torunn.say("Published") in torunn.reads(".heading")


def writes_a_module(torunn):
    torunn.follow("New module")
    torunn.types("Code", "MATU1")
    torunn.types("Title", MODULE)
    torunn.types("Credits", "15")
    torunn.press("Save the draft")
    assert torunn.heading == MODULE

    for section, texts in {
        "the knowledge it gives": {
            "Knowledge": "Studenten har kunnskap om tallsystemer og algebraiske uttrykk.",
            "Skills": "Studenten kan bruke algebra til å løse praktiske oppgaver.",
            "General competence": "Studenten kan vurdere egen undervisning i algebra.",
        },
        "the admission requirements": {"Admission requirements": "Godkjent lærerutdanning.", "Assessment": "Mappe, bestått eller ikke bestått."},
        "what it contains": {"The sentence that supports it": "Studenten har kunnskap om tallsystemer og algebraiske uttrykk."},
    }.items():
        torunn.follow(section, ".side")
        for label, text in texts.items():
            torunn.types(label, text)
        torunn.press("Save", "main")
    assert torunn.say("Nothing is missing.") in torunn.reads(".side")

    torunn.press("Publish this")
    assert torunn.say("Published") in torunn.reads(".heading")


def puts_on_a_run_with_one_seat(torunn, plan):
    torunn.follow("New run")
    torunn.page.locator("select#semester").select_option(value=plan.semester.code)
    torunn.press("Save the draft")

    torunn.follow("the first day", ".side")
    dates = {"First day": plan.starts_on, "Last day": plan.ends_on, "Enrolment opens": plan.today, "Last day to apply": plan.apply_by, "Waiting list closes": plan.apply_by}
    for label, day in dates.items():
        torunn.types(label, day.isoformat())
    for label, text in {"From": plan.starts_on.isoformat(), "To": (plan.starts_on + timedelta(days=1)).isoformat(), "Place": "Stavanger"}.items():
        torunn.types(label, text, "fieldset >> nth=0")
    torunn.press("Save", "main")

    torunn.follow("the form of teaching", ".side")
    torunn.chooses("Form of teaching", "Online and gatherings")
    torunn.chooses("Pace", "Part-time")
    torunn.types("Place", "Stavanger")
    torunn.chooses("Municipality", "Stavanger")
    torunn.chooses("Language of teaching", "Norwegian, bokmål")
    torunn.types("Fee", "0")
    torunn.press("Save", "main")

    torunn.follow("How one gets a seat")
    torunn.chooses("How one gets a seat", "Enrol here, first come, first served")
    torunn.types("Seats", "1")
    torunn.types("Fewest who must take part", "1")
    torunn.press("Save", "main")
    torunn.press("Publish this")
    assert torunn.say("The run is published. Teachers can see it now.") in torunn.reads()


def finds_it_in_her_region(teacher):
    """A word as people say it, and the region from the filters."""
    teacher.open("/")
    teacher.types("What would you like to study?", "matte")
    teacher.press("Find studies")
    teacher.page.get_by_label("Region Vest").check()
    teacher.page.locator("#filters .actions button").click()
    assert "region=vest" in teacher.page.url
    teacher.follow(MODULE)
    assert teacher.heading == MODULE


def gives_her_seat_up(ingrid):
    ingrid.follow("My enrolments")
    ingrid.follow(MODULE)
    ingrid.follow("Withdraw")
    assert ingrid.say("Your seat is offered to the next in line at once. You cannot take it back.") in ingrid.reads()
    ingrid.press("Withdraw", "main")
    assert ingrid.say("You have withdrawn.") in ingrid.reads()


def answers_in_time(amina, plan):
    """The offer names its last day, and her way to 60 shows that it waits."""
    with amina.site.app.app_context(), in_language("nb"):
        day = written(last_day_to_answer(plan.today, starts_on=plan.starts_on, queue_closes_on=plan.apply_by))
    offer = amina.say("A seat is yours if you answer by %(day)s at 23:59. After that it goes to the next in line.", day=day)
    amina.follow("My way to 60")
    assert offer in amina.reads()
    amina.follow("Answer the offer")
    assert offer in amina.reads()
    amina.press("Accept the seat")


def its_first_day_has_come(site, plan):
    """Nobody waits in a test for the months until a run begins."""
    with site.app.app_context():
        run = db.session.scalars(select(Offering).join(Offering.module).where(Module.title == MODULE)).one()
        run.starts_on = plan.today
        db.session.commit()


def records_a_pass(torunn, name):
    torunn.follow("Participants and results")
    torunn.chooses(torunn.say("Mark for %(name)s", name=name), "pass")
    torunn.press("Save results")
    assert torunn.refusals == [422]  # only the attempt to publish too early


def way_to_sixty(amina):
    amina.follow("My way to 60")
    return amina.page.locator(".lead").inner_text()


def missing_in_the_region(randi):
    """(the word of the cell of mathematics in grades 8–10, credits of 60)."""
    randi.follow("My region")
    randi.follow("Grades 8–10", ".toggles")
    row = randi.main.get_by_role("row").filter(has=randi.page.get_by_role("rowheader", name="Matematikk", exact=True))
    word, figures = row.locator(".cell a").inner_text(), row.locator(".cell small").inner_text()
    known = {randi.say(name): name for name in ("None", "Partly", "Only at a distance", "Complete path")}
    return known[word], int(figures.split()[0])


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_way_in_is_the_same_in_every_language(beginning, visit, language):
    torunn = visit(beginning, "Torunn Hagen", locale=language)
    torunn.follow("New course")
    torunn.types("Title", f"Matematikk ({language})")
    torunn.press("Save the draft")
    torunn.press("Publish this")

    assert torunn.say("Teachers cannot see this yet") in torunn.reads(".error-summary")
    assert torunn.page.locator("html").get_attribute("lang") == language
