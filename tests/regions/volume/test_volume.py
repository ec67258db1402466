"""The volume rules: each group by its own question, in a period against the one before."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.subjects.models import PriorityGroup, SubjectKind, SubjectPriority
from catalog.values import Band, Delivery, Grades, Semester, VolumeRule
from config.database import db as database
from regions.volume.register import limits, two_periods
from regions.volume.rules import Facts, Needs, Verdict, verdict
from tests import factories as f
from tests.regions.census.scene import census

KEEP, FEWER, DEMAND, LOCAL, DEVELOP, BUILD_UP = VolumeRule
MET, NOT_MET, UNKNOWN = Verdict


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        (KEEP, {"now": 85, "before": 100}, MET),
        (KEEP, {"now": 115, "before": 100}, MET),
        (KEEP, {"now": Decimal("84.9"), "before": 100}, NOT_MET),
        (KEEP, {"now": Decimal("115.1"), "before": 100}, NOT_MET),
        (KEEP, {"now": 10, "before": None}, UNKNOWN),
        (FEWER, {"now": 9, "before": 10}, MET),
        (FEWER, {"now": 10, "before": 10}, NOT_MET),
        (FEWER, {"now": 0, "before": 10}, NOT_MET),
        (DEMAND, {"now": 0, "before": 10}, MET),
        (DEMAND, {"now": 10, "before": 10, "waiting": 1}, NOT_MET),
        (DEMAND, {"now": 11, "before": 10, "waiting": 1}, MET),
        (LOCAL, {"now": 10, "before": 10}, UNKNOWN),
        (LOCAL, {"now": 10, "before": 10, "needs": Needs()}, UNKNOWN),
        (LOCAL, {"now": 1, "before": 10, "needs": Needs(frozenset({1, 2}))}, MET),
        (LOCAL, {"now": 99, "before": 10, "needs": Needs(frozenset({1}), frozenset({2}))}, NOT_MET),
        (DEVELOP, {"now": 1, "before": 10, "new": 1}, MET),
        (DEVELOP, {"now": 20, "before": 10}, NOT_MET),
        (BUILD_UP, {"now": 1, "before": None}, MET),
        (BUILD_UP, {"now": 10, "before": 10}, NOT_MET),
    ],
)
def test_each_rule_has_its_own_question(rule, facts, said):
    assert verdict(rule, Facts(**{name: Decimal(value) if value is not None and name in ("now", "before") else value for name, value in facts.items()}), limits(2026)) is said


def test_a_year_lies_in_one_period_and_has_one_before_it():
    assert [period.name for period in two_periods(2015)] == ["2012–2015", "2009–2011"]
    assert [period.name for period in two_periods(2040)] == ["2026–", "2016–2025"]
    with pytest.raises(LookupError):
        two_periods(2008)


def priority(number: int, rule: VolumeRule, about):
    group = PriorityGroup(number=number, name_nb=f"Gruppe {number}", volume_rule=rule, quotation="…", source="test", valid_from=date(2012, 1, 1))
    database.session.add(SubjectPriority(subject=about, group=group, source="test"))
    database.session.commit()


def test_the_page_says_which_rule_and_how_it_is_met(client, db):
    maths, upper = f.subject(), f.subject("vgs", "Lærere i vgs", kind=SubjectKind.TARGET_GROUP)
    priority(1, KEEP, maths)
    priority(4, LOCAL, upper)
    course = f.course(f.institution(), maths)
    module = f.module(course, credits="30", grades=Grades.of(range(8, 14)))
    f.offering(module, seats=100, semester=Semester.from_code("2025h"), apply_by=date(2025, 4, 1), starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 1))
    f.offering(module, seats=10)

    page = client.get("/coverage/volume").text

    assert "The catalogue knows little of the former period" in page  # one year of ten
    assert "1 of 2 volume rules are met. 1 cannot be judged." in page
    assert "About as much as in the former period. Met from 85 to 115 per cent of it." in page
    assert "100 per cent of the former period." in page  # 100 seats in one of ten years, 10 in one of one
    assert page.count("5 full 60s a study year") == 4  # in mathematics, and in what serves the target group: now and before
    assert "Target group, across the subjects" in page


def test_local_need_is_what_owners_have_said_in_the_latest_census(client, db):
    maths, music, art = f.subject(), f.subject("musikk", "Musikk"), f.subject("kunst", "Kunst og håndverk")
    upper = f.subject("vgs", "Lærere i vgs", kind=SubjectKind.TARGET_GROUP)
    priority(4, LOCAL, upper)
    county = f.county()
    town = f.municipality(inside=county)
    region = f.region("vest", [county])
    census(f.school(f.owner(town), town), {maths: (20, 8), music: (20, 6), art: (20, 3)}, Band.UPPER)
    course = f.course(f.institution(), maths)
    f.offering(f.module(course, credits="30", grades=Grades.of(range(11, 14))), delivery=Delivery.ONLINE)

    pages = [client.get(address).text for address in ("/coverage/volume", f"/coverage/volume?region={region.code}")]

    for page in pages:
        assert "Something begins in 1 of 2 subjects in which the latest census tells that teachers lack credits. Nothing begins in musikk." in page
        assert "0 of 1 volume rules are met." in page
        assert "kunst" not in page.lower()  # three are too few to be told of


def test_by_demand_the_page_says_why_it_is_met(client, db):
    maths = f.subject()
    priority(3, DEMAND, maths)
    run = f.offering(f.module(f.course(f.institution(), maths), credits="30"), seats=10)
    enough = client.get("/coverage/volume").text
    run.waiting = 2
    database.session.commit()
    more = client.get("/coverage/volume").text

    assert "0 seats are taken, and 0 wait. What is on offer is enough for those who ask." in enough
    assert "0 seats are taken, and 2 wait. More is on offer than in the former period." in more


def test_a_region_counts_what_can_be_taken_there_and_an_unknown_one_is_404(client, db):
    f.region("vest")

    assert [client.get(f"/coverage/volume?region={code}").status_code for code in ("vest", "atlantis")] == [200, 404]
