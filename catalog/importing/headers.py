"""What the columns of a catalogue are called, in bokmål, nynorsk and English, and which field each one is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.importing.writing import plain, short
from catalog.values import Tag
from config.errors import BadInput
from config.languages import _

SYNONYMS: Mapping[str, str] = {
    "institution": "institusjon, lærested, lærestad, universitet, høgskole, høyskole, høgskule, university, provider, tilbyder, tilbydar,"
    " utdanningsinstitusjon, institution name, navn på lærested, dbh-kode, institusjonskode, institution code",
    "course_title": "course, course name, studium, studie, studienavn, studienamn, studietilbud, studietilbod, studieprogram, program,"
    " programnavn, programnamn, programme, programme title, program title, programme name, kurs, kursnavn, kursnamn, kurstittel, tilbud,"
    " tilbod, studietittel, navn på studium, namn på studium, navn på studiet, namn på studiet, study, name of study",
    "course_code": "studiekode, programkode, studieprogramkode, programme code, program code",
    "module_code": "emnekode, modulkode, kode, code, course code, kurskode, emne kode, unit code",
    "module_title": "module, module name, modul, modulnavn, modulnamn, modultittel, emne, emnenavn, emnenamn, emnetittel, tittel, title,"
    " navn, namn, name, navn på emne, namn på emne, navn på modul, namn på modul, course unit, unit title",
    "credits": "studiepoeng, studiepoong, stp, sp, ects, ects credits, ects-poeng, antall studiepoeng, tal på studiepoeng, poeng, omfang,"
    " vekting, number of credits, credit points",
    "semester": "termin, term, undervisningssemester, undervisningstermin, oppstartssemester, startsemester, start semester, starttermin,"
    " semester for oppstart, oppstart semester, teaching semester",
    "study_year": "studieår, år, year, academic year, undervisningsår, skoleår, skuleår, kull, cohort",
    "start_date": "oppstart, start, studiestart, startdato, start date, starts, oppstartsdato, starts on",
    "delivery_mode": "delivery, undervisningsform, studieform, organisering, gjennomføring, gjennomføringsform, leveringsform, mode,"
    " undervisningsmåte, arbeidsform, form, tilbudsform, tilbodsform, mode of delivery, mode of study, organisasjonsform, leveringsmåte,"
    " gjennomføringsmåte, studiemodell, undervisningsmodell, undervisningsopplegg, undervisningstype, delivery method, study mode",
    "pace": "heltid/deltid, heiltid/deltid, deltid/heltid, deltid/heiltid, progresjon, studieprogresjon, full-time/part-time, studietempo",
    "level": "trinn, steg, årstrinn, årssteg, klassetrinn, klassesteg, nivå, nivå/trinn, grades, grade, grade level, grade levels,"
    " school level, skoleslag, skuleslag, målgruppe, målgruppa, target group",
    "subject": "fag, fagområde, område, subject area, skolefag, skulefag, fag/område, area",
    "subject_code": "fagkode, fag kode",
    "gatherings_places": "gatherings, samlinger, samlingar, samling, samlingsdatoer, samlingsdatoar, datoer for samlinger, samlingsplan,"
    " datoar for samlingar, datoer, datoar, dates, samlingstider, samlingsuker, samlingsveker, gatherings and places, workshops,"
    " samlinger og sted, samlingar og stad, tid og sted, tid og stad, gathering dates",
    "place": "sted, stad, studiested, studiestad, location, campus, samlingssted, samlingsstad, samlingssteder, samlingsstader, hvor, kvar,"
    " undervisningssted, undervisningsstad, venue",
    "language": "språk, undervisningsspråk, målform, language of instruction, teaching language",
    "capacity": "kapasitet, plasser, plassar, studieplasser, studieplassar, antall plasser, antall studieplasser, tal på plassar,"
    " tal plassar, seats, number of seats, maks antall, maks deltakere, maks deltakarar, deltakertall",
    "minimum": "minste antall, minsteantall, minste tal, minimum antall, min antall, min. antall, minimum seats, minimum participants,"
    " minimum deltakere, minimum deltakarar, min. deltakere",
    "fee": "pris, avgift, studieavgift, kostnad, kostnader, price, cost, tuition, tuition fee, deltakeravgift, deltakaravgift, kursavgift",
    "offering_type": "type, tilbudstype, tilbodstype, utdanningstype, type tilbud, type tilbod, kategori, category, strand,"
    " type of offering",
    "status": "tilstand, state, gjennomføres, går",
    "application_deadline": "søknadsfrist, søknadsfrist, frist, deadline, apply by, opptaksfrist, påmeldingsfrist",
    "url": "lenke, lenkje, lenka, link, nettadresse, nettside, web, website, address, url til studiet, webadresse, les mer, les meir",
    "note": "merknad, merknader, notat, kommentar, kommentarar, kommentarer, comment, comments, remark, remarks, notes, annet, anna",
    "evidence": "kilde, kjelde, source, kilder, kjelder",
    "content": "innhold, innhald, content tags, tags, innholdsmerker, innhaldsmerke",
    "learning_outcomes": "læringsutbytte, læringsutbyte, læringsmål, learning outcome",
    "prerequisites": "forkunnskaper, forkunnskapar, forkunnskapskrav, opptakskrav, admission requirements, anbefalte forkunnskaper,"
    " tilrådde forkunnskapar, requirements",
    "overlap": "studiepoengreduksjon, overlapp, overlap, overlaps, credit reduction",
    "description": "beskrivelse, omtale, skildring, summary, about, om studiet, om emnet",
    "assessment_form": "vurderingsform, eksamen, eksamensform, exam, assessment form",
    "contact": "kontakt, kontaktperson, contact person, e-post, epost, email, e-mail",
}

TAG_COLUMNS: Mapping[Tag, str] = {
    Tag.SUBJECT: "faglig innhold, fagleg innhald, subject content",
    Tag.DIDACTICS: "didactics, fagdidaktikk, didaktikk, subject didactics",
    Tag.PRACTICE: "practice, praksis, praksisretting, yrkespraksis",
    Tag.ASSESSMENT: "assessment, vurdering, vurdering for læring, assessment for learning",
    Tag.ADAPTED: "adapted education, tilpasset opplæring, tilpassa opplæring",
    Tag.ICT: "ict, ikt, bruk av ikt, digital kompetanse, digitale ferdigheter, digitale ferdigheiter, use of ict",
    Tag.SKILLS: "basic skills, grunnleggende ferdigheter, grunnleggjande ferdigheiter",
}

COMPULSORY = ("institution",)
ONE_OF = ("course_title", "module_title")
DECISIVE = {"institution", "course_title", "module_code", "module_title", "credits", "semester", "study_year", "start_date"}


def folded(header: str) -> str:
    """For comparing headers: without capitals, and without what stands between the words."""
    return re.sub(r"[\s_*:.]+", " ", plain(header)).strip()


def _bare(key: str) -> str:
    """Without what stands in brackets: «studiepoeng (ects)» is «studiepoeng»."""
    return " ".join(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", key).split())


FIELD_OF: Mapping[str, str] = {
    **{folded(name): field for field, names in SYNONYMS.items() for name in [field, *names.split(",")]},
    **{folded(name): f"content:{tag}" for tag, names in TAG_COLUMNS.items() for name in [tag, *names.split(",")]},
}


def field_of(header: str) -> str | None:
    """The field of a header, «emnekode» and «Course code» alike, or None for one that is not known."""
    key = folded(header[:200])
    return FIELD_OF.get(key) or FIELD_OF.get(_bare(key))


@dataclass(frozen=True)
class Columns:
    """Which field each header is; the others are `unknown`, and what stands under them is kept as text."""

    field_of: Mapping[str, str]
    unknown: tuple[str, ...]

    def fields(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {self.field_of[header]: cell for header, cell in cells.items() if header in self.field_of}

    def others(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {header: cell for header, cell in cells.items() if header not in self.field_of and cell}


def recognise(name: str, written: Sequence[str], *, given: Iterable[str] = ()) -> Columns:
    """The columns of the file called `name`; `given` are fields that the caller fills for every row.

    Raises BadInput where two headers mean the same and it matters which, or where the compulsory ones are missing: an institution, and a
    title of a course or a module.
    """
    fields = {header: field for header in written if (field := field_of(header))}
    twins = _twins(name, fields)
    _refuse_missing(name, written, {*fields.values(), *given})
    return Columns(
        {header: field for header, field in fields.items() if header not in twins},
        tuple(header for header in written if header not in fields or header in twins),
    )


def _twins(name: str, fields: Mapping[str, str]) -> set[str]:
    """Headers that mean the same as one before them: kept as text, or refused where it matters which of the two is meant."""
    first: dict[str, str] = {}
    twins = set()
    for header, field in fields.items():
        if field in first and field in DECISIVE:
            raise BadInput(
                _(
                    "In “%(name)s” the headers “%(one)s” and “%(other)s” mean the same.",
                    name=name,
                    one=short(first[field]),
                    other=short(header),
                )
            )
        if first.setdefault(field, header) != header:
            twins.add(header)
    return twins


def _refuse_missing(name: str, written: Sequence[str], found: set[str]) -> None:
    if found.issuperset(COMPULSORY) and found.intersection(ONE_OF):
        return
    headers = ", ".join(_("“%(text)s”", text=short(header, 30)) for header in written[:30])
    raise BadInput(
        _(
            "“%(name)s” must have a column for the institution, and one for the title of the course or the module. It has: %(headers)s.",
            name=name,
            headers=headers,
        )
    )
