"""The page «Can I get in?» of a module and of a course. Nobody need sign in; the answers stand in the address."""

from collections.abc import Sequence

from flask import render_template, request, url_for

from catalog.eligibility import answers as answering
from catalog.eligibility import applying, filling, needs, queries, rules, words
from catalog.eligibility.values import Answers, Line
from catalog.guide.queries import required_credits
from catalog.offers import queries as offers
from catalog.offers.models import Course, Module
from catalog.offers.sentences import title_of
from catalog.pages import pages
from config import page_cache
from config.clock import today
from config.errors import NotFound
from config.languages import _


@pages.get("/modules/<institution>/<slug>/entry")
def module_entry(institution, slug):
    """What a module asks for, and whether one has it."""
    found = offers.published_module(institution, slug)
    if found is None:
        raise NotFound(_("There is no such module, or it is not published."))
    return _page(found.module, [found.module], title_of(found.module), url_for("catalog.module", institution=institution, slug=slug))


@pages.get("/courses/<institution>/<slug>/entry")
def course_entry(institution, slug):
    """The same for each module of a course, where one module may give what the next asks for."""
    found = offers.published_course(institution, slug)
    if found is None:
        raise NotFound(_("There is no such course, or it is not published."))
    return _page(found, found.modules, found.title, url_for("catalog.course", institution=institution, slug=slug))


def _page(thing: Course | Module, modules: Sequence[Module], title: str, back: str):
    subjects, known = needs.subjects(modules), needs.named_modules(modules)
    form = answering.read(request.args, subjects, {str(one.uuid) for one in known})
    answers, on = form.values["answers"], today()
    judged = [(module, _judged(module, modules, answers)) for module in modules]
    every = [line for _module, lines in judged for line in lines]
    lacking = rules.lacking(every)
    if not answers.sent:
        page_cache.keep()
    shown = render_template(
        "eligibility/entry.html",
        thing=thing, modules=modules, title=title, back=back, form=form, answers=answers, judged=judged, whole=rules.whole(every),
        subjects=subjects, known=known, asks_teaching=any(module.must_teach for module in modules), words_of=words, lacking=lacking,
        fillings=_fillings(lacking, modules, answers) if answers.sent and form.ok else [],
        required=_required(modules, answers), on=on, written=answering.written(answers),
    )  # fmt: skip
    return shown, 200 if form.ok else 422


def _judged(module: Module, modules: Sequence[Module], answers: Answers) -> list[Line]:
    on = today()
    siblings = {str(one.uuid) for one in modules if one is not module}
    return rules.judge(needs.of_module(module, round_source=applying.source(on)), answers, may_apply=applying.may_apply(on), on_the_way=siblings)


def _fillings(lacking: list[Line], modules: Sequence[Module], answers: Answers) -> list[filling.Filling]:
    asked = {True: [], False: []}
    for line in lacking:
        asked[line.need.credits is not None and line.missing is not None].append(line.need.of)
    candidates = queries.could_fill(asked[True], asked[False], today())
    return filling.best(lacking, candidates, answers, today(), without={module.id for module in modules})


def _required(modules: Sequence[Module], answers: Answers) -> str:
    """What the level one teaches at requires in the subject; empty where nobody has said it."""
    subject = next((module.subject for module in modules if module.subject), None)
    if subject is None or answers.level is None:
        return ""
    required = required_credits(subject.code, answers.level, today())
    return words.required_of_a_teacher(subject.name, required, answers.credits.get(subject.code)) if required else ""
