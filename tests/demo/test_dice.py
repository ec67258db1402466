"""Chance from a seed number."""

from collections import Counter

from demo.dice import Seed


def test_the_same_number_and_name_fall_the_same():
    """What one of the project's machines threw is what every machine throws."""
    dice = Seed(60).dice("run", "HVL", 0)

    assert [dice.between(1, 100) for _ in range(5)] == [72, 68, 91, 45, 39]
    assert str(Seed(60).uuid("person", "amina")) == "7ac0d4ae-b018-5998-afcd-7187bca7249d"


def test_another_number_or_another_name_falls_otherwise():
    thrown = {tuple(Seed(number).dice(name).between(1, 10**6) for _ in range(1)) for number in range(5) for name in ("a", "b", "a/b")}

    assert len(thrown) == 15


def test_each_face_comes_up_and_none_outside():
    dice = Seed(1).dice("die")

    assert set(Counter(dice.between(1, 6) for _ in range(500))) == {1, 2, 3, 4, 5, 6}


def test_some_of_a_list_are_different_ones_and_at_most_all():
    dice = Seed(1).dice("list")

    assert len(set(dice.some_of("abcdefg", 5))) == 5
    assert sorted(dice.some_of("abc", 9)) == ["a", "b", "c"]


def test_a_share_of_nought_is_never_and_of_one_is_always():
    dice = Seed(1).dice("share")

    assert [dice.chance(0) or not dice.chance(1) for _ in range(100)] == [False] * 100
