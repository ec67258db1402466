"""Reading an ELMO file: no document type, no entity, nothing fetched, and no more than so much of it."""

import re
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from catalog.values import exact
from config.errors import BadInput
from config.languages import _
from enrolment.elmo.values import Node, Report

NAMESPACE = "{https://github.com/emrex-eu/elmo-schemas/tree/v1}"
MOST_BYTES = 5 * 1024 * 1024  # unpacked; a whole degree is some 100 kB
MOST_STUDIES = 1000
GZIP = b"\x1f\x8b"
DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)  # found before it is read, and once more afterwards, whatever its encoding


def parse(content: bytes, name: str):
    """The root of a file, packed (gzip) or not. Raises BadInput, naming the file."""
    from lxml import etree

    content = _unpacked(content, name)
    if DECLARES.search(content):
        raise BadInput(_("“%(name)s” declares a document type or entities, which no ELMO file needs. It is not read.", name=name))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(_("“%(name)s” is not XML, or is damaged.", name=name)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadInput(_("“%(name)s” declares a document type or entities, which no ELMO file needs. It is not read.", name=name))
    return root


def _unpacked(content: bytes, name: str) -> bytes:
    if content.startswith(GZIP):
        content = _inflated(content, name)
    if not content.strip():
        raise BadInput(_("“%(name)s” is empty.", name=name))
    if len(content) > MOST_BYTES:
        raise BadInput(_("“%(name)s” is larger than any list of results: %(most)d MB is the most.", name=name, most=MOST_BYTES >> 20))
    return content


def _inflated(content: bytes, name: str) -> bytes:
    """At most one byte more than may be."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MOST_BYTES + 1)
    except zlib.error:
        raise BadInput(_("“%(name)s” is not XML, or is damaged.", name=name)) from None


def learner(root) -> tuple[str, str]:
    """Given names and family name."""
    return tuple(_text(root, f"learner/{part}") for part in ("givenNames", "familyName"))


def reports(root, name: str) -> list[Report]:
    """What each issuer tells. Raises BadInput where the file is something else, or too long."""
    if root.tag != f"{NAMESPACE}elmo":
        raise BadInput(_("“%(name)s” is not an ELMO file. Fetch your results from Vitnemålsportalen or an EMREX provider as ELMO.", name=name))
    if sum(1 for _one in root.iter(f"{NAMESPACE}learningOpportunitySpecification")) > MOST_STUDIES:
        raise BadInput(_("“%(name)s” has more than %(most)d studies.", name=name, most=MOST_STUDIES))
    return [_report(one) for one in root.findall(f"{NAMESPACE}report")]


def _report(report) -> Report:
    issuer = report.find(f"{NAMESPACE}issuer")
    if issuer is None:
        return Report("", {}, "", tuple(_nodes(report)))
    identifiers = {one.get("type", ""): _line(one.text) for one in issuer.findall(f"{NAMESPACE}identifier")}
    return Report(_titled(issuer), identifiers, _text(issuer, "country"), tuple(_nodes(report)))


def _nodes(parent) -> Iterator[Node]:
    for one in parent.findall(f"{NAMESPACE}learningOpportunitySpecification"):
        run = one.find(f"{NAMESPACE}specifies/{NAMESPACE}learningOpportunityInstance")
        codes = {code.get("type", ""): _line(code.text) for code in one.findall(f"{NAMESPACE}identifier")}
        yield Node(
            title=_titled(one)[:200] or "?",
            code=(codes.get("local") or next(iter(codes.values()), ""))[:60],
            status=_text(run, "status"),
            credits=_credits(run),
            finished_on=_day(_text(run, "date")),
            label=_text(run, "resultLabel")[:40],
            parts=tuple(part for has in one.findall(f"{NAMESPACE}hasPart") for part in _nodes(has)),
        )


def _titled(parent) -> str:
    """In bokmål or nynorsk where there is one, else the first."""
    titles = {one.get("{http://www.w3.org/XML/1998/namespace}lang", ""): _line(one.text) for one in parent.findall(f"{NAMESPACE}title")}
    return next((titles[tongue] for tongue in ("nb", "nn", "no", "en") if titles.get(tongue)), next(iter(titles.values()), ""))


def _text(parent, path: str) -> str:
    if parent is None:
        return ""
    found = parent.find("/".join(f"{NAMESPACE}{part}" for part in path.split("/")))
    return _line(found.text) if found is not None else ""


def _line(text: str | None) -> str:
    """One line of what can be shown."""
    return "".join(sign for sign in " ".join((text or "").split()) if sign.isprintable())[:400]


def _credits(run) -> Decimal | None:
    """ECTS alone; other schemes are not reckoned over."""
    for credit in run.findall(f"{NAMESPACE}credit") if run is not None else ():
        if _text(credit, "scheme").lower() == "ects":
            try:
                value = exact(_text(credit, "value"))
                return value if value.is_finite() else None
            except ValueError:
                return None
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
