"""Plans by example, and by trying every choice on thousands of small catalogues."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.planning import finding
from enrolment.planning.values import Block, Held, Limit, Module, Question, Reach, Run
from enrolment.progress.values import CreditsNeeded, ModuleNeeded, OverlapSet
from tests.enrolment.planning import brute_force

MATHS, H26 = "matematikk", 4053  # autumn 2026
V27, H27, V28, H28 = (H26 + after for after in range(1, 5))
MONDAY = date(2027, 2, 1)


def module(key: str, credits="15", *needs, **facts) -> Module:
    return Module(key, facts.pop("subject", MATHS), Decimal(credits), tuple(needs), facts.pop("content", {}))


def run(of: str, first: int = V27, days: int = 0, **facts) -> Run:
    return Run(facts.pop("key", f"{of}@{first}"), of, first, days={first: days} if days else {}, **facts)


def asked(modules, runs, **facts) -> Question:
    facts = {"subject": MATHS, "goal": Decimal(30), "first": V27, "last": H28, "capacity": Decimal(30)} | facts
    return Question(modules=tuple(modules), runs=tuple(runs), **facts)


def found(question: Question) -> list[list[str]]:
    return [[run.key for run in plan.runs] for plan in finding.plans(question)]


def test_the_plan_that_ends_first_is_best_then_fewer_days_then_the_cheaper():
    modules = [module(key) for key in "abcd"]
    runs = [run("a"), run("b", days=2), run("c", days=2, fee=500), run("d", H27)]

    assert found(asked(modules, runs)) == [["a@4054", "b@4054"], ["a@4054", "c@4054"], ["b@4054", "c@4054"]]


def test_what_is_asked_for_first_is_taken_in_a_term_before():
    modules = [module("a"), module("b", "15", ModuleNeeded("a"))]
    runs = [run("a", V27), run("b", V27), run("b", H27)]

    assert found(asked(modules, runs)) == [["a@4054", "b@4055"]]


def test_what_one_has_a_seat_for_can_be_built_on_when_it_has_ended():
    question = asked([module("b", "15", ModuleNeeded("a"))], [run("b", V27), run("b", H27)], held=(Held("a", MATHS, Decimal(15), ready=H27),))

    assert found(question) == [["b@4055"]]


def test_credits_asked_for_are_counted_without_what_overlaps():
    modules = [module("a"), module("b"), module("c"), module("d", "15", CreditsNeeded(MATHS, Decimal(30)))]
    runs = [run("a"), run("b"), run("c", days=9), run("d", H27)]
    question = asked(modules, runs, goal=Decimal(45), capacity=Decimal(45), overlap_sets=(OverlapSet(frozenset("ab"), Decimal(15)),))

    assert found(question)[0] == ["a@4054", "c@4054", "d@4055"] or found(question)[0] == ["b@4054", "c@4054", "d@4055"]


def test_all_three_of_a_set_lose_what_the_set_says_and_not_what_its_parts_say():
    norwegian = [module("MGL2122"), module("MGL2220"), module("MGL2322", "30"), module("other", "30")]
    sets = (
        OverlapSet(frozenset({"MGL2122", "MGL2322"}), Decimal(15)),
        OverlapSet(frozenset({"MGL2220", "MGL2322"}), Decimal(15)),
        OverlapSet(frozenset({"MGL2122", "MGL2220", "MGL2322"}), Decimal(30)),
    )
    question = asked(norwegian, [run(each.key, days=5 if each.key == "other" else 0) for each in norwegian], capacity=Decimal(60), overlap_sets=sets)

    assert found(replace(question, goal=Decimal(30)))[0] == ["MGL2322@4054"] or len(found(replace(question, goal=Decimal(30)))[0]) == 2
    assert [plan.days for plan in finding.plans(replace(question, goal=Decimal(45)))][0] == 5


def test_two_gatherings_on_one_day_are_not_in_one_plan():
    clash = frozenset({MONDAY})
    question = asked([module("a"), module("b"), module("c")], [run("a", dates=clash), run("b", dates=clash), run("c", H27)])

    assert found(question) == [["a@4054", "c@4055"], ["b@4054", "c@4055"]]


def test_a_day_taken_by_a_seat_is_taken():
    question = asked([module("a")], [run("a", dates=frozenset({MONDAY}))], goal=Decimal(15), busy=frozenset({MONDAY}))

    assert found(question) == []


def test_content_is_covered_where_it_is_asked_for():
    modules = [module("a"), module("b"), module("c", content={"didactics": Decimal("7.5")}), module("d", content={"didactics": None})]
    question = asked(modules, [run(each.key, days=number) for number, each in enumerate(modules)])

    assert found(replace(question, blocks=(Block("didactics"),)))[0] == ["a@4054", "c@4054"]
    assert found(replace(question, blocks=(Block("didactics", Decimal("7.5")),)))[0] == ["a@4054", "c@4054"]
    assert found(replace(question, blocks=(Block("didactics", Decimal(8)),))) == []


def test_a_run_over_two_terms_asks_half_of_each():
    year = Run("year", "a", V27, terms=2)

    assert found(asked([module("a", "30")], [year], capacity=Decimal(15))) == [["year"]]
    assert found(asked([module("a", "30")], [year], capacity=Decimal("14.5"))) == []


def test_whoever_has_reached_the_goal_has_nothing_left_to_take():
    held = (Held("x", MATHS, Decimal(60)),)

    assert [plan.runs for plan in finding.plans(asked([module("a")], [run("a")], held=held))] == [()]


# ---- where no plan exists


def test_it_says_which_capacity_would_be_enough_and_what_that_gives():
    question = asked([module("a"), module("b", "7.5")], [run("a"), run("b")], goal=Decimal("22.5"), capacity=Decimal(15))

    [relaxed] = finding.answer(question).relaxed

    assert (relaxed.limits, relaxed.plan.finish) == ({Limit.CAPACITY: Decimal("22.5")}, V27)


def test_it_says_which_days_place_last_term_and_content_stand_in_the_way():
    runs = [run("a", days=4), run("b", reach=Reach.REGION), run("c", H28), run("d")]
    question = asked([module(key) for key in "abcd"], runs, last=H27, days_away=2, within=Reach.ONLINE, goal=Decimal(30))

    answer = finding.answer(question)

    assert [relaxed.limits for relaxed in answer.relaxed] == [{Limit.DAYS: 4}, {Limit.REACH: Reach.REGION}, {Limit.LAST: H28}]
    assert [answer.furthest.counted, answer.plans] == [15, ()]


def test_where_no_single_limit_is_enough_all_of_them_give_way():
    question = asked([module("a", "30")], [run("a", H28, days=4, reach=Reach.ANYWHERE)], last=H27, days_away=0, within=Reach.ONLINE, capacity=Decimal(15))

    [relaxed] = finding.answer(question).relaxed

    assert relaxed.limits == {Limit.CAPACITY: Decimal(30), Limit.DAYS: 4, Limit.REACH: Reach.ANYWHERE, Limit.LAST: H28}


def test_of_limits_that_give_way_together_those_that_need_not_are_kept():
    runs = [run("a", days=4, reach=Reach.REGION), run("b"), run("c", H27)]
    question = asked([module(key) for key in "abc"], runs, days_away=2, within=Reach.ONLINE, goal=Decimal(45), last=H28)

    [relaxed] = finding.answer(question).relaxed

    assert relaxed.limits == {Limit.DAYS: 4, Limit.REACH: Reach.REGION}


def test_where_the_catalogue_has_nothing_nothing_is_promised():
    answer = finding.answer(asked([], []))

    assert (answer.plans, answer.relaxed, answer.furthest) == ((), (), None)


# ---- against trying everything

KEYS = "abcde"
halves = st.integers(1, 12).map(lambda number: Decimal(number * 5) / 2)
needs = st.one_of(st.sampled_from(KEYS).map(ModuleNeeded), halves.map(lambda credits: CreditsNeeded(MATHS, credits)))
contents = st.dictionaries(st.sampled_from(["didactics", "ict"]), st.none() | halves, max_size=2)
modules = st.tuples(
    *(
        st.builds(Module, st.just(key), st.sampled_from([MATHS, MATHS, MATHS, "norsk"]), halves, st.lists(needs, max_size=1).map(tuple), contents)
        for key in KEYS
    )
)
days_of_terms = st.sets(st.integers(1, 4), max_size=2).map(lambda days: frozenset(date(2027, 3, day) for day in days))


@st.composite
def some_runs(draw):
    made = []
    for number in range(draw(st.integers(1, 7))):
        first = draw(st.integers(V27, V28))
        days = draw(st.dictionaries(st.just(first), st.integers(0, 4)))
        made.append(
            Run(f"r{number}", draw(st.sampled_from(KEYS)), first, draw(st.integers(1, 2)), days, draw(days_of_terms), draw(st.sampled_from([0, 0, 150, 30000])),
                draw(st.sampled_from(list(Reach))))
        )  # fmt: skip
    return tuple(made)


overlap_sets = st.lists(st.builds(OverlapSet, st.frozensets(st.sampled_from([*KEYS, "x"]), min_size=2, max_size=3), halves), max_size=4).map(tuple)
helds = st.lists(st.builds(Held, st.sampled_from(["x", "a"]), st.just(MATHS), halves, st.integers(H26, H27), contents), max_size=2, unique_by=lambda each: each.key)
questions = st.builds(
    Question, subject=st.just(MATHS), goal=st.sampled_from([Decimal(15), Decimal(30), Decimal(45)]), first=st.just(V27), last=st.sampled_from([V28, H28]),
    modules=modules, runs=some_runs(), held=helds.map(tuple), overlap_sets=overlap_sets,
    blocks=st.lists(st.builds(Block, st.sampled_from(["didactics", "ict"]), st.none() | halves), max_size=1).map(tuple),
    capacity=st.sampled_from([Decimal(15), Decimal(30), Decimal(60)]), load=st.dictionaries(st.just(V27), halves),
    days_away=st.none() | st.integers(0, 5), within=st.sampled_from(list(Reach)[1:]), busy=days_of_terms,
)  # fmt: skip


@given(questions)
def test_each_plan_is_the_best_of_all_that_are_left(question):
    plans = finding.plans(question)
    before = [plan.modules for plan in plans]

    assert [plan.rank for plan in plans] == [brute_force.rank(question, plan.runs) for plan in plans]
    assert [plan.rank for plan in plans] == [brute_force.best(question, before[:number]) for number in range(len(plans))]
    if len(plans) < finding.MOST_PLANS:
        assert brute_force.best(question, before) is None


FIELDS = {Limit.CAPACITY: "capacity", Limit.DAYS: "days_away", Limit.REACH: "within", Limit.LAST: "last"}


def _gives_way_no_more_than_it_must(question, relaxed):
    """The limits give a plan together; with any one of them as it was asked there is none."""
    given_way = {FIELDS[limit]: value for limit, value in relaxed.limits.items() if limit in FIELDS}
    given_way |= {"blocks": ()} if Limit.CONTENT in relaxed.limits else {}
    wider = replace(question, **given_way)
    assert brute_force.best(wider, []) == relaxed.plan.rank
    for field in given_way:
        assert brute_force.best(replace(wider, **{field: getattr(question, field)}), []) is None


@given(questions)
def test_what_is_relaxed_gives_a_plan_and_no_smaller_capacity_does(question):
    answer = finding.answer(question)
    for relaxed in answer.relaxed:
        if relaxed.limits.keys() == {Limit.CAPACITY}:
            less = replace(question, capacity=relaxed.limits[Limit.CAPACITY] - Decimal("0.5"))
            assert brute_force.best(less, []) is None
            assert brute_force.best(replace(question, capacity=relaxed.limits[Limit.CAPACITY]), []) == relaxed.plan.rank
        if relaxed.limits.keys() == {Limit.DAYS}:
            assert brute_force.best(replace(question, days_away=relaxed.limits[Limit.DAYS] - 1), []) is None
        if len(relaxed.limits) > 1:
            _gives_way_no_more_than_it_must(question, relaxed)
    if answer.plans == () and answer.furthest:
        nearer = replace(question, goal=answer.furthest.counted + Decimal("0.5"), blocks=())
        assert brute_force.best(nearer, []) is None or answer.furthest.counted >= question.goal


@given(questions)
def test_the_same_question_has_the_same_answer(question):
    turned = replace(question, runs=question.runs[::-1], modules=question.modules[::-1])

    assert finding.plans(question) == finding.plans(turned)


def test_the_solver_is_read_only_when_a_plan_is_asked_for():
    listing = "import sys, wsgi, enrolment.planning.finding; print({'highspy', 'numpy'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.parametrize("capacity", [Decimal(15), Decimal(20)])
def test_a_term_that_seats_have_filled_already_takes_no_more(capacity):
    question = asked([module("a")], [run("a"), run("a", H27)], goal=Decimal(15), capacity=capacity, load={V27: Decimal(30)})

    assert found(question) == [["a@4055"]]
