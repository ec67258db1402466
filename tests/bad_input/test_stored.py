"""Markup typed into every box there is, and then every page: nowhere is it more than text."""

import csv
import io
from itertools import cycle

import pytest

from accounts.models import Role
from catalog.importing.services import import_catalogue
from catalog.offers.models import Course, Module, Offering
from catalog.values import Tag
from config.csv_out import FORMULA
from config.database import db
from config.languages import LANGUAGES
from enrolment.progress.models import PriorCredit
from tests import factories
from tests.access import progress, publishing, seats
from tests.bad_input.asking import Asking, who_may
from tests.bad_input.forms import TEXT, forms_of
from tests.bad_input.garbage import XSS
from tests.bad_input.routes import READS

# The forms of an editor, and what their boxes for words take that is no text of one's own: without it the form would be refused, and nothing stored.
FORMS = {
    "courses": {"basics": {"code": ""}, "description": {}},
    "modules": {
        "basics": {"code": "WRITTEN1"}, "learning": {}, "admission": {}, "content": {f"address-{tag}": "" for tag in Tag},
        "overlaps": {"modules-1": "OTHER", "credits-1": "5"},
    },
    "offerings": {"dates": {"from-1": "2027-03-01", "place-2": "", "place-3": ""}, "delivery": {}},
}  # fmt: skip
CLAIM = {"subject": "matematikk", "credits": "15"}


def fill(asking: Asking, who: str, page: str, known: dict[str, str]):
    """Markup in every box of the page's form that takes text; the rest stays as it is."""
    form = max(forms_of(asking.ask(who, "GET", page).text), key=lambda form: len(form.boxes))
    typed = {name: f"{XSS} {name}" for name, box in form.boxes.items() if box.kind in TEXT}
    return asking.ask(who, "POST", form.action or page, data=form.fields(**(typed | known)))


@pytest.fixture
def written(asking) -> Asking:
    """Markup stands wherever anybody can write."""
    mine, people = asking.mine, asking.mine.people
    things = {"courses": mine.course, "modules": mine.module, "offerings": mine.offering}
    factories.module(mine.course, "OTHER")
    answers = {page: fill(asking, Role.EDITOR, page, known | {"confirmed": "yes"}) for page, known in _pages_of(things).items()}
    answers["claim"] = fill(asking, Role.TEACHER, "/me/progress/claims/new", CLAIM)
    claim = progress._claimed(mine, people[Role.TEACHER])["claim"]
    answers["refusal"] = asking.ask(Role.OWNER, "POST", f"/owner/claims/{claim}/decision", data={"decision": "refuse", "why": XSS})
    seats._enrolled(mine, people[Role.TEACHER])
    run = publishing._ready_run(mine, people[Role.EDITOR])
    asking.ask(Role.EDITOR, "POST", f"/publish/offerings/{run.uuid}/publication")
    answers["cancellation"] = asking.ask(Role.EDITOR, "POST", f"/publish/offerings/{run.uuid}/cancellation", data={"reason": XSS})
    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code not in (302, 303)} == {}
    _name_everybody(asking)
    return asking


def _pages_of(things: dict) -> dict[str, dict[str, str]]:
    return {f"/publish/{kind}/{things[kind].uuid}/{section}": known for kind, sections in FORMS.items() for section, known in sections.items()}


def _name_everybody(asking: Asking) -> None:
    """What comes from elsewhere: the names of people, bodies and places, and an imported catalogue."""
    for person in asking.mine.people.values():
        person.name = f"{XSS} {person.id}"
    for thing in (asking.mine.institution.organisation, asking.mine.school.organisation, asking.mine.region.organisation, asking.mine.owner.organisation):
        thing.name = f"{XSS} {thing.id}"
    for thing in (asking.mine.institution, asking.mine.region, asking.mine.subject, asking.mine.county):
        thing.name_nb = thing.name_nn = thing.name_en = f"{XSS} {thing.name_nb}"
    asking.mine.municipality.name = XSS
    db.session.commit()
    import_catalogue(io.BytesIO(_catalogue(asking.mine.institution.code)), "catalogue.csv", at=factories.MONDAY)
    db.session.add_all(asking.mine.rows())  # an import lets go of all


def _catalogue(institution: str) -> bytes:
    """A row with markup in every column whose text is kept."""
    headers = ["institution", "course", "module", "code", "credits", "semester", "gatherings", "place", "summary", "language", "fee", "note"]
    cells = [institution, f"{XSS} course", f"{XSS} module", "IMP1", "15", "2027v", f"{XSS} gatherings", XSS, XSS, XSS, XSS, XSS]
    file = io.StringIO()
    csv.writer(file).writerows([headers, cells])
    return file.getvalue().encode()


def test_markup_was_stored_in_every_box_that_takes_text(written):
    module, run, course = (db.session.get(kind, thing.id) for kind, thing in ((Module, written.mine.module), (Offering, written.mine.offering), (Course, written.mine.course)))

    texts = ["title", "short_reason", "summary", "knowledge", "skills", "competence", "admission", "assessment_form"]
    assert [name for name in texts if not (getattr(module, name) or "").startswith(XSS)] == []
    assert (course.title, run.place) == (f"{XSS} title", f"{XSS} place")
    assert db.session.query(PriorCredit).filter(PriorCredit.title.contains(XSS)).count() == 1
    assert db.session.query(Module).filter(Module.title == f"{XSS} module").count() == 1


def test_no_page_of_anybody_holds_markup_that_somebody_typed(written):
    """`ask` fails where it stands unescaped; that it stands escaped shows that it was there at all. The pages take turns at the languages."""
    seen, turns = 0, cycle(LANGUAGES)
    for routes in READS.values():
        for endpoint, _method, rule in routes:
            for who in sorted({who_may(rule), *(role for role in Role if role in rule.who and rule.address is None)}):
                answer = written.ask(who, "GET", written.path(endpoint, who, rule), headers={"Accept-Language": next(turns)})
                assert answer.mimetype == "text/html" or answer.headers["X-Content-Type-Options"] == "nosniff"
                seen += "&lt;svg/onload=x&gt;" in answer.get_data().decode(errors="replace")
    assert seen > 60


def test_files_to_download_hold_no_cell_that_a_spreadsheet_would_run(written):
    for person in written.mine.people.values():
        person.name = "=cmd|' /C calc'!A0"
    written.mine.subject.name_nb = written.mine.subject.name_nn = written.mine.subject.name_en = "@SUM(1)"
    db.session.commit()
    files = [(endpoint, rule) for routes in READS.values() for endpoint, _method, rule in routes if endpoint in ("results.download", "coverage.national_csv")]

    for endpoint, rule in files:
        answer = written.ask(who_may(rule), "GET", written.path(endpoint, who_may(rule), rule))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
        assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    assert len(files) == 2
