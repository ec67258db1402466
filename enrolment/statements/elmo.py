"""A statement as ELMO (EMREX, schema 1.7): one report for each institution, of the results it has recorded here.

It is an overview of courses and no diploma. Earlier education is left out: those who verified it are not those who gave it.
"""

from datetime import datetime
from itertools import groupby

from catalog.institutions.models import Institution
from config.clock import HOME
from enrolment.results import words as result_words
from enrolment.signing import services
from enrolment.statements.models import Statement, StatementLine
from enrolment.statements.values import Voucher, figure

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRADES, PASS = "a-f", "pass-fail"
SCHEMES = {GRADES: "A–F, der F er ikke bestått", PASS: "Bestått / ikke bestått"}


def lines_of(statement: Statement) -> list[StatementLine]:
    """Those that can stand in the file, by institution."""
    held = [line for line in statement.standing_lines if line.voucher is Voucher.INSTITUTION]
    return sorted(held, key=lambda line: (_institution(line).code, line.id))


def _institution(line: StatementLine) -> Institution:
    return line.result.enrolment.module.institution


def written(statement: Statement, *, at: datetime, page) -> bytes:
    """The file, signed by Seksti where it has a key. `page`: the address of an institution's or a module's page here."""
    from lxml import etree

    root = etree.Element("elmo", nsmap={None: NAMESPACE})
    _add(root, "generatedDate", _moment(at))
    _learner(_add(root, "learner"), statement.holder)
    for institution, lines in groupby(lines_of(statement), key=_institution):
        _report(_add(root, "report"), institution, list(lines), statement, page)
    tree = etree.fromstring(etree.tostring(root))  # in the namespace, as it will be read
    return etree.tostring(_signed(tree), xml_declaration=True, encoding="UTF-8")


def _add(parent, name: str, text: str | None = None, **attributes: str):
    from lxml import etree

    child = etree.SubElement(parent, name, attributes)
    child.text = text
    return child


def _moment(at: datetime) -> str:
    return at.astimezone(HOME).isoformat(timespec="seconds")


def _learner(learner, name: str) -> None:
    """The last word of a name is taken as the family name; ELMO asks for two."""
    given, _space, family = name.rpartition(" ")
    _add(learner, "givenNames", given or family)
    _add(learner, "familyName", family if given else "")


def _report(report, institution: Institution, lines: list[StatementLine], statement: Statement, page) -> None:
    _issuer(_add(report, "issuer"), institution, page)
    for line in lines:
        _study(_add(report, "learningOpportunitySpecification"), line, page)
    _add(report, "issueDate", _moment(statement.made_at))
    for scheme in dict.fromkeys(_scheme(line) for line in lines if line.mark):
        _lang(_add(_add(report, "gradingScheme", localId=scheme), "description", SCHEMES[scheme]), "nb")


def _issuer(issuer, institution: Institution, page) -> None:
    _add(issuer, "country", "NO")
    if institution.domain:
        _add(issuer, "identifier", institution.domain, type="schac")
    if institution.organisation.number:
        _add(issuer, "identifier", institution.organisation.number, type="organisasjonsnummer")
    _add(issuer, "identifier", institution.code, type="local")
    for language, name in (("nb", institution.name_nb), ("nn", institution.name_nn), ("en", institution.name_en)):
        if name:
            _lang(_add(issuer, "title", name), language)
    _add(issuer, "url", f"https://{institution.domain}/" if institution.domain else page(institution))


def _lang(element, language: str) -> None:
    element.set(LANG, language)


def _study(study, line: StatementLine, page) -> None:
    module = line.result.enrolment.module
    _add(study, "identifier", module.code or module.slug, type="local")
    title = _add(study, "title", line.title)
    if module.language in ("nb", "nn", "en", "se"):
        _lang(title, module.language)
    _add(study, "type", "Module")
    _add(study, "url", page(module))
    _instance(_add(_add(study, "specifies"), "learningOpportunityInstance"), line)


def _instance(instance, line: StatementLine) -> None:
    run = line.result.enrolment.offering
    if run.starts_on:
        _add(instance, "start", run.starts_on.isoformat())
    _add(instance, "date", line.finished_on.isoformat())
    _add(instance, "status", "passed")
    if line.mark:
        _add(instance, "gradingSchemeLocalId", _scheme(line))
        _add(instance, "resultLabel", result_words.LABELS.get(line.mark, line.mark.value))
    credit = _add(instance, "credit")
    _add(credit, "scheme", "ects")
    _add(credit, "value", figure(line.credits))
    if run.language or line.result.enrolment.module.language:
        _add(instance, "languageOfInstruction", run.language or line.result.enrolment.module.language)


def _scheme(line: StatementLine) -> str:
    return PASS if line.mark in result_words.LABELS else GRADES


def _signed(root):
    """With an enveloped signature (XML Signature, RSA-SHA256, exclusive canonical form) and the certificate it is checked with."""
    from signxml import CanonicalizationMethod, XMLSigner

    try:
        key, private = services.private_of(None)
    except services.NoKey:
        return root
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    return signer.sign(root, key=private, cert=key.certificate)
