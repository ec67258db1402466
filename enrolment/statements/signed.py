"""A statement as signed JSON: a JWS whose payload says what stands in it."""

import json
from typing import Any

from enrolment.signing import services, signatures, views
from enrolment.statements.models import Statement, StatementLine
from enrolment.statements.values import figure


def written(statement: Statement, *, issuer: str, check: str) -> str:
    """The file. `issuer`: the address of this site; `check`: where the statement can be checked. Raises NoKey."""
    key, private = services.private_of(None)
    return json.dumps(signatures.flattened(content(statement, issuer=issuer, check=check), private, kid=views.address(key)), indent=1)


def content(statement: Statement, *, issuer: str, check: str) -> dict[str, Any]:
    """What is signed. Only lines that still stand are in it, and nothing that the holder has kept back."""
    return {
        "issuer": issuer,
        "id": f"urn:uuid:{statement.uuid}",
        "made": statement.made_at.isoformat(),
        "holder": {"name": statement.holder},
        "check": check,
        "results": [_line(line) for line in statement.standing_lines],
    }


def _line(line: StatementLine) -> dict[str, Any]:
    said = {
        "title": line.title,
        "code": line.code,
        "institution": line.institution,
        "institutionNumber": line.institution_number,
        "credits": figure(line.credits),
        "creditScheme": "ects",
        "passed": True,
        "mark": line.mark,
        "finished": line.finished_on.isoformat() if line.finished_on else None,
        "vouchedBy": line.vouched_by,
        "vouchedAs": line.voucher,
        "madeUp": line.made_up or None,
    }
    return {name: value for name, value in said.items() if value is not None}
