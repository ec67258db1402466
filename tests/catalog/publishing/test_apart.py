"""Modules that cannot be taken in the same semester (UiB MAT601–612): stated by one institution, held to by plans, both ways."""

from decimal import Decimal
from html import unescape

import pytest

from catalog.publishing import services
from catalog.publishing.values import Apart
from config.errors import BadInput
from enrolment.byhand import rules
from enrolment.byhand.values import Mine, Problem, Study
from enrolment.planning import finding
from enrolment.planning import queries as planning
from tests.catalog.publishing.conftest import boxes, edit
from tests.enrolment.planning.test_finding import H27, V27, asked, module, run
from tests.factories import MONDAY


def state(desk, module, *lines: Apart):
    services.edit_module(module.uuid, edit(module, "apart", confirmed=True, apart=lines), actor=desk.editor, at=MONDAY)


def test_it_is_stated_once_and_stands_on_the_pages_of_both(app, desk):
    first, second = desk.published_module("MAT601", title="Tall"), desk.published_module("MAT602", title="Form")
    state(desk, first, Apart("MAT602", "Studieplanen"))

    for here, other in ((first, second), (second, first)):
        page = unescape(app.test_client().get(f"/modules/HVL/{here.code}").text)
        told = page[page.index("Not in the same semester") :]
        assert f'href="/modules/HVL/{other.code}"' in told
        assert "Studieplanen" in told
    assert planning.not_together([first.id, second.id]) == [(first.id, second.id)]
    assert planning.not_together([second.id]) == []


@pytest.mark.parametrize(("codes", "box"), [(("NONE1",), "module-1"), (("MAT601",), "module-1"), (("MAT602", "mat602"), "module-2")])
def test_what_is_not_there_itself_or_named_twice_is_refused_at_its_box(desk, codes, box):
    first, _second = desk.module("MAT601"), desk.module("MAT602")

    with pytest.raises(BadInput) as refused:
        state(desk, first, *(Apart(code, row=row) for row, code in enumerate(codes, start=1)))
    assert list(refused.value.errors) == [box]


def test_the_form_keeps_what_was_typed_and_a_line_is_emptied_to_take_it_away(db, desk):
    first, _second = desk.module("MAT601"), desk.module("MAT602")
    address = f"/publish/modules/{first.uuid}/apart"

    half = desk.browser.post(address, data=boxes(first, "apart", **{"source-1": "Studieplanen"}))
    assert (half.status_code, "Name the module by its code." in half.text, 'value="Studieplanen"' in half.text) == (422, True, True)
    desk.browser.post(address, data=boxes(first, "apart", **{"module-1": "MAT602"}))
    db.session.refresh(first)
    assert [row.other.code for row in first.apart] == ["MAT602"]

    desk.browser.post(address, data=boxes(first, "apart", **{"module-1": ""}))
    db.session.refresh(first)
    assert first.apart == []


def test_no_best_plan_takes_both_in_one_term():
    modules, runs = [module("a"), module("b")], [run("a", V27), run("b", V27), run("b", H27)]

    together, apart = asked(modules, runs), asked(modules, runs, apart=(("a", "b"),))

    assert [each.key for each in finding.plans(together)[0].runs] == ["a@4054", "b@4054"]
    assert [[each.key for each in plan.runs] for plan in finding.plans(apart)] == [["a@4054", "b@4055"]]


def test_a_plan_by_hand_is_warned_and_told_the_next_term():
    studies = [
        Study("1", "Tall", Decimal(15), "a", V27, offered=(V27,)),
        Study("2", "Form", Decimal(15), "b", V27, offered=(V27, H27), apart=frozenset({"a"})),
    ]

    [warned] = rules.warnings(studies, mine=Mine(), workload=None)
    assert (warned.problem, warned.study.title, warned.about, warned.to) == (Problem.SAME_TERM, "Form", "Tall", H27)
