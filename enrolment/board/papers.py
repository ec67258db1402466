"""A locked list on paper and as a file: the same columns and words, from the snapshot alone."""

import json
from collections.abc import Mapping
from typing import Any

from config.languages import _, kroner, language, moment
from config.settings import ROOT
from enrolment.applications.lifecycle import Employer
from enrolment.board import words
from enrolment.board.models import ListLock
from enrolment.progress import queries as progress_queries
from enrolment.rounds import queries as round_queries

TEMPLATE = ROOT / "templates" / "board" / "list.typ"


def headings() -> list[str]:
    return [
        _("No."), _("Teacher"), _("School"), _("Subject"), _("Study"), _("Credits now → after"), _("Teaches it without the credits"),
        _("Uncovered at the school"), _("Scheme"), _("The state"), _("We, the owner"),
        _("Travel, lodging, materials"), _("Own time"), _("Decision"), _("Why elsewhere than suggested"),
    ]  # fmt: skip


def rows(lock: ListLock) -> list[list[str]]:
    """Everything as texts, in the reader's language."""
    names = {one.code: one.name for one in (*round_queries.schemes(), *progress_queries.subjects())}
    reasons = {one.code: one.name for one in round_queries.every_reason()}
    return [_row(one, names, reasons) for one in lock.rows]


def _row(one: Mapping[str, Any], names: Mapping[str, str], reasons: Mapping[str, str]) -> list[str]:
    decision = str(words.STATES[Employer(one["decision"])][0])
    reason = reasons.get(one["refusal_reason"], one["refusal_reason"])
    return [
        str(one["rank"] or ""), one["name"], one["school"] or "", names.get(one["subject"], one["subject"] or ""), one["study"],
        _("%(now)s → %(after)s", now=one["credits_now"], after=one["credits_after"]) if one["credits_now"] is not None else "",
        {True: _("Yes"), False: _("No")}.get(one["teaches_without"], ""), _uncovered(one.get("uncovered")), names.get(one["scheme"], one["scheme"] or ""), *(_money(one[part]) for part in ("state_oere", "owner_oere", "extra_oere", "own_oere")),
        _decided(decision, reason, one.get("refusal_words")), one["rank_reason"] or "",
    ]  # fmt: skip


def _uncovered(share: list[int] | None) -> str:
    """«4 of 6»; a list that was locked before it was kept says nothing of it."""
    return _("%(without)s of %(teachers)s", without=share[0], teachers=share[1]) if share and share[1] else ""


def _decided(decision: str, reason: str | None, said: str | None) -> str:
    told = f"{decision}: {reason}" if reason else decision
    return f"{told}. «{said}»" if said else told


def _money(oere: int | None) -> str:
    return "" if oere is None else kroner(oere)


def printed(lock: ListLock) -> bytes:
    """A tagged PDF (PDF/UA-1)."""
    import typst  # 30 MB, and only for paper

    content = {
        "lang": language(), "title": lock.of.cycle.name, "owner": lock.of.owner.organisation.name, "columns": headings(), "rows": rows(lock),
        "made": _("Locked %(moment)s by %(name)s.", moment=moment(lock.locked_at), name=lock.locked_by.name if lock.locked_by else ""),
        "opened": _("The list was opened again %(moment)s.", moment=moment(lock.unlocked_at)) if lock.unlocked_at else "",
        "made_up": _("Made up for demonstration.") if any(one.get("made_up") for one in lock.rows) else "",
        "digest": _("SHA-256 of the rows: %(digest)s", digest=lock.digest),
    }  # fmt: skip
    return typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(content)}, pdf_standards=["ua-1"])
