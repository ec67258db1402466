"""Loads the registers of the catalogue. Loading again says «same»; what is general knowledge is kept as not confirmed."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from accounts.models import Organisation, OrganisationKind
from catalog.institutions.models import Institution
from catalog.places.models import County, DistanceRule, GovernorCounty, Municipality, Region, RegionCounty, RegionInstitution
from catalog.subjects.models import ContentBlock, PriorityGroup, Requirement, StudyTarget, Subject, SubjectKind, SubjectPriority
from catalog.synonyms import shipping
from catalog.values import Band, Grades, Tag, VolumeRule
from config.database import db
from config.registers import Keeper, first_day, last_day, rows

FOLDER = Path(__file__).parent
STRATEGY = "Kompetanse for kvalitet. Strategi for etter- og videreutdanning 2012–2015"
VEST_ENDS = date(2025, 12, 31)

# The acts that state the credits required, and until when their text was found to be in force.
REQUIREMENTS = {
    Band.PRIMARY: ("required_sp_barnetrinn", date(2015, 8, 1), "Utdanningsdirektoratet, Udir-3-2015, punkt 2.1"),
    Band.LOWER: ("required_sp_ungdomstrinn", date(2020, 6, 1), "Norsk Lektorlag, June 2020, on the regulation then in force"),
    Band.UPPER: ("required_sp_vgs", date(2020, 6, 1), "Norsk Lektorlag, June 2020, on the regulation then in force"),
}
NEW_ACT = date(2024, 8, 1)
CARRIED = "carried on under the act in force from 1 August 2024, whose paragraph was not found"

KINDS = {
    "skolefag": SubjectKind.SCHOOL,
    "område": SubjectKind.AREA,
    "målgruppe": SubjectKind.TARGET_GROUP,
    "målgruppe/område": SubjectKind.TARGET_GROUP,
    "etterutdanning": SubjectKind.IN_SERVICE,
    "rektorutdanning": SubjectKind.PRINCIPAL,
}


def load() -> dict[str, Counter]:
    """Loads every register in one transaction. Returns what was new, changed and the same, by table."""
    counts: dict[str, Counter] = {}
    counties = _counties(counts)
    _municipalities(counts, counties)
    institutions = _institutions(counts)
    _regions(counts, counties, institutions)
    _governors(counts, counties)
    _associations(counts)
    subjects = _subjects(counts)
    _priorities(counts, subjects)
    _rules(counts, subjects)
    _contents(counts, subjects)
    counts["synonyms"] = shipping.lay()
    db.session.commit()
    return counts


def _counties(counts: dict) -> Keeper:
    keeper = Keeper(County, "code")
    for row in rows(FOLDER / "counties.csv"):
        keeper.keep(
            code=row["fylkesnummer"],
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            name_se=row["name_se"],
            other_names=row["other_names"],
            valid_from=first_day(row["valid_from"]),
            valid_to=last_day(row["valid_to"]),
            successor_codes=row["successor_fylkesnummer"],
            source=row["evidence"],
        )
    db.session.flush()
    counts["counties"] = keeper.counts
    return keeper


def _municipalities(counts: dict, counties: Keeper) -> None:
    keeper = Keeper(Municipality, "code")
    for row in rows(FOLDER / "municipalities.csv"):
        keeper.keep(
            code=row["kommunenummer"],
            name=row["name"],
            official_name=row["official_full_name"],
            parallel_names=row["parallel_names_sami_kven"],
            county_id=counties[row["fylkesnummer"]].id,
            source="Kartverket, Kommuner",
        )
    counts["municipalities"] = keeper.counts


def _institutions(counts: dict) -> Keeper:
    bodies = _organisations(OrganisationKind.INSTITUTION)
    keeper = Keeper(Institution, "code")
    for row in rows(FOLDER / "institutions.csv"):
        body = bodies.keep(kind=OrganisationKind.INSTITUTION, name=row["name_nb"], number=row["orgnr"])
        db.session.flush()
        keeper.keep(
            organisation_id=body.id,
            code=row["short_name"].replace("/", "-"),
            short_name=row["short_name"],
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            name_se=row["name_se"],
            dbh_code=row["dbh_code"],
            type=row["type"],
            domain=row["domain"],
            historic=row["status"] == "historic",
            successor_code=row["successor"],
            source=row["evidence"],
            confirmed="general knowledge" not in row["evidence"],
        )
    counts["institutions"] = keeper.counts
    return keeper


def _organisations(kind: OrganisationKind) -> Keeper:
    keeper = Keeper(Organisation, "name")
    keeper.known = {(row.name,): row for row in db.session.query(Organisation).filter_by(kind=kind)}
    return keeper


def _governors(counts: dict, counties: Keeper) -> None:
    """County governors, and the counties each looks after."""
    bodies, keeper = _organisations(OrganisationKind.GOVERNOR), Keeper(GovernorCounty, "governor_id", "county_id", "valid_from")
    for row in rows(FOLDER / "governors.csv"):
        body = bodies.keep(kind=OrganisationKind.GOVERNOR, name=row["name"])
        db.session.flush()
        for code in row["counties"].split(";"):
            keeper.keep(
                governor_id=body.id, county_id=counties[code].id, valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]),
                source=row["evidence"], confirmed="general knowledge" not in row["evidence"],
            )  # fmt: skip
    counts["county governors"] = keeper.counts


def _associations(counts: dict) -> None:
    """KS, which takes part in the forums of the regions (strategy, roles and duties)."""
    bodies = _organisations(OrganisationKind.ASSOCIATION)
    for row in rows(FOLDER / "associations.csv"):
        bodies.keep(kind=OrganisationKind.ASSOCIATION, name=row["name"])
    db.session.flush()
    counts["associations of school owners"] = bodies.counts


def _regions(counts: dict, counties: Keeper, institutions: Keeper) -> None:
    bodies, keeper = _organisations(OrganisationKind.REGION), Keeper(Region, "code")
    members = Keeper(RegionInstitution, "region_id", "institution_id", "valid_from")
    for row in rows(FOLDER / "regions.csv"):
        body = bodies.keep(kind=OrganisationKind.REGION, name=row["name_nb"])
        db.session.flush()
        confirmed = row["evidence"].startswith("found")
        region = keeper.keep(
            organisation_id=body.id,
            code=row["region_code"],
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            name_se=row["name_se"],
            source=row["evidence"],
            confirmed=confirmed,
        )
        for code in row["institutions_now"].split(";"):
            _member(members, region, institutions[code], first_day(row["valid_from"]), row["evidence"], confirmed)
    db.session.flush()
    counts["regions"], counts["institutions of regions"] = keeper.counts, members.counts
    _region_counties(counts, keeper, counties)


def _member(members: Keeper, region: Region, institution: Institution, since: date, source: str, confirmed: bool) -> None:
    """A membership found in a source is confirmed for the years the source names; what follows is carried on, not confirmed."""
    known = {"region_id": region.organisation_id, "institution_id": institution.organisation_id}
    if not confirmed:
        members.keep(**known, valid_from=since, valid_to=None, source=source, confirmed=False)
        return
    members.keep(**known, valid_from=since, valid_to=VEST_ENDS, source=source, confirmed=True)
    carried = f"carried on after 2025 by Seksti; {source}"
    members.keep(**known, valid_from=date(2026, 1, 1), valid_to=None, source=carried, confirmed=False)


def _region_counties(counts: dict, regions: Keeper, counties: Keeper) -> None:
    keeper = Keeper(RegionCounty, "region_id", "county_id")
    for row in rows(FOLDER / "counties.csv"):
        keeper.keep(
            region_id=regions[row["region_code"]].organisation_id,
            county_id=counties[row["fylkesnummer"]].id,
            valid_from=first_day(row["valid_from"]),
            valid_to=last_day(row["valid_to"]),
            source="general knowledge" + (f"; {row['note']}" if row["note"] else ""),
            confirmed=False,
        )
    counts["counties of regions"] = keeper.counts


def _subjects(counts: dict) -> Keeper:
    keeper = Keeper(Subject, "code")
    for position, row in enumerate(rows(FOLDER / "subjects.csv"), start=1):
        keeper.keep(
            code=row["subject_code"],
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            name_se=row["name_se"],
            kind=KINDS[row["kind"]],
            grep_code=row["grep_code"],
            grades=_grades(row["levels"]),
            position=position,
            source="Grep (Utdanningsdirektoratet)" if row["grep_code"] else STRATEGY if row["strategy_group_2012_2015"] else "institutions' pages",
            note=row["note"],
        )
    db.session.flush()
    counts["subjects"] = keeper.counts
    _requirements(counts, keeper)
    return keeper


def _grades(levels: str) -> Grades:
    """1-7;5-10;8-13 as the set of all of them; «8-13 (vgs)» is upper secondary alone; school leaders have no grades."""
    if "(vgs)" in levels:
        return Band.UPPER.grades
    spans = [span.split(" ")[0].split("-") for span in levels.split(";") if span[0].isdecimal()]
    return Grades.of(grade for first, last in spans for grade in range(int(first), int(last) + 1))


def _requirements(counts: dict, subjects: Keeper) -> None:
    keeper = Keeper(Requirement, "subject_id", "band", "valid_from")
    for row in rows(FOLDER / "subjects.csv"):
        for band, (column, since, source) in REQUIREMENTS.items():
            if row[column] is not None:
                known = {"subject_id": subjects[row["subject_code"]].id, "band": band, "credits": Decimal(row[column])}
                keeper.keep(**known, valid_from=since, valid_to=date(2024, 7, 31), source=source, confirmed=True)
                keeper.keep(**known, valid_from=NEW_ACT, valid_to=None, source=f"{CARRIED}; {source}", confirmed=False)
    counts["requirements"] = keeper.counts


def _priorities(counts: dict, subjects: Keeper) -> None:
    groups, members = Keeper(PriorityGroup, "number"), Keeper(SubjectPriority, "subject_id", "group_id", "valid_from")
    for row in rows(FOLDER / "priorities.csv"):
        groups.keep(
            number=int(row["number"]),
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            name_se=None,
            volume_rule=VolumeRule(row["volume_rule"]),
            quotation=row["quotation"],
            valid_from=date(2012, 1, 1),
            valid_to=date(2015, 12, 31),
            source=STRATEGY,
            confirmed=True,
        )
    db.session.flush()
    for row in rows(FOLDER / "subjects.csv"):
        if row["strategy_group_2012_2015"]:
            known = {"subject_id": subjects[row["subject_code"]].id, "group_id": groups.known[(int(row["strategy_group_2012_2015"]),)].id}
            members.keep(**known, valid_from=date(2012, 1, 1), valid_to=date(2015, 12, 31), source=STRATEGY, confirmed=True)
            carried = f"carried on after 2015 by Seksti until a newer list is loaded; {STRATEGY}"
            began = date(2016, 1, 1)
            ended = members.known.get((known["subject_id"], known["group_id"], began))  # by a released version, which stands
            members.keep(**known, valid_from=began, valid_to=ended.valid_to if ended else None, source=carried, confirmed=False)
    counts["priority groups"], counts["priorities of subjects"] = groups.counts, members.counts


def _rules(counts: dict, subjects: Keeper) -> None:
    targets, distances = Keeper(StudyTarget, "subject_id", "valid_from"), Keeper(DistanceRule, "region_id", "valid_from")
    for row in rows(FOLDER / "rules.csv"):
        dated = {
            "valid_from": first_day(row["valid_from"]),
            "valid_to": last_day(row["valid_to"]),
            "source": row["source"],
            "confirmed": row["confirmed"] == "yes",
        }
        if row["kind"] == "study-target":
            subject_id = subjects[row["subject"]].id if row["subject"] else None
            targets.keep(subject_id=subject_id, credits=Decimal(row["number"]), bare_after=row["bare_after"], **dated)
        else:
            distances.keep(region_id=None, most_days=int(row["number"]), **dated)
    counts["study targets"], counts["distance rules"] = targets.counts, distances.counts


def _contents(counts: dict, subjects: Keeper) -> None:
    """What the credits must contain, of every subject where none is named and of the whole study where no level is."""
    keeper = Keeper(ContentBlock, "subject_id", "band", "tag", "valid_from")
    for row in rows(FOLDER / "contents.csv"):
        keeper.keep(
            subject_id=subjects[row["subject"]].id if row["subject"] else None, band=Band(row["level"]) if row["level"] else None, tag=Tag(row["content"]),
            credits=Decimal(row["credits"]), valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]),
            confirmed=row["confirmed"] == "yes", source=row["source"],
        )  # fmt: skip
    counts["contents"] = keeper.counts
