"""What a provider tells of a person, in our words. Everything here comes from outside, so nothing is taken for granted.

Feide: https://docs.feide.no (userinfo and the groups API). ID-porten: https://docs.digdir.no (it tells neither name nor e-mail, and
a national identity number that is never kept).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FEIDE, ID_PORTEN = "feide", "idporten"
LANGUAGES = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
# Substantial or high; Level3 and Level4 are the older names of the same.
SURE_ENOUGH = {"idporten-loa-substantial", "idporten-loa-high", "Level3", "Level4"}
WORKS_THERE = {"employee", "faculty"}
UNIT = re.compile(r":unit:NO([0-9]{9})$")


@dataclass(frozen=True)
class Known:
    """A person as one provider knows them. Issuer and subject together are who they are; the rest may be missing.

    `schools` holds the organisation numbers of the schools where the person works; None where the provider did not say.
    """

    issuer: str
    subject: str
    name: str = ""
    email: str | None = None
    language: str | None = None
    schools: frozenset[str] | None = None


def known_from(issuer: str, claims: Mapping[str, Any], groups: object = None) -> Known:
    """Reads the claims of ID token and userinfo, and the answer of Feide's groups API where it was asked."""
    return Known(
        issuer=issuer,
        subject=claims["sub"],
        name=_line(claims.get("name"), 200),
        email=_email(claims.get("email")),
        language=LANGUAGES.get(_line(claims.get("locale"), 10)[:2].lower()),
        schools=None if groups is None else schools_in(groups),
    )


def is_sure_enough(profile: str, claims: Mapping[str, Any]) -> bool:
    """ID-porten says how surely it knows the person; less than substantial is refused."""
    return profile != ID_PORTEN or claims.get("acr") in SURE_ENOUGH


def schools_in(groups: object) -> frozenset[str]:
    """Organisation numbers of the schools where a person works: units of an organisation whose employee they are (a pupil is none)."""
    employers = {group.get("id") for group in _organisations(groups) if not group.get("parent") and _works_in(group)}
    units = [group for group in _organisations(groups) if group.get("parent") in employers]
    found = [UNIT.search(_line(unit.get("id"), 200)) for unit in units]
    return frozenset(match[1] for match in found if match)


def _organisations(groups: object) -> Iterator[Mapping[str, Any]]:
    for group in groups if isinstance(groups, list) else ():
        if isinstance(group, Mapping) and group.get("type") == "fc:org" and isinstance(group.get("parent"), str | None):
            yield group


def _works_in(group: Mapping[str, Any]) -> bool:
    membership = group.get("membership")
    affiliation = membership.get("affiliation") if isinstance(membership, Mapping) else None
    named = affiliation if isinstance(affiliation, list) else [affiliation]
    return any(one in WORKS_THERE for one in named if isinstance(one, str))


def _line(value: object, most: int) -> str:
    """One printable line, whatever was told."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:most] if isinstance(value, str) else ""


def _email(value: object) -> str | None:
    line = _line(value, 254)
    return line if re.fullmatch(r"[^@\s]+@[^@\s]+", line) else None
