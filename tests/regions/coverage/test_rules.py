"""Can a teacher living there reach the target: by example, and against every path of thousands of small catalogues."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from catalog.values import Band, Semester, Tag, Term
from enrolment.progress.values import OverlapSet
from regions.coverage import dive, search
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import CreditNeed, Module, Offering, Rule, window
from regions.coverage.missing import Hindrance, Missing
from regions.coverage.rules import Cell, Content, Status, better, cell, content_of, halves_stated
from tests.regions.coverage import random_worlds
from tests.regions.coverage.brute_force import Best, World, attainable, best_of, is_possible, weigh

YEARS = window(2026)
FIRST = YEARS.start
LOWER = frozenset({Band.LOWER})
WORLDS = 5000


def module(key: str, credits: int = 15, **facts) -> Module:
    return Module(key, credits * 2, **{"subject": "maths", "bands": LOWER, **facts})


def online(key: str, semester: int = 0, **facts) -> Offering:
    """A run over the net in the given semester of the window."""
    return Offering(f"{key} {semester}", key, FIRST + semester, **{"gathering_days": 0, **facts})


def in_vest(key: str, semester: int = 0, **facts) -> Offering:
    return Offering(f"{key} in vest {semester}", key, FIRST + semester, **{"places": frozenset({"vest"}), **facts})


def asked(modules: list[Module], offerings: list[Offering], overlaps: tuple = (), region: str = "vest", **rule) -> Cell:
    catalogue = Catalogue(modules, offerings, overlaps, YEARS)
    return cell(catalogue, region=region, subject="maths", band=Band.LOWER, rule=Rule(**rule))


def overlap(credits: int, *keys: str) -> OverlapSet:
    return OverlapSet(frozenset(keys), Decimal(credits))


def path_of(found: Cell) -> list[tuple[str, int, int]]:
    """Module, semester of the window, halves it counts."""
    return [(step.module, step.semester - FIRST, step.counts) for step in found.path]


FOUR_OTHERS = [module(f"Free {number}") for number in range(4)]
FOUR = [module("A"), module("B"), module("C"), module("D")]


def test_the_window_is_a_study_year_and_the_three_after():
    semesters = [Semester.from_number(number) for number in YEARS]

    assert [semesters[0], semesters[-1], len(semesters)] == [Semester(2026, Term.AUTUMN), Semester(2030, Term.SPRING), 8]


def test_it_is_complete_where_a_module_of_the_path_is_bound_to_a_place_in_the_region():
    found = asked(FOUR, [online("A"), online("B", 1), online("C", 2), in_vest("D", 3)])

    assert [found.status, found.halves, found.missing] == [Status.COMPLETE, 120, None]
    assert path_of(found) == [("A", 0, 30), ("B", 1, 30), ("C", 2, 30), ("D", 3, 30)]
    assert [step.in_place for step in found.path] == [False, False, False, True]


def test_it_is_complete_only_at_a_distance_where_no_place_of_the_region_is_on_the_path():
    found = asked(FOUR, [online("A"), online("B"), online("C"), online("D", places=frozenset({"nord"}))])

    assert [found.status, found.halves] == [Status.DISTANCE, 120]


def test_a_place_later_makes_it_complete_though_the_distance_ends_sooner():
    found = asked(FOUR, [*(online(key) for key in "ABCD"), in_vest("D", 5)])

    assert [found.status, path_of(found)[-1]] == [Status.COMPLETE, ("D", 5, 30)]


def test_a_place_beside_a_path_that_is_full_without_it_counts_too():
    found = asked([module("A", 30), module("B", 30), module("C", 5)], [online("A"), online("B"), in_vest("C")])

    assert [found.status, [step.module for step in found.path]] == [Status.COMPLETE, ["A", "B", "C"]]


def test_it_is_partly_where_the_path_ends_before_the_target():
    found = asked(FOUR, [online("A"), in_vest("B", 1)])

    assert [found.status, found.halves, found.target, path_of(found)] == [Status.PARTLY, 60, 120, [("A", 0, 30), ("B", 1, 30)]]


def test_it_is_none_where_nothing_is_within_reach():
    found = asked(FOUR, [in_vest("A")], region="nord")

    assert [found.status, found.halves, found.path, found.modules, found.offerings] == [Status.NONE, 0, (), (), ()]


def test_a_subject_without_modules_is_none():
    found = asked([], [])

    assert [found.status, found.missing] == [Status.NONE, Missing(120)]


def test_thirty_are_enough_for_principals_whatever_the_band():
    programme = Module("Lead", 60, "principal")
    catalogue = Catalogue([programme], [in_vest("Lead", semesters=3)], (), YEARS)

    found = cell(catalogue, region="vest", subject="principal", band=None, rule=Rule(target=60))

    assert [found.status, found.halves] == [Status.COMPLETE, 60]


def test_a_module_counts_in_the_bands_it_serves_and_in_none_where_that_is_not_stated():
    modules = [module("A", 60), module("B", 60, bands=frozenset({Band.UPPER})), module("C", 60, bands=frozenset())]
    catalogue = Catalogue(modules, [in_vest("A"), in_vest("B"), in_vest("C")], (), YEARS)

    found = {band: cell(catalogue, region="vest", subject="maths", band=band, rule=Rule()).modules for band in (*Band, None)}

    assert found == {Band.PRIMARY: (), Band.LOWER: ("A",), Band.UPPER: ("B",), None: ("A", "B", "C")}


@pytest.mark.parametrize(("days", "status"), [(0, Status.DISTANCE), (6, Status.DISTANCE), (7, Status.NONE), (None, Status.NONE)])
def test_gathering_days_beyond_the_rule_of_the_region_put_a_run_out_of_reach(days, status):
    elsewhere = online("A", gathering_days=days, places=frozenset({"nord"}))

    assert asked([module("A", 60)], [elsewhere], most_gathering_days=6).status is status


def test_gatherings_in_the_region_are_no_distance_however_many():
    at_home = online("A", gathering_days=25, places=frozenset({"vest"}))

    assert asked([module("A", 60)], [at_home], most_gathering_days=-1).status is Status.COMPLETE


@pytest.mark.parametrize("semester", [-1, 8])
def test_a_run_outside_the_window_does_not_count(semester):
    assert asked([module("A", 60)], [in_vest("A", semester)]).status is Status.NONE


def test_a_run_must_be_finished_within_the_window():
    long_runs = [in_vest("A", 6, semesters=2), in_vest("B", 7, semesters=2)]

    assert asked([module("A"), module("B")], long_runs).modules == ("A",)


@pytest.mark.parametrize(("second", "reached"), [(0, 30), (1, 60)])
def test_a_prerequisite_is_finished_in_an_earlier_semester(second, reached):
    modules = [module("A"), module("B", needs=frozenset({"A"}))]

    assert asked(modules, [online("A"), online("B", second)]).halves == reached


@pytest.mark.parametrize(("second", "reached"), [(1, 30), (2, 60)])
def test_a_prerequisite_that_takes_a_year_is_finished_at_its_end(second, reached):
    modules = [module("A"), module("B", needs=frozenset({"A"}))]

    assert asked(modules, [online("A", semesters=2), online("B", second)]).halves == reached


def test_a_prerequisite_from_another_subject_must_be_reachable_and_counts_nought():
    modules = [module("Physics", 30, subject="science"), module("A", 60, needs=frozenset({"Physics"}))]

    found = asked(modules, [in_vest("Physics"), online("A", 1)])

    assert [found.status, path_of(found)] == [Status.DISTANCE, [("Physics", 0, 0), ("A", 1, 120)]]
    assert asked(modules, [online("A", 1)]).halves == 0


@pytest.mark.parametrize(("start", "reached"), [(1, 60), (2, 90)])
def test_credits_asked_for_are_earned_in_earlier_semesters(start, reached):
    modules = [module("A"), module("B"), module("C", credit_needs=(CreditNeed("maths", 60),))]

    assert asked(modules, [online("A"), online("B", 1), online("C", start)]).halves == reached


def test_credits_asked_for_may_be_earned_outside_the_band_and_are_counted_without_overlap():
    outside = module("Other", 30, bands=frozenset({Band.PRIMARY}))
    modules = [outside, module("A"), module("B", credit_needs=(CreditNeed("maths", 90),))]
    runs = [online("Other"), online("A"), online("B", 1)]

    assert path_of(asked(modules, runs)) == [("Other", 0, 0), ("A", 0, 30), ("B", 1, 30)]
    assert asked(modules, runs, (overlap(5, "Other", "A"),)).halves == 30


def test_modules_that_require_each_other_can_never_be_begun():
    modules = [module("A", needs=frozenset({"B"})), module("B", needs=frozenset({"A"}))]

    assert asked(modules, [online("A"), online("A", 2), online("B", 1)]).status is Status.NONE


def test_overlapping_content_is_counted_once_and_the_largest_set_replaces_its_subsets():
    modules = [module("MGL2122"), module("MGL2220"), module("MGL2322", 30)]
    stated = (overlap(15, "MGL2122", "MGL2322"), overlap(15, "MGL2220", "MGL2322"), overlap(30, "MGL2122", "MGL2220", "MGL2322"))

    found = asked(modules, [online(each.key) for each in modules], stated)

    assert [found.status, found.halves, path_of(found)] == [Status.PARTLY, 60, [("MGL2322", 0, 60)]]


def test_a_place_whose_content_is_all_counted_elsewhere_does_not_complete_the_region():
    modules = [module("Basis", 30), module("Same", 30), module("C", 30, needs=frozenset({"Basis"}))]
    runs = [online("Basis"), in_vest("Same"), online("C", 1)]

    assert asked(modules, runs, (overlap(30, "Basis", "Same"),)).status is Status.DISTANCE
    assert asked(modules, runs, (overlap(29, "Basis", "Same"),)).status is Status.COMPLETE


def test_what_overlaps_is_left_out_so_that_a_place_contributes():
    modules = [module("Net", 30), module("Same", 30), module("C", 30)]

    found = asked(modules, [online("Net"), in_vest("Same"), online("C")], (overlap(30, "Net", "Same"),))

    assert [found.status, sorted(step.module for step in found.path)] == [Status.COMPLETE, ["C", "Same"]]


def test_every_other_version_of_the_one_module_with_a_place_is_left_out():
    versions = [module(f"Version {number}", 30) for number in range(3)]
    modules = [*versions, module("Version in vest", 30), module("Base", subject="science"), module("C", 30, needs=frozenset({"Base"}))]
    same = tuple(overlap(30, one.key, other.key) for one, other in combinations(modules[:4], 2))
    runs = [*(online(each.key) for each in versions), in_vest("Version in vest"), online("Base"), online("C", 1)]

    found = asked(modules, runs, same)

    assert [found.status, sorted(step.module for step in found.path)] == [Status.COMPLETE, ["Base", "C", "Version in vest"]]


def test_a_smaller_module_in_time_serves_where_a_larger_one_comes_too_late():
    modules = [module("Large", 30), module("Small", 15), module("Local", 30, credit_needs=(CreditNeed("maths", 30),))]

    found = asked(modules, [online("Large", 1), online("Small"), in_vest("Local", 1)], target=90)

    assert path_of(found) == [("Small", 0, 30), ("Local", 1, 60)]


def test_few_modules_that_overlap_a_little_go_before_many_that_do_not():
    two = [module("A", 30), module("B", 30), module("C", 30), module("U", 5)]
    modules, stated = [*two, *FOUR_OTHERS], (overlap(30, "A", "B"), overlap(1, "C", "U"))

    found = asked(modules, [online(each.key) for each in modules], stated)

    assert sorted(step.module for step in found.path) == ["A", "C"]


def test_a_later_try_does_not_put_a_longer_path_in_the_place_of_a_shorter():
    """Pinning B, tried after A, leads to D with the three that it requires: more than the path by way of A has."""
    modules = [
        module("A", 30),
        module("B", 15),
        module("C", 15),
        module("D", 10, needs=frozenset({"E", "F"})),
        module("E", 5),
        module("F", 5, bands=frozenset({Band.PRIMARY})),
    ]
    runs = [in_vest("A"), in_vest("B", 5), in_vest("C", 2), online("D", 7), online("E", 3), online("F", 1)]

    found = asked(modules, runs, (overlap(10, "A", "C"),))

    assert [found.status, [step.module for step in found.path]] == [Status.COMPLETE, ["A", "F", "E", "B", "D"]]


@pytest.mark.parametrize(("most", "ends"), [(None, 0), (120, 0), (60, 1), (59, 3), (30, 3)])
def test_no_more_credits_than_the_limit_are_studied_in_a_semester(most, ends):
    found = asked(FOUR, [in_vest(key, semester) for key in "ABCD" for semester in range(4)], most_per_semester=most)

    assert [found.status, max(step.semester for step in found.path) - FIRST] == [Status.COMPLETE, ends]


def test_with_a_limit_the_path_goes_as_far_as_the_semesters_hold():
    found = asked(FOUR, [online(key) for key in "ABCD"], most_per_semester=75)

    assert [found.status, found.halves, found.missing] == [Status.PARTLY, 60, Missing(60, "C", Hindrance.WORKLOAD, "C", 30)]


def test_the_path_ends_early_then_has_few_modules():
    small = [module(f"S{number}", 15) for number in range(4)]
    large = [module("L0", 30), module("L1", 30)]
    sooner = [in_vest(each.key, 1) for each in small]

    late = asked(small + large, [*sooner, in_vest("L0", 2), in_vest("L1", 2)])
    together = asked(small + large, [*sooner, in_vest("L0", 1), in_vest("L1", 1)])

    assert [step.module for step in late.path] == ["S0", "S1", "S2", "S3"]
    assert [step.module for step in together.path] == ["L0", "L1"]


def test_the_runs_of_what_counts_within_reach_are_told_each_once():
    runs = [in_vest("A", seats=30), in_vest("A", 1, gathering_days=2, seats=20), online("B"), online("B", 1, gathering_days=9)]

    found = asked(FOUR, runs, most_gathering_days=6)

    assert [found.modules, [offering.key for offering in found.offerings]] == [("A", "B"), ["A in vest 0", "A in vest 1", "B 0"]]


# What is missing


def test_the_missing_step_is_a_module_of_the_same_course_that_has_no_run():
    course = [module(key, courses=frozenset({"Maths 1"})) for key in "ABCD"]
    other = module("Larger", 30, courses=frozenset({"Maths 2"}))

    found = asked([*course, other], [online("A"), online("B"), online("C")])

    assert found.missing == Missing(30, "D", Hindrance.NO_RUN, "D", 30)


def test_the_missing_step_counts_most_and_then_has_no_run_at_all():
    taken, large, small = module("A"), module("Z", 30), module("B")
    without_run, elsewhere, larger = module("N"), module("E"), module("E", 20)
    runs = [online("A"), Offering("E in nord", "E", FIRST, frozenset({"nord"}))]

    assert asked([taken, small, large], runs[:1]).missing == Missing(90, "Z", Hindrance.NO_RUN, "Z", 60)
    assert asked([taken, elsewhere, without_run], runs).missing == Missing(90, "N", Hindrance.NO_RUN, "N", 30)
    assert asked([taken, larger, without_run], runs).missing == Missing(90, "E", Hindrance.OUT_OF_REACH, "E", 40)


def test_the_missing_step_names_a_run_that_is_out_of_reach():
    found = asked(FOUR[:2], [online("A"), in_vest("B")], region="nord")

    assert found.missing == Missing(90, "B", Hindrance.OUT_OF_REACH, "B", 30)


def test_the_missing_step_goes_back_to_the_prerequisite_that_stands_in_the_way():
    modules = [module("Stats", 15, subject="science"), module("A", needs=frozenset({"Stats"})), module("B", needs=frozenset({"A"}))]
    runs = [online("A", 1), online("B", 2)]

    assert asked(modules, runs, target=60).missing == Missing(60, "Stats", Hindrance.NO_RUN, "A", 30)
    elsewhere = asked(modules, [*runs, in_vest("Stats")], target=60, region="nord")
    assert elsewhere.missing == Missing(60, "Stats", Hindrance.OUT_OF_REACH, "A", 30)
    assert asked(modules[1:], runs, target=60).missing == Missing(60, "Stats", Hindrance.NOT_PUBLISHED, "A", 30)


def test_the_missing_step_tells_of_a_run_that_comes_before_its_prerequisite():
    modules = [module("A"), module("B", needs=frozenset({"A"}))]

    assert asked(modules, [online("A", 3), online("B", 3)]).missing == Missing(90, "B", Hindrance.PREREQUISITE, "B", 30)


def test_the_missing_step_of_modules_that_require_each_other_is_one_of_them():
    modules = [module("A", needs=frozenset({"B"})), module("B", needs=frozenset({"A"}))]

    assert asked(modules, [online("A"), online("B", 1)]).missing == Missing(120, "B", Hindrance.PREREQUISITE, "A", 30)


def test_only_credits_are_missing_where_no_published_module_helps():
    found = asked([module("A"), module("Same")], [online("A")], (overlap(15, "A", "Same"),))

    assert [found.halves, found.missing] == [30, Missing(90)]


# Content


def test_each_content_is_covered_not_covered_or_not_stated_by_what_is_within_reach():
    told = module("A", tags=((Tag.DIDACTICS, 10), (Tag.ICT, None)))
    silent, out_of_reach = module("B"), module("C", tags=((Tag.ASSESSMENT, 15),))

    all_told = asked([told, out_of_reach], [online("A")]).content
    one_silent = asked([told, silent, out_of_reach], [online("A"), online("B")]).content

    covered = {Tag.DIDACTICS: Content.COVERED, Tag.ICT: Content.COVERED}
    assert all_told == {**covered, Tag.ASSESSMENT: Content.NOT_COVERED}
    assert one_silent == {**covered, Tag.ASSESSMENT: Content.NOT_STATED}


def test_the_modules_of_a_path_tell_their_content_and_how_much_is_stated():
    path = [module("A", tags=((Tag.DIDACTICS, 10), (Tag.ICT, None))), module("B", tags=((Tag.DIDACTICS, 5),))]

    assert content_of(path)[Tag.ASSESSMENT] is Content.NOT_COVERED
    assert [halves_stated(path, tag) for tag in (Tag.DIDACTICS, Tag.ICT, Tag.ASSESSMENT)] == [15, None, None]


def test_the_better_cell_counts_for_who_lives_in_two_regions():
    modules, runs = FOUR, [*(in_vest(key) for key in "ABCD"), online("A", 1)]
    nord, vest = (asked(modules, runs, region=region) for region in ("nord", "vest"))

    assert [better([nord, vest]), better([vest, nord]), nord.halves] == [vest, vest, 30]


def test_a_target_of_nought_is_no_cell():
    with pytest.raises(ValueError, match="above nought"):
        Rule(target=0)


# Against every path there is


def found_in(world: World) -> Cell:
    catalogue = Catalogue(world.modules, world.offerings, world.overlaps, world.window)
    return cell(catalogue, region=world.region, subject=world.subject, band=world.band, rule=world.rule)


def weighed(world: World, found: Cell) -> Best:
    """The path of the cell, tried out: it must be possible, and its steps tell what it comes to."""
    path = tuple(step.offering for step in found.path)
    best = weigh(world, path)
    assert is_possible(world, path)
    assert [min(sum(step.counts for step in found.path), found.target), best.reached] == [found.halves, found.halves]
    return best


def status_by(world: World, best: Best) -> Status:
    if best.reached == world.rule.target:
        return Status.COMPLETE if best.in_place else Status.DISTANCE
    return Status.PARTLY if best.reached else Status.NONE


@pytest.mark.parametrize("batch", range(10))
def test_it_agrees_with_trying_every_path_on_thousands_of_small_catalogues(batch):
    for seed in range(batch, WORLDS, 10):
        world = random_worlds.world(seed)
        best, found = best_of(world), found_in(world)

        if not best.reached:
            best = Best(0, False, world.window.start, 0)  # where nothing counts, nothing is taken
        assert (seed, found.status, weighed(world, found)) == (seed, status_by(world, best), best)


def test_the_modules_within_reach_are_those_that_stand_on_some_path():
    for seed in range(2000):
        world = unlimited(seed)

        assert (seed, set(found_in(world).modules)) == (seed, attainable(world))


def test_what_is_missing_is_said_wherever_the_target_is_not_reached():
    for seed in range(1000):
        world = random_worlds.world(seed)
        found = found_in(world)
        halves = found.missing.halves if found.missing else 0

        assert (seed, found.halves + halves) == (seed, found.target)
        if found.missing and found.missing.why is Hindrance.NO_RUN:
            assert not any(run.module == found.missing.module and within_window(world, run) for run in world.offerings)


def within_window(world: World, run: Offering) -> bool:
    return run.semester in world.window and run.end in world.window


def test_the_random_catalogues_hold_cells_of_every_status():
    seen = {found_in(random_worlds.world(seed)).status for seed in range(100)}

    assert seen == set(Status)


def test_a_further_run_never_makes_a_cell_worse():
    for seed in range(600):
        world = random_worlds.world(seed)
        fewer = replace(world, offerings=tuple(run for run in world.offerings if Random(f"{seed} {run.key}").random() < 0.7))
        found, before = found_in(world), found_in(fewer)

        assert (seed, better([before, found])) == (seed, before if rank(before) == rank(found) else found)


def rank(found: Cell) -> tuple[Status, int]:
    return found.status, found.halves


def test_the_order_of_the_facts_makes_no_difference():
    for seed in range(300):
        world = random_worlds.world(seed)
        dice = Random(seed)
        mixed = replace(world, **{part: shuffled(getattr(world, part), dice) for part in ("modules", "offerings", "overlaps")})

        assert found_in(mixed) == found_in(world)


def shuffled(rows: tuple, dice: Random) -> tuple:
    return tuple(dice.sample(rows, len(rows)))


def test_a_changed_subject_gives_what_a_catalogue_made_anew_gives():
    for seed in range(300):
        before, after = random_worlds.world(seed), random_worlds.world(seed)
        after = replace(after, offerings=after.offerings[: len(after.offerings) // 2])
        for subject in ("maths", "arts"):
            assert asked_of_all(changed(before, after, subject)) == asked_of_all(made_anew(before, after, subject))


def asked_of_all(catalogue: Catalogue) -> list[Cell]:
    return [
        cell(catalogue, region=region, subject=subject, band=Band.LOWER, rule=Rule(target=60, most_gathering_days=3))
        for region in ("vest", "nord")
        for subject in ("maths", "arts")
    ]


def rows_of(world: World, subject: str) -> tuple[list[Module], list[Offering]]:
    own = [each for each in world.modules if each.subject == subject]
    keys = {each.key for each in own}
    return own, [run for run in world.offerings if run.module in keys]


def changed(before: World, after: World, subject: str) -> Catalogue:
    catalogue = Catalogue(before.modules, before.offerings, before.overlaps, before.window)
    asked_of_all(catalogue)
    return catalogue.changed(subject, *rows_of(after, subject), after.overlaps)


def made_anew(before: World, after: World, subject: str) -> Catalogue:
    other = "arts" if subject == "maths" else "maths"
    modules, runs = rows_of(after, subject)
    kept, kept_runs = rows_of(before, other)
    return Catalogue([*modules, *kept], [*runs, *kept_runs], after.overlaps, before.window)


def test_a_subject_touches_those_whose_prerequisites_lead_to_it():
    modules = [
        Module("Stats", 30, "science"),
        module("A", needs=frozenset({"Stats"})),
        Module("Art", 30, "arts", credit_needs=(CreditNeed("maths", 30),)),
        Module("Song", 30, "music"),
    ]
    catalogue = Catalogue(modules, [], (), YEARS)

    touched = {subject: catalogue.touched_by(subject) for subject in ("science", "maths", "arts", "music")}

    assert touched == {"science": {"science", "maths", "arts"}, "maths": {"maths", "arts"}, "arts": {"arts"}, "music": {"music"}}


@pytest.mark.parametrize("effort", [0, 3])
def test_a_search_cut_short_still_gives_the_status_the_credits_and_the_end(monkeypatch, effort):
    """Only the modules may then be more than the fewest."""
    exact = [(found_in(world), world) for world in map(unlimited, range(1200))]
    monkeypatch.setattr(dive, "EFFORT", effort)

    for found, world in exact:
        quick = found_in(world)
        assert [rank(quick), quick.proven] == [rank(found), True]
        assert replace(weighed(world, quick), modules=0) == replace(weighed(world, found), modules=0)


def test_what_is_not_proven_is_never_more_than_the_truth(monkeypatch):
    """With a limit a semester, or a place in a tangle of overlaps, a search cut short may miss a path; the cell then says so."""
    exact = [(found_in(world), world) for world in map(random_worlds.world, range(1200))]
    monkeypatch.setattr(dive, "EFFORT", 2)
    monkeypatch.setattr(search, "TRIES", 0)
    quick = [(found, found_in(world)) for found, world in exact]

    assert all(found.proven for found, _ in exact)
    assert all(rank(hasty) == rank(found) for found, hasty in quick if hasty.proven)
    assert all(better([found, hasty]) is found or rank(found) == rank(hasty) for found, hasty in quick if not hasty.proven)
    assert any(rank(hasty) != rank(found) for found, hasty in quick)


def unlimited(seed: int) -> World:
    world = random_worlds.world(seed)
    return replace(world, rule=replace(world.rule, most_per_semester=None))


def test_forty_modules_that_all_overlap_partly_are_weighed_exactly():
    modules = [module(f"m{number:02}") for number in range(40)]
    dense = tuple(overlap(5, *pair) for pair in combinations([each.key for each in modules], 2))

    found = asked(modules, [online(each.key, number % 8) for number, each in enumerate(modules)], dense)

    assert [found.status, found.halves, len(found.path), found.proven] == [Status.PARTLY, 60, 3, True]
