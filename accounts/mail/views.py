"""How one wants to be told; and for the national authority the mail log and what each e-mail looks like."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from marshmallow import fields, validate

from accounts import queries as people
from accounts import wording
from accounts.guard import acting_as, current_actor, signed_in
from accounts.mail import queries, services, topics, words
from accounts.mail.lifecycle import How, Post
from accounts.models import Message, Person, Role
from config.clock import now
from config.forms import Form, Schema, blank_form, read_form, read_query
from config.languages import LANGUAGES, _, _l, in_language, language

pages = Blueprint("mail", __name__)


class LogSchema(Schema):
    state = fields.Enum(Post, by_value=True, load_default=None)
    person = fields.UUID(load_default=None)


class PreviewSchema(Schema):
    kind = fields.String(load_default=None, validate=validate.Length(max=60, error=_l("This is too long: at most {max} characters.")))
    language = fields.String(load_default=None, validate=validate.OneOf(list(LANGUAGES), error=_l("Choose from the list.")))


class Named(dict):
    """The facts of a message that nobody has been sent: each stands for itself."""

    def get(self, name, default=None):
        return f"[{name}]"

    def __missing__(self, name):
        return f"[{name}]"


class Counted(dict):
    """The same where all facts are numbers."""

    def get(self, name, default=None):
        return "2"

    def __missing__(self, name):
        return "2"


@pages.get("/me/mail")
@signed_in
def choices():
    """What comes by e-mail, at once or once a day, and what only stands here."""
    chosen = queries.choice_rows(current_actor().person_id)
    known = {topic.code: (chosen[topic.code].how if topic.code in chosen else topic.usual) for topic in topics.all_topics()}
    return _choices_page(blank_form(**{code: how.value for code, how in known.items()}))


@pages.post("/me/mail")
@signed_in
def choose():
    form = read_form(_choices_schema())
    if not form.ok:
        return _choices_page(form), 422
    services.choose(form.values, actor=current_actor())
    flash(_("It is saved how you want to be told."), "good")
    return redirect(url_for(".choices"))


def _choices_schema() -> Schema:
    shape = {topic.code: fields.Enum(How, by_value=True, required=True) for topic in topics.all_topics()}
    return Schema.from_dict(shape)()


def _choices_page(form: Form) -> str:
    person = people.person(current_actor().person_id)
    return render_template("mail/choices.html", form=form, topics=topics.all_topics(), hows=list(How), words=words, person=person, can_send=can_send())


def can_send() -> bool:
    """Whether e-mail can be sent from here at all."""
    return current_app.config["SETTINGS"].mail is not None


@pages.get("/national/mail")
@acting_as(Role.AUTHORITY)
def log():
    """The mail log: what sort of message, how it went, why not. No names, no addresses, nothing of what was said."""
    asked = read_query(LogSchema())
    return render_template(
        "mail/log.html", rows=queries.log(**asked), counts=queries.counts(), asked=asked, states=list(Post), words=words, topics=topics,
        can_send=can_send(),
    )  # fmt: skip


@pages.get("/national/mail/preview")
@acting_as(Role.AUTHORITY)
def preview():
    """What an e-mail of a kind looks like, with the names of its facts in their place."""
    asked, kinds = read_query(PreviewSchema()), sorted(wording.kinds(current_app))
    kind = asked["kind"] if asked["kind"] in kinds else kinds[0]
    spoken = asked["language"] or language()
    return render_template(
        "mail/preview.html", kind=kind, kinds=[(one, f"{topics.topic_of(one).label}: {one}") for one in kinds], spoken=spoken, text=_sample(kind, spoken),
        topic=topics.topic_of(kind), words=words,
    )  # fmt: skip


def _sample(kind: str, spoken: str) -> words.Text:
    site = request.host_url.rstrip("/")
    with in_language(spoken):
        person = Person(name="Kari Nordmann")
        for facts in (Named(), Counted(), {}):
            try:
                return words.of_one(Message(kind=kind, facts=facts, address="/me/messages", at=now()), person, site)
            except (ValueError, ArithmeticError):  # a fact that is counted with, or a day
                continue
        return words.of_one(Message(kind="", facts={}, address="/me/messages", at=now()), person, site)
