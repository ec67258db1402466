"""Whether a run was cancelled, or a study is no longer given, as rows say it beside the semester: «ikke igangsatt», «Avlyst vår 2024»."""

import re

from catalog.importing.semesters import Timing, understand_timing
from catalog.importing.writing import plain
from config.errors import BadInput

_CANCELLED = re.compile(
    r"\bavlyst\w*|\bavlyses\b|\bavlysast\b|\binnstilt\b|\bcancell?ed\b|\bnot (?:started|held)\b"
    r"|\bik(?:ke|kje) (?:blitt |blei |ble )?(?:igangsatt|igangsett|gjennomført|startet|starta)\b"
)
_PERHAPS = re.compile(
    r"\b(?:ikke|ikkje|not|aldri|never) (?:blitt |been )?(?:avlyst|cancell?ed|innstilt)\b"
    r"|\b(?:kan|kunne|may|might|could|vil|ved|dersom|hvis|viss|if|unless|om det)\b"
)
_OVER = re.compile(
    r"\bno longer (?:taught|offered|given|admitting|available|running)\b|\bdiscontinued\b|\bnedlagt\b|\blagt ned\b|\butgått\b|\butgådd\b"
    r"|\b(?:tilbys|tilbydes|gis|går|undervises) ikke lenger\b|\b(?:tilbys|tilbydast|blir gitt|går) ikkje lenger\b"
    r"|\bikk(?:e|je) lenger (?:opptak|tilbud|tilbod|i tilbud)\b|\bsiste (?:kull|opptak) (?:er )?(?:tatt|teke)\b"
)
_OVER_IN_STATUS = re.compile(r"\b(?:avsluttet|avslutta|avslutt|ended|expired|closed for good|historisk)\b")
_CLAUSE = re.compile(r"[;:]\s|\.\s+(?=[^\d\s])|\n")


def says_cancelled(text: str) -> bool:
    """Whether a semester, year or status cell says that the run was called off. «Kan bli avlyst» does not."""
    said = plain(text)
    return bool(_CANCELLED.search(said)) and not _PERHAPS.search(said)


def note_cancels(note: str, timing: Timing) -> bool:
    """Whether a note calls off the run of this time: its clause names no time («Avlyst»), or the run's own («Avlyst vår 2024»)."""
    return any(_same_time(clause, timing) for clause in _CLAUSE.split(note) if says_cancelled(clause))


def _same_time(clause: str, timing: Timing) -> bool:
    """Judged by the time nearest after the word: «Avlyst vår 2023, går vår 2024» is of 2023."""
    said = plain(clause)
    after = said[_CANCELLED.search(said).start() :]
    named = (_named_time(words) for words in (after.split(",")[0], after, said))
    time = next((time for time in named if time != Timing()), Timing())
    if time.first:
        return time.first == timing.first
    if time.study_year is not None:
        return time.study_year == timing.study_year
    return time.last_year in (None, timing.last_year)


def _named_time(words: str) -> Timing:
    try:
        return understand_timing(words)
    except BadInput:
        return Timing(last_year=0)  # of no run


def says_over(text: str) -> bool:
    """Whether a note or a status says that the study is no longer given."""
    return bool(_OVER.search(plain(text)))


def status_says_over(text: str) -> bool:
    """The same for a status or year cell, where «avsluttet» cannot be an admission requirement."""
    return says_over(text) or bool(_OVER_IN_STATUS.search(plain(text)))
