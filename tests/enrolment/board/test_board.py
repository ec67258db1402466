"""What an owner sees of a case: credits now and after, the gap at the school, what it costs whom."""

from decimal import Decimal

from enrolment.applications.lifecycle import Employer
from enrolment.board.values import Money, Need
from enrolment.dispensations.models import Dispensation
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from tests import factories
from tests.enrolment.board import scenes
from tests.enrolment.board.scenes import visiting
from tests.factories import _kept


def held(scene, case, credits: int) -> None:
    _kept(
        PriorCredit(
            person_id=case.person_id, owner_id=scene.owner.organisation_id, subject_id=scene.subject.id, institution="UiB", title="Before", credits=Decimal(credits),
            finished_on=scenes.WITH_OWNER.date(), state=Claim.VERIFIED, claimed_at=scenes.WITH_OWNER,
        )
    )  # fmt: skip


def test_thirty_credits_under_the_strategys_split_are_half_a_work_year_and_375_of_a_post(scene):
    scene.case("Amina")

    [row] = scene.board().rows
    assert row.money == Money(state=200_000_00, owner=100_000_00, own=100_000_00)
    assert row.choice.release == Decimal("0.375")


def test_a_package_is_costed_module_by_module_and_is_the_sum_of_them(client, scene):
    maths = scene.run.module.course
    small = [factories.offering(factories.module(maths, credits=credits, title=title)) for credits, title in (("7.5", "Tall"), ("15", "Mål"))]
    case = scene.case("Amina", runs=small)

    [row] = scene.board().rows
    assert [(one.title, one.credits, one.release, one.money.state, one.money.owner, one.money.own) for one in row.choice.modules] == [
        ("Tall", Decimal("7.5"), Decimal("0.09375"), 50_000_00, 25_000_00, 25_000_00), ("Mål", Decimal(15), Decimal("0.1875"), 100_000_00, 50_000_00, 50_000_00),
    ]  # fmt: skip
    assert (row.money, row.choice.release) == (sum((one.money for one in row.choice.modules), Money()), Decimal("0.28125"))
    page = visiting(client, scene.bjorn).get(f"/owner/applications/{case.uuid}").text
    assert ["1a. Tall, 7.5 credits" in page, "1b. Mål, 15 credits" in page, "9.375 %" in page, "18.75 %" in page] == [True] * 4


def test_the_rank_tab_shows_each_row_whole(client, scene):
    scene.staff(lacking=2, meeting=1)
    scene.approved("Amina", rank=1)

    page = visiting(client, scene.bjorn).get(f"/owner/rounds/2027/{scenes.FURTHER}/ranking").text
    row = page[page.index("Amina") :]
    assert ["Lacks credits" in row, "0 → 30" in row, "2 of 3" in row, "State: NOK" in row or "State: kr" in row, "Own time: " in row] == [True] * 5


def test_credits_are_counted_now_and_after_the_study_against_what_is_required(scene):
    held(scene, scene.case("Amina"), 45)

    [row] = scene.board().rows
    assert (row.standing.now, row.standing.after, row.standing.required, row.standing.without) == (45, 60, 60, True)


def test_whoever_does_not_teach_the_subject_lacks_nothing(scene):
    scene.case("Amina", teaches=False)

    [row] = scene.board().rows
    assert (row.standing.required, row.standing.without, row.facts.gap_in_subject) == (None, False, 0)


def test_the_gap_at_the_school_is_of_those_who_teach_the_subject_there(scene):
    scene.case("Amina")
    scene.staff(lacking=3, meeting=1)

    [row] = scene.board().rows
    assert (row.uncovered.without, row.uncovered.teachers) == (3, 4)


def test_the_suggested_order_puts_the_one_who_lacks_most_first(scene):
    complete, half, none = (scene.approved(name) for name in ("Complete", "Half", "None"))
    held(scene, complete, 60)
    held(scene, half, 30)

    board = scene.board()
    assert board.suggested == [str(case.uuid) for case in (none, half, complete)]


