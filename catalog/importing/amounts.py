"""Credits, seats and fees out of what stands in their cells."""

import re
from decimal import Decimal

from catalog import values
from catalog.importing.writing import NUMBER, number_in, plain, short
from config.errors import BadInput
from config.languages import _

MOST_SEATS = 100_000
_CREDITS = re.compile(
    r"(-?\d{1,6}(?:[.,]\d{1,6})?)\s*(½)?\s*"
    r"(?:stp\.?|sp\.?|s\.?p\.?|studiepoeng|poeng|credits?|ects(?:[ -](?:credits?|poeng|points?))?)?"
    r"(?:\s*\((?:stp|sp|studiepoeng|ects(?: credits)?)\))?"
)
_SEATS = re.compile(
    r"(?:maks\.?|max\.?|inntil|opptil|minst|min\.?|up to|at least)?\s*(-?\d{1,9}(?:[.,]\d{1,6})?)\s*"
    r"(?:stk\.?|plasser|plassar|studieplasser|studieplassar|deltakere|deltakarar|studenter|studentar|seats|places|participants)?"
)
_FREE = re.compile(
    r"(?:ingen|inga|no)(?: (?:studie|kurs|deltaker|deltakar)?avgift| (?:tuition )?fees?)|gratis|free(?: of charge)?"
    r"|(?:kr\.? ?)?0(?: ?kr\.?|,-)?"
)
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ .]\d{3})+|\d{1,7})(?:,(\d{2}|-)|\.(\d{2}))?(?![\d])(?!\.\d)")
_FOREIGN = re.compile(r"€|\$|£|\b(?:eur|euro|usd|gbp|sek|dkk)\b")
_KRONER = re.compile(r"\b(?:kr|kroner|nok)\b")
_NOT_ONE_PRICE = re.compile(
    r"[+/]|\d\s*%|\b(?:per|pr|hver|hvert|kvar|kvart|each|fra|frå|from|ca|cirka|about|i tillegg|pluss|plus|inntil|opptil|up to"
    r"|mellom|between|eller|or|og|and|til)\b"
)


def understand_credits(text: str) -> Decimal | None:
    """7.5 for «7,5», «7.5 stp» and «7½ sp»; None for «15-30» and «varierer». Raises BadInput for 7.3, -5 and 301."""
    said = _CREDITS.fullmatch(plain(text))
    if not said:
        return None
    number = Decimal(said[1].replace(",", ".")) + (values.HALF if said[2] else 0)
    try:
        return values.credits(number)
    except ValueError:
        raise BadInput(
            _("Credits are whole or halves between 0 and %(most)d; “%(said)s” is not.", most=values.MOST_CREDITS, said=short(text))
        ) from None


def understand_seats(text: str) -> int | None:
    """35 for «35», «35 plasser» and «maks 35»; None for «ca. 35» and «0». Raises BadInput for -5, 3.5 and more than a city."""
    said = _SEATS.fullmatch(plain(text))
    if not said:
        return None
    number = Decimal(said[1].replace(",", "."))
    if number != int(number) or not 0 <= number <= MOST_SEATS:
        raise BadInput(_("A number of seats is whole and between 1 and %(most)d; “%(said)s” is not.", most=MOST_SEATS, said=short(text)))
    return int(number) or None


def understand_fee(text: str) -> int | None:
    """Whole øre where the cell says one price in kroner, 0 for «Ingen studieavgift»; None where it says more than one thing."""
    said = plain(text)
    if _FREE.fullmatch(said):
        return 0
    amounts = list(_AMOUNT.finditer(said))
    bare = bool(amounts) and amounts[0][0] == said
    if len(amounts) != 1 or not (bare or _KRONER.search(said)) or _FOREIGN.search(said) or _NOT_ONE_PRICE.search(said):
        return None
    whole, comma, dot = amounts[0].groups()
    cents = dot or (comma if comma and comma != "-" else "0")
    return int(re.sub(r"[ .]", "", whole)) * 100 + int(cents)


def understand_count(text: str) -> int | None:
    """7 for «7» and «sju»."""
    return number_in(plain(text)) if re.fullmatch(NUMBER, plain(text)) else None
