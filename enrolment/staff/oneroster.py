"""A OneRoster archive (1.1 or 1.2, CSV in a zip): who teaches at which of an owner's schools, and what, where classes say so.

Only the columns that are named here are read. `users.identifier`, which some systems fill with the national identity number, and passwords are
never looked at. Pupils and parents are passed over. https://www.imsglobal.org/oneroster-v11-final-csv-tables
"""

import csv
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from catalog.importing import archives
from catalog.values import Grades
from config.errors import BadInput
from config.languages import _
from enrolment.staff import known as words
from enrolment.staff.known import Known, Unknown
from enrolment.staff.reading import Read
from enrolment.staff.values import Row

MOST_UNPACKED = 64 << 20  # bytes of all the files that are read
MOST_PARTS = 60  # files; the standard knows 23
READ = {
    "orgs.csv": ("sourcedId", "status", "name", "type", "identifier"),
    "users.csv": ("sourcedId", "status", "enabledUser", "orgSourcedIds", "role", "userIds", "givenName", "familyName", "primaryOrgSourcedId"),
    "roles.csv": ("status", "userSourcedId", "role", "orgSourcedId"),
    "courses.csv": ("sourcedId", "status", "grades", "subjects", "subjectCodes"),
    "classes.csv": ("sourcedId", "status", "title", "grades", "courseSourcedId", "schoolSourcedId", "subjects", "subjectCodes"),
    "enrollments.csv": ("status", "classSourcedId", "userSourcedId", "role"),
}
NEEDED = ("orgs.csv", "users.csv")
Rows = list[dict[str, str]]


def read_archive(file: BinaryIO, name: str, known: Known) -> Read:
    """Raises BadInput, naming the file and the part of it, where it cannot be used at all."""
    parts = _parts(file, name)
    read = Read()
    schools = {row["sourcedId"]: row for row in parts["orgs.csv"] if row["type"].lower() == "school" and _goes_on(row)}
    taught = _taught(parts, known, read)
    for where, user, places in _teachers(parts):
        theirs = taught.get(user["sourcedId"], [])
        at = dict.fromkeys([*places, *(place for place, _subject, _grades in theirs)])  # who is placed at the municipality teaches where the classes are
        _take(where, user, [schools[place] for place in at if place in schools], theirs, known, read)
    if not read.rows and not read.refused:
        raise BadInput(_("“%(name)s” names no teacher at any school.", name=name))
    if not any(row.subject for row in read.rows):
        read.remarks.append(_("The file does not say what anybody teaches. Add that here, school by school, or send a spreadsheet."))
    return read


def _parts(file: BinaryIO, name: str) -> dict[str, Rows]:
    told = archives.directory(file)
    if told and (told[0] > MOST_PARTS or told[1] > archives.MOST_DIRECTORY):
        raise _too_much(name)
    try:
        with zipfile.ZipFile(file) as archive:
            return _read_all(archive, name)
    except archives.UNREADABLE as error:
        raise BadInput(_("“%(name)s” is not a OneRoster archive: a zip with orgs.csv and users.csv.", name=name)) from error


def _read_all(archive: zipfile.ZipFile, name: str) -> dict[str, Rows]:
    found = {info.filename.rpartition("/")[2].lower(): info for info in archive.infolist()}
    if missing := [part for part in NEEDED if part not in found]:
        raise BadInput(_("“%(name)s” is not a OneRoster archive: it lacks %(parts)s.", name=name, parts=", ".join(missing)))
    wanted = {part: found[part] for part in READ if part in found}
    if len(archive.infolist()) > MOST_PARTS or sum(info.file_size for info in wanted.values()) > MOST_UNPACKED:
        raise _too_much(name)
    return {part: _table(archive, wanted[part], part, name) if part in wanted else [] for part in READ}


def _too_much(name: str) -> BadInput:
    return BadInput(_("“%(name)s” unpacks to more than a staff register needs: %(most)d MB is the most.", name=name, most=MOST_UNPACKED >> 20))


