"""ELMO files: written, signed, changed, and bad ones."""

import gzip
from dataclasses import dataclass

from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from enrolment.signing import making
from tests.factories import MONDAY

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"


@dataclass(frozen=True)
class Signer:
    private: str
    certificate: str


def signer(name: str = "Vitnemålsportalen") -> Signer:
    private, _public, certificate = making.new_key(name, "test", MONDAY)
    return Signer(private, certificate)


def study(code: str, credits: str | None = "15", status: str = "passed", *parts: str, title: str | None = None, scheme: str = "ects", label: str = "B") -> str:
    credit = f"<credit><scheme>{scheme}</scheme><value>{credits}</value></credit>" if credits else ""
    inside = "".join(f"<hasPart>{part}</hasPart>" for part in parts)
    return (
        f'<learningOpportunitySpecification><identifier type="local">{code}</identifier><title xml:lang="nb">{title or f"Emne {code}"}</title>'
        f"<specifies><learningOpportunityInstance><date>2012-06-15</date><status>{status}</status><resultLabel>{label}</resultLabel>{credit}"
        f"</learningOpportunityInstance></specifies>{inside}</learningOpportunitySpecification>"
    )


def file(*studies: str, given: str = "Lars", family: str = "Lærer", issuer: str = "Universitetet i Oslo", domain: str = "uio.no", before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<elmo xmlns="{NAMESPACE}"><generatedDate>2026-11-20T10:00:00+01:00</generatedDate>'
        f"<learner><givenNames>{given}</givenNames><familyName>{family}</familyName></learner><report><issuer><country>NO</country>"
        f'<identifier type="schac">{domain}</identifier><title xml:lang="nb">{issuer}</title><url>https://{domain}/</url></issuer>'
        f"{''.join(studies)}<issueDate>2026-11-20T10:00:00+01:00</issueDate></report></elmo>"
    ).encode()


def signed(content: bytes, by: Signer) -> bytes:
    root = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0).sign(etree.fromstring(content), key=by.private, cert=by.certificate)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def wrapped(content: bytes, extra: str) -> bytes:
    """The signed root moved into another, with something unsigned beside it (signature wrapping)."""
    inner = content.partition(b"?>")[2].decode()
    return f'<elmo xmlns="{NAMESPACE}"><learner><givenNames>Lars</givenNames><familyName>Lærer</familyName></learner><report>{extra}</report>{inner}</elmo>'.encode()


def with_entity() -> bytes:
    return file(study("A", title="&who;"), before='<!DOCTYPE elmo [<!ENTITY who SYSTEM "file:///etc/passwd">]>')


def bomb() -> bytes:
    steps = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    return file(study("A", title="&a9;"), before=f'<!DOCTYPE elmo [<!ENTITY a0 "ha">{steps}]>')


def packed_bomb() -> bytes:
    return gzip.compress(bytes(200 * 1024 * 1024), 9)
