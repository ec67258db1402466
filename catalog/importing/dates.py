"""One day out of a cell: «2026-04-15», «15.04.2026», «15. april 2026»."""

import re
from datetime import date

from catalog.importing.months import MONTH, MONTHS
from catalog.importing.writing import plain, sane_year, short
from config.errors import BadInput
from config.languages import _

_WEEKDAY = r"(?:(?:man|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag,? )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ t]\d\d:\d\d(?::\d\d)?)?"),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?P<name>{MONTH})\.?,? (?P<year>\d{{4}})"),
    re.compile(rf"(?P<name>{MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"),
)


def understand_date(text: str) -> date | None:
    """The day a cell names in full; None for «1. juni» (no year) and «løpende opptak». Raises BadInput for 31.02.2026 and for 1926."""
    said = re.sub(rf"^{_WEEKDAY}", "", plain(text))
    found = next((match for form in _FORMS if (match := form.fullmatch(said))), None)
    if not found:
        return None
    named = found.groupdict()
    month = MONTHS[named["name"]] if "name" in named else int(named["month"])
    return _day(int(named["year"]), month, int(named["day"]), text)


def _day(year: int, month: int, day: int, said: str) -> date:
    sane_year(year, said)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(_("“%(said)s” is not a day of the calendar.", said=short(said))) from None
