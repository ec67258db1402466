"""The answers as they stand in the address, so that nothing is kept of anybody who has not signed in."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from catalog.eligibility.values import Answers, Education, Work
from catalog.values import Band
from catalog.values import credits as exact
from config.forms import Form
from config.languages import _

CREDITS = "credits-"  # before the code of the subject
TEACHES = {"yes": True, "no": False}


def read(sent: MultiDict, subjects: Collection[str], modules: Collection[str]) -> Form:
    """Reads an address. What nobody knows is no answer; credits that cannot be are refused at their box. `values["answers"]` where all is well."""
    form = Form(raw=sent)
    credits = {code: number for code in subjects if (number := _credits(form, f"{CREDITS}{code}")) is not None}
    form.values["answers"] = Answers(
        education=_one_of(Education, sent.get("education")), work=_one_of(Work, sent.get("work")), level=_one_of(Band, sent.get("level")),
        teaches=TEACHES.get(sent.get("teaches", "")), credits=credits, done=frozenset(sent.getlist("done")) & frozenset(modules), sent=bool(sent),
    )  # fmt: skip
    return form


def _one_of(kind: type[StrEnum], sent: str | None):
    return kind(sent) if sent in set(kind) else None


def _credits(form: Form, name: str) -> Decimal | None:
    typed = form.typed(name).strip()
    if not typed:
        return None
    try:
        return exact(typed)
    except ValueError:
        form.refuse(name, _("Credits are whole or halves, such as 15 or 7.5, and at most 300."))
        return None


def written(answers: Answers) -> Mapping[str, str | list[str]]:
    """The answers as the pairs of an address; the same as they were read from."""
    known = {"education": answers.education, "work": answers.work, "level": answers.level}
    pairs: dict[str, str | list[str]] = {name: value.value for name, value in known.items() if value}
    if answers.teaches is not None:
        pairs["teaches"] = "yes" if answers.teaches else "no"
    pairs |= {f"{CREDITS}{code}": f"{number.normalize():f}" for code, number in answers.credits.items()}
    return pairs | ({"done": sorted(answers.done)} if answers.done else {})
