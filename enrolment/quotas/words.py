"""What quotas are called."""

from collections.abc import Mapping

from config.languages import _
from enrolment.allocation.values import QuotaKind
from enrolment.quotas.models import Quota


def for_whom(quota: Quota, names: Mapping[tuple[QuotaKind, str], str]) -> str:
    return called(quota.kind, names.get((quota.kind, quota.value), quota.value))


def called(kind: QuotaKind, name: str) -> str:
    """Whom seats are kept for, in words that can stand alone."""
    return {
        QuotaKind.REGION: _("Teachers in %(region)s", region=name),
        QuotaKind.OWNER: _("Teachers of %(owner)s", owner=name),
        QuotaKind.SCHEME: _("Those paid by %(scheme)s", scheme=name),
        QuotaKind.OPEN: _("Everybody"),
    }[kind]