def test_an_earlier_refusal_by_the_same_owner_counts_and_anothers_does_not(scene):
    mine, other = scene.case("Mine"), scene.case("Other")
    before = factories.cycle("2026", study_year=2025)
    town = factories.municipality("4601", "Bergen")
    elsewhere = factories.owner(town)
    factories.application(mine.person, before, employer=Employer.REFUSED)
    factories.application(other.person, before, employer=Employer.REFUSED, owner_id=elsewhere.organisation_id)

    assert {row.case.person.name: row.refused_before for row in scene.board().rows} == {"Mine": 1, "Other": 0}


def test_another_owners_cases_and_those_not_sent_are_not_on_the_board(scene):
    town = factories.municipality("4601", "Bergen")
    elsewhere = factories.owner(town)
    scene.case("Mine")
    scene.case("Theirs", owner_id=elsewhere.organisation_id)
    scene.case("Draft", employer=Employer.NOT_SENT)

    assert [row.case.person.name for row in scene.board().rows] == ["Mine"]


def test_seats_are_likely_for_the_owners_part_of_the_free_ones(scene):
    run = factories.offering(factories.module(factories.course(factories.institution("UiT"), scene.subject), credits="30"), seats=2)
    for number in range(1, 4):
        scene.approved(f"No. {number}", runs=[run], rank=number)

    assert [row.likely for row in scene.board().ranked] == [True, True, False]
    assert scene.board().cuts.seats == 2


def test_the_board_asks_as_much_for_three_cases_as_for_one(scene, count_queries, db):
    scene.case()
    with count_queries() as few:
        scene.board()
    for _number in range(2):
        scene.case()
    db.session.expire_all()
    with count_queries() as many:
        scene.board()

    assert len(many) <= len(few) + 1  # the scene's own rows are read anew


def test_the_page_groups_by_what_needs_doing_and_shows_the_row(client, scene):
    scene.case("Waits")
    scene.case("At School", employer=Employer.WITH_HEAD)
    scene.approved("To Rank")
    scene.approved("Ranked", rank=1)

    page = visiting(client, scene.bjorn).get("/owner/rounds/2027/further").text

    assert [need for need in ("due-this-week", "to-rank", "waiting-for-others", "done") if f'<h2 id="{need}">' not in page] == []
    assert "4 applications, 1 waiting for your decision. The last day is 15 December 2026." in page
    assert page.count("Tick ") == 2
    assert "kr 200,000" in page and "0 → 30" in page


def test_a_filter_leaves_what_fits_and_counts_the_others_without_itself(client, scene):
    scene.case("Waits")
    scene.approved("Yes")

    page = visiting(client, scene.bjorn).get("/owner/rounds/2027/further?status=approved").text

    assert "Yes</a>" in page and "Waits</a>" not in page
    assert "Show 1 application" in page


def test_a_strand_that_takes_no_part_in_the_round_and_a_round_not_let_out_are_not_there(client, scene):
    factories.cycle("2029", released_at=None)
    visitor = visiting(client, scene.bjorn)

    assert [visitor.get(f"/owner/rounds/{path}").status_code for path in ("2027/principal", "2029/further", "2027/nonsense", "2031/further")] == [404] * 4


def test_the_overdue_are_those_whose_day_has_ended(scene):
    scene.case("Late")

    [row] = scene.board(at=scenes.WITH_OWNER.replace(day=16)).rows
    assert row.need is Need.OVERDUE


def test_whoever_is_dispensed_is_not_said_to_teach_without_the_credits(scene):
    case = scene.case("Amina")
    _kept(
        Dispensation(
            person_id=case.person_id, subject_id=scene.subject.id, credits=Decimal(0), valid_from=scenes.WITH_OWNER.date(), why="Long experience.",
            owner_id=scene.owner.organisation_id, decided_at=scenes.WITH_OWNER,
        )
    )  # fmt: skip

    [row] = scene.board().rows
    assert (row.standing.required, row.standing.without) == (0, False)