def _table(archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: str, name: str) -> Rows:
    """The columns we use, whatever their order and case; unknown ones are passed over."""
    with archive.open(info) as packed:
        content = packed.read(info.file_size + 1)
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        headers = [header.strip().lower() for header in next(reader, [])]
        places = {column: headers.index(column.lower()) for column in READ[part] if column.lower() in headers}
        if READ[part][0] not in places:
            raise BadInput(_("“%(part)s” in “%(name)s” lacks the column %(column)s.", part=part, name=name, column=READ[part][0]))
        return [{column: row[place].strip() if (place := places.get(column, -1)) in range(len(row)) else "" for column in READ[part]} for row in reader if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(_("“%(part)s” in “%(name)s” is not a table in UTF-8.", part=part, name=name)) from error


def _goes_on(row: dict[str, str]) -> bool:
    return row["status"].lower() != "tobedeleted"


def _teachers(parts: dict[str, Rows]) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Each teacher with where they stand in the file and the organisations they teach at: by roles.csv (1.2), else by users.csv (1.1)."""
    by_role: dict[str, list[str]] = defaultdict(list)
    for row in parts["roles.csv"]:
        if row["role"].lower() == "teacher" and _goes_on(row):
            by_role[row["userSourcedId"]].append(row["orgSourcedId"])
    for line, user in enumerate(parts["users.csv"], start=2):
        first = user["role"].lower() == "teacher"
        places = by_role.get(user["sourcedId"]) or (_several(user["orgSourcedIds"]) or [user["primaryOrgSourcedId"]] if first else [])
        if places and _goes_on(user) and user["enabledUser"].lower() != "false":
            yield _("users.csv, line %(line)d", line=line), user, list(dict.fromkeys(places))


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",") if one.strip()]


def _taught(parts: dict[str, Rows], known: Known, read: Read) -> dict[str, list[tuple[str, int, Grades]]]:
    """By user: the organisation, subject and grades of each class they teach. Classes that cannot be understood are counted in a remark."""
    classes, unclear = _classes(parts, known)
    taught: dict[str, list[tuple[str, int, Grades]]] = defaultdict(list)
    for row in parts["enrollments.csv"]:
        if row["role"].lower() == "teacher" and _goes_on(row) and row["classSourcedId"] in classes:
            taught[row["userSourcedId"]].append(classes[row["classSourcedId"]])
    if unclear:
        most = ", ".join(_("“%(text)s”", text=said) for said, _many in unclear.most_common(6))
        read.remarks.append(_("%(classes)s classes are passed over, since their subject or grades are not known here: %(subjects)s.", classes=unclear.total(), subjects=most))
    return taught


def _classes(parts: dict[str, Rows], known: Known) -> tuple[dict[str, tuple[str, int, Grades]], Counter]:
    courses = {row["sourcedId"]: row for row in parts["courses.csv"]}
    found, unclear = {}, Counter()
    for row in filter(_goes_on, parts["classes.csv"]):
        course = courses.get(row["courseSourcedId"], {})
        said = [word for source in (row, course) for column in ("subjectCodes", "subjects") for word in _several(source.get(column, ""))]
        subject = next((key for word in said if (key := _subject(word, known))), None)
        grades = _grades(row["grades"] or course.get("grades", ""))
        if subject is None or not grades.bands:
            unclear[(said[0] if said and subject is None else row["title"])[:40]] += 1
        else:
            found[row["sourcedId"]] = (row["schoolSourcedId"], subject, grades)
    return found, unclear


def _subject(word: str, known: Known) -> int | None:
    try:
        return known.subject(word)
    except Unknown:
        return None


def _grades(cell: str) -> Grades:
    """Grades 1 to 13, as the standard writes them: 07, 7, 13; what is outside is passed over."""
    return Grades.of(int(word) for word in _several(cell) if re.fullmatch(r"\d{1,2}", word) and 1 <= int(word) <= 13)


def _take(where: str, user: dict, schools: list[dict], taught: list, known: Known, read: Read) -> None:
    name = " ".join(f"{user['givenName']} {user['familyName']}".split())[:120] or user["sourcedId"][:120]
    if not schools:
        read.refused.append((where, name, _("The file says of no school that this teacher works there.")))
    for school in schools:
        try:
            reference = words.reference(_feide(user["userIds"]) or user["sourcedId"])
            at = known.school(school["identifier"] or school["name"])
        except Unknown as why:
            read.refused.append((where, name, str(why)))
            continue
        here = {(subject, band) for place, subject, grades in taught if place == school["sourcedId"] for band in grades.bands}
        read.rows += [Row(reference, name, at, subject, band) for subject, band in sorted(here)] or [Row(reference, name, at)]


def _feide(user_ids: str) -> str:
    """The Feide name among the identifiers of a user, «{Feide:kari@sandnes.kommune.no}»."""
    found = re.search(r"\{\s*feide\s*:\s*([^}\s]+)\s*\}", user_ids, re.IGNORECASE)
    return found[1] if found else ""
