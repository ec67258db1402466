"""What the words of a file are looked up in: the owner's schools, the subjects, the levels; each answer is a thing or a sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from catalog import values
from catalog.importing.grades import understand_level
from catalog.subjects.models import Subject
from catalog.values import Band
from config.languages import _
from enrolment.schools.models import School
from enrolment.staff.rules import is_national_identity_number


class Unknown(Exception):
    """What could not be understood; the sentence says why."""


@dataclass(frozen=True)
class Known:
    """An owner's schools by number and by name, whose the others are by number, and the subjects by every word for them."""

    schools: dict[str, School]
    others: dict[str, str]
    subjects: dict[str, int]
    prefixes: dict[str, int] = field(default_factory=dict)

    def school(self, said: str) -> int:
        """Raises Unknown, also for a school of another owner."""
        word = _plain(said)
        number = re.sub(r"\s", "", word)
        found = self.schools.get(number) or self.schools.get(word)
        if found is not None:
            return found.organisation_id
        if number in self.others:
            raise Unknown(_("The school “%(school)s” belongs to %(owner)s, not to you.", school=said[:80], owner=self.others[number]))
        raise Unknown(_("You have no school called “%(school)s”. Write its organisation number, or its name as it stands here.", school=said[:80]))

    def subject(self, said: str) -> int:
        """By code, by name in any language, or by the curriculum's code with or without its version."""
        word = _plain(said)
        found = self.subjects.get(word) or self.subjects.get(word.partition("-")[0]) or self.prefixes.get(_letters(word))
        if found is None:
            raise Unknown(_("“%(subject)s” is not a subject that Seksti knows.", subject=said[:80]))
        return found


def known(own: Iterable[School], others: Iterable[tuple[str, str]], subjects: Iterable[Subject]) -> Known:
    schools: dict[str, School | None] = {}
    for school in own:
        for word in filter(None, (school.organisation.number, _plain(school.organisation.name))):
            schools[word] = None if word in schools else school  # two schools of one name are told apart by number alone
    by_word, prefixes = _words(subjects)
    return Known({word: school for word, school in schools.items() if school}, dict(others), by_word, prefixes)


def _words(subjects: Iterable[Subject]) -> tuple[dict[str, int], dict[str, int]]:
    by_word: dict[str, int] = {}
    prefixes: dict[str, int] = {}
    for subject in subjects:
        grep = _plain(subject.grep_code or "")
        for word in filter(None, (subject.code, subject.name_nb, subject.name_nn, subject.name_en, subject.name_se, grep, grep.partition("-")[0])):
            by_word.setdefault(_plain(word), subject.id)
        if grep:
            prefixes.setdefault(_letters(grep), subject.id)
    return by_word, prefixes


def _letters(code: str) -> str:
    """«mat» of «mat1015» and «mat01-05»; empty where it is no code."""
    found = re.fullmatch(r"([a-zæøå]{3})\d{2,4}(-\d{2})?", code)
    return found[1] if found else ""


def _plain(said: str) -> str:
    return " ".join(said.split()).lower()


def band(said: str) -> Band:
    """One of the three bands: «1-7», «8–10», «vg», «barnetrinn». Raises Unknown for none, and for several."""
    word = _plain(said).replace("–", "-")
    if word in list(Band):
        return Band(word)
    bands = understand_level(said).grades.bands
    if len(bands) != 1:
        raise Unknown(_("“%(level)s” is not one level. Write 1-7, 8-10 or vg, one row for each.", level=said[:40]))
    return bands[0]


def credits(said: str) -> Decimal | None:
    """Halves from nought up; empty is not stated. Raises Unknown."""
    if not said.strip():
        return None
    try:
        return values.credits(said)
    except ValueError:
        raise Unknown(_("“%(credits)s” is not a number of credits. Write 30 or 7.5, 0 for none, or leave it empty where it is not known.", credits=said[:40])) from None


def reference(said: str) -> str:
    """Raises Unknown for none, and for a national identity number."""
    word = " ".join(said.split())
    if not word:
        raise Unknown(_("The row does not say who it is. Write a staff number, a Feide name or an e-mail address in “reference”."))
    if is_national_identity_number(word):
        raise Unknown(_("The reference is a national identity number, which Seksti does not keep. Write a staff number instead."))
    if len(word) > 120:
        raise Unknown(_("The reference is too long: at most %(most)s characters.", most=120))
    return word
