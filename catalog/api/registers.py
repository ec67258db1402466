"""What the catalogue shows of its registers: institutions, regions and subjects, each fact dated and with its source."""

from flask import url_for
from marshmallow import fields

from catalog.api.schemas import InOrder, InstitutionNamed, day, grades, maybe, one_of, text, told, whole
from catalog.publishing.fields import Credits
from catalog.subjects.models import SubjectKind
from catalog.values import Band, VolumeRule
from config.api.shapes import Name, Names, Shown
from config.clock import today


class Dated(Shown):
    """A fact with its validity, its source, and whether that confirms it."""

    valid_from = day()
    valid_to = day()
    source = text()
    confirmed = fields.Boolean()


class Institution(InstitutionNamed):
    """A university or university college, of today or of the past."""

    short_name = text()
    number = maybe(attribute="organisation.number")
    dbh_code = maybe()
    type = text()
    domain = maybe()
    historic = fields.Boolean()
    successor_code = maybe()
    source = text()
    confirmed = fields.Boolean()
    address = told(lambda one: url_for("catalog.institution", code=one.code))


class CountyIn(Dated):
    code = text(attribute="county.code")
    name = fields.Nested(Name, attribute="county")


class InstitutionIn(Dated):
    code = text(attribute="institution.code")


class Region(Shown):
    """A teacher-education region: dated sets of counties and institutions."""

    uuid = fields.UUID(attribute="organisation.uuid")
    code = text()
    name = Names()
    source = text()
    confirmed = fields.Boolean()
    counties = InOrder(fields.Nested(CountyIn))
    institutions = InOrder(fields.Nested(InstitutionIn))
    address = told(lambda one: url_for("catalog.region", code=one.code))


class Requirement(Dated):
    """The credits a teacher should hold to teach a subject in a band of grades."""

    band = one_of(Band)
    credits = Credits()


class Priority(Dated):
    """That a subject is in a priority group of the national strategy."""

    group = whole(attribute="group.number")
    name = fields.Nested(Name, attribute="group")
    volume_rule = told(lambda row: row.group.rule_on(today()).value, enum=[rule.value for rule in VolumeRule])
    quotation = text(attribute="group.quotation")


class Subject(Shown):
    """A subject or an area, what it requires of a teacher, and whether it is a priority."""

    code = text()
    name = Names()
    kind = one_of(SubjectKind)
    grep_code = maybe()
    grades = grades()
    source = text()
    note = maybe()
    requirements = InOrder(fields.Nested(Requirement))
    priorities = InOrder(fields.Nested(Priority))
