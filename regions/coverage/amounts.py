"""How much is on offer, in words: institutions, seats, full 60s, and more or less than the year before."""

from decimal import Decimal

from catalog.offers import words as offer_words
from catalog.values import Tag
from config.languages import _, ngettext, number
from regions.coverage.totals import Amount
from regions.coverage.volume import Volume


def offered(volume: Volume) -> str:
    """«2 institutions, 40 seats (10 full 60s)»; empty where nothing is on offer."""
    if not volume.runs:
        return ""
    return ngettext("%(num)d institution", "%(num)d institutions", len(volume.institutions)) + ", " + seats(volume)


def seats(volume: Volume) -> str:
    """The seats of all runs that state them, and what they are in full 60s."""
    if not volume.stated:
        return _("seats not stated")
    return _("%(seats)s (%(sixties)s)", seats=ngettext("%(num)d seat", "%(num)d seats", volume.seats), sixties=sixties(volume.sixties))


def sixties(value: Decimal) -> str:
    """Seats × credits / 60: «12.5 full 60s»."""
    return _("1 full 60") if value == 1 else _("%(number)s full 60s", number=number(value.normalize() if value % 1 else int(value)))


def trend(amount: Amount, study_year: int) -> str:
    """What begins in the study year against the one before: in full 60s where all runs state their seats, else in runs. Empty where there is neither."""
    if not amount.year.runs and not amount.before.runs:
        return ""
    by_seats = not amount.year.unstated and not amount.before.unstated
    now, before = (amount.year.sixties, amount.before.sixties) if by_seats else (amount.year.runs, amount.before.runs)
    said = sixties(now) if by_seats else ngettext("%(num)d run", "%(num)d runs", now)
    return _direction(now, before)(year=offer_words.study_year(study_year), now=said, before=_plain(before))


def _direction(now: Decimal | int, before: Decimal | int):
    if now > before:
        return lambda **known: _("%(year)s: %(now)s, up from %(before)s", **known)
    if now < before:
        return lambda **known: _("%(year)s: %(now)s, down from %(before)s", **known)
    return lambda **known: _("%(year)s: %(now)s, as the year before", **known)


def _plain(value: Decimal | int) -> str:
    return number(int(value) if value == int(value) else value.normalize())


def summary(amount: Amount, tag: Tag | None) -> str:
    """All that counts in the matrix, each run once."""
    volume = amount.open
    if not volume.runs:
        return _("No run counts.")
    runs = ngettext("%(num)d run counts", "%(num)d runs count", volume.runs)
    said = _("%(runs)s, each once: %(offered)s.", runs=runs, offered=offered(volume))
    if volume.unstated and volume.stated:
        said += " " + ngettext("%(num)d run does not state its seats.", "%(num)d runs do not state their seats.", volume.unstated)
    return said + (" " + _("Only what states that it contains “%(content)s” is counted.", content=offer_words.tag(tag)) if tag else "")


def asked_for(taken: int, waiting: int) -> str:
    """Who has applied here for what is within reach."""
    people = ngettext("%(num)d waits", "%(num)d wait", waiting)
    return _("%(seats)s taken, and %(people)s.", seats=ngettext("%(num)d seat is", "%(num)d seats are", taken), people=people)
