"""What words find: endings, letters, beginnings, other names for the same, slips of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.folding import fold, spelled, stem, words
from catalog.search.text import TextIndex, shipped, shipped_synonyms, synonyms_of

TITLES = [
    ("Matematikk for lærere, 1.–7. trinn", "Matematikk Mathematics Matematihkka Bergen", ""),
    ("Kroppsøving 1", "Kroppsøving Physical education Høgskulen på Vestlandet", "leik og dans"),
    ("Å undervise i andrespråk", "Andrespråkspedagogikk Second-language pedagogy", ""),
    ("Programmering i skolen MAT1A-17", "Programmering", "matematikk med Python"),
    ("Norsk tegnspråk 1", "Norsk tegnspråk Sámegiella čoakkán", ""),
]
INDEX = TextIndex((number, level, text) for number, texts in enumerate(TITLES) for level, text in enumerate(texts))


def found(text: str) -> list[int]:
    return list(INDEX.find(text).levels[-1])


@pytest.mark.parametrize(
    ("asked", "studies"),
    [
        ("matematikken", [0, 3]), ("lærar", [0]), ("lærerne", [0]), ("KROPPSØVING", [1]), ("kroppsoving", [1]), ("kroppsoeving", [1]),
        ("hogskulen", [1]), ("høgskolen", [1]), ("andresprak", [2]), ("samegiella", [4]), ("coakkan", [4]), ("ČOAKKÁN", [4]),
        ("program", [3]), ("mat1a", [3]), ("MAT1A-17", [3]), ("1-7", [0]), ("1.–7. trinn", [0]), ("8-10", []),
    ],
)  # fmt: skip
def test_endings_and_letters_do_not_matter(asked, studies):
    assert found(asked) == studies


@pytest.mark.parametrize(
    ("asked", "studies"),
    [("matte", [0, 3]), ("gym", [1]), ("norsk som andrespråk", [2]), ("norsk for innvandrere", [2]), ("maths", [0, 3]), ("koding", [3]), ("teiknspråk", [4])],
)
def test_other_names_for_the_same_find_it(asked, studies):
    assert found(asked) == studies


@pytest.mark.parametrize(
    ("asked", "studies"), [("kropps øving", [1]), ("norsk tegn språk", [4]), ("Tegn språket", [4]), ("mat 1a-17", [3]), ("kropps øving norsk", []), ("matte matikk", [])]
)
def test_a_word_that_was_torn_apart_is_found_whole(asked, studies):
    assert found(asked) == studies


def test_all_words_must_be_there_wherever_they_stand():
    assert found("matte bergen") == [0]
    assert found("matte dans") == []


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    in_title, about, anywhere = INDEX.find("matematikk").levels
    assert (list(in_title), list(about), list(anywhere)) == ([0], [0], [0, 3])


def test_a_slip_of_the_pen_is_read_as_the_nearest_word_and_said_so():
    heard = INDEX.find("matemattik bergn")
    assert list(heard.levels[-1]) == [0]
    assert heard.corrected == (("matemattik", "matematikk"), ("bergn", "bergen"))


def test_a_word_that_is_like_none_finds_nothing():
    assert found("zxcvbnm") == []


def test_words_that_say_nothing_find_everything():
    assert INDEX.find("i og på").levels is None
    assert found("undervise i") == [2]


def test_what_was_typed_is_kept_for_the_page():
    assert spelled("Matte på Høgskulen, 1.–7.") == [("Matte", "matte"), ("Høgskulen", "hogskulen"), ("1.–7", "1-7")]


def test_every_synonym_that_is_shipped_means_something_else_than_itself_and_stands_once():
    pairs = [(asked, meant) for asked, all_meant in shipped_synonyms().items() for meant in all_meant]
    assert len(pairs) == len(shipped()) > 100


def test_synonyms_are_what_the_index_is_given():
    own = TextIndex([(0, 0, "Kroppsøving"), (1, 0, "Matematikk")], synonyms_of([("turn", "kroppsøving"), ("og", "matematikk"), ("Matematikk", "matematikk")]))
    assert [list(own.find(text).levels[-1]) for text in ("turn", "gym", "matematikk")] == [[0], [], [1]]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Vidareutdanning i matematikk", "videreutdanning"), ("Videreutdanning for lærere", "vidareutdanning"), ("Rettleiing av nyutdanna", "veiledning"),
        ("Klasseleiing i praksis", "klasseledelse"), ("Høgskulen på Vestlandet", "høyskole"), ("Begynneropplæring i lesing", "begynnaropplæring"),
        ("Fremmedspråk på ungdomstrinnet", "framandspråk"), ("Norsk teiknspråk 2", "tegnspråk"), ("Lærarar i grunnskulen", "lærere"),
        ("Dávvisámegiella", "davvisamegiella"), ("Åarjelsaemien gïele", "aarjelsaemien giele"), ("Julevsámegiella, máŋŋel", "mannel"),
        ("Oahpaheaddji ja čállin", "callin"), ("Đ ja ŧ giella muoŧŧá", "MUOŦŦÁ"), ("Žurnála šattolaš", "zurnala sattolas"), ("Ođđa álgu", "odda algu"),
    ],
)  # fmt: skip
def test_nynorsk_forms_and_sami_letters_find_each_other(written, asked):
    assert list(TextIndex([(0, 0, written)]).find(asked).levels[-1]) == [0]


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    heard = INDEX.find(text)
    if heard.levels:
        first, second, third = heard.levels
        assert first <= second <= third


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåáčđŋšŧž", max_size=20))
def test_folding_again_changes_nothing(word):
    assert fold(fold(word)) == fold(word)
    assert words(fold(word)) == words(word)


@given(st.text(alphabet="abcdefghijklmnoprstuvyæøå", min_size=1, max_size=15))
def test_a_stem_is_the_beginning_of_its_word(word):
    assert fold(word).startswith(stem(fold(word)))
